"""The numbered items of a text, nested by the style of their numbers, and which of them are tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from plans.model import Diagnostic
from plans.reading.lines import Line, skipped
from plans.reading.numbering import ARABIC, ARABIC_BRACKET, ARTICLE, DECIMAL, PART, Number
from plans.reading.passage import Passage

#: Items that introduce a plan: they carry numbers like tasks and are none (china-ip-plans.md, 2).
_INTRODUCTORY = re.compile(
    "^(?!.*(?:任务|措施|举措))(?:(?:总体|基本|目标)要求(?:[、和与及]|$)|[^，。；]{0,12}(?:重要意义|重大意义|意义|必要性)|(?:(?:总体|基本|工作|发展|主要|指导|具体|年度|建设|行动|实施|规划|阶段性?|近期|预期|总)?"
    "(?:思想|思路|原则|目标|方针|形势|背景|现状|理念|定位)|(?:实施|适用|建设|试点|规划)(?:范围|期限)|总则|编制依据|总体考虑|总体部署|工作基础|发展基础)"
    "(?:[、和与及]|$))+(?:[^，。；]{0,6})?$"
    "|^(?:序言|前言|引言|导言)$"
    "|^(?:当前)?(?:面临的?|发展的?)?(?:形势|现状)(?:和|与|及)(?:任务|要求|挑战)$"
)
#: What a commentary's headings tell of: how the text came about, what stands in it.
_TELLS = re.compile(
    "？$|(?:是什么|有哪些|哪些(?:方面|内容)?|为什么|如何.{1,12})$"
    "|^[^，。；]{0,20}(?:背景|过程|依据|意义|必要性|考虑|内容|框架|结构|特点|亮点|创新点|变化|关系|范围|口径)"
    "(?:[、和与及][^，。；]{0,12})?$"
)
_HEAD_END = re.compile(r"[。：]|\.(?= |$)")
#: A longer first sentence is no heading.
_LONGEST_HEAD = 60


class Item:
    """A numbered line with the lines under it, up to the next number."""

    __slots__ = (
        "_head",
        "children",
        "ends_text",
        "line",
        "lines",
        "number",
        "over_table",
        "parent",
        "rank",
    )

    def __init__(self, line: Line, number: Number) -> None:
        self.line = line
        self.number = number
        #: The rank of the number's style.
        self.rank = number.rank
        self.lines: list[Line] = []
        self.parent: Item | None = None
        self.children: list[Item] = []
        #: A table's rows follow: the item is their heading.
        self.over_table = False
        #: Another text with a title of its own begins after this item.
        self.ends_text = False
        self._head: tuple[Passage, Passage] | None = None

    @property
    def is_table(self) -> bool:
        """Whether this is a table with its rows as lines, not a numbered item."""
        return self.number.end == 0

    @property
    def printed(self) -> str:
        """The number as printed."""
        return self.line.passage.text[: self.number.end].strip()

    def body(self) -> Passage:
        """The numbered line without its number."""
        return self.line.body()

    def head(self) -> tuple[Passage, Passage]:
        """The heading, and what runs on after it on the same line."""
        if self._head is None:
            self._head = self._split()
        return self._head

    def _split(self) -> tuple[Passage, Passage]:
        body = self.body()
        end = _HEAD_END.search(body.plain)
        if end is None or end.start() > _LONGEST_HEAD:
            return body.stripped("。： "), body.cut(len(body))
        return body.cut(0, end.start()), body.cut(end.end())

    @property
    def introductory(self) -> bool:
        """Whether this item, or one that it stands under, only introduces the plan."""
        item: Item | None = self
        while item is not None:
            if is_introductory(item.head()[0].plain):
                return True
            item = item.parent
        return False


def table_item(heading: Line) -> Item:
    """A table whose columns ``heading`` names; its rows become its lines."""
    return Item(heading, Number(PART, 0, 0))


def is_introductory(heading: str) -> bool:
    """Whether a folded heading is one of those that carry no task (指导思想, 工作目标 …)."""
    return bool(_INTRODUCTORY.match(heading))


def introduces(item: Item) -> bool:
    """Whether an item of a plan only introduces it."""
    return item.introductory


def tells_of_text(item: Item) -> bool:
    """Whether an item of a commentary tells about the text (出台背景, 主要内容有哪些？), not what is to be done.

    Items with numbers of their own below them are read one by one.
    """
    if item.introductory:
        return True
    return not item.children and _TELLS.search(item.head()[0].plain) is not None


class Counting:
    """Believes a number only where it carries on, or starts, a count of its style."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}
        self._fresh: set[int] = set()

    def accepts(self, number: Number, plain: str) -> bool:
        """Whether the line that begins with this number is an item; a later one is counted on it."""
        rank, value = number.rank, number.value
        last = self._last.get(rank)
        if last is None or value == 1 or last < value <= last + 12 or rank in self._fresh:
            good = True
        else:
            # A misprinted number (23 twice) still begins a task where the line ends like one.
            good = plain[-1] in "）。" and value <= last and value > 1 and rank <= ARABIC_BRACKET
        if good:
            self._last[rank] = value
            self._fresh.discard(rank)
            self._fresh.update(other for other in self._last if other > rank)
        return good


