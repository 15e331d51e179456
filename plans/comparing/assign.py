"""Optimal one-to-one matching with the right to stay unmatched.

Every edge carries the gain of matching its two ends, leaving a node alone gains nothing; the
matching with the greatest sum of gains is sought. Most edges of two plans are settled by dominance
in linear time; what is left falls into small components, each solved exactly.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

#: (row, column) -> gain. Only positive gains are ever used.
Gains = Mapping[tuple[int, int], float]


def assign(gains: Gains) -> dict[int, int]:
    """The matching of greatest total gain, as row -> column. Equal sums fall to lower indices."""
    rows: dict[int, dict[int, float]] = {}
    columns: dict[int, dict[int, float]] = {}
    for (row, column), gain in sorted(gains.items()):
        if gain > 0:
            rows.setdefault(row, {})[column] = gain
            columns.setdefault(column, {})[row] = gain
    matched = _take_dominant(rows, columns)
    for component in _components(rows, columns):
        matched.update(_augment(component, rows))
    return matched


def _take_dominant(
    rows: dict[int, dict[int, float]], columns: dict[int, dict[int, float]]
) -> dict[int, int]:
    """Take out edges whose gain is at least that of the next best of both ends together.

    Such an edge is in a best matching: whatever its ends would do without it gains no more.
    """
    matched: dict[int, int] = {}
    waiting = deque(sorted(rows))
    queued = set(waiting)
    while waiting:
        row = waiting.popleft()
        queued.discard(row)
        edges = rows.get(row)
        if not edges:
            continue
        column, gain = max(edges.items(), key=lambda item: (item[1], -item[0]))
        rest = max((g for c, g in edges.items() if c != column), default=0.0)
        rivals = columns[column]
        rest += max((g for r, g in rivals.items() if r != row), default=0.0)
        if gain < rest:
            continue
        matched[row] = column
        touched = {r for c in edges for r in columns[c]} | set(rivals)
        for other in rows.pop(row):
            del columns[other][row]
        for other in columns.pop(column):
            del rows[other][column]
        for other in sorted(touched - {row}):
            if other not in queued:
                queued.add(other)
                waiting.append(other)
    return matched


def _components(
    rows: dict[int, dict[int, float]], columns: dict[int, dict[int, float]]
) -> list[list[int]]:
    """The rows of each connected part of what is left."""
    seen: set[int] = set()
    parts: list[list[int]] = []
    for start in sorted(rows):
        if start in seen or not rows[start]:
            continue
        seen.add(start)
        part, stack = [], [start]
        while stack:
            row = stack.pop()
            part.append(row)
            for column in rows[row]:
                for other in columns[column]:
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
        parts.append(sorted(part))
    return parts


def _augment(component: list[int], rows: dict[int, dict[int, float]]) -> dict[int, int]:
    """Solve one component by best augmenting paths (Bellman-Ford over a queue).

    Rows join one by one; each time the path of greatest gain that ends in a free column or in
    letting some row go is taken, which keeps the matching optimal for the rows seen so far.
    """
    owner: dict[int, int] = {}
    taken: dict[int, int] = {}
    for start in component:
        gain_at: dict[int, float] = {start: 0.0}
        came: dict[int, tuple[int, int]] = {}
        best, end_row, end_column = 0.0, start, -1
        waiting = deque([start])
        while waiting:
            row = waiting.popleft()
            here = gain_at[row]
            if row != start and here > best + 1e-12:
                best, end_row, end_column = here, row, -1
            own = taken.get(row, -1)
            for column, gain in rows[row].items():
                if column == own:
                    continue
                holder = owner.get(column)
                if holder is None:
                    if here + gain > best + 1e-12:
                        best, end_row, end_column = here + gain, row, column
                    continue
                onward = here + gain - rows[holder][column]
                if onward > gain_at.get(holder, float("-inf")) + 1e-12:
                    gain_at[holder] = onward
                    came[holder] = (row, column)
                    waiting.append(holder)
        if best <= 0:
            continue
        row, column = end_row, end_column
        if column < 0:
            taken.pop(row)
        else:
            taken[row], owner[column] = column, row
        while row != start:
            row, column = came[row]
            taken[row], owner[column] = column, row
    return taken
