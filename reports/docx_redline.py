"""The new plan in Word, with everything that differs from the old one as a tracked change.

Accepting all changes gives the new plan, rejecting all the old one. A task that changed its place is
a tracked move: Word shows both places as one change. The filters of other reports
do not apply here: a half-marked text would be neither.
"""

from __future__ import annotations

import datetime as dt
from itertools import count

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.etree import _Element

from plans.model import Changeset, Plan, SegmentOp
from plans.registry.model import Registry
from reports.align import Row, align
from reports.clean import clean
from reports.ooxml import iso
from reports.options import ReportOptions
from reports.word import describe, new_document, saved

_TRACKED: dict[SegmentOp, str] = {"delete": "w:del", "insert": "w:ins"}
#: What a moved paragraph keeps, where it stood and where it stands.
_LEFT, _ARRIVED = "w:moveFrom", "w:moveTo"
_UNSIGNED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


def render(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> bytes:
    """The .docx file; changes are signed by ``options.author`` at ``options.date``."""
    document = new_document()
    describe(document, clean(new.title), options)
    writer = _Writer(options)
    for row in align(changeset, old, new):
        writer.write(document.add_paragraph(), row)
    # The last paragraph of a document cannot be a tracked one: its mark has nothing to join.
    document.add_paragraph()
    return saved(document, options)


class _Writer:
    """Writes rows as paragraphs and numbers the tracked changes."""

    def __init__(self, options: ReportOptions) -> None:
        self.author = clean(options.author)
        self.date = iso(options.date or _UNSIGNED)
        self.ids = count(1)

    def write(self, paragraph: WordParagraph, row: Row) -> None:
        _shape(paragraph, row)
        tags = _TRACKED
        if row.move is not None:
            moved = _LEFT if row.new is None else _ARRIVED
            tags = {**_TRACKED, "equal": moved}
            self._mark_paragraph(paragraph, moved)
            self._bound_move(paragraph, moved, row.move)
        elif row.old is None or row.new is None:
            self._mark_paragraph(paragraph, _TRACKED["insert" if row.old is None else "delete"])
        for op, text in row.segments:
            if not text:
                continue
            run = _run(text, deleted=op == "delete")
            if op in tags:
                change = self._change(tags[op])
                change.append(run)
                paragraph._p.append(change)
            else:
                paragraph._p.append(run)

    def _bound_move(self, paragraph: WordParagraph, moved: str, name: str) -> None:
        """Mark the paragraph as one end of the move of this name: Word finds the other end by it."""
        start = self._change(f"{moved}RangeStart")
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        end = OxmlElement(f"{moved}RangeEnd")
        end.set(qn("w:id"), start.get(qn("w:id"), ""))
        paragraph._p.addnext(end)

    def _mark_paragraph(self, paragraph: WordParagraph, tag: str) -> None:
        """Track the paragraph's mark, so that the whole paragraph comes or goes."""
        properties = paragraph._p.get_or_add_pPr()
        marks = properties.find(qn("w:rPr"))
        if marks is None:
            marks = OxmlElement("w:rPr")
            properties.append(marks)
        marks.insert(0, self._change(tag))

    def _change(self, tag: str) -> _Element:
        element = OxmlElement(tag)
        element.set(qn("w:id"), str(next(self.ids)))
        element.set(qn("w:author"), self.author)
        element.set(qn("w:date"), self.date)
        return element


def _run(text: str, *, deleted: bool) -> _Element:
    run = OxmlElement("w:r")
    content = OxmlElement("w:delText" if deleted else "w:t")
    content.set(qn("xml:space"), "preserve")
    content.text = text
    run.append(content)
    return run


def _shape(paragraph: WordParagraph, row: Row) -> None:
    """The paragraph's style, by what it is on the new side, else on the old one."""
    shown = row.new or row.old
    assert shown is not None  # align gives no row without a side
    match shown.kind:
        case "title":
            paragraph.style = "Title"
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "heading":
            paragraph.style = f"Heading {min(shown.depth, 3)}"
        case "meta":
            first = shown.key == "document_number"
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if first else WD_ALIGN_PARAGRAPH.RIGHT
        case "task":
            paragraph.paragraph_format.first_line_indent = Cm(0.74)
        case "frame":
            if shown.key != "addressees":
                paragraph.paragraph_format.first_line_indent = Cm(0.74)
