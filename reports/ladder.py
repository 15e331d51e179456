"""Where each instrument stands by edition (plans/comparing/trace.py): in the terminal and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from plans.comparing.trace import Ladder, Rung
from plans.registry.model import Registry
from reports import labels
from reports.labels import label
from reports.names import Names
from reports.options import ReportOptions
from reports.tables import Cell, Column, Table, terminal

_ARROWS = {"up": "↑ ", "down": "↓ "}


def render(ladders: Sequence[Ladder], registry: Registry, options: ReportOptions) -> str:
    """The ladders in the terminal, one row an instrument; a step up or down has an arrow before it.

    An instrument that left is "no longer listed", which says neither that it was dropped nor that
    it was issued; a dash is an edition of which nothing is known. Of the options, language, width,
    colour and ``issued`` apply.
    """
    names, lang = Names(registry, options.lang), options.lang
    rows: list[tuple[Cell, ...]] = []
    for ladder in ladders:
        cells = [_rung(rung, options) for rung in ladder.rungs]
        rows.append((names.instrument(ladder.title, ladder.id), *cells, _issued(ladder, options)))
    columns = [Column(label("instrument", lang)), *(Column(name) for name in _editions(ladders))]
    if any(row[-1] for row in rows):
        columns.append(Column(""))
    shown = Table(
        title=label("ladder", lang),
        columns=tuple(columns),
        rows=tuple(row[: len(columns)] for row in rows),
    )
    return terminal(shown, width=options.width, colour=options.colour)


def _editions(ladders: Sequence[Ladder]) -> tuple[str, ...]:
    return tuple(rung.edition for rung in ladders[0].rungs) if ladders else ()


def _rung(rung: Rung, options: ReportOptions) -> str:
    if not rung.listed:
        left = labels.pick(labels.LABELS["no_longer_listed"], options.lang)
        return left if rung.direction == "left" else "–"
    return _ARROWS.get(rung.direction, "") + _level(rung, options)


def _level(rung: Rung, options: ReportOptions) -> str:
    """The level and its word; a mention without a commitment is a question mark. What is put off
    is no step of the ladder and has no number.
    """
    if rung.commitment is None:
        return "?"
    level = rung.commitment.level
    pair = labels.level_words(level, rung.commitment.text)
    if pair is None:
        return "?"
    word = labels.pick(pair, options.lang)
    return word if pair is labels.PUT_OFF else f"{level} {word}"


def _issued(ladder: Ladder, options: ReportOptions) -> str:
    day = options.issued.get(ladder.id or ladder.title)
    if day is None:
        return ""
    return f"{day.isoformat()}发布" if options.lang == "zh" else f"issued on {day.isoformat()}"


def table(ladders: Sequence[Ladder], registry: Registry, options: ReportOptions) -> Table:
    """One row an instrument; for each edition its level, the words of the plan and its tasks."""
    names, lang = Names(registry, options.lang), options.lang
    columns = [Column("id"), Column(label("instrument", lang))]
    for edition in _editions(ladders):
        columns += [
            Column(f"{edition} {labels.pick(labels.LABELS[key], lang)}")
            for key in ("level", "words", "task")
        ]
    rows: list[tuple[Cell, ...]] = []
    for ladder in ladders:
        cells: list[Cell] = []
        for rung in ladder.rungs:
            held = rung.commitment
            cells += [held.level if held else None, held.text if held else None]
            cells.append(", ".join(rung.tasks) or None)
        rows.append((ladder.id or "", names.instrument(ladder.title, ladder.id), *cells))
    return Table(title=label("ladder", lang), columns=tuple(columns), rows=tuple(rows))
