"""Tables as lines: a row is one line, its cells are separated by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

#: Where a table names bodies, a cell that spans rows is repeated in each of them, so that every row
#: says which body it is about; elsewhere it is printed once, as published. Long cells and
#: pathological spans are not repeated, or a page of 1 MB would become gigabytes.
_NAMES_BODIES = re.compile("责任|責任|牵头|牽頭|配合|部门|部門|单位|單位|负责|負責|主体|分工")
_LONGEST_REPEATED = 400
_REPEAT_BUDGET = 200_000
_WIDEST = 100


class Cell(NamedTuple):
    """One cell; ``rows`` and ``columns`` are its spans, ``joins`` continues the one above."""

    text: str
    columns: int = 1
    rows: int = 1
    joins: bool = False


def names_bodies(heading: Iterable[str]) -> bool:
    """Whether a table whose first cells these are has a column of bodies."""
    return any(_NAMES_BODIES.search(text) for text in heading)


def row_lines(rows: Iterable[Iterable[Cell]], *, repeats: bool | None = None) -> list[str]:
    """Lay the rows of a table out, spans resolved; empty rows are left out.

    A cell over several columns stands in its first column and leaves the others empty, so that
    the columns of all rows agree; a cell over several rows (HTML: ``rows``; Word: the cells below
    are marked ``joins``) is repeated in each where the heading names a column of bodies.
    ``repeats`` says so for rows that stand apart from their heading; None: look at the first two.
    """
    rows = [list(row) for row in rows]
    if repeats is None:
        repeats = names_bodies(cell.text for row in rows[:2] for cell in row)
    lines: list[str] = []
    running: dict[int, tuple[int, str]] = {}
    above: dict[int, str] = {}
    budget = _REPEAT_BUDGET
    for row in rows:
        placed: dict[int, str] = {}
        own = False
        column = 0

        def repeat(text: str) -> str:
            nonlocal budget
            if not repeats or len(text) > _LONGEST_REPEATED or len(text) > budget:
                return ""
            budget -= len(text)
            return text

        following = dict(running)
        for cell in row:
            while column in running:
                column += 1
            if column >= _WIDEST:
                break
            text = repeat(above.get(column, "")) if cell.joins else cell.text
            own = own or (bool(cell.text) and not cell.joins)
            placed[column] = text
            above[column] = above.get(column, "") if cell.joins else cell.text
            for spanned in range(column, min(column + max(cell.columns, 1), _WIDEST)):
                if cell.rows > 1:
                    following[spanned] = (cell.rows, cell.text if spanned == column else "")
            column += max(cell.columns, 1)
        for at, (_, text) in running.items():
            placed[at] = repeat(text) if own else ""
        running = {at: (left - 1, text) for at, (left, text) in following.items() if left > 1}
        if own:
            width = max(placed) + 1
            lines.append("\t".join(placed.get(at, "") for at in range(width)).rstrip("\t"))
    return lines
