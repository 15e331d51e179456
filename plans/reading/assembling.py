"""Items become sections and tasks with their ids; what is neither becomes part of the frame."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import msgspec

from plans.model import Assignment, Diagnostic, FramePart, FrameRole, Section, Span, Task
from plans.reading.duty import Duty
from plans.reading.numbering import number_at
from plans.reading.outline import Item, introduces, is_introductory
from plans.reading.passage import Passage, join
from plans.reading.tables import counts_anew, read_table
from plans.reading.tasks import (
    Body,
    Context,
    Made,
    ends_in_duty,
    is_only_duty,
    make,
    task_of,
)
from plans.reading.tongue import duties_on

_CLOSING = re.compile("^(?:各|有关|国务院各|本|要|请|上述|以上|附|特此)")

Paragraph = tuple[Passage, list[Duty]]


class Assembly:
    """Goes through the items once, in order; the results stand in its fields."""

    def __init__(
        self,
        context: Context,
        rank: int | None,
        *,
        any_duty: bool,
        introductory: Callable[[Item], bool] = introduces,
    ) -> None:
        self.sections: list[Section] = []
        self.tasks: list[Task] = []
        self.parts: list[FramePart] = []
        self._context = context
        self._rank = rank
        self._any_duty = any_duty
        self._introductory = introductory
        #: The assignments that brackets at headings give to the tasks below, by heading.
        self._given: dict[int, tuple[Assignment, ...]] = {}
        self._ids: dict[str, None] = {}
        self._section_ids: dict[int, str] = {}
        #: Whether any item straight under this one carries a duty.
        self._duties_under: dict[int, bool] = {}
        self._children: dict[str | None, int] = {}
        self._task_counts: dict[str | None, int] = {}
        self._runs_through = self._rows_run_through = False

    def read(self, items: list[Item]) -> None:
        """Read all items (nested, none deeper than the rank of the tasks)."""
        kinds = [self._kind(item) for item in items]
        # The rows of a table carry their own numbers, and items beside it then take positions.
        self._runs_through = "table" not in kinds and self._numbers_run_through(items, kinds)
        tables = [item for item in items if item.is_table]
        self._rows_run_through = not counts_anew((item.line, item.lines) for item in tables)
        if self._runs_through:
            self._tell_gaps(
                [item for item, kind in zip(items, kinds, strict=True) if kind == "task"]
            )
        last = max((i for i, kind in enumerate(kinds) if kind == "task"), default=-1)
        for index, (item, kind) in enumerate(zip(items, kinds, strict=True)):
            if kind == "section":
                self._open_section(item)
            elif kind == "table":
                self._table(item)
            elif kind == "introduction":
                self._introduce(item)
            else:
                self._item(item, is_last=index == last or item.ends_text)

    # --- what an item is ------------------------------------------------------------------------

    def _kind(self, item: Item) -> str:
        if item.is_table:
            return "table"
        if item.over_table:
            return "section"
        rank = self._rank if self._rank is not None else item.rank
        tongue = self._context.tongue
        bracketed = bool(duties_on(item.line, tongue)) or (
            bool(item.lines) and any(duties_on(line, tongue) for line in item.lines)
        )
        if not bracketed and self._introductory(item) and not self._beside_duties(item):
            above = item.parent is None or not self._introductory(item.parent)
            return "section" if item.rank < rank and above else "introduction"
        if item.rank == rank:
            return "task"
        if item.children:
            return "section"
        if bracketed and self._any_duty:
            return "task"
        # A heading above the level of the tasks without numbers under it: 五、有关要求.
        if item.parent is None or not item.body().plain or not self._has_sentence(item):
            return "section"
        return "task"

    def _beside_duties(self, item: Item) -> bool:
        """Whether only the heading above introduces, and the items beside this one carry duties.

        总体要求和预期目标 stands above tasks with brackets in 国发〔2020〕6号.
        """
        parent = item.parent
        if parent is None or is_introductory(item.head()[0].plain):
            return False
        known = self._duties_under.get(id(parent))
        if known is None:
            tongue = self._context.tongue
            known = self._duties_under[id(parent)] = any(
                duties_on(line, tongue)
                for child in parent.children
                for line in (child.line, *child.lines)
            )
        return known

    def _has_sentence(self, item: Item) -> bool:
        head, rest = item.head()
        return bool(rest.plain) or bool(item.lines) or "，" in head.plain

    def _numbers_run_through(self, items: list[Item], kinds: list[str]) -> bool:
        """Whether the numbers of the tasks' style go on counting from section to section."""
        last = 0
        for item, kind in zip(items, kinds, strict=True):
            if kind != "task" or item.rank != self._rank:
                continue
            if item.number.value == 1 and last >= 1:
                return False
            last = max(last, item.number.value)
        return True

    def _tell_gaps(self, tasks: list[Item]) -> None:
        """A diagnostic where a number that should stand between two tasks is missing."""
        counted = [item for item in tasks if item.rank == self._rank]
        for before, item in itertools.pairwise(counted):
            if item.number.value > before.number.value + 1:
                message = f"after number {before.number.value} comes {item.number.value}"
                at = item.line.passage.span()
                self._context.notes.append(
                    Diagnostic(kind="numbers_missing", message=message, at=at)
                )

    def _paragraphs(self, item: Item) -> list[Paragraph]:
        tongue = self._context.tongue
        pairs = [(line.body(), duties_on(line, tongue)) for line in (item.line, *item.lines)]
        return [(passage, duties) for passage, duties in pairs if passage.text]

    # --- sections ---------------------------------------------------------------------------------

    def _open_section(self, item: Item, *, run_in: bool = True) -> str:
        parent = self._section_of(item.parent)
        head, rest = item.head()
        head = self._without_duty(head, item)
        position = self._children[parent] = self._children.get(parent, 0) + 1
        ident = f"{parent}.{position}" if parent else str(position)
        self._section_ids[id(item)] = ident
        end = len(item.line.passage) - len(rest)
        self.sections.append(
            Section(
                id=ident,
                number=item.printed,
                title=head.text,
                parent=parent,
                at=item.line.passage.span(0, end),
            )
        )
        if run_in:
            self._keep_duty(item)
            role: FrameRole = self._frame_role(item)
            for passage in (rest, *(line.passage for line in item.lines)):
                self._frame(role, passage)
            self._tell_outside(item)
        return ident

    def _tell_outside(self, item: Item) -> None:
        """A diagnostic for each paragraph under a heading that names bodies and is no task."""
        for line in item.lines:
            duties = duties_on(line, self._context.tongue)
            if item.children and duties and not is_only_duty(line.body(), duties):
                self._context.notes.append(
                    Diagnostic(
                        kind="outside_tasks",
                        message="an unnumbered paragraph before the first task names bodies: see the page",
                        at=line.passage.span(),
                    )
                )

    def _without_duty(self, head: Passage, item: Item) -> Passage:
        """A heading without the bracket of responsibility that ends it."""
        duties = duties_on(item.line, self._context.tongue)
        if duties and ends_in_duty(head, duties[:1]) and duties[0].start > 0:
            return head.cut(0, duties[0].start)
        return head

    def _keep_duty(self, item: Item) -> None:
        """A bracket at a heading: it is said of the tasks below that have none of their own.

        Seen as （一）某工作。（甲部牵头） above 1., 2. with brackets of their own. Own example:
        （一）修港（水利部牵头） above 1.修码头 and 2.修灯塔（公安部负责）。
        """
        paragraphs = self._paragraphs(item) if item.children else []
        # A paragraph of its own below the heading says who does what it says itself.
        paragraphs = paragraphs[:1] + [
            (passage, duties) for passage, duties in paragraphs[1:] if is_only_duty(passage, duties)
        ]
        if not any(duties for _, duties in paragraphs):
            return
        body = Body(
            tuple([passage for passage, _ in paragraphs]),
            tuple([tuple(duties) for _, duties in paragraphs]),
        )
        given = make(body, self._context).assignments
        self._given[id(item)] = tuple(
            msgspec.structs.replace(one, covers=None, inherited=True) for one in given
        )
        names = "、".join(one.name for one in given)
        self._context.notes.append(
            Diagnostic(
                kind="section_duty",
                message=f"{names}: named at a heading, for the tasks below without a bracket",
                at=item.line.passage.span(),
            )
        )

    def _given_above(self, item: Item) -> tuple[Assignment, ...]:
        """What the nearest heading with a bracket says for a task without one."""
        above = item.parent if self._given else None
        while above is not None:
            given = self._given.get(id(above))
            if given:
                return given
            above = above.parent
        return ()

    def _frame_role(self, item: Item) -> FrameRole:
        if "目标" in item.head()[0].plain and self._introductory(item):
            return "objective"
        return "introduction" if item.children or self._introductory(item) else "closing"

    def _section_of(self, item: Item | None) -> str | None:
        while item is not None:
            ident = self._section_ids.get(id(item))
            if ident is not None:
                return ident
            item = item.parent
        return None

    def _introduce(self, item: Item) -> None:
        role: FrameRole = "objective" if "目标" in item.head()[0].plain else "introduction"
        passages = [item.line.passage, *(line.passage for line in item.lines)]
        self._frame(role, join(passages))

    def _frame(self, role: FrameRole, passage: Passage) -> None:
        if passage.text.strip():
            self.parts.append(FramePart(role=role, text=passage.text, at=passage.span()))

    # --- tasks ------------------------------------------------------------------------------------

    def _table(self, item: Item) -> None:
        above = self.sections[-1].id if self.sections else None
        group: Passage | None = None
        for row in read_table(item.line, item.lines, self._context):
            if row.group is not group and row.group is not None:
                group = row.group
                self._open_group(group, above)
            self._add(row.made, None, row.printed, row.at, row.number)

    def _open_group(self, cell: Passage, parent: str | None) -> None:
        """A cell that heads the rows it spans is a section."""
        position = self._children[parent] = self._children.get(parent, 0) + 1
        number = number_at(cell.plain)
        end = number.end if number else 0
        self.sections.append(
            Section(
                id=f"{parent}.{position}" if parent else str(position),
                number=cell.text[:end].strip(),
                title=cell.text[end:].strip(),
                parent=parent,
                at=cell.span(),
            )
        )

    def _item(self, item: Item, *, is_last: bool) -> None:
        rows = [line for line in item.lines if line.cells]
        paragraphs = self._merged(self._paragraphs(item))
        closed = [
            i for i, (passage, duties) in enumerate(paragraphs) if self._closed(passage, duties)
        ]
        if len(closed) > 1 and not rows:
            if closed[0] == 0 and _is_whole_task(item, paragraphs[0]):
                self._beside(item, paragraphs)
            else:
                self._several(item, paragraphs)
            return
        own, rest = self._own(paragraphs, closed, is_last=is_last)
        self._add(
            make(
                Body(tuple([p for p, _ in own]), tuple([tuple(d) for _, d in own])), self._context
            ),
            item,
            item.printed,
            (
                item.line.passage.span()[0],
                own[-1][0].span()[1] if own else item.line.passage.span()[1],
            ),
            item.number.value,
            drafted=_drafted(own),
        )
        for passage, _ in rest:
            self._frame("closing" if is_last else "introduction", passage)
            self._context.notes.append(
                Diagnostic(
                    kind="outside_tasks",
                    message="an unnumbered paragraph after a task's end belongs to none",
                    at=passage.span(),
                )
            )

    def _closed(self, passage: Passage, duties: list[Duty]) -> bool:
        if not ends_in_duty(passage, duties):
            return False
        last = duties[-1].reading
        return bool(last.named or last.terms) or any(
            duty.reading.named or duty.reading.terms for duty in duties
        )

    def _merged(self, paragraphs: list[Paragraph]) -> list[Paragraph]:
        """A bracket or label on a line of its own goes to the paragraph above it."""
        out: list[Paragraph] = []
        for passage, duties in paragraphs:
            if out and is_only_duty(passage, duties):
                before, earlier = out[-1]
                shift = len(before)
                out[-1] = (
                    join((before, passage)),
                    [
                        *earlier,
                        *(duty.moved(shift) for duty in duties),
                    ],
                )
            else:
                out.append((passage, duties))
        return out

    def _own(
        self, paragraphs: list[Paragraph], closed: list[int], *, is_last: bool
    ) -> tuple[list[Paragraph], list[Paragraph]]:
        """The paragraphs of the task, and those after its end."""
        if closed:
            return paragraphs[: closed[0] + 1], paragraphs[closed[0] + 1 :]
        if not is_last:
            return paragraphs, []
        first = paragraphs[:1]
        keep = len(first)
        if first and _is_head_alone(first[0][0].plain):
            # The number stands with its heading alone: the words follow.
            while keep < len(paragraphs) and (
                keep == 1 or not _CLOSING.match(paragraphs[keep][0].plain)
            ):
                keep += 1
        while keep < len(paragraphs) and _is_listed(paragraphs[keep][0].plain):
            keep += 1
        return paragraphs[:keep], paragraphs[keep:]

    def _several(self, item: Item, paragraphs: list[Paragraph]) -> None:
        """An item with several closed paragraphs is a section, and each paragraph a task."""
        ident = self._open_section(item, run_in=False)
        _head, rest = item.head()
        first = True
        for passage, duties in paragraphs:
            piece, own = passage, duties
            if first:
                first = False
                offset = len(item.body()) - len(rest)
                if not rest.plain:
                    # The heading is the whole first line, unless it is a task itself.
                    if not duties:
                        continue
                elif offset < len(passage):
                    piece = passage.cut(offset)
                    own = [duty.moved(-offset) for duty in duties if duty.start >= offset]
            elif not duties and piece.plain[-1] == "：":
                self._frame("introduction", piece)
                continue
            made = make(Body((piece,), (tuple(own),)), self._context)
            self._add(made, item, None, piece.span(), None, section=ident)

    def _beside(self, item: Item, paragraphs: list[Paragraph]) -> None:
        """A numbered task of one sentence, and tasks without numbers below it.

        Own example: 2.疏浚航道。（水利部负责） above 绿化港区。（国家林草局负责）, which is no part of it.
        """
        for index, (passage, duties) in enumerate(paragraphs):
            if not duties and passage.plain[-1] == "：":
                self._frame("introduction", passage)
                continue
            made = make(Body((passage,), (tuple(duties),)), self._context)
            if index == 0:
                at = (item.line.passage.span()[0], passage.span()[1])
                self._add(made, item, item.printed, at, item.number.value)
            else:
                where = self._section_of(item.parent)
                self._add(made, item, None, passage.span(), None, section=where)

    def _add(
        self,
        made: Made,
        item: Item | None,
        number: str | None,
        at: Span,
        value: int | None,
        *,
        section: str | None = None,
        drafted: bool = False,
    ) -> None:
        if item is not None and self._given and not made.assignments:
            made = msgspec.structs.replace(made, assignments=self._given_above(item))
        where = section or self._section_of(item.parent if item else None)
        if item is None and self.sections:
            where = self.sections[-1].id
        position = self._task_counts[where] = self._task_counts.get(where, 0) + 1
        if item is None:
            through = self._rows_run_through
        else:
            through = self._runs_through and section is None and item.rank == self._rank
        ident = str(value) if through and value else ""
        if not ident or ident in self._ids:
            if ident:
                self._context.notes.append(
                    Diagnostic(kind="number_twice", message=f"number {ident} stands twice", at=at)
                )
            ident = f"{where}-{position}" if where else f"0-{position}"
        self._ids[ident] = None
        self.tasks.append(
            task_of(
                made,
                ident=ident,
                number=number,
                section=where,
                at=at,
                context=self._context,
                drafted=drafted,
            )
        )


def _is_whole_task(item: Item, first: Paragraph) -> bool:
    """Whether the numbered line is one sentence and its bracket: no heading of several paragraphs."""
    passage, duties = first
    rest = item.head()[1]
    start = duties[0].start if duties else 0
    return start > 0 and start <= len(passage) - len(rest.plain.lstrip("。； "))


def _is_head_alone(plain: str) -> bool:
    """Whether a task's first paragraph is its heading, and no sentence of its own."""
    if "。" in plain.rstrip("。："):
        return False
    return not (plain[-1:] == "。" and "，" in plain and len(plain) > 30)


def _drafted(paragraphs: list[Paragraph]) -> bool:
    """Whether a bracket says who drafts (A起草)."""
    for passage, duties in paragraphs:
        for duty in duties:
            if "起草" in passage.plain[duty.start : duty.end]:
                return True
    return False


def _is_listed(plain: str) -> bool:
    """（1）…, ——… or 一是…: an enumeration that goes on with the task."""
    return number_at(plain) is not None or bool(
        re.match("--|[一二三四五六七八九]是|第[一二三四五六七八九]，", plain)
    )
