"""Rows out of HTML: what the adapters for list pages and list fragments share. Pure."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.discovering.dates import date_in, date_in_address
from monitor.discovering.listing import Row

_CUT = re.compile(r"\s*(\.{2,}|…+)\s*$")
_SPACE = re.compile(r"\s+")
_DATE_AT_END = re.compile(
    r"[\[(（【]?\s*(19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*[\])）】]?\s*$"
)
#: Shorter texts are buttons and page numbers, not titles.
SHORTEST_TITLE = 4
_LONGEST_TITLE = 600


def parse(text: str) -> LexborHTMLParser:
    """Parse a page or a fragment; any text will do."""
    return LexborHTMLParser(text)


def row_of(item: LexborNode, base: str, *, link: str = "a[href]") -> Row | None:
    """The row that one item of a list is: its link with the longest title, and its date.

    None where the item holds no link to another page with words enough to be a title.
    """
    anchors = [item] if item.tag == "a" and item.attributes.get("href") else item.css(link)
    best: Row | None = None
    around = item.text(separator=" ")[:4000]
    for anchor in anchors:
        url = absolute(base, anchor.attributes.get("href"))
        title = title_of(anchor)
        if url is None or len(title) < SHORTEST_TITLE:
            continue
        if best is None or len(title) > len(best.title):
            date = date_in(around) or date_in_address(url) or date_beside(item)
            best = Row(url=url, title=title, published_on=date)
    return best


def date_beside(item: LexborNode) -> dt.date | None:
    """The date in an item's next sibling, where that is nothing but a date: some sites make two
    items of one row.
    """
    beside = item.next
    while beside is not None and not beside.is_element_node:
        beside = beside.next
    if beside is None or beside.tag != item.tag or beside.css_first("a[href]") is not None:
        return None
    text = beside.text()[:40]
    return date_in(text) if _DATE_AT_END.fullmatch(text.strip()) else None


def title_of(anchor: LexborNode) -> str:
    """The whole title of a link: its ``title`` where the text is cut or shorter."""
    shown = _plain(anchor.text(separator=" "))
    whole = _plain(anchor.attributes.get("title") or "")
    if not whole:
        return _CUT.sub("", shown)
    start = _CUT.sub("", shown)
    # A title= that says something else ("click here") does not replace the text.
    return whole if whole.startswith(start[:10]) or len(whole) > len(start) else start


def _plain(text: str) -> str:
    return _DATE_AT_END.sub("", _SPACE.sub(" ", text[:_LONGEST_TITLE]).strip()).strip()


def absolute(base: str, href: str | None) -> str | None:
    """An absolute http(s) address without fragment, or None for anything else."""
    if not href or href.strip().startswith(("#", "javascript:", "mailto:", "data:")):
        return None
    try:
        url = urljoin(base, href.strip()).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def once(rows: list[Row]) -> tuple[Row, ...]:
    """Every address once, in order; of two rows the one with the longer title."""
    kept: dict[str, Row] = {}
    for row in rows:
        if row.url not in kept or len(row.title) > len(kept[row.url].title):
            kept[row.url] = row
    return tuple(kept.values())
