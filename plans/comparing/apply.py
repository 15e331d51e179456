"""A changeset played upon the old plan: what proves that a changeset tells everything of the tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from plans.comparing.changes_instruments import instrument_key
from plans.comparing.covering import body_key
from plans.comparing.make import plain
from plans.model import Assignment, Change, Changeset, Instrument, Plan, Task

#: What a task is besides its id.
FIELDS = tuple(name for name in Task.__struct_fields__ if name != "id")
_DIGITS = re.compile(r"(\d+)")


class ApplyError(ValueError):
    """The changeset was not made from this plan; the message names the id that is not there."""


class Replay:
    """Changes by the link that they are about, ready to be played upon old tasks."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.added: list[Task] = []
        self.by_link: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Change]] = {}
        self._sections: dict[str, str] = {}
        self._left: dict[str, list[Change]] = {}
        self._arrived: dict[str, list[Change]] = {}
        for change in changes:
            self.by_link.setdefault((change.old, change.new), []).append(change)
            if change.kind in ("section_moved", "section_retitled"):
                self._sections[change.old[0]] = change.new[0]
            elif change.kind == "task_added":
                self.added.append(msgspec.convert(change.after, Task))
            elif change.kind == "part_moved" and change.instrument is not None:
                self._left.setdefault(change.old[0], []).append(change)
                self._arrived.setdefault(change.new[0], []).append(change)

    def continued(self, task: Task, new_id: str) -> Task:
        """The task that continues ``task`` alone, as the changes tell it."""
        changes = self.by_link.get(((task.id,), (new_id,)), ())
        moves = (self._left.get(task.id, ()), self._arrived.get(new_id, ()))
        return _continued(task, new_id, changes, self._sections, *moves)


def restated(old: Task, new: Task, replay: Replay) -> dict[str, Any]:
    """The fields of ``new`` that the changes do not give when they are played upon ``old``."""
    given = replay.continued(old, new.id)
    return {
        name: plain(getattr(new, name))
        for name in FIELDS
        if getattr(given, name) != getattr(new, name)
    }


def apply(changeset: Changeset, old: Plan) -> Plan:
    """The new plan's tasks, in their order, from the old plan and the changeset.

    They are equal to those of the new plan. Its other parts are the old plan's. A changeset with a
    summary tells of what both sides share only, and one between two languages tells no wording:
    both raise :class:`ApplyError`, as does a plan that the changes do not fit.
    """
    if isinstance(changeset.unmatched, msgspec.Struct):
        raise ApplyError("a summary is one side of this changeset: it does not tell the whole plan")
    if changeset.old.language[:2] != changeset.new.language[:2]:
        raise ApplyError("the sides are in two languages: their wording is not compared")
    before = {task.id: task for task in old.tasks}
    replay = Replay(changeset.changes)
    tasks = list(replay.added)
    for link in changeset.links:
        changes = replay.by_link.get((link.old, link.new), [])
        whole = next((c for c in changes if c.kind in ("task_split", "task_merged")), None)
        if whole is not None:
            tasks.extend(msgspec.convert(part, Task) for part in whole.after)
            continue
        if link.old[0] not in before:
            raise ApplyError(f"the old plan has no task {link.old[0]}")
        task = replay.continued(before[link.old[0]], link.new[0])
        if link.restated:
            task = msgspec.convert({**plain(task), **link.restated}, Task)
        tasks.append(task)
    tasks.sort(key=_in_order)
    return msgspec.structs.replace(old, tasks=tuple(tasks))


def _continued(
    task: Task,
    new_id: str,
    changes: Sequence[Change],
    sections: Mapping[str, str],
    left: Sequence[Change],
    arrived: Sequence[Change],
) -> Task:
    """One task with the changes of its link, and of the instruments that left it or arrived;
    sections that moved take it along.
    """
    values: dict[str, Any] = {"id": new_id}
    if task.section is not None:
        values["section"] = sections.get(task.section, task.section)
    assignments = list(task.assignments)
    instruments = list(task.instruments)
    for change in changes:
        match change.kind:
            case "task_reworded":
                values["text"] = change.after
            case "task_renumbered":
                values["number"] = change.after
            case "task_moved":
                values["section"] = change.after["section"] if change.after else None
            case "agency_assigned":
                assignments.append(msgspec.convert(change.after, Assignment))
            case "agency_released" | "agency_unnamed" | "role_changed" | "agency_renamed":
                assignments = _reassigned(assignments, change)
            case "instrument_added":
                instruments.append(
                    Instrument(title=change.instrument or "", id=change.instrument_id)
                )
            case "instrument_dropped":
                instruments = [i for i in instruments if i.title != change.instrument]
            case _:
                pass
    gone = {move.before for move in left}
    instruments = [i for i in instruments if i.title not in gone]
    instruments.extend(Instrument(title=move.after, id=move.instrument_id) for move in arrived)
    values["assignments"] = tuple(assignments)
    values["instruments"] = tuple({instrument_key(i): i for i in instruments}.values())
    return msgspec.structs.replace(task, **values)


def _reassigned(assignments: list[Assignment], change: Change) -> list[Assignment]:
    if change.kind in ("agency_released", "agency_unnamed"):
        gone = body_key(msgspec.convert(change.before, Assignment))
        return [a for a in assignments if body_key(a) != gone]
    if change.kind == "role_changed":
        was = body_key(msgspec.convert(change.before, Assignment))
        now = msgspec.convert(change.after, Assignment)
        return [now if body_key(a) == was else a for a in assignments]
    renamed: list[Assignment] = []
    for assignment in assignments:
        if assignment.name == change.before:
            assignment = msgspec.structs.replace(
                assignment, name=change.after, agency=change.agency
            )
        renamed.append(assignment)
    return renamed


def _in_order(task: Task) -> tuple[int, list[tuple[int, str]]]:
    """Tasks stand as in their text; where that is not known, ids sort by their numbers: 2 before
    10, 3.2-1 before 3.10-1.
    """
    pieces = [
        (int(piece), "") if piece.isdigit() else (-1, piece) for piece in _DIGITS.split(task.id)
    ]
    return task.at[0] if task.at else -1, pieces
