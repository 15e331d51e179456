"""The table of amendments of Chinese practice (修订对照表) as a Word file: old, new, remark."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from plans.model import Changeset, Plan, SegmentOp, Task
from plans.registry.model import Registry
from reports import labels
from reports.align import differences
from reports.captions import describe as describe_side
from reports.captions import group_title, joined, summary_rows
from reports.clean import clean
from reports.facts import text_of
from reports.inline import Segments, side
from reports.labels import label
from reports.options import ReportOptions
from reports.outline import Item, Report, prepare
from reports.plan_text import duties
from reports.word import NEW_COLOUR, OLD_COLOUR, SOFT_COLOUR, colour, describe, new_document, saved
from reports.wording import capital

WIDTHS = (Cm(9.6), Cm(9.6), Cm(6.5))
_HEAD, _BAND = "DCE6F1", "F3F1EA"


def render(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> bytes:
    """The .docx file: summary, then one row a changed task, under the heading of its section.

    On the old side what is gone is struck, on the new side what is new is underlined.
    """
    report = prepare(changeset, old, new, registry, options)
    document = new_document(landscape=True)
    title = f"{clean(changeset.old.title)} → {clean(changeset.new.title)}"
    describe(document, title, options)
    _summary(document, report, title)
    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _header(table, report)
    if report.outline.document:
        _band(table, label("document", options.lang))
        for item in report.outline.document:
            _row(table, item, report)
    for group in report.outline.groups:
        _band(table, group_title(group, report))
        for item in group.items:
            _row(table, item, report)
        if group.renumbered:
            words = f"{label('renumbered_only', options.lang)}{labels.colon(options.lang)}{', '.join(group.renumbered)}"
            _note(table, words)
    for key, tasks in (
        ("old", report.outline.unmatched_old),
        ("new", report.outline.unmatched_new),
    ):
        if tasks:
            _band(
                table,
                f"{label('unmatched', options.lang)}{labels.colon(options.lang)}{label(key, options.lang)}",
            )
            _note(table, report.wording.names.tasks(tasks))
    return saved(document, options)


def _summary(document: WordDocument, report: Report, title: str) -> None:
    lang, changeset = report.options.lang, report.facts.changeset
    document.add_paragraph(label("comparison_table", lang), style="Title")
    old, new = report.facts.old.plan, report.facts.new.plan
    for key, which, plan in (("old", changeset.old, old), ("new", changeset.new, new)):
        line = document.add_paragraph()
        colour(line.add_run(f"{label(key, lang)}  "), SOFT_COLOUR)
        line.add_run(clean(which.title)).bold = True
        colour(line.add_run(f"  {describe_side(which, plan, lang)}"), SOFT_COLOUR)
    signed = document.add_paragraph()
    colour(signed.add_run(f"{label('made_by', lang)}  "), SOFT_COLOUR)
    day = f"  {report.options.date.date().isoformat()}" if report.options.date else ""
    signed.add_run(f"{clean(report.options.author)}{day}")
    document.add_paragraph().add_run(clean(report.outline.summary.headline)).bold = True
    for row in summary_rows(report):
        line = document.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.6)
        line.paragraph_format.first_line_indent = Cm(-0.6)
        line.add_run(f"{row.heading}  ").bold = True
        line.add_run(f"{row.sign} {joined(row.entries, lang, row.sign)}".strip())


def _header(table: Table, report: Report) -> None:
    row = _add_row(table)
    for cell, key in zip(row.cells, ("old", "new", "remark"), strict=True):
        cell.paragraphs[0].add_run(label(key, report.options.lang)).bold = True
        _shade(cell, _HEAD)
    repeat = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(repeat)


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, width in zip(row.cells, WIDTHS, strict=True):
        cell.width = width
        _tighten(cell.paragraphs[0])
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    return row


def _band(table: Table, title: str) -> None:
    """A row across the table, that stays with the row below it."""
    cell = _across(table)
    cell.paragraphs[0].add_run(clean(title)).bold = True
    cell.paragraphs[0].paragraph_format.keep_with_next = True
    _shade(cell, _BAND)


def _note(table: Table, words: str) -> None:
    colour(_across(table).paragraphs[0].add_run(clean(words)), SOFT_COLOUR)


def _across(table: Table) -> _Cell:
    cells = _add_row(table).cells
    cell: _Cell = cells[0].merge(cells[2])
    for spare in cell.paragraphs[1:]:
        spare._p.getparent().remove(spare._p)
    return cell


def _row(table: Table, item: Item, report: Report) -> None:
    old_cell, new_cell, remark = _add_row(table).cells
    _side(old_cell, item, item.old, "delete", report)
    _side(new_cell, item, item.new, "insert", report)
    lang = report.options.lang
    paragraphs = _Paragraphs(remark)
    if item.number:
        line = paragraphs.next()
        line.add_run(item.number).bold = True
        severity = labels.pick(labels.SEVERITIES[item.severity], lang)
        colour(line.add_run(f"  {severity}"), SOFT_COLOUR)
    for change in item.lines:
        paragraphs.next().add_run(f"{change.sign} {capital(change.text)}")
    if item.redlines and not item.lines:
        paragraphs.next().add_run(labels.pick(labels.KINDS["task_reworded"], lang))


def _side(cell: _Cell, item: Item, tasks: tuple[Task, ...], op: SegmentOp, report: Report) -> None:
    """One side of a row: its texts with their numbers and duties, its own differences marked."""
    paragraphs = _Paragraphs(cell)
    skip: SegmentOp = "insert" if op == "delete" else "delete"
    one = report.facts.one_language
    if not tasks:
        for redline in item.redlines:
            _pieces(paragraphs.next(), side(redline, skip))
        for text in () if item.redlines else _values(item, op, report):
            paragraphs.next().add_run(text)
        return
    told = item.redlines[0] if len(item.redlines) == 1 and len(tasks) == 1 else None
    whole = one and bool(item.redlines or item.removed or item.added)
    for task in tasks:
        line = paragraphs.next()
        if task.number:
            line.add_run(f"{clean(task.number)} ")
        _pieces(line, side(told, skip) if told else ((op if whole else "equal", task.text),))
        _pieces(line, side(_duties(item, task, op, report), skip), soft=True)


def _values(item: Item, op: SegmentOp, report: Report) -> Iterator[str]:
    """What the old or the new side says where no task is concerned: names, headings."""
    facts, names = report.facts, report.wording.names
    for change in item.changes:
        value = text_of(change.before if op == "delete" else change.after)
        if change.kind.startswith("section_"):
            plan, ids = (facts.old, change.old) if op == "delete" else (facts.new, change.new)
            yield from (names.section(plan.sections[i]) for i in ids if i in plan.sections)
        elif change.kind == ("addressee_removed" if op == "delete" else "addressee_added"):
            yield names.changed_body(change)
        elif value is not None and change.kind == "agency_renamed":
            yield clean(value)
            return  # the same for all tasks that the item gathers


def _duties(item: Item, task: Task, op: SegmentOp, report: Report) -> Segments:
    """The bracket of a task; where one task continues one other, with its differences."""
    old, new = report.facts.old.plan, report.facts.new.plan
    if report.facts.one_language and len(item.old) == len(item.new) == 1:
        zh = new.language != "en"
        before, after = (duties(side[0].assignments, zh=zh) for side in (item.old, item.new))
        return differences(before, after, names=True)
    plan = old if op == "delete" else new
    return (("equal", duties(task.assignments, zh=plan.language != "en")),)


def _pieces(line: Paragraph, segments: Segments, *, soft: bool = False) -> None:
    for op, text in segments:
        run = line.add_run(clean(text))
        if op == "delete":
            colour(run, OLD_COLOUR).font.strike = True
        elif op == "insert":
            colour(run, NEW_COLOUR).font.underline = True
        elif soft:
            colour(run, SOFT_COLOUR)


class _Paragraphs:
    """The paragraphs of a cell, of which Word always has one."""

    def __init__(self, cell: _Cell) -> None:
        self.cell = cell
        self.fresh = True

    def next(self) -> Paragraph:
        """A new paragraph; the first time the one that is there."""
        line: Paragraph = self.cell.paragraphs[0] if self.fresh else self.cell.add_paragraph()
        self.fresh = False
        _tighten(line)
        return line


def _tighten(line: Paragraph) -> None:
    line.paragraph_format.space_after = Pt(2)
    line.paragraph_format.space_before = Pt(2)


def _shade(cell: _Cell, fill: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
