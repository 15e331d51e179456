"""Where each instrument stands by edition on the ladder of commitment: terminal and table."""

from __future__ import annotations

from plans.registry.model import Registry
from reports import labels
from reports.labels import label
from reports.names import Names
from reports.options import ReportOptions
from reports.over_years import Ladder, LadderRow, Step
from reports.tables import Cell, Column, Table, terminal


def render(ladder: Ladder, registry: Registry, options: ReportOptions) -> str:
    """The ladder in the terminal; a step that went up or down has an arrow before it.

    A dash is an edition that does not list the instrument, which says neither that it was dropped
    nor that it was issued; of an edition known by a summary only nothing is shown. Of the options,
    language, width, colour and ``issued`` apply.
    """
    names, lang = Names(registry, options.lang), options.lang
    rows: list[tuple[Cell, ...]] = []
    for row in ladder.rows:
        cells = [_step(row, at, ladder, options) for at in range(len(ladder.editions))]
        rows.append((names.instrument(row.title, row.id), *cells, _issued(row, options)))
    columns = [Column(label("instrument", lang)), *(Column(e) for e in ladder.editions), Column("")]
    if not any(row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
        columns.pop()
    partial = ", ".join(ladder.partial)
    shown = Table(
        title=label("ladder", lang),
        columns=tuple(columns),
        rows=tuple(rows),
        note=f"{partial}: {labels.pick(labels.LABELS['partial'], lang)}" if partial else "",
    )
    return terminal(shown, width=options.width, colour=options.colour)


def _step(row: LadderRow, at: int, ladder: Ladder, options: ReportOptions) -> str:
    step = row.steps[at]
    if step is None:
        return "" if ladder.editions[at] in ladder.partial else "–"
    before = next((s for s in reversed(row.steps[:at]) if s and s.level is not None), None)
    arrow = ""
    if before and before.level is not None and step.level is not None:
        arrow = "↑ " * (step.level > before.level) + "↓ " * (step.level < before.level)
    return f"{arrow}{_level(step, options)}"


def _level(step: Step, options: ReportOptions) -> str:
    if step.level is None or not 0 <= step.level < len(labels.LEVELS):
        return "?"
    return f"{step.level} {labels.pick(labels.LEVELS[step.level], options.lang)}"


def _issued(row: LadderRow, options: ReportOptions) -> str:
    day = options.issued.get(row.id or row.title)
    if day is None:
        return ""
    return f"{day.isoformat()}发布" if options.lang == "zh" else f"issued on {day.isoformat()}"


def table(ladder: Ladder, registry: Registry, options: ReportOptions) -> Table:
    """One row an instrument; for each edition its level and the words of the plan."""
    names, lang = Names(registry, options.lang), options.lang
    columns = [Column("id"), Column(label("instrument", lang))]
    for edition in ladder.editions:
        columns += [
            Column(f"{edition} {labels.pick(labels.LABELS[key], lang)}")
            for key in ("level", "words", "task")
        ]
    rows: list[tuple[Cell, ...]] = []
    for row in ladder.rows:
        cells: list[Cell] = []
        for step in row.steps:
            cells += [step.level, step.words, step.number] if step else [None, None, None]
        rows.append((row.id or "", names.instrument(row.title, row.id), *cells))
    return Table(title=label("ladder", lang), columns=tuple(columns), rows=tuple(rows))
