"""Ruled tables on a page: from the lines that were drawn to cells with their spans.

Only what is ruled is a table here. Columns without rules are left as the lines that they are:
text set in two columns and signatures side by side look the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from monitor.extracting.files.layout import PageLine
from monitor.extracting.tables import Cell, row_lines

#: A drawn shape no wider than this (in points) is a rule; shorter than this it is decoration.
_THIN = 3.0
_SHORT = 8.0
#: Rules whose places differ by no more are one.
_NEAR = 3.0
#: No page has a table of more cells; one that has is not taken for a table.
_MOST_CELLS = 3000


class Box(NamedTuple):
    """A rectangle of the page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class Row(NamedTuple):
    """One row of a table as a line of text, cells parted by tabs, and where it stands."""

    text: str
    box: Box


class Table(NamedTuple):
    """A ruled table: the area that it covers, and its rows from top to bottom."""

    box: Box
    rows: tuple[Row, ...]


def tables_of(shapes: list[Box], text_in: Callable[[Box], str]) -> list[Table]:
    """The tables that the drawn ``shapes`` of a page rule; ``text_in`` reads a part of the page."""
    across = [
        one for one in shapes if one.top - one.bottom <= _THIN < _SHORT <= one.right - one.left
    ]
    down = [one for one in shapes if one.right - one.left <= _THIN < _SHORT <= one.top - one.bottom]
    tables = []
    for low, high in _bands(down):
        here = [one for one in down if low <= _middle(one)[1] <= high]
        level = [one for one in across if low - _NEAR <= _middle(one)[1] <= high + _NEAR]
        columns = _places([_middle(one)[0] for one in here])
        edges = _places([_middle(one)[1] for one in level])[::-1]
        if len(columns) < 3 or len(edges) < 2 or len(columns) * len(edges) > _MOST_CELLS:
            continue
        tables.append(_table(columns, edges, here, level, text_in))
    return tables


def with_rows(lines: list[PageLine], tables: list[Table], height: float) -> list[PageLine]:
    """The lines of a page ``height`` high, those inside a table replaced by its rows where it stood."""
    for table in tables:
        top, bottom = height - table.box.top, height - table.box.bottom
        inside = [
            at
            for at, line in enumerate(lines)
            if top <= line.middle <= bottom
            and table.box.left <= (line.left + line.right) / 2 <= table.box.right
        ]
        if not inside or not table.rows:
            continue
        size = lines[inside[0]].height
        rows = [
            PageLine(row.text, row.box.left, row.box.right, middle, size, is_row=True)
            for row in table.rows
            for middle in (height - (row.box.bottom + row.box.top) / 2,)
        ]
        gone = set(inside)
        lines = [
            *(line for at, line in enumerate(lines[: inside[0]]) if at not in gone),
            *rows,
            *(line for at, line in enumerate(lines) if at > inside[0] and at not in gone),
        ]
    return lines


def _bands(down: list[Box]) -> list[tuple[float, float]]:
    """Where upright rules reach from and to: each stretch is a table."""
    bands: list[tuple[float, float]] = []
    for one in sorted(down, key=lambda box: box.bottom):
        if bands and one.bottom <= bands[-1][1] + _NEAR:
            bands[-1] = (bands[-1][0], max(bands[-1][1], one.top))
        else:
            bands.append((one.bottom, one.top))
    return bands


def _places(found: list[float]) -> list[float]:
    """Distinct places, in order."""
    places: list[float] = []
    for place in sorted(found):
        if not places or place - places[-1] > _NEAR:
            places.append(place)
    return places


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.bottom + box.top) / 2


def _table(
    columns: list[float],
    edges: list[float],
    down: list[Box],
    across: list[Box],
    text_in: Callable[[Box], str],
) -> Table:
    wide, high = len(columns) - 1, len(edges) - 1
    # Which rule is drawn beside which cell: looked up once, for a rule may be in many pieces.
    upright = {
        (row, column)
        for one in down
        for column in range(len(columns))
        if abs(columns[column] - _middle(one)[0]) <= _NEAR
        for row in range(high)
        if one.bottom <= (edges[row] + edges[row + 1]) / 2 <= one.top
    }
    level = {
        (row, column)
        for one in across
        for row in range(len(edges))
        if abs(edges[row] - _middle(one)[1]) <= _NEAR
        for column in range(wide)
        if one.left <= (columns[column] + columns[column + 1]) / 2 <= one.right
    }
    taken: set[tuple[int, int]] = set()
    rows: list[list[Cell]] = []
    for row in range(high):
        cells: list[Cell] = []
        for column in range(wide):
            if (row, column) in taken:
                continue
            right, below = column + 1, row + 1
            while right < wide and (row, right) not in upright:
                right += 1
            while below < high and (below, column) not in level:
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            box = Box(columns[column], edges[below], columns[right], edges[row])
            cells.append(Cell(text_in(box), right - column, below - row))
        rows.append(cells)
    boxes = [Box(columns[0], edges[row + 1], columns[-1], edges[row]) for row in range(high)]
    # Rows without a word of their own are left out: the others keep their order.
    texts = row_lines(rows)
    return Table(
        Box(columns[0], edges[-1], columns[-1], edges[0]),
        tuple(Row(text, box) for text, box in zip(texts, boxes, strict=False)),
    )
