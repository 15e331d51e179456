"""One HTML page to an Extract: the text by its site's system, the facts, and what it is."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.extracting.html import general
from monitor.extracting.html.attachments import attachments_of
from monitor.extracting.html.cms import (
    ATTACHMENT_PLACES,
    CONTENT_MARKS,
    FURNITURE,
    Recogniser,
    recognisers_for,
)
from monitor.extracting.html.guard import is_laborious
from monitor.extracting.html.judging import judged, length
from monitor.extracting.html.labels import number_in_opening
from monitor.extracting.html.metadata import (
    Facts,
    gather,
    line_facts,
    meta_tags,
    metadata_blocks,
)
from monitor.extracting.html.paging import further_pages, without_pager
from monitor.extracting.html.walk import hidden_within, lines_of
from monitor.extracting.text import Line, squeeze
from plans.model import Attachment, Extract

#: What a place must hold to count as the article's.
_LEAST_TEXT = 15


class _Found(NamedTuple):
    """The text as lines, where it stood (None: the general chooser's), and by whose rules."""

    lines: list[Line]
    root: LexborNode | None
    by: str
    row: Recogniser | None = None


def read_page(html: str, url: str = "", *, limited: bool = False) -> Extract | None:
    """Read one page. ``made_by`` holds under ``by`` the name of the site system that fitted.

    None where only a process with limits of time and memory may read the page; ``limited`` says
    that this is one. Never raises on any text.
    """
    if not limited and is_laborious(html):
        return None
    tree = LexborHTMLParser(html)
    body = tree.body or tree.root
    if body is None:
        return Extract(state="empty", text="", reason="the page holds nothing")
    head_title = tree.css_first("title")
    page_title = squeeze(head_title.text(deep=True) or "")[:500] if head_title else ""
    meta = meta_tags(tree)
    facts, blocks = metadata_blocks(body)
    dropped = hidden_within(body) | blocks
    found = _known(tree, body, html, url, dropped)
    if found is None:
        if not limited and len(html) > general.LARGEST_IN_PROCESS:
            return None
        dropped |= {node.mem_id for node in body.css(FURNITURE)}
        found = _Found(general.main_lines(html, body, dropped), None, "general")
    gathered = _facts(tree, body, found, meta, facts, page_title, url, dropped)
    lines = found.lines
    if found.root is None and len(lines) > 1 and lines[0].text == gathered.title:
        # The general chooser may begin at the heading, which every known place leaves out.
        lines = lines[1:]
    further = further_pages(html, body, url)
    if further:
        lines = without_pager(lines)
    text = "\n".join(line.text for line in lines)
    made = Extract(
        state="document",
        text=text,
        title=gathered.title,
        published_on=gathered.published_on,
        document_number=gathered.number or number_in_opening([line.text for line in lines[:12]]),
        source=gathered.source,
        attachments=_attachments(body, found, _base(tree, url)),
        further=further,
        made_by={"by": found.by},
    )
    return judged(
        made,
        lines,
        known=found.root is not None,
        html=html,
        page_title=page_title,
        shown_lines=lambda: lines_of(body, dropped),
    )


def _attachments(body: LexborNode, found: _Found, base: str) -> tuple[Attachment, ...]:
    """The files of the text, then those of the lists that themes set beside it."""
    files = {file.url: file for file in attachments_of(found.root or body, base)}
    for place in body.css(ATTACHMENT_PLACES)[:20]:
        for file in attachments_of(place, base):
            files.setdefault(file.url, file)
    return tuple(files.values())


def _base(tree: LexborHTMLParser, url: str) -> str:
    base = tree.css_first("base[href]")
    href = (base.attributes.get("href") or "").strip() if base else ""
    try:
        return urljoin(url, href) if href else url
    except ValueError:
        return url


def _known(
    tree: LexborHTMLParser, body: LexborNode, html: str, url: str, dropped: set[int]
) -> _Found | None:
    """The text by the first row of the table whose place holds any, or is one attachment."""
    bare: _Found | None = None
    for row in recognisers_for(url, html):
        for selector in row.content:
            places = _outermost(body.css(selector))
            if not places:
                continue
            drop = dropped | {
                node.mem_id
                for place in places
                for node in place.css(",".join((FURNITURE, *row.drop)))
            }
            lines = [line for place in places for line in lines_of(place, drop)]
            found = _Found(general.trimmed(lines), _common(places), row.name, row)
            if length(found.lines) >= _LEAST_TEXT:
                return found
            if bare is None and attachments_of(found.root or body, ""):
                bare = found
    return bare or _marked(html, dropped)


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Matches that stand in no other match; of several, those beside the longest."""
    if len(nodes) < 2:
        return nodes
    ids = {node.mem_id for node in nodes[:50]}
    outer = []
    for node in nodes[:50]:
        above = node.parent
        while above is not None and above.mem_id not in ids:
            above = above.parent
        if above is None:
            outer.append(node)
    longest = max(outer, key=lambda node: len(node.text(deep=True) or ""))
    beside = longest.parent.mem_id if longest.parent else None
    return [node for node in outer if node.parent is not None and node.parent.mem_id == beside]


def _common(places: list[LexborNode]) -> LexborNode:
    return places[0] if len(places) == 1 or places[0].parent is None else places[0].parent


def _marked(html: str, dropped: set[int]) -> _Found | None:
    """The text between a system's content marks, where its names are not (or no longer) known."""
    for begin, end in CONTENT_MARKS:
        start = html.find(begin)
        if start < 0:
            continue
        stop = html.find(end, start)
        part = html[start + len(begin) : stop if stop > 0 else len(html)]
        body = LexborHTMLParser(part).body
        if body is None:
            continue
        _, blocks = metadata_blocks(body)
        drop = hidden_within(body) | blocks | {node.mem_id for node in body.css(FURNITURE)}
        lines = general.trimmed(lines_of(body, drop))
        if length(lines) >= _LEAST_TEXT:
            return _Found(lines, body, "content marks")
    return None


def _facts(
    tree: LexborHTMLParser,
    body: LexborNode,
    found: _Found,
    meta: dict[str, str],
    blocks: dict[str, str],
    page_title: str,
    url: str,
    dropped: set[int],
) -> Facts:
    """Facts from meta tags and metadata tables; the page around the text is read if they lack."""
    heading = _heading(body, found)
    first = gather(meta, blocks, {}, heading, page_title, "")
    if first.published_on and first.source and first.title:
        return first
    around = dropped | ({found.root.mem_id} if found.root is not None else set())
    outside = [line.text for line in lines_of(body, around, most=120)]
    inside = [] if found.root is None else lines_of(found.root, dropped, most=5)
    info = line_facts(line for line in outside + [line.text for line in inside] if len(line) < 300)
    return gather(meta, blocks, info, heading, page_title, url)


def _heading(body: LexborNode, found: _Found) -> str | None:
    """The title as the article's own heading prints it."""
    selectors = (found.row.title if found.row else ()) + ("h1",)
    for selector in selectors:
        for node in body.css(selector)[:3]:
            text = " ".join(line.text for line in lines_of(node))
            if 4 <= len(text) <= 200:
                return text
    return None
