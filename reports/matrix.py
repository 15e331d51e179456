"""Bodies by sections, with counts and their change: in the terminal and as a table."""

from __future__ import annotations

from plans.registry.model import Registry
from reports.clean import clean
from reports.labels import LABELS, label, pick
from reports.names import Names
from reports.options import ReportOptions
from reports.over_bodies import Load, Matrix
from reports.tables import Cell, Column, Table, terminal


def render(matrix: Matrix, registry: Registry, options: ReportOptions) -> str:
    """The matrix in the terminal: "12 +2" is twelve tasks, two more than before.

    The sections are named by number in the head and by title in the note below. Of the options,
    language, width and colour apply.
    """
    names = Names(registry, options.lang)
    lang = options.lang
    rows: list[tuple[Cell, ...]] = []
    for row in matrix.rows:
        cells = [_shown(load) for load in (*row.loads, row.total)]
        rows.append((names.body(row.agency, row.name), *cells))
    heads = [str(at) for at in range(1, len(matrix.titles) + 1)]
    notes = [f"{at} {clean(title)}" for at, title in zip(heads, matrix.titles, strict=True)]
    if matrix.before:
        notes.append(f"± {pick(LABELS['against'], lang)} {matrix.before}")
    shown = Table(
        title=_title(matrix, options),
        columns=(
            Column(label("body", lang)),
            *(Column(head, number=True) for head in (*heads, label("total", lang))),
        ),
        rows=tuple(rows),
        note=" · ".join(notes),
    )
    return terminal(shown, width=options.width, colour=options.colour)


def _shown(load: Load) -> str:
    change = f" {load.change:+d}" if load.change else ""
    return f"{load.tasks or ('·' if not load.change else 0)}{change}"


def _title(matrix: Matrix, options: ReportOptions) -> str:
    return f"{label('matrix', options.lang)} · {matrix.edition}"


def table(matrix: Matrix, registry: Registry, options: ReportOptions) -> Table:
    """One row a body; for each section and for all a column of counts and, if any, of changes."""
    names, lang = Names(registry, options.lang), options.lang
    columns = [Column("id"), Column(label("body", lang))]
    for title in (*matrix.titles, label("total", lang)):
        columns.append(Column(title, number=True))
        if matrix.before:
            columns.append(Column(f"{title} ±", number=True))
    rows: list[tuple[Cell, ...]] = []
    for row in matrix.rows:
        cells: list[Cell] = []
        for load in (*row.loads, row.total):
            cells += [load.tasks, load.change] if matrix.before else [load.tasks]
        known = row.agency if row.agency in registry.agencies else ""
        rows.append((known, names.body(row.agency, row.name), *cells))
    return Table(title=_title(matrix, options), columns=tuple(columns), rows=tuple(rows))
