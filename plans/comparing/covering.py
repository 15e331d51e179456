"""For which sentences of a task a body answers: brackets may stand inside a task (国办发〔2018〕128号)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from plans.comparing.normalise import text_key
from plans.model import Actor, Task

_CLAUSE = re.compile(r"[^，。；,;\n]+")


#: 各有关部门, 国务院相关部门 and 有关部门 are one circle of bodies.
_ALL_OF = re.compile("^(?:各|其他|国务院)+(?=有关)")
#: Printed names of all provinces together, which stand for each other in notices.
_PROVINCES = frozenset(
    ("各地区", "各地", "各地方", "各省自治区直辖市", "各省自治区直辖市人民政府", "各省区市", "各省区市人民政府",
     "各省自治区直辖市政府", "各省区市政府", "各省级人民政府", "各省级政府", "省级人民政府", "省级政府")
)  # fmt: skip


def body_key(actor: Actor) -> str:
    """What makes two actors the same body: the registry id, else the printed name without script,
    width and layout. Collectives that are one circle of bodies under several names have one key.
    """
    if actor.agency:
        return actor.agency
    key = text_key(actor.name)
    if actor.kind == "collective":
        key = _ALL_OF.sub("", key.replace("相关", "有关"))
        if key in _PROVINCES:
            key = "各地区"
    return "=" + key


def other_sentences(old: Sequence[Task], new: Sequence[Task], before: str, after: str) -> bool:
    """Whether a body (its keys on both sides) answers for a clause on one side only.

    Only clauses count that stand on both sides word for word: of one that was reworded, dropped or
    added nothing is known. The parts of a split or merge are not compared, since a bracket is
    mostly repeated under each of them.
    """
    if len(old) != 1 or len(new) != 1 or not (_inside(old[0]) or _inside(new[0])):
        return False
    one, other = _clauses(old[0]), _clauses(new[0])
    was, now = _covered(old[0], before), _covered(new[0], after)
    return any((key in was) != (key in now) for key in one if one[key] == other[key] == 1)


def _inside(task: Task) -> bool:
    """Whether any body answers for a part of the task only."""
    return any(a.covers is not None and not _whole(task, a.covers) for a in task.assignments)


def _whole(task: Task, covers: tuple[int, int]) -> bool:
    return not text_key(task.text[: covers[0]]) and not text_key(task.text[covers[1] :])


def _clauses(task: Task) -> Counter[str]:
    return Counter(text_key(match.group()) for match in _CLAUSE.finditer(task.text))


def _covered(task: Task, body: str) -> set[str]:
    """The clauses that a body answers for."""
    spans = [a.covers or (0, len(task.text)) for a in task.assignments if body_key(a) == body]
    return {
        text_key(match.group())
        for match in _CLAUSE.finditer(task.text)
        if any(start < match.end() and match.start() < end for start, end in spans)
    }
