"""Tables as lines: a row is one line, its cells are separated by tabs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

#: A cell that spans rows is repeated in each of them, so that every row says which body it is
#: about; long cells and pathological spans are not, or a page of 1 MB would become gigabytes.
_LONGEST_REPEATED = 400
_REPEAT_BUDGET = 200_000
_WIDEST = 100


class Cell(NamedTuple):
    """One cell; ``rows`` and ``columns`` are its spans, ``joins`` continues the one above."""

    text: str
    columns: int = 1
    rows: int = 1
    joins: bool = False


def row_lines(rows: Iterable[Iterable[Cell]]) -> list[str]:
    """Lay the rows of a table out, spans resolved; empty rows are left out.

    A cell over several columns stands in its first column and leaves the others empty, so that
    the columns of all rows agree; a cell over several rows is repeated in each (HTML: ``rows``;
    Word: the cells below are marked ``joins``).
    """
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
            if len(text) > _LONGEST_REPEATED or len(text) > budget:
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
