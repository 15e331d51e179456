"""Bodies by sections with counts and their change (plans/comparing/trace.py): terminal and table."""

from __future__ import annotations

from rich.cells import cell_len

from plans.comparing.trace import Cell as Count
from plans.comparing.trace import Matrix
from plans.registry.model import Registry
from reports.clean import clean
from reports.labels import label
from reports.names import Names
from reports.options import ReportOptions
from reports.tables import Cell, Column, Table, terminal

#: Room for names of bodies in the terminal; with less, ids stand in their place.
NAMES = 24


class _Grid:
    """A matrix by body and section, with tasks outside any section as a last column."""

    def __init__(self, matrix: Matrix, options: ReportOptions) -> None:
        self.counts: dict[tuple[str, str], Count] = {(c.body, c.section): c for c in matrix.cells}
        self.changes = any(count.change is not None for count in matrix.cells)
        known = {identity for identity, _ in matrix.sections}
        self.sections = [(identity, clean(title)) for identity, title in matrix.sections]
        if any(cell.section not in known and cell.count for cell in matrix.cells):
            self.sections.append(("", label("no_section", options.lang)))

    def count(self, body: str, section: str) -> int:
        held = self.counts.get((body, section))
        return held.count if held else 0

    def change(self, body: str, section: str) -> int | None:
        held = self.counts.get((body, section))
        return held.change if held else None

    def total(self, body: str) -> int:
        return sum(self.count(body, section) for section, _ in self.sections)

    def total_change(self, body: str) -> int | None:
        """How the total changed; None where that is not known of a section that it counts."""
        total = 0
        for section, _ in self.sections:
            change = self.change(body, section)
            if change is None and self.count(body, section):
                return None
            total += change or 0
        return total if self.changes else None


def render(matrix: Matrix, registry: Registry, options: ReportOptions) -> str:
    """The matrix in the terminal: "12 +2" is twelve tasks, two more than in the edition before.

    The sections are numbered in the head and named in the note below; where they leave too little
    room for names, a body is named by its id, which `planwatch agency` takes as well. Of the
    options, language, width and colour apply.
    """
    names, lang = Names(registry, options.lang), options.lang
    grid = _Grid(matrix, options)
    heads = [str(at) for at in range(1, len(grid.sections) + 1)]
    rows: list[tuple[Cell, ...]] = []
    for body in matrix.bodies:
        cells = [
            _shown(grid.count(body, section), grid.change(body, section))
            for section, _ in grid.sections
        ]
        cells.append(_shown(grid.total(body), grid.total_change(body)))
        rows.append((names.body(body), *cells))
    columns = (
        Column(label("body", lang)),
        *(Column(head, number=True) for head in (*heads, label("total", lang))),
    )
    if _room(columns, rows, options.width) < min(_widest(rows), NAMES):
        columns = (Column("id"), *columns[1:])
        rows = [
            (body if body in registry.agencies else row[0], *row[1:])
            for body, row in zip(matrix.bodies, rows, strict=True)
        ]
    shown = Table(
        title=_title(matrix, options),
        columns=columns,
        rows=tuple(rows),
        note=" · ".join(
            f"{at} {title}" for at, (_, title) in zip(heads, grid.sections, strict=True)
        ),
    )
    return terminal(shown, width=options.width, colour=options.colour)


def _widest(rows: list[tuple[Cell, ...]]) -> int:
    return max((cell_len(str(row[0])) for row in rows), default=0)


def _room(columns: tuple[Column, ...], rows: list[tuple[Cell, ...]], width: int) -> int:
    """Cells that the columns of numbers, three apart, leave to the first one."""
    taken = 3 * len(columns)
    for at, column in enumerate(columns[1:], start=1):
        taken += max(cell_len(column.title), *(cell_len(str(row[at])) for row in rows), 0)
    return width - taken


def _shown(count: int, change: int | None) -> str:
    if not count and not change:
        return "·"
    return f"{count} {change:+d}" if change else str(count)


def _title(matrix: Matrix, options: ReportOptions) -> str:
    return f"{label('matrix', options.lang)} · {matrix.edition}"


def table(matrix: Matrix, registry: Registry, options: ReportOptions) -> Table:
    """One row a body; for each section a column of counts and, where known, one of changes."""
    names, lang = Names(registry, options.lang), options.lang
    grid = _Grid(matrix, options)
    columns = [Column("id"), Column(label("body", lang))]
    for _, title in grid.sections:
        columns.append(Column(title, number=True))
        if grid.changes:
            columns.append(Column(f"{title} ±", number=True))
    columns.append(Column(label("total", lang), number=True))
    if grid.changes:
        columns.append(Column(f"{label('total', lang)} ±", number=True))
    rows: list[tuple[Cell, ...]] = []
    for body in matrix.bodies:
        cells: list[Cell] = []
        for section, _ in grid.sections:
            cells.append(grid.count(body, section))
            if grid.changes:
                cells.append(grid.change(body, section))
        known = body if body in registry.agencies else ""
        cells.append(grid.total(body))
        if grid.changes:
            cells.append(grid.total_change(body))
        rows.append((known, names.body(body), *cells))
    return Table(title=_title(matrix, options), columns=tuple(columns), rows=tuple(rows))
