"""Tables of tasks: a header row that names the columns, one task a row.

Extractors give a row as one line with its cells parted by tabs. Seen: 序号, 工作重点, 工作内容,
具体任务, 成果形式, 责任部门 (flattened from PDF); 序号, 改革举措, 主要内容, 指导部门, 推广范围
(国办发〔2018〕126号). Own example: 序号, 任务, 责任单位, 完成时限.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from plans.model import Assignment, Deadline, Span
from plans.reading.characters import number_of
from plans.reading.duties import is_as_above
from plans.reading.duty import Duty
from plans.reading.lines import Line
from plans.reading.numbering import HAN, HAN_BRACKET, number_at
from plans.reading.passage import Passage, join
from plans.reading.tasks import Body, Context, Made, make

_WHO = re.compile(
    "^(?:(?:主要|具体)?(?P<role>责任|负责|牵头|配合|参与|参加|协助|协办|主办|承办|指导|实施|落实|主责)(?:落实|牵头)?(?:部门|单位|机构|主体|处室|科室)?(?:及分工)?|责任分工|分工"
    "|(?P<word>(?i:responsible|lead(?:ing)?|support(?:ing)?|participating|cooperating|assisting|guiding))"
    "(?i:agenc(?:y|ies)|departments?|units?|body|bodies|part(?:y|ies)))$"
)
_TASK = re.compile(
    "^(?:具体)?(?:任务|措施|举措|事项|内容)$|任务|措施|举措|工作内容|主要内容|工作要求|具体内容|目标任务|工作目标|项目名称|^(?i:(?:key|main|specific)?(?:tasks?|measures?|actions?|contents?))$"
)
_NUMBER = re.compile("^(?:序号|编号|号|(?i:no\\.?|number|item))$")
_GROUP = re.compile(
    "^(?:工作)?(?:重点(?!任务|工作|举措|事项|措施)|领域|类别|方面|板块|分类)|工作重点$|一级任务$"
)
_TERM = re.compile("时限|时间|期限|进度|^(?i:deadline|time(?:line|limit)?|duedate)$")
_SCOPE = re.compile("范围")
_LAYOUT = re.compile("[\\s（）]")


class _Columns(msgspec.Struct, frozen=True):
    """What a table's header says of its columns, by their positions."""

    names: tuple[str, ...]
    #: Columns of bodies, each with the word that gives their role.
    who: tuple[tuple[int, str], ...]
    text: tuple[int, ...]
    terms: tuple[int, ...]
    scopes: tuple[int, ...]
    number: int | None


def _columns(header: Line) -> _Columns:
    names = [_name(cell) for cell in header.cells]
    roles = [
        (i, match["role"] or match["word"] or "责任")
        for i, name in enumerate(names)
        if (match := _WHO.match(name))
    ]
    return _Columns(
        names=tuple(names),
        who=tuple(roles),
        text=tuple(_text_columns(names)),
        terms=tuple(i for i, name in enumerate(names) if _TERM.search(name)),
        scopes=tuple(i for i, name in enumerate(names) if _SCOPE.search(name)),
        number=next((i for i, name in enumerate(names) if _NUMBER.match(name)), None),
    )


class Row(msgspec.Struct, frozen=True):
    """One row read."""

    made: Made
    at: Span
    number: int | None
    printed: str | None
    #: The numbered cell that this row is under (一、建设, spanning its rows), None where none is.
    group: Passage | None = None


def is_header_row(line: Line) -> bool:
    """Whether the cells name a column of bodies and a column of tasks."""
    names = [_name(cell) for cell in line.cells]
    return any(_WHO.match(name) for name in names) and any(_TASK.search(name) for name in names)


def is_lower_header(line: Line) -> bool:
    """Whether a row under a header names columns and nothing else: 牵头单位, 配合单位."""
    names = [name for cell in line.cells if (name := _name(cell))]
    return any(_WHO.match(name) for name in names) and all(
        len(name) <= 8 and (_WHO.match(name) or _TASK.search(name) or _TERM.search(name))
        for name in names
    )


def header_of_two(upper: Line, lower: Line) -> Line:
    """The header that two rows make: 责任分工 over 牵头单位 and 配合单位.

    A cell that spans both rows may be printed in the upper one alone.
    """
    above = (*upper.cells, *lower.cells[len(upper.cells) :])
    cells = tuple(
        lower.cells[i] if i < len(lower.cells) and lower.cells[i].text else cell
        for i, cell in enumerate(above)
    )
    return Line(lower.passage, cells)


def _name(cell: Passage) -> str:
    return _LAYOUT.sub("", cell.plain)


def read_table(header: Line, rows: list[Line], context: Context) -> list[Row]:
    """The tasks of a table's rows, in order. A row with fewer cells takes the group above it."""
    columns = _columns(header)
    number = columns.number
    grouping = _grouping(columns, rows)
    if grouping is not None:
        text = tuple(i for i in columns.text if i != grouping)
        columns = msgspec.structs.replace(columns, text=text)
    group: Passage | None = None
    found: list[Row] = []
    above: dict[int, tuple[Assignment, ...]] = {}
    for row in rows:
        cells = row.cells
        if not cells or _is_again(cells, columns):
            continue
        shift = _shift(cells, columns, context)
        if grouping is not None and 0 <= grouping - shift < len(cells):
            own = cells[grouping - shift]
            group = own if own.text and (group is None or own.plain != group.plain) else group
        at = [i - shift for i in columns.text if 0 <= i - shift < len(cells)]
        passages = tuple(cells[i] for i in at if cells[i].text)
        if not passages:
            continue
        made = _row(cells, passages, columns, shift, context, above)
        value = printed = None
        if number is not None:
            # The number stands first, also in a row that lacks a spanned cell further right.
            cell = cells[number if number == 0 else max(0, number - shift)]
            value = number_of(cell.plain.strip(".、 ") or "x")
            printed = cell.text if value is not None else None
        found.append(Row(made, row.passage.span(), value, printed, group))
    return found


