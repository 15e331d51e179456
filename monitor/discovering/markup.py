"""Rows out of HTML: what the adapters for list pages and list fragments share. Pure."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.discovering.dates import date_alone, date_in, date_in_address
from monitor.discovering.listing import Row

_CUT = re.compile(r"\s*(\.{2,}|…+)\s*$")
_SPACE = re.compile(r"\s+")
#: An address that a script opens; it is read, never run.
_OPENED = re.compile(
    r"(?:window\.open|location(?:\.href)?|open\w{0,20})\s*[(=]\s*[\"\']([^\"\'\s<>]{2,500})[\"\']",
    re.I,
)
#: The number of a visit in an address; with it every visit would find another article.
_OF_A_VISIT = re.compile(r";jsessionid=[\w.!-]{1,200}", re.I)
_BULLETS = " ·•▪■◆>-"
#: So much of a shown title must stand in ``title=`` too, or that says something else.
_SHARED = 8
_DATE_AT_END = re.compile(
    r"[\[(（【]?\s*(19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*[\])）】]?\s*$"
)
#: Shorter texts are buttons and page numbers, not titles.
SHORTEST_TITLE = 4
_LONGEST_TITLE = 600


def parse(text: str) -> LexborHTMLParser:
    """Parse a page or a fragment; any text will do."""
    return LexborHTMLParser(text)


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """The address from which a page's links start: its own, or what its ``<base>`` says."""
    base = tree.css_first("base[href]")
    return (absolute(url, base.attributes.get("href")) if base is not None else None) or url


def address_of(anchor: LexborNode) -> str | None:
    """What a link leads to as it is written, where a script opens it what the script names."""
    href = anchor.attributes.get("href")
    plain = (href or "").strip()
    if plain and plain != "#" and not plain.lower().startswith("javascript:"):
        return href
    opened = _OPENED.search(f"{plain} {anchor.attributes.get('onclick') or ''}"[:2000])
    return opened[1] if opened else None


def row_of(item: LexborNode, base: str, *, link: str = "a[href]") -> Row | None:
    """The row that one item of a list is: its link with the longest title, and its date.

    None where the item holds no link to another page with words enough to be a title.
    """
    anchors = [item] if item.tag == "a" and item.attributes.get("href") else item.css(link)
    best: Row | None = None
    around = item.text(separator=" ")[:4000]
    for anchor in anchors:
        url = absolute(base, address_of(anchor))
        title, cut = title_of(anchor)
        if url is None or len(title) < SHORTEST_TITLE:
            continue
        if best is None or len(title) > len(best.title):
            date = date_in(around) or date_beside_link(around, anchor)[1]
            date = date or date_in_address(url) or date_beside(item)
            best = Row(url=url, title=title, published_on=date, cut=cut)
    return best


def date_beside_link(item: str, anchor: LexborNode) -> tuple[bool, dt.date | None]:
    """Whether an item's text is nothing but that of a link and a date; see :func:`date_alone`."""
    own = " ".join(anchor.text(separator=" ")[:_LONGEST_TITLE].split())
    return date_alone(" ".join(item[:2000].split()).replace(own, " ", 1)) if own else (False, None)


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


def title_of(anchor: LexborNode) -> tuple[str, bool]:
    """The whole title of a link, and whether even that is cut.

    ``title=`` counts where the text is cut, with dots or without a sign of it; one that says
    something else ("opens a new window") does not.
    """
    shown = _plain(anchor.text(separator=" "))
    whole = _plain(anchor.attributes.get("title") or "")
    start = _CUT.sub("", shown).strip(_BULLETS)
    if whole and (
        not start or start in whole or start[:_SHARED] in whole or start[-_SHARED:] in whole
    ):
        shown = whole
    return whole_of(shown)


def whole_of(title: str) -> tuple[str, bool]:
    """A title without the dots at its end, and whether it had them."""
    whole = _CUT.sub("", title)
    return whole, whole != title


def _plain(text: str) -> str:
    text = decoded(text[:_LONGEST_TITLE])
    return _DATE_AT_END.sub("", _SPACE.sub(" ", text).strip()).strip()


def decoded(text: str) -> str:
    """Text without the entities that are left in it where a site encoded it twice."""
    return unescape(unescape(text)) if "&" in text else text


def absolute(base: str, href: str | None) -> str | None:
    """An absolute http(s) address without fragment, or None for anything else."""
    if not href or href.strip().startswith(("#", "javascript:", "mailto:", "data:")):
        return None
    try:
        # Some sites encode an address twice.
        plain = href.strip().replace("&amp;", "&")
        url = _OF_A_VISIT.sub("", urljoin(base, plain).partition("#")[0])
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
