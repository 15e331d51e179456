"""Tables without rules: columns told by the places of their words, where they can be told surely.

A table is looked for under a row of headings that name its columns (序号, 任务, 责任单位 …). It is
taken for one only where everything below fits: each piece of text lies in one column, and what
stands on a further line goes on from a line that fills its cell. Where anything does not fit, the
page keeps its lines as they are: a row read wrongly would give a task to the wrong body.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from monitor.extracting.files.layout import PageLine
from monitor.extracting.files.ruled import Box, Row, Table
from monitor.extracting.text import join_lines

_BODIES = re.compile(
    "(?:责任|牵头|配合|参与|负责|承办|实施|协办)(?:单位|部门|主体|处室|分工)?|单位|部门"
)
_OTHER = re.compile(
    "序号|编号|类别|项目|事项|(?:工作|重点|主要|具体|目标)?(?:任务|内容|措施|举措|要求)(?:名称|内容|分解|及要求)?"
    "|(?:完成)?(?:时限|时间|期限)|进度(?:安排|要求)?|备注|成果形式"
)
_ORDINAL = re.compile(r"\d{1,3}[.．、]?")
#: A gap wider than this (in heights of a character) parts columns.
BETWEEN_COLUMNS = 0.9
#: Pieces whose middles differ by less (in heights of a character) stand on one line.
_ON_A_LINE = 0.45
#: A line that ends no farther from its column's end (in heights) fills its cell.
_FULL = 1.6
#: A step down by more than this many usual ones ends a table.
_FAR = 2.2
_MOST_ROWS = 2000


class Columns(NamedTuple):
    """Where the columns of a table lie, and the last number of its first one (0: not counted)."""

    spans: tuple[tuple[float, float], ...]
    last: int


class _Record(NamedTuple):
    cells: list[str]
    top: float
    bottom: float


def may_hold_a_table(text: str) -> bool:
    """Whether a page's text has words that head a column of bodies: only then is more asked."""
    return _BODIES.search(text) is not None


def remark(pages: Sequence[int]) -> str:
    """What a reader of the text is told where tables of these ``pages`` were read by place."""
    shown = ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")
    return f"a table without rules was read by the places of its words: page {shown}"


def table_by_place(
    pieces: list[PageLine], height: float, carried: Columns | None = None
) -> tuple[Table, Columns] | None:
    """The table among the ``pieces`` of a page (runs of text without a wide gap, in points from the
    top of a page ``height`` high); None where there is none, or none that is sure.

    ``carried`` are the columns of a counted table that the page before ended with: a page that
    begins with its next number goes on with them. Gives the table, and its columns for the page
    after.
    """
    lines = _lines(pieces)
    at = next((at for at, line in enumerate(lines) if _is_heading(line)), None)
    if at is None:
        if carried is None or not carried.last or not lines:
            return None
        # A running head may stand above.
        below = next((lines[n:] for n in (0, 1) if _begins(lines[n : n + 1], carried.last + 1)), [])
        spans, heading = list(carried.spans), []
    else:
        heading, below = lines[at], lines[at + 1 :]
        spans = [(piece.left, piece.right) for piece in heading]
    placed = _placed(below[:_MOST_ROWS], spans)
    if not placed:
        return None
    counts = heading[0].text.replace(" ", "") in ("序号", "编号") if heading else True
    records = _counted(placed, spans) if counts else _single(placed, spans)
    if not records:
        return None
    rows = [
        _Record(
            [piece.text.replace(" ", "") for piece in heading],
            min((piece.middle for piece in heading), default=0.0),
            max((piece.middle for piece in heading), default=0.0),
        )
    ] * bool(heading) + records
    left, right = min(a for a, _ in spans), max(b for _, b in spans)
    shown = tuple(
        Row(
            "\t".join(one.cells).rstrip("\t"),
            Box(left, height - one.bottom, right, height - one.top),
        )
        for one in rows
    )
    size = pieces[0].height / 2
    box = Box(left - 1, height - rows[-1].bottom - size, right + 1, height - rows[0].top + size)
    last = _number(records[-1].cells[0]) or 0 if counts else 0
    return Table(box, shown), Columns(tuple(spans), last)


