"""A changeset as an Excel workbook: summary, changes, assignments.

Everything that comes from a plan is written as text and marked as such, so that what begins with
``=``, ``+``, ``-`` or ``@`` is shown and never computed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plans.model import Assignment, Change, Changeset, Plan, Task
from plans.registry.model import Registry
from reports import labels
from reports.captions import group_title, summary_rows
from reports.clean import clean
from reports.facts import bodies, date_of, role_of, text_of
from reports.inline import marked
from reports.labels import label
from reports.names import number
from reports.ooxml import settle
from reports.options import ReportOptions
from reports.outline import Item, Report, prepare
from reports.sheets import SheetWriter, Value
from reports.wording import capital

#: The row of the summary sheet that says all in one sentence.
_HEADLINE = 2
#: How many columns of the changes are printed; all twelve would be too small to read on A4.
_PRINTED = 9


def render(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> bytes:
    """The .xlsx file; the first sheet is the summary, filters apply to it and to the changes."""
    report = prepare(changeset, old, new, registry, options)
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)  # a new workbook has one sheet
    _summary(first, report)
    _changes(book.create_sheet(label("changes", options.lang)), report)
    _assignments(book.create_sheet(label("assignments", options.lang)), report)
    book.properties.title = clean(changeset.new.title)[:250]
    book.properties.creator = book.properties.lastModifiedBy = clean(options.author)[:250]
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), options.date)


def _summary(sheet: Worksheet, report: Report) -> None:
    lang = report.options.lang
    sheet.title = label("summary", lang)
    changeset = report.facts.changeset
    rows: list[tuple[str, str]] = [
        (label("old", lang), changeset.old.title),
        (label("new", lang), changeset.new.title),
        ("", report.outline.summary.headline),
        ("", ""),
    ]
    for row in summary_rows(report):
        for at, entry in enumerate(row.entries):
            rows.append((row.heading if at == 0 else "", f"{row.sign} {entry}".strip()))
    for key, tasks in (
        ("old", report.outline.unmatched_old),
        ("new", report.outline.unmatched_new),
    ):
        if tasks:
            heading = f"{label('unmatched', lang)}{labels.colon(lang)}{label(key, lang)}"
            rows.append((heading, report.wording.names.tasks(tasks)))
    writer = SheetWriter(sheet, (36, 110))
    writer.sign(*_signature(report))
    for at, (name, value) in enumerate(rows):
        writer.pair(name, value, strong=at == _HEADLINE)


def _changes(sheet: Worksheet, report: Report) -> None:
    lang = report.options.lang
    heads = [label(key, lang) for key in ("severity", "kind", "section", "old", "new", "body")]
    heads.append(label("change", lang))
    heads += [f"{label('text', lang)}: {label(key, lang)}" for key in ("old", "new")]
    heads += [label(key, lang) for key in ("instrument", "before", "after")]
    # Paper takes what says all of it; the rest is for filters, and stands right of that.
    writer = SheetWriter(sheet, (10, 14, 20, 7, 7, 24, 36, 38, 38, 24, 20, 20))
    writer.sign(*_signature(report))
    writer.head(heads)
    for section, item, change in _told(report):
        old, new = report.facts.tasks(change)
        writer.row(
            (
                labels.pick(labels.SEVERITIES[change.severity], lang),
                labels.pick(labels.KINDS[change.kind], lang),
                section,
                ", ".join(number(task) for task in old),
                ", ".join(number(task) for task in new),
                report.wording.names.changed_body(change) if change.agency or change.name else "",
                marked(change.segments)
                if change.kind == "task_reworded" and change.segments
                else capital(report.wording.sentence(change)),
                _texts(change, "before", item, old),
                _texts(change, "after", item, new),
                report.wording.names.changed_instrument(change) if change.instrument else "",
                _value(change, "before", report),
                _value(change, "after", report),
            ),
            tint=change.severity,
        )
    writer.finish(printed=_PRINTED)


def _signature(report: Report) -> tuple[str, str]:
    """For every printed page: what is compared; who made it, and when."""
    sides, made = report.facts.changeset, report.options
    day = f" · {made.date.date().isoformat()}" if made.date else ""
    return f"{sides.old.title} → {sides.new.title}", f"{made.author}{day}"


def _told(report: Report) -> Iterator[tuple[str, Item, Change]]:
    """Every change with its section's heading, in reading order; renumbered ones last."""
    told: set[int] = set()
    for item in report.outline.document:
        for change in item.changes:
            told.add(id(change))
            yield label("document", report.options.lang), item, change
    for group in report.outline.groups:
        for item in group.items:
            for change in item.changes:
                told.add(id(change))
                yield group_title(group, report), item, change
    for change in report.facts.changeset.changes:
        if id(change) not in told:
            _, new = report.facts.tasks(change)
            path = report.facts.new.path(new[0].section) if new else ()
            yield report.wording.names.path(path), _EMPTY, change


