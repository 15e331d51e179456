"""Static list pages (TRS and hand-made ones): the links of a column page.

The markup is told by a selector; without one, every link that stands beside a date is a row.
Further pages: TRS names their number in a script, others link to 下一页.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urljoin

from pydantic import Field, field_validator
from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.discovering.dates import date_in, date_in_address
from monitor.discovering.listing import (
    Listing,
    ListPage,
    ListRequest,
    Options,
    Row,
    not_understood,
)
from monitor.discovering.markup import (
    absolute,
    base_of,
    date_beside,
    date_beside_link,
    once,
    parse,
    row_of,
)

_TRS_PAGER = re.compile(
    r"createPageHTML\(\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*[\"']([\w-]+)[\"']\s*,\s*[\"'](\w+)[\"']"
)
_NEXT = re.compile(r"\s*(下一页|下页|下一頁|next( page)?|[>›»]{1,2})\s*", re.I)
_ITEMS = "li, tr, dd, dt, p, h3, h4"
_AROUND = 5


class LinksOptions(Options):
    """A static page of links."""

    kind: Literal["links"] = "links"
    rows: str | None = Field(
        default=None, description="CSS selector of one row; left out: links beside a date"
    )
    link: str = Field(default="a[href]", description="CSS selector of the link inside a row")
    next: str | None = Field(
        default=None,
        description="address of further pages with {n} for the number; left out: found in the page",
    )
    first_next: int = Field(default=1, ge=0, le=2, description="the number of the second page")

    @field_validator("rows", "link")
    @classmethod
    def _is_selector(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                parse("<p></p>").css(value)
            except Exception as error:
                raise ValueError(f"{value!r} is no CSS selector ({error})") from None
        return value

    @field_validator("next")
    @classmethod
    def _has_number(cls, value: str | None) -> str | None:
        if value is not None and "{n}" not in value:
            raise ValueError("the address of further pages needs {n} where the number stands")
        return value


def first(url: str, options: LinksOptions) -> ListRequest:
    """The list's own page."""
    return ListRequest(url=url)


def read(page: ListPage, options: LinksOptions) -> Listing:
    """The rows of one page, and the page after it."""
    tree = parse(page.text)
    base = base_of(tree, page.url)
    if options.rows is None:
        found = _beside_dates(tree, base)
    else:
        items = tree.css(options.rows)
        if not items:
            return not_understood(f"nothing on the page fits the selector {options.rows!r}")
        found = [row for item in items if (row := row_of(item, base, link=options.link))]
    rows = once(found)
    if not rows:
        return not_understood("no link with a title and a date was found")
    return Listing(rows=rows, next=_next(tree, page, base, options))


def _beside_dates(tree: LexborHTMLParser, base: str) -> list[Row]:
    found = []
    for anchor in tree.css("a[href], a[onclick]"):
        item = _item_with_date(anchor)
        row = row_of(anchor if item is None else item, base)
        if row is not None and (item is not None or date_in_address(row.url)):
            found.append(row)
    return found


def _item_with_date(anchor: LexborNode) -> LexborNode | None:
    """The item of a list around a link, where it holds a date and this link alone."""
    node = anchor.parent
    for _ in range(_AROUND):
        if node is None or node.tag in ("body", "html", "ul", "table", "tbody"):
            return None
        text = node.text(separator=" ")[:2000]
        if date_in(text) or date_beside_link(text, anchor)[0] or date_beside(node):
            return node if len(node.css("a[href]")) <= 2 else None
        node = node.parent
    return None


def _next(
    tree: LexborHTMLParser, page: ListPage, base: str, options: LinksOptions
) -> ListRequest | None:
    number = page.request.page + 1
    if options.next is not None:
        target = options.next.replace("{n}", str(number - 2 + options.first_next))
        return ListRequest(url=urljoin(page.url, target), page=number)
    pager = _TRS_PAGER.search(page.text)
    if pager:
        total, current, name, ending = int(pager[1]), int(pager[2]), pager[3], pager[4]
        if current + 1 >= total:
            return None
        return ListRequest(url=urljoin(base, f"{name}_{current + 1}.{ending}"), page=number)
    for anchor in tree.css("a[href]"):
        if anchor.attributes.get("rel") == "next" or _NEXT.fullmatch(anchor.text()[:40]):
            url = absolute(base, anchor.attributes.get("href"))
            if url is not None and url != page.url:
                return ListRequest(url=url, page=number)
    return None