def _lines(pieces: list[PageLine]) -> list[list[PageLine]]:
    """The pieces line by line from the top, each line from the left."""
    lines: list[list[PageLine]] = []
    for piece in sorted(pieces, key=lambda one: one.middle):
        if lines and piece.middle - lines[-1][0].middle < _ON_A_LINE * piece.height:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _is_heading(line: list[PageLine]) -> bool:
    """Three or more words that head columns, one of them a column of bodies, and nothing else."""
    words = [piece.text.replace(" ", "") for piece in line]
    bodies = sum(_BODIES.fullmatch(word) is not None for word in words)
    others = sum(_OTHER.fullmatch(word) is not None for word in words)
    return len(words) >= 3 and bodies >= 1 and others >= 1 and bodies + others == len(words)


def _begins(lines: list[list[PageLine]], number: int) -> bool:
    return bool(lines) and _number(lines[0][0].text) == number


def _number(text: str) -> int | None:
    found = _ORDINAL.fullmatch(text.strip())
    return int(found[0].rstrip(".．、")) if found else None


def _placed(
    lines: list[list[PageLine]], spans: list[tuple[float, float]]
) -> list[dict[int, PageLine]] | None:
    """The pieces of each line by column, down to the first that runs over two; ``spans`` widen.

    None where two pieces of a line are in one column.
    """
    steps = sorted(below[0].middle - above[0].middle for above, below in itertools.pairwise(lines))
    usual = steps[len(steps) // 2] if steps else 0.0
    placed: list[dict[int, PageLine]] = []
    before: float | None = None
    for line in lines:
        middle = line[0].middle
        if before is not None and usual and middle - before > _FAR * usual:
            break
        before = middle
        row: dict[int, PageLine] = {}
        for piece in line:
            over = [at for at, (a, b) in enumerate(spans) if piece.left < b and piece.right > a]
            if len(over) > 1:
                return placed
            at = over[0] if over else _nearest(piece, spans)
            if at in row:
                return None
            row[at] = piece
            spans[at] = (min(spans[at][0], piece.left), max(spans[at][1], piece.right))
        placed.append(row)
    return placed


def _nearest(piece: PageLine, spans: list[tuple[float, float]]) -> int:
    middle = (piece.left + piece.right) / 2
    return min(range(len(spans)), key=lambda at: min(abs(middle - edge) for edge in spans[at]))


def _counted(
    placed: list[dict[int, PageLine]], spans: list[tuple[float, float]]
) -> list[_Record] | None:
    """Rows that a number begins, counted one by one; what has none goes on with the row above."""
    records: list[_Record] = []
    above: dict[int, PageLine] = {}
    for row in placed:
        first = row.get(0)
        if first is not None:
            number = _number(first.text)
            if number is None and len(row) == 1:
                break
            due = (_number(records[-1].cells[0]) or 0) + 1 if records else number
            if number is None or number != due:
                return None
            cells = [row[at].text.strip() if at in row else "" for at in range(len(spans))]
            records.append(_Record(cells, first.middle, first.middle))
        else:
            if not records:
                return None
            for at, piece in row.items():
                over = above.get(at)
                if over is None or over.right < spans[at][1] - _FULL * over.height:
                    return None
                records[-1].cells[at] = join_lines(records[-1].cells[at], piece.text.strip())
            records[-1] = records[-1]._replace(bottom=next(iter(row.values())).middle)
        above = row
    return records


def _single(
    placed: list[dict[int, PageLine]], spans: list[tuple[float, float]]
) -> list[_Record] | None:
    """Rows of one line each, every cell of which holds something."""
    records = []
    for row in placed:
        if len(row) != len(spans):
            return None
        cells = [row[at].text.strip() for at in range(len(spans))]
        records.append(_Record(cells, row[0].middle, row[0].middle))
    return records
