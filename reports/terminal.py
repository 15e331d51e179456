"""A changeset in the terminal: summary first, then the changes by section.

Without colour, differences inside a text are marked [-old-]{+new+}, so that nothing is lost in a
pipe or to a colour-blind eye.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from plans.model import Changeset, Plan, SegmentOp, Severity, Task
from plans.registry.model import Registry
from reports import labels
from reports.captions import badges, describe, group_title, joined, summary_rows
from reports.clean import clean
from reports.inline import Segments, shorten
from reports.labels import label
from reports.options import ReportOptions
from reports.outline import Group, Item, Line, Report, prepare
from reports.page import Page
from reports.wording import capital

STYLES = {
    "delete": "red strike",
    "insert": "green underline",
    "equal": "",
    "+": "green",
    "−": "red",
    "↑": "green",
    "↓": "red",
    "⇄": "yellow",
    "→": "cyan",
    "~": "dim",
}
SEVERITY_STYLES: dict[Severity, str] = {"major": "bold red", "minor": "yellow", "editorial": "dim"}
INDENT = 2
#: Names listed before "and N more" in the summary.
MOST_LISTED = 12


def render(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> str:
    """The report as text of at most ``options.width`` cells a line (never under 40), with a last line break.

    With ``options.colour`` it holds ANSI colours; nothing that comes from a plan can add any.
    """
    report = prepare(changeset, old, new, registry, options)
    page = Page(options.width, colour=options.colour)
    _head(page, report)
    _summary(page, report)
    if report.outline.document:
        page.rule(label("document", options.lang))
        for item in report.outline.document:
            _item(page, report, item)
    for group in report.outline.groups:
        _group(page, report, group)
    _unmatched(page, report)
    return page.text()


def _head(page: Page, report: Report) -> None:
    changeset, lang = report.facts.changeset, report.options.lang
    sides = (
        ("old", changeset.old, report.facts.old.plan),
        ("new", changeset.new, report.facts.new.plan),
    )
    width = max(cell_len(label(key, lang)) for key, _, _ in sides)
    for key, side, plan in sides:
        word = label(key, lang)
        text = Text.assemble((word + " " * (width - cell_len(word) + 2), "dim"))
        text.append(clean(side.title), style="bold")
        about = describe(side, plan, lang)
        text.append(f"  （{about}）" if lang == "zh" else f"  ({about})", style="dim")
        page.line(text, hang=width + 2)
    page.line()
    page.line(Text(clean(report.outline.summary.headline), style="bold"))


def _summary(page: Page, report: Report) -> None:
    lang = report.options.lang
    rows = summary_rows(report)
    if rows:
        page.line()
    width = max((cell_len(row.heading) for row in rows), default=0) + 2
    narrow = width > page.width // 3
    for row in rows:
        head = Text.assemble((row.heading, "dim"))
        value = joined(_capped(row.entries, report), lang, row.sign)
        body = Text.assemble((f"{row.sign} ", STYLES[row.sign]) if row.sign else "", value)
        hang = 2 if row.sign else 0
        if narrow:
            page.line(head)
            page.line(body, indent=INDENT, hang=hang)
        else:
            head.pad_right(width - cell_len(row.heading))
            page.line(head + body, hang=width + hang)


def _capped(told: Sequence[str], report: Report) -> list[str]:
    more = len(told) - MOST_LISTED
    if more <= 1:
        return list(told)
    rest = f"等{len(told)}个" if report.options.lang == "zh" else f"and {more} more"
    return [*told[:MOST_LISTED], rest]


def _group(page: Page, report: Report, group: Group) -> None:
    page.rule(group_title(group, report))
    for item in group.items:
        _item(page, report, item)
    if group.renumbered:
        words = f"{label('renumbered_only', report.options.lang)}{labels.colon(report.options.lang)}{', '.join(group.renumbered)}"
        page.line(Text(f"~ {words}", style="dim"), indent=INDENT, hang=2)


def _item(page: Page, report: Report, item: Item) -> None:
    lang = report.options.lang
    if item.number and item.number != "§":
        head = Text()
        head.append(item.number, style="bold")
        word = labels.pick(labels.SEVERITIES[item.severity], lang)
        head.append(f"  {word}", style=SEVERITY_STYLES[item.severity])
        comma = "、" if lang == "zh" else ", "
        head.append(f"  {comma.join(badges(item, lang))}", style="dim")
        page.line(head, indent=INDENT, hang=INDENT)
    for line in item.lines:
        _change(page, line)
    indent = INDENT * 2
    for segments in item.redlines:
        page.line(_redline(segments, report), indent=indent)
    for task in item.removed:
        page.line(_whole(task, "delete", report), indent=indent)
    for task in item.added:
        page.line(_whole(task, "insert", report), indent=indent)
    for task in item.unchanged:
        page.line(_unchanged(task.text, report), indent=indent)


def _change(page: Page, line: Line) -> None:
    text = Text.assemble((f"{line.sign} ", STYLES[line.sign]), capital(line.text))
    page.line(text, indent=INDENT * 2, hang=2)


def _redline(segments: Segments, report: Report) -> Text:
    text = Text()
    marks = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
    for op, piece in shorten(segments, report.options.context):
        before, after = ("", "") if report.options.colour else marks[op]
        text.append(before + clean(piece) + after, style=STYLES[op])
    return text


def _whole(task: Task, op: SegmentOp, report: Report) -> Text:
    """A text of one side; of two languages nothing is shown as struck out or written in."""
    if report.facts.one_language:
        return _redline(((op, task.text),), report)
    key = "old" if op == "delete" else "new"
    return Text.assemble((f"{label(key, report.options.lang)}: ", "dim"), clean(task.text))


def _unchanged(text: str, report: Report) -> Text:
    context = report.options.context
    shown = clean(text)
    if context is not None and len(shown) > 2 * context + 1:
        shown = shown[: 2 * context] + "…"
    return Text(shown, style="dim")


def _unmatched(page: Page, report: Report) -> None:
    outline, lang = report.outline, report.options.lang
    for key, tasks in (("old", outline.unmatched_old), ("new", outline.unmatched_new)):
        if not tasks:
            continue
        page.rule(f"{label('unmatched', lang)}{labels.colon(lang)}{label(key, lang)}")
        words = report.wording.names.tasks(tasks)
        page.line(Text(words, style="dim"), indent=INDENT)
