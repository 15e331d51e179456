"""easysite and eportal lists (PBC, Customs): further pages by ``tagname`` and ``totalpage``.

The prefix of the further pages differs from column to column, so it is read from the page. Article
ids have 7 or 19 digits; none is too short.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urljoin

from pydantic import Field

from monitor.discovering import links
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options

_TAGNAME = re.compile(r"tagname\s*=\s*[\"']([^\"'<>]{1,300}?)-?(\d{1,6})\.(s?html?)[\"']", re.I)
_TOTAL = re.compile(r"totalpage\s*[=:]\s*[\"']?(\d{1,6})", re.I)


class EasysiteOptions(Options):
    """A list of an easysite or eportal site."""

    kind: Literal["easysite"] = "easysite"
    rows: str | None = Field(
        default=None, description="CSS selector of one row; left out: links beside a date"
    )


def first(url: str, options: EasysiteOptions) -> ListRequest:
    """The list's own page."""
    return ListRequest(url=url)


def read(page: ListPage, options: EasysiteOptions) -> Listing:
    """The rows, and the next page where the pager names it."""
    listing = links.read(page, links.LinksOptions(rows=options.rows))
    if not listing.understood:
        return listing
    return Listing(rows=listing.rows, next=_next(page))


def _next(page: ListPage) -> ListRequest | None:
    number = page.request.page + 1
    total = _TOTAL.search(page.text)
    if total is not None and number > int(total[1]):
        return None
    pagers = list(_TAGNAME.finditer(page.text))
    if not pagers:
        return None
    prefix, ending = pagers[-1][1], pagers[-1][3]
    return ListRequest(url=urljoin(page.url, f"{prefix}-{number}.{ending}"), page=number)
