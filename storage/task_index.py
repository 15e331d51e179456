"""What a plan's rows will hold, worked out before they are written. Pure, so that it can be done in
a process of its own: hashing and taking words apart is most of what indexing costs.
"""

from __future__ import annotations

import hashlib

import msgspec

from plans.model import Assignment, Plan, Task
from storage.bigrams import words
from storage.storable import storable

#: PostgreSQL indexes at most 2,700 bytes; a misread name may be a whole paragraph.
KEY_LIMIT = 200
#: Bytes of a sha256 that tell a wording, or a list of bodies, from all others.
_DIGEST_BYTES = 16

#: (actor, agency, name, kind, role, inherited)
AssignmentRow = tuple[str, str | None, str, str, str, bool]
#: (instrument, title, the commitment's words, its level)
InstrumentRow = tuple[str, str, str | None, int | None]
#: (programme, name)
ProgrammeRow = tuple[str, str]


class Wording(msgspec.Struct, frozen=True, array_like=True):
    """A task's words with all that hangs on them; ``bodies`` is the digest of its list, None: none.

    ``words`` are the index words, with a space between them.
    """

    kind: str
    text: str
    deadline_on: str | None
    deadline_text: str | None
    bodies: bytes | None
    instruments: tuple[InstrumentRow, ...]
    programmes: tuple[ProgrammeRow, ...]
    words: str


class TaskPlace(msgspec.Struct, frozen=True, array_like=True):
    """Where a wording stands in the plan."""

    wording: bytes
    task_id: str
    number: str | None
    section: str | None


class SectionPlace(msgspec.Struct, frozen=True, array_like=True):
    """A section in the plan's order."""

    section_id: str
    number: str
    title: str
    parent: str | None


class PlanIndex(msgspec.Struct, frozen=True, array_like=True):
    """The rows of one plan: its wordings and lists of bodies by digest, and where they stand."""

    tasks: tuple[TaskPlace, ...]
    sections: tuple[SectionPlace, ...]
    wordings: dict[bytes, Wording]
    lists: dict[bytes, tuple[AssignmentRow, ...]]


def index_of(plan: Plan) -> PlanIndex:
    """The rows of ``plan``."""
    places: list[TaskPlace] = []
    wordings: dict[bytes, Wording] = {}
    lists: dict[bytes, tuple[AssignmentRow, ...]] = {}
    # Most tasks are given to bodies that others are given to as well.
    seen: dict[tuple[Assignment, ...], bytes] = {}
    for task in plan.tasks:
        digest = _digest_of(task)
        if digest not in wordings:
            bodies = seen.get(task.assignments) if task.assignments else None
            if bodies is None and task.assignments:
                given = tuple(_assignment(a) for a in task.assignments)
                bodies = seen[task.assignments] = _digest(given)
                lists[bodies] = given
            wordings[digest] = _wording(task, bodies)
        places.append(TaskPlace(digest, storable(task.id), _text(task.number), _text(task.section)))
    return PlanIndex(tuple(places), _sections(plan), wordings, lists)


def _sections(plan: Plan) -> tuple[SectionPlace, ...]:
    return tuple(
        SectionPlace(
            storable(section.id),
            storable(section.number),
            storable(section.title),
            _text(section.parent),
        )
        for section in plan.sections
    )


def _wording(task: Task, bodies: bytes | None) -> Wording:
    text, deadline = storable(task.text), task.deadline
    return Wording(
        kind=task.kind,
        text=text,
        deadline_on=deadline.date.isoformat() if deadline and deadline.date else None,
        deadline_text=_text(deadline.text) if deadline else None,
        bodies=bodies,
        instruments=tuple(
            (
                storable(i.key[:KEY_LIMIT]),
                storable(i.title),
                _text(i.commitment.text) if i.commitment else None,
                i.commitment.level if i.commitment else None,
            )
            for i in task.instruments
        ),
        programmes=tuple((storable(p.key[:KEY_LIMIT]), storable(p.name)) for p in task.programmes),
        words=" ".join(sorted(words(text))),
    )


def _assignment(a: Assignment) -> AssignmentRow:
    key = storable(a.key[:KEY_LIMIT])
    return (key, _text(a.agency), storable(a.name), a.kind, a.role, a.inherited)


def _digest_of(task: Task) -> bytes:
    return _digest(
        (
            task.kind,
            task.text,
            task.deadline,
            [
                a if a.covers is None else msgspec.structs.replace(a, covers=None)
                for a in task.assignments
            ],
            task.instruments,
            task.programmes,
        )
    )


def _digest(value: object) -> bytes:
    return hashlib.sha256(msgspec.json.encode(value)).digest()[:_DIGEST_BYTES]


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)
