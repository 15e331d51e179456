"""The phrases around the changes that several formats share: sides, summary rows, headings, badges."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from plans.model import Plan, Side, Task
from reports import labels
from reports.clean import clean
from reports.labels import label
from reports.names import PATH_MARK
from reports.options import ReportLanguage
from reports.outline import Group, Item, Report
from reports.summary import BodyShift, InstrumentShift


class SummaryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the summary; ``sign`` is empty where the row has no direction."""

    heading: str
    sign: str
    entries: tuple[str, ...]


def describe(side: Side, plan: Plan, lang: ReportLanguage) -> str:
    """What a side is: how it was named, its nature where it is not the official text, its size."""
    parts = [clean(side.ref)] if side.ref else []
    if side.nature != "official":
        parts.append(labels.pick(labels.NATURES[side.nature], lang))
    if plan.tasks and plan.tasks[0].kind == "article":
        parts.append(labels.count(len(plan.tasks), "article", lang, "条"))
    else:
        parts.append(labels.count(len(plan.tasks), "task", lang, "项任务"))
    return ("，" if lang == "zh" else ", ").join(parts)


def summary_rows(report: Report) -> tuple[SummaryRow, ...]:
    """Tasks, bodies, commitments and instruments, each row only where it has something to say."""
    summary, lang = report.outline.summary, report.options.lang
    tasks = [
        f"{labels.pick(words, lang)}{summary.counts[kind]}项"
        if lang == "zh"
        else f"{summary.counts[kind]} {_counted(labels.pick(words, lang), summary.counts[kind])}"
        for kind, words in labels.KINDS.items()
        if kind in summary.counts and kind.startswith(("task_", "part_"))
    ]
    rows = [SummaryRow(heading=label("tasks", lang), sign="", entries=tuple(tasks))]
    changed_roles = tuple(shift for shift in summary.bodies if shift.roles)
    for word, sign, what, shifts in (
        ("gained", "+", "gained", summary.gained),
        ("lost", "−", "lost", summary.lost),
        ("other_role", "⇄", "roles", changed_roles),
    ):
        entries = tuple(_body_shift(shift, what, report) for shift in shifts)
        rows.append(SummaryRow(heading=_heading("bodies", word, lang), sign=sign, entries=entries))
    for subject, word, sign, moves in (
        ("commitments", "up", "↑", summary.raised),
        ("commitments", "down", "↓", summary.lowered),
        ("instruments", "newly_listed", "+", summary.listed),
        ("instruments", "no_longer_listed", "−", summary.dropped),
    ):
        entries = tuple(_instrument_shift(move, sign, report) for move in moves)
        rows.append(SummaryRow(heading=_heading(subject, word, lang), sign=sign, entries=entries))
    return tuple(row for row in rows if row.entries)


def _counted(words: str, count: int) -> str:
    """The words for so many: 1 part moved, 2 parts moved; the other kinds have one form."""
    return f"parts{words[4:]}" if count != 1 and words.startswith("part ") else words


def _heading(subject: str, word: str, lang: ReportLanguage) -> str:
    detail = labels.pick(labels.LABELS[word], lang)
    return f"{label(subject, lang)}{'' if lang == 'zh' else ' '}{detail}"


def _body_shift(shift: BodyShift, what: str, report: Report) -> str:
    tasks: tuple[Task, ...] = getattr(shift, what)
    return f"{shift.name}{_where(tasks, what == 'lost', report)}"


def _instrument_shift(shift: InstrumentShift, sign: str, report: Report) -> str:
    steps = [report.wording.level(v) for v in (shift.before, shift.after) if v]
    where = _where((shift.task,) if shift.task else (), sign == "−", report)
    colon = "：" if report.options.lang == "zh" else ": "
    return f"{shift.name}{colon if steps else ''}{' → '.join(steps)}{where}"


def _where(tasks: tuple[Task, ...], old: bool, report: Report) -> str:
    """The tasks in brackets; those of the old plan say so, for their numbers are its own."""
    if not tasks:
        return ""
    numbers = report.wording.names.tasks(tasks)
    if report.options.lang == "zh":
        return f"（{'原' if old else ''}{numbers}）"
    return f" ({'old ' if old else ''}{numbers})"


def joined(entries: Sequence[str], lang: ReportLanguage, sign: str) -> str:
    """The entries of one row in a line: counts by comma, names by semicolon."""
    if sign:
        return ("；" if lang == "zh" else "; ").join(entries)
    return ("，" if lang == "zh" else ", ").join(entries)


def group_title(group: Group, report: Report) -> str:
    """A group's headings as one line."""
    if not group.path:
        return label("no_section", report.options.lang)
    title = PATH_MARK.join(report.wording.names.section(section) for section in group.path)
    return title + gone_note(group, report.options.lang)


def gone_note(group: Group, lang: ReportLanguage) -> str:
    """What is added to the heading of a section that the new plan does not have."""
    if not group.gone:
        return ""
    note = labels.pick(labels.KINDS["section_removed"], lang)
    return f"（{note}）" if lang == "zh" else f" ({note})"


def badges(item: Item, lang: ReportLanguage) -> tuple[str, ...]:
    """The kinds of an item's changes, in words."""
    return tuple(labels.pick(labels.KINDS[kind], lang) for kind in item.kinds)