def counts_anew(tables: Iterable[tuple[Line, list[Line]]]) -> bool:
    """Whether the rows of one of these tables (header and rows each) start counting again at 1."""
    begun = False
    for header, rows in tables:
        number = _columns(header).number
        if number is None:
            continue
        cells = [row.cells[number].plain for row in rows if number < len(row.cells)]
        for plain in cells:
            if number_of(plain.strip(".、 ") or "x") == 1:
                if begun:
                    return True
                begun = True
    return False


def _grouping(columns: _Columns, rows: list[Line]) -> int | None:
    """The column whose numbered cells (一、建设; （二）维护) span several rows: headings of the tasks."""
    whole = [row.cells for row in rows if len(row.cells) == len(columns.names)]
    other = {columns.number, *columns.terms, *columns.scopes, *(i for i, _ in columns.who)}
    for i in range(len(columns.names)):
        if i in other or columns.text == (i,):
            continue
        cells = [row[i].plain for row in whole if row[i].text]
        numbers = [number_at(plain) for plain in cells]
        if (
            cells
            and len(set(cells)) < len(rows)
            and all(one is not None and one.rank in (HAN, HAN_BRACKET) for one in numbers)
        ):
            return i
    return None


def _is_again(cells: tuple[Passage, ...], columns: _Columns) -> bool:
    """Whether a row is the header, printed again on a new page."""
    return len(cells) == len(columns.names) and all(
        _name(cell) == name for cell, name in zip(cells, columns.names, strict=True)
    )


def _shift(cells: tuple[Passage, ...], columns: _Columns, context: Context) -> int:
    """How many cells a row lacks on its left: a cell that spans rows is printed once. Empty cells at
    its end may be missing as well; the column of bodies then tells which are.
    """
    missing = len(columns.names) - len(cells)
    if missing <= 0:
        return missing

    def named(shift: int) -> int:
        count = 0
        for column, role in columns.who:
            if not 0 <= column - shift < len(cells):
                continue
            cell = cells[column - shift]
            reading = context.tongue.listed(cell, role)
            for one in reading.named if reading else ():
                name = cell.plain[one.start : one.end]
                count += context.tongue.names.actor(name, name).kind != "unknown"
        return count

    return max((missing, 0), key=named)


def _text_columns(names: list[str]) -> list[int]:
    columns = [i for i, name in enumerate(names) if _TASK.search(name) and not _WHO.match(name)]
    columns = [i for i in columns if not _GROUP.search(names[i])] or columns
    best = [i for i in columns if re.search("具体任务|主要内容|工作内容|具体措施|内容", names[i])]
    heads = [i for i in columns if re.search("举措|事项|任务$", names[i]) and i not in best]
    # 改革举措 is the head of 主要内容; 工作内容 beside 具体任务 is its group.
    if len(best) > 1:
        best = best[-1:]
    return (
        sorted({*best, *(heads if not any("具体" in names[i] for i in best) else [])})
        or columns[:1]
    )


def _row(
    cells: tuple[Passage, ...],
    passages: tuple[Passage, ...],
    columns: _Columns,
    shift: int,
    context: Context,
    above: dict[int, tuple[Assignment, ...]],
) -> Made:
    """One row; ``above`` keeps what each column of bodies said last, for cells that say 同上."""
    text = join(passages)
    made = make(Body((text,), ((),)), context)
    assignments: list[Assignment] = list(made.assignments)
    deadline: Deadline | None = made.deadline
    scope = next(
        (
            cells[i - shift].text
            for i in columns.scopes
            if 0 <= i - shift < len(cells) and cells[i - shift].text
        ),
        None,
    )
    for column, role in columns.who:
        if 0 <= column - shift < len(cells):
            cell = cells[column - shift]
            if is_as_above(cell.plain):
                again = above.get(column, ())
                assignments.extend(msgspec.structs.replace(one, inherited=True) for one in again)
                continue
            above[column] = _cell(cell, role, scope, context)
            assignments.extend(above[column])
    for i in columns.terms:
        if 0 <= i - shift < len(cells):
            deadline = context.tongue.term(cells[i - shift], context.year) or deadline
    return Made(
        text=made.text,
        assignments=tuple(dict.fromkeys(assignments)),
        deadline=deadline,
        uncertain=made.uncertain,
    )


def _cell(cell: Passage, role: str, scope: str | None, context: Context) -> tuple[Assignment, ...]:
    """The bodies of one cell; the word in the column's name gives the role."""
    if not cell.text:
        return ()
    reading = context.tongue.listed(cell, role)
    if reading is None:
        return ()
    duty = Duty(0, len(cell), 0, reading)
    made = make(Body((cell,), ((duty,),)), context)
    return tuple(msgspec.structs.replace(one, scope=one.scope or scope) for one in made.assignments)
