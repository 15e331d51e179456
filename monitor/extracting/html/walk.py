"""A part of a page as lines, in the order in which a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborNode

from monitor.extracting.tables import Cell, names_bodies, row_lines
from monitor.extracting.text import Line, squeeze

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
#: Never text: programs, styles, what stands in for something, what the visitor fills in, and the
#: pronunciation above characters.
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "head",
        "title",
        "meta",
        "link",
        "map",
        "rt",
        "rp",
        "math",
    ]
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:[;\s]|p|$)", re.I
)
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|第[\d一二三四五六七八九十]+[条章])"
)
#: Tables within tables beyond this are read as running text.
_DEEPEST_TABLE = 6
_MOST_ROWS_OF_A_FRAME = 3
_LINES_OF_A_TEXT = 9


def hidden_within(root: LexborNode) -> set[int]:
    """The ``mem_id`` of every element under ``root`` that its own markup hides."""
    hidden = {node.mem_id for node in root.css("[hidden]")}
    for node in root.css('[style*="none"],[style*="hidden"],[style*="font-size"]'):
        if _HIDING.search(node.attributes.get("style") or ""):
            hidden.add(node.mem_id)
    return hidden


def lines_of(
    root: LexborNode,
    dropped: Collection[int] = frozenset(),
    depth: int = 0,
    *,
    most: int | None = None,
) -> list[Line]:
    """The text under ``root``, a paragraph, list item or table row a line.

    ``dropped`` are the ``mem_id`` of elements to leave out; ``most`` lines are looked for where it
    is given. No recursion but for tables, whose
    depth is bounded: pages may be nested as deep as their maker likes.
    """
    out: list[Line] = []
    buffer: list[str] = []
    linked = 0
    links = 0
    counters: list[int | None] = []

    def flush() -> None:
        nonlocal linked
        if buffer:
            text = squeeze("".join(buffer))
            if text:
                out.append(Line(text, min(linked, len(text))))
            buffer.clear()
        linked = 0

    # Each entry: where to go on after the element, and the element's tag, for its end.
    open_tags: list[tuple[LexborNode | None, str]] = []
    node = root.child
    while True:
        while node is None:
            if not open_tags:
                flush()
                return out[:most]
            node, tag = open_tags.pop()
            if tag in _BLOCKS:
                flush()
                if tag == "ol" or tag == "ul":
                    counters.pop()
            elif tag == "a":
                links -= 1
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            buffer.append(text)
            if links:
                linked += len(text.strip())
            node = node.next
            continue
        if tag == "br":
            flush()
            node = node.next
            continue
        if tag in _SKIPPED or tag[:1] in ("-", "!", "_") or node.mem_id in dropped:
            node = node.next
            continue
        if tag == "table" and depth < _DEEPEST_TABLE:
            flush()
            out += _table_lines(node, dropped, depth + 1)
            node = node.next
            continue
        if tag in _BLOCKS:
            flush()
            if most is not None and len(out) >= most:
                return out[:most]
            if tag == "ol":
                counters.append(_number(node.attributes.get("start"), 1))
            elif tag == "ul":
                counters.append(None)
            elif tag == "li" and counters and counters[-1] is not None:
                number = _number(node.attributes.get("value"), counters[-1])
                counters[-1] = number + 1
                if not _unmarked(node, dropped):
                    buffer.append(f"{number}. ")
            elif tag == "pre":
                out += [Line(text) for line in _raw(node).splitlines() if (text := squeeze(line))]
                node = node.next
                continue
        elif tag == "a":
            links += 1
        open_tags.append((node.next, tag))
        node = node.child


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text.strip()) else default


def _unmarked(item: LexborNode, dropped: Collection[int]) -> bool:
    """True for an item that shows no number of its own: it is empty or writes it out."""
    style = (item.attributes.get("style") or "") + (
        item.parent.attributes.get("style") or "" if item.parent else ""
    )
    text = (item.text(deep=True) or "")[:200]
    return "none" in style or not text.strip() or _NUMBERED.match(text) is not None


def _raw(node: LexborNode) -> str:
    return node.text(deep=True) or ""


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of this table itself, not of those within it."""
    for part in table.iter():
        if part.tag == "tr":
            yield part
        elif part.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in part.iter() if row.tag == "tr")


def _table_lines(table: LexborNode, dropped: Collection[int], depth: int) -> list[Line]:
    """A data table row by row; a table that only lays out the page is read cell by cell."""
    out: list[Line] = []
    block: list[list[Cell]] = []
    linked = 0

    def flush() -> None:
        nonlocal linked
        for text in row_lines(block, repeats=repeats):
            out.append(Line(text, min(linked, len(text))))
            linked = max(0, linked - len(text))
        block.clear()
        linked = 0

    for caption in table.iter():
        if caption.tag == "caption" and caption.mem_id not in dropped:
            out += lines_of(caption, dropped, depth)
    rows = [
        [
            (cell, lines_of(cell, dropped, depth))
            for cell in row.iter()
            if cell.tag in ("td", "th") and cell.mem_id not in dropped
        ]
        for row in _rows(table)
        if row.mem_id not in dropped
    ]
    frame = _is_frame(rows)
    repeats = names_bodies(line.text for row in rows[:3] for _, cell in row for line in cell[:3])
    spans_until = 0
    for at, cells in enumerate(rows):
        filled = [lines for _, lines in cells if lines]
        # A row with one cell that holds paragraphs is layout, or a heading over all columns.
        single = len(filled) == 1 and (len(cells) == 1 or len(filled[0]) > 1)
        if frame or (single and at >= spans_until):
            flush()
            out += [line for lines in filled for line in lines]
            continue
        laid = []
        for cell, lines in cells:
            attributes = cell.attributes
            span = _number(attributes.get("rowspan"), 1)
            spans_until = max(spans_until, at + span if span > 1 else 0)
            linked += sum(line.linked for line in lines)
            text = " ".join(line.text.replace("\t", " ") for line in lines)
            laid.append(Cell(text, _number(attributes.get("colspan"), 1), span))
        block.append(laid)
    flush()
    return out


def _is_frame(rows: list[list[tuple[LexborNode, list[Line]]]]) -> bool:
    """True for a table that lays out a page: few rows of several cells, one with a whole text."""
    wide = [cells for cells in rows if sum(bool(lines) for _, lines in cells) > 1]
    return len(wide) <= _MOST_ROWS_OF_A_FRAME and any(
        len(lines) >= _LINES_OF_A_TEXT for cells in wide for _, lines in cells
    )
