"""A changeset played upon the old plan: what proves that a changeset tells everything of the tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from plans.comparing.changes_instruments import instrument_key
from plans.comparing.covering import body_key
from plans.model import Assignment, Change, Changeset, Instrument, Plan, Task

_DIGITS = re.compile(r"(\d+)")


class ApplyError(ValueError):
    """The changeset was not made from this plan; the message names the id that is not there."""


def apply(changeset: Changeset, old: Plan) -> Plan:
    """The new plan's tasks, in the order of their ids, from the old plan and the changes.

    Equal to the new plan's are of each task the id, number, section, text and kind, and who has
    which role on it; also the titles of its instruments. What no change tells of is kept from the
    old task: its place in the text, and words of a commitment or a date that mean the same. A
    changeset with a summary tells of what both sides share only, and one between two languages
    tells no wording: both raise :class:`ApplyError`, as does a plan that the changes do not fit.
    """
    if isinstance(changeset.unmatched, msgspec.Struct):
        raise ApplyError("a summary is one side of this changeset: it does not tell the whole plan")
    if changeset.old.language[:2] != changeset.new.language[:2]:
        raise ApplyError("the sides are in two languages: their wording is not compared")
    before = {task.id: task for task in old.tasks}
    by_link: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Change]] = {}
    sections: dict[str, str] = {}
    tasks: list[Task] = []
    for change in changeset.changes:
        by_link.setdefault((change.old, change.new), []).append(change)
        if change.kind in ("section_moved", "section_retitled"):
            sections[change.old[0]] = change.new[0]
        elif change.kind == "task_added":
            tasks.append(msgspec.convert(change.after, Task))
    moves = [c for c in changeset.changes if c.kind == "part_moved" and c.instrument is not None]
    for link in changeset.links:
        changes = by_link.get((link.old, link.new), [])
        whole = next((c for c in changes if c.kind in ("task_split", "task_merged")), None)
        if whole is not None:
            tasks.extend(msgspec.convert(part, Task) for part in whole.after)
            continue
        if link.old[0] not in before:
            raise ApplyError(f"the old plan has no task {link.old[0]}")
        tasks.append(_continued(before[link.old[0]], link.new[0], changes, sections, moves))
    tasks.sort(key=lambda task: _in_order(task.id))
    return msgspec.structs.replace(old, tasks=tuple(tasks))


def _continued(
    task: Task,
    new_id: str,
    changes: Sequence[Change],
    sections: dict[str, str],
    moves: Sequence[Change],
) -> Task:
    """One task with the changes of its link; sections that moved take it along."""
    values: dict[str, Any] = {"id": new_id, "at": None}
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
            case "agency_released" | "role_changed" | "agency_renamed":
                assignments = _reassigned(assignments, change)
            case "instrument_added":
                instruments.append(
                    Instrument(title=change.instrument or "", id=change.instrument_id)
                )
            case "instrument_dropped":
                instruments = [i for i in instruments if i.title != change.instrument]
            case _:
                pass
    for move in moves:
        if move.old == (task.id,):
            instruments = [i for i in instruments if i.title != move.before]
        if move.new == (new_id,):
            instruments.append(Instrument(title=move.after, id=move.instrument_id))
    values["assignments"] = tuple(assignments)
    values["instruments"] = tuple({instrument_key(i): i for i in instruments}.values())
    return msgspec.structs.replace(task, **values)


def _reassigned(assignments: list[Assignment], change: Change) -> list[Assignment]:
    if change.kind == "agency_released":
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


def _in_order(task_id: str) -> list[tuple[int, str]]:
    """Ids sort by their numbers: 2 before 10, 3.2-1 before 3.10-1."""
    return [
        (int(piece), "") if piece.isdigit() else (-1, piece) for piece in _DIGITS.split(task_id)
    ]
