"""Changes of tasks: added, removed, reworded, moved, renumbered, split, merged, and their dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plans.comparing.figures import same_figures
from plans.comparing.make import change, ids, plain
from plans.comparing.normalise import text_key, yearless
from plans.comparing.numbering import number_key
from plans.comparing.segments import segments
from plans.model import Change, Deadline, Plan, Task
from plans.registry.model import Registry


def added(task: Task) -> Change:
    """A task that continues none."""
    return change("task_added", (), [task.id], after=plain(task))


def removed(task: Task) -> Change:
    """A task that none continues: no longer listed, which is not the same as abandoned."""
    return change("task_removed", [task.id], before=plain(task))


def restructured(old: Sequence[Task], new: Sequence[Task]) -> Iterator[Change]:
    """The split or merge that a link of several tasks is; whole tasks on both sides."""
    if len(old) == len(new) == 1:
        return
    values: dict[str, Any] = {
        "before": [plain(task) for task in old],
        "after": [plain(task) for task in new],
    }
    if len(new) > 1:
        yield change("task_split", ids(old), ids(new), **values)
    if len(old) > 1:
        yield change("task_merged", ids(old), ids(new), **values)


def reworded(old: Task, new: Task, registry: Registry) -> Iterator[Change]:
    """The text of a linked task differs; editorial where only layout, width, script or the
    writing of numbers does.
    """
    if old.text != new.text:
        yield change(
            "task_reworded",
            [old.id],
            [new.id],
            only_layout=same_figures(old.text, new.text),
            before=old.text,
            after=new.text,
            segments=segments(old.text, new.text, registry),
        )


def moved(
    old: Sequence[Task],
    new: Sequence[Task],
    sections: Mapping[str, str],
    old_plan: Plan,
    new_plan: Plan,
) -> Iterator[Change]:
    """The innermost section does not continue the old one.

    A link of several tasks moved only where none of its parts stayed.
    """
    stayed = any(
        one.section == other.section
        if one.section is None or other.section is None
        else sections.get(one.section) == other.section
        for one in old
        for other in new
    )
    if not stayed:
        yield change(
            "task_moved",
            ids(old),
            ids(new),
            before=place(old_plan, old[0].section),
            after=place(new_plan, new[0].section),
        )


def place(plan: Plan, section: str | None) -> dict[str, str] | None:
    """A section as a value: its id, its numbers from the top (二、/（三）), its title."""
    by_id = {s.id: s for s in plan.sections}
    found = by_id.get(section) if section is not None else None
    if found is None:
        return None
    numbers, above = [found.number], found.parent
    while above is not None and above in by_id and len(numbers) < 20:
        numbers.append(by_id[above].number)
        above = by_id[above].parent
    return {"section": found.id, "path": "/".join(reversed(numbers)), "title": found.title}


def renumbered(old: Task, new: Task) -> Iterator[Change]:
    """The printed number differs; another style of the same number (1. and 1、) is none."""
    if old.number != new.number and number_key(old.number) != number_key(new.number):
        yield change("task_renumbered", [old.id], [new.id], before=old.number, after=new.number)


def deadline_changes(
    old: Sequence[Task], new: Sequence[Task], *, partial: bool = False
) -> Iterator[Change]:
    """Dates of a link, those of all parts together.

    The same words without a printed year (年底前) mean the end of whatever year the plan is for:
    that they now mean another year is no change. What a summary (``partial``) leaves out is unknown.
    """
    if len(old) == len(new) == 1 and old[0].deadline == new[0].deadline:
        return
    before, after = _dates(old), _dates(new)
    gone = [one for one in before if not any(_same_time(one, other) for other in after)]
    come = [one for one in after if not any(_same_time(other, one) for other in before)]
    if partial and not (gone and come):
        return
    for i in range(max(len(gone), len(come))):
        yield change(
            "deadline_changed",
            ids(old),
            ids(new),
            before=_date_value(gone[i]) if i < len(gone) else None,
            after=_date_value(come[i]) if i < len(come) else None,
        )


def _dates(tasks: Sequence[Task]) -> list[Deadline]:
    """The dates of all parts, each once."""
    found: list[Deadline] = []
    for task in tasks:
        if task.deadline is not None and not any(_same_time(task.deadline, d) for d in found):
            found.append(task.deadline)
    return found


def _same_time(one: Deadline, other: Deadline) -> bool:
    """Whether two deadlines are one: the same day, or the same day of whatever year the plan is
    for, or, without a day, the same words.
    """
    words, others = text_key(one.text), text_key(other.text)
    if one.date is None or other.date is None:
        return one.date == other.date and words == others
    if one.date == other.date:
        return True
    if yearless(words) != words or yearless(others) != others:
        return False
    return words == others or one.date.timetuple()[1:3] == other.date.timetuple()[1:3]


def _date_value(deadline: Deadline) -> str:
    return deadline.date.isoformat() if deadline.date is not None else deadline.text
