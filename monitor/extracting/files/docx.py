"""Word files: paragraphs and tables in order, automatic numbers computed, changes accepted."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from monitor.extracting.files.numbering import Numbering
from monitor.extracting.head import number_of, title_of
from monitor.extracting.tables import Cell, names_bodies, row_lines
from monitor.extracting.text import squeeze
from plans.model import Extract

_P, _TBL, _SDT = qn("w:p"), qn("w:tbl"), qn("w:sdt")
_TR, _TC, _T = qn("w:tr"), qn("w:tc"), qn("w:t")
_BREAKS = {qn("w:br"), qn("w:cr")}
#: Never shown: deleted text, properties, a second form of the same drawing, field codes, and what
#: stands in small type over a word to say how it is read.
_SKIPPED = {
    qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), qn("w:delText"),
    qn("w:rt"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_TEXT_BOX = qn("w:txbxContent")
_DEEPEST = 8


def read_docx(body: bytes) -> Extract:
    """Read a Word file (.docx). python-docx opens it without external entities."""
    try:
        document = docx.Document(io.BytesIO(body))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        return Extract(state="unreadable", text="", reason=f"a broken Word file: {error}")
    lines = list(_blocks(document.element.body, _numbering(document), 0))
    if not lines:
        pictures = any("image" in part.content_type for part in document.part.package.iter_parts())
        if pictures:
            return Extract(state="scanned", text="", reason="a Word file of pictures without text")
        return Extract(state="empty", text="", reason="a Word file without text")
    return Extract(
        state="document",
        text="\n".join(lines),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        title=title_of(lines),
        document_number=number_of(lines),
    )


def _numbering(document: docx.document.Document) -> Numbering:
    parts = {
        str(part.partname).rpartition("/")[2]: part
        for part in document.part.package.iter_parts()
        if str(part.partname).startswith("/word/")
    }
    # XML parsed by python-docx itself, which loads no entities.
    return Numbering(
        getattr(parts.get("numbering.xml"), "element", None),
        getattr(parts.get("styles.xml"), "element", None),
    )


def _blocks(parent: etree._Element, numbering: Numbering, depth: int) -> Iterator[str]:
    """The lines of the paragraphs and tables under ``parent``, in order."""
    # What stood in paragraphs whose end was deleted: it begins the next one.
    before: list[str] = []
    for item in parent:
        if item.tag == _P:
            yield from _paragraph(item, numbering, depth, before)
        elif item.tag == _TBL:
            yield from _lines_of(before)
            yield from _table(item, numbering, depth + 1)
        elif item.tag in _SKIPPED:
            continue
        elif len(item) and depth < _DEEPEST:
            # Content controls, accepted insertions: what they hold stands where they stand.
            yield from _lines_of(before)
            yield from _blocks(item, numbering, depth + 1)
    yield from _lines_of(before)


def _paragraph(
    paragraph: etree._Element, numbering: Numbering, depth: int, before: list[str]
) -> Iterator[str]:
    """The lines of a paragraph behind those pieces ``before`` it that it takes in, emptying them.

    One whose end a tracked change deletes adds its own to them: it has no number and counts none.
    """
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    _collect(paragraph, pieces, boxes)
    for box in boxes:
        if depth < _DEEPEST:
            yield from _blocks(box, numbering, depth + 1)
    before += pieces
    if _is_deleted(paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")):
        return
    # The paragraph counts even where it is empty; Word counts it, too.
    mark = numbering.mark(paragraph)
    yield from _lines_of(before, mark)


def _lines_of(pieces: list[str], mark: str = "") -> Iterator[str]:
    """The lines that the pieces of a paragraph make behind its ``mark``; empties ``pieces``."""
    text = "".join(pieces)
    pieces.clear()
    if text.strip():
        for line in (mark + text).split("\n"):
            if shown := squeeze(line):
                yield shown


def _is_deleted(properties: etree._Element | None) -> bool:
    """Whether a tracked change deletes or moves away the end of a paragraph, or a table's row."""
    return properties is not None and any(
        properties.find(name) is not None for name in (qn("w:del"), qn("w:moveFrom"))
    )


def _collect(element: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    """Add the visible text under ``element`` to ``pieces``, its text boxes to ``boxes``."""
    stack = [iter(element)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
            continue
        tag = item.tag
        if tag in _SKIPPED:
            continue
        if tag == _TEXT_BOX:
            boxes.append(item)
        elif tag == _T:
            pieces.append((item.text or "").replace("\n", " "))
        elif tag == qn("w:tab"):
            pieces.append(" ")
        elif tag in _BREAKS:
            pieces.append("\n")
        elif tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif tag == qn("w:r") and _hidden(item):
            continue
        else:
            stack.append(iter(item))


def _hidden(run: etree._Element) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def _table(table: etree._Element, numbering: Numbering, depth: int) -> Iterator[str]:
    """A table row by row; a table of one column is layout and gives paragraphs."""
    if depth > _DEEPEST:
        return
    block: list[list[Cell]] = []
    repeats = False
    for at, row in enumerate(table.iter(_TR)):
        if next(row.iterancestors(_TBL)) is not table or _is_deleted(row.find(qn("w:trPr"))):
            continue
        cells: list[Cell] = []
        kept: list[list[str]] = []
        for cell in row.iter(_TC):
            if next(cell.iterancestors(_TR)) is not row:
                continue
            lines = list(_blocks(cell, numbering, depth + 1))
            kept.append(lines)
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            columns = int(span.get(qn("w:val")) or 1) if span is not None else 1
            joins = merge is not None and merge.get(qn("w:val")) != "restart"
            cells.append(Cell(" ".join(lines).replace("\t", " "), columns, joins=joins))
        if len(cells) == 1:
            yield from row_lines(block, repeats=repeats)
            block = []
            yield from kept[0]
        else:
            block.append(cells)
            repeats = repeats or (at < 3 and names_bodies(cell.text for cell in cells))
    yield from row_lines(block, repeats=repeats)