_EMPTY = Item(anchor="", number="", severity="editorial", changes=(), lines=())


#: Their values are whole tasks or texts, which have columns of their own.
_TOLD_BY_TEXTS = frozenset(
    {
        "task_added",
        "task_removed",
        "task_split",
        "task_merged",
        "task_reworded",
        "frame_changed",
    }
)


def _value(change: Change, side: str, report: Report) -> Value:
    value = getattr(change, side)
    if value is None or change.kind in _TOLD_BY_TEXTS:
        return None
    if change.kind.startswith(("commitment_", "instrument_")):
        before, after = report.facts.commitments(change)
        return report.wording.level(before if side == "before" else after)
    if change.kind in ("agency_assigned", "agency_released", "agency_unnamed", "role_changed"):
        return report.wording.role(role_of(value))
    if change.kind == "deadline_changed":
        return date_of(value)
    if change.kind == "task_moved":
        plan = report.facts.old if side == "before" else report.facts.new
        old, new = report.facts.tasks(change)
        task = next(iter(old if side == "before" else new), None)
        return report.wording.names.path(plan.path(task.section)) if task else text_of(value)
    return text_of(value)


def _texts(change: Change, side: str, item: Item, tasks: Sequence[Task]) -> str:
    if change.kind == "frame_changed":
        return text_of(getattr(change, side)) or ""
    if not tasks and change.segments and not item.old and not item.new:
        return ""
    return "\n".join(clean(task.text) for task in tasks)


def _assignments(sheet: Worksheet, report: Report) -> None:
    """One row for each body on each task, with its role on either side."""
    lang, names = report.options.lang, report.wording.names
    heads = [label("section", lang)]
    heads += [f"{label('task', lang)}: {label(key, lang)}" for key in ("old", "new")]
    heads += ["id", label("body", lang)]
    heads += [f"{label('role', lang)}: {label(key, lang)}" for key in ("old", "new")]
    heads += [label("change", lang), label("text", lang)]
    writer = SheetWriter(sheet, (34, 8, 8, 10, 36, 14, 14, 14, 56))
    writer.sign(*_signature(report))
    writer.head(heads)
    for old, new in _linked(report):
        sides = [_roles(old), _roles(new)]
        task = (new or old)[0]
        facts = report.facts.new if new else report.facts.old
        for key in dict.fromkeys((*sides[1], *sides[0])):
            before, after = (side.get(key) for side in sides)
            held = after or before
            assert held is not None  # the key is from one of the two
            status = "added" if before is None else "gone" if after is None else "kept"
            changed = before and after and before.role != after.role
            writer.row(
                (
                    names.path(facts.path(task.section)),
                    ", ".join(number(one) for one in old),
                    ", ".join(number(one) for one in new),
                    held.agency or "",
                    names.actor(held),
                    report.wording.role(before.role) if before else "",
                    report.wording.role(after.role) if after else "",
                    label("roles", lang) if changed else label(status, lang),
                    clean(task.text),
                ),
                tint="minor" if changed else status,
            )
    writer.finish()


def _linked(report: Report) -> Iterator[tuple[tuple[Task, ...], tuple[Task, ...]]]:
    """Tasks with what they continue, in the new plan's order; what is gone comes last."""
    facts = report.facts
    by_new = {i: link for link in facts.changeset.links for i in link.new}
    linked_old = {i for link in facts.changeset.links for i in link.old}
    for task in facts.new.plan.tasks:
        link = by_new.get(task.id)
        if link is None:
            yield (), (task,)
        elif link.new[0] == task.id:
            yield facts.old.tasks_of(link.old), facts.new.tasks_of(link.new)
    for task in facts.old.plan.tasks:
        if task.id not in linked_old:
            yield (task,), ()


def _roles(tasks: Sequence[Task]) -> dict[str, Assignment]:
    return {assignment.key: assignment for assignment in bodies(tasks)}
