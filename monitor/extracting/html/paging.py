"""The further pages of an article that its publisher parted: found in the pager, in order.

Two makers' ways are known: TRS writes ``createPageHTML(3, 0, "t20310305_9", "html")`` in a script,
and others link pages whose names carry on (``article_2.html``, ``1182/index_2.html``, ``?page=2``).
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from monitor.extracting.text import Line, squeeze

#: No article has more pages; what a pager says beyond is not believed.
MOST_PAGES = 20
_SCRIPT = re.compile(
    r"createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']([\w.-]{1,80})[\"']\s*,\s*[\"'](s?html?)[\"']"
)
_LABEL = re.compile(
    r"^[\[【(（第]?\s*(\d{1,2})\s*[页\])）】]?$|^(?:下一?页|next(?: page)?)\s*[>»]*$", re.IGNORECASE
)
#: A name with the number of its page: t20310305_9_1.html, index_2.shtml.
_NAMED = re.compile(
    r"^(?P<stem>.+?)(?:[_-](?P<number>\d{1,2}))?\.(?P<ending>s?html?|jhtml|php|aspx?|jspx?)$"
)
_PAGER = re.compile(
    r"(?:\s*(?:[\[【(（第]?\s*\d{1,2}\s*[页\])）】]?|共\s*\d{1,2}\s*页|首页|上一?页|下一?页|[尾末]页|previous|next)\s*[|>»<«]*)+",
    re.IGNORECASE,
)
_QUERY = frozenset({"page", "p", "pageno", "curpage", "pageindex"})


def further_pages(html: str, body: LexborNode, url: str) -> tuple[str, ...]:
    """The addresses of the pages that follow ``url``, the article's first; none where it has one.

    Gives none for a page that is not the first, and where the numbers do not follow one another.
    """
    own = _place(url)
    if own is None:
        return ()
    scripted = _SCRIPT.search(html)
    if scripted is not None:
        count, current, stem, ending = scripted.groups()
        name = urlsplit(url).path.rsplit("/", 1)[-1]
        if int(current) or name != f"{stem}.{ending}":
            return ()
        pages = range(1, min(int(count), MOST_PAGES))
        return tuple(urljoin(url, f"{stem}_{number}.{ending}") for number in pages)
    numbered: dict[int, str] = {}
    for link in body.css("a[href]"):
        if _LABEL.match(squeeze(link.text(deep=True) or "")[:20]) is None:
            continue
        try:
            target = urljoin(url, (link.attributes.get("href") or "").strip())
        except ValueError:
            continue
        place = _place(target)
        if place is not None and place[0] == own[0] and place[1] > own[1]:
            numbered.setdefault(place[1], target)
    return _following(numbered, own[1])


def without_pager(lines: list[Line]) -> list[Line]:
    """``lines`` without the pager's own words and figures at their end."""
    end = len(lines)
    while end and _PAGER.fullmatch(lines[end - 1].text):
        end -= 1
    # Figures alone may be a table's: a pager has a link among its words.
    return lines[:end] if any(line.linked for line in lines[end:]) else lines


def _following(numbered: dict[int, str], own: int) -> tuple[str, ...]:
    """The pages one after the other, from the first one's next on; a name without number is page 0 or 1."""
    first = min(numbered, default=0)
    if not numbered or first > own + 1 + (own == 0) or own > 1:
        return ()
    found: list[str] = []
    while first in numbered and len(found) < MOST_PAGES:
        found.append(numbered[first])
        first += 1
    return tuple(found)


def _place(url: str) -> tuple[tuple[str, ...], int] | None:
    """What two pages of one article share of their addresses, and the number of this one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    folder, _, name = parts.path.rpartition("/")
    number = 0
    kept = []
    for key, value in parse_qsl(parts.query)[:20]:
        if key.lower() in _QUERY and value.isdigit() and len(value) < 3:
            number = int(value)
        else:
            kept.append((key, value))
    named = _NAMED.match(name)
    if named is not None:
        number = number or int(named["number"] or 0)
        # art_1410_990001.html is an article of its own, not the 990001st page of art_1410.
        name = f"{named['stem']}.{named['ending']}"
    return (parts.scheme, parts.netloc.lower(), folder, name, urlencode(kept)), number