def nest(items: list[Item]) -> list[Item]:
    """Set parents and children by rank; gives the items that stand under none."""
    roots: list[Item] = []
    stack: list[Item] = []
    for item in items:
        while stack and stack[-1].rank >= item.rank:
            stack.pop()
        if stack:
            item.parent = stack[-1]
            stack[-1].children.append(item)
        else:
            roots.append(item)
        stack.append(item)
    return roots


def task_rank(
    items: list[Item],
    with_duty: set[int],
    introductory: Callable[[Item], bool] = introduces,
) -> int | None:
    """The rank of the tasks' numbers: the innermost level, and enumerations inside tasks are none.

    ``with_duty`` are the indices of the items that carry a responsibility bracket themselves. Where
    some do, the tasks are at the level that most of them are on; else at the level of most leaves.
    """
    if not items:
        return None
    carrying = Counter(
        items[index].rank for index in with_duty if not _is_heading_with_duty(items[index])
    )
    if carrying:
        return max(carrying, key=lambda rank: (carrying[rank], rank))
    leaves = Counter(
        item.rank for item in items if _may_be_task(item) and not introductory(item)
    ) or Counter(item.rank for item in items if _may_be_task(item))
    enumerations = {rank for rank in leaves if rank >= ARABIC_BRACKET and rank != ARTICLE}
    if len(enumerations) < len(leaves):
        for rank in enumerations:
            del leaves[rank]
    return max(leaves, key=lambda rank: (leaves[rank], rank)) if leaves else None


#: A longer line before the bracket is a sentence, and its item a task.
_LONGEST_WITH_DUTY = 40


def _is_heading_with_duty(item: Item) -> bool:
    """Whether the bracket ends a heading above numbers of its own: 一、修港（水利部负责）, then 1., 2."""
    duties = item.line.duties
    if not any(child.rank < ARABIC_BRACKET for child in item.children):
        return False
    if not duties:
        # 牵头单位：甲部 on lines of their own under a heading, and nothing else there.
        return (
            bool(item.lines)
            and not item.head()[1].plain
            and len(item.body()) <= _LONGEST_WITH_DUTY
            and "，" not in item.body().plain
            and all(_only_duties(line) for line in item.lines)
        )
    plain = item.body().plain
    start = duties[0].start
    ends = not plain[duties[0].end :].strip("。；： ")
    return ends and 0 < start <= _LONGEST_WITH_DUTY and "。" not in plain[: start - 1]


def _only_duties(line: Line) -> bool:
    """Whether duties that were found fill the line."""
    duties = line.duties or []
    return bool(duties) and duties[0].start == 0 and duties[-1].end == len(line.body().plain)


def _may_be_task(item: Item) -> bool:
    return not item.children and not item.over_table and not item.is_table


def fold_below(items: list[Item], rank: int, notes: list[Diagnostic]) -> list[Item]:
    """Items deeper than ``rank`` become lines of the item above them: an enumeration in a task."""
    kept: list[Item] = []
    for item in items:
        if item.rank > rank and kept and not kept[-1].is_table:
            kept[-1].lines.append(Line(item.line.passage, item.line.cells))
            kept[-1].lines.extend(item.lines)
        elif item.rank > rank:
            notes.append(
                skipped("stray_number", "an enumeration before any item", item.line.passage)
            )
        else:
            item.parent, item.children = None, []
            kept.append(item)
    return kept


def drop_lone_figures(lines: list[Line]) -> None:
    """1.2亿 at the start of a line is an amount; 1.1, 1.2 … is a count, and then 1 alone is a heading."""
    decimals = [line for line in lines if line.number and DECIMAL <= line.number.rank < DECIMAL + 3]
    if 0 < len(decimals) < 3:
        for line in decimals:
            line.number = None
    if len(decimals) < 3:
        for line in lines:
            if (
                line.number
                and line.number.rank == ARABIC
                and line.plain[: line.number.end].isdigit()
            ):
                line.number = None
