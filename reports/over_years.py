"""Several editions of one document seen together: one task, one body, all bodies, all instruments.

The editions come in their order, each with its changeset against the one before it; nothing is
compared here. What a changeset does not say is not said here either: a task that a summary leaves
out is neither new nor gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from plans.model import Change, Changeset, Link, Plan, Role, Task, Value
from plans.registry.model import Registry
from reports.facts import ROLES, PlanFacts, change_key
from reports.headings import section_heirs
from reports.names import number
from reports.select import agency_key

DutyStatus = Literal["first", "new", "kept", "role", "gone"]


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One plan, what to call it (2042), and its changeset against the edition before, if any."""

    label: str
    plan: Plan
    changes: Changeset | None = None


class UnknownTask(LookupError):
    """The edition asked for has no task of that id or number."""


# --- one task ---------------------------------------------------------------------------------


class Stop(Value, frozen=True, kw_only=True):
    """One task on the line that is followed, with what it continues and what changed on the way."""

    edition: str
    task: Task
    section: str
    continues: tuple[str, ...] = ()
    confidence: float | None = None
    changes: tuple[Change, ...] = ()


class Trace(Value, frozen=True, kw_only=True):
    """One task through all editions, where it split or merged with all its parts.

    ``missing`` are the editions in which the line has no task: before it began, after it ended, or
    where a summary does not mention it.
    """

    edition: str
    task: str
    stops: tuple[Stop, ...]
    missing: tuple[str, ...]


def trace(editions: Sequence[Edition], label: str, task: str) -> Trace:
    """Follow the task with this id or printed number of the edition ``label``, both ways.

    Raises :class:`UnknownTask` where that edition has no such task, or there is no such edition.
    """
    at = next((i for i, edition in enumerate(editions) if edition.label == label), None)
    found = _find(editions[at].plan, task) if at is not None else None
    if at is None or found is None:
        raise UnknownTask(f"no task {task} in edition {label}")
    lines: dict[int, list[str]] = {at: [found.id]}
    for i in range(at, 0, -1):
        lines[i - 1] = _linked(editions[i].changes, lines[i], back=True)
    for i in range(at + 1, len(editions)):
        lines[i] = _linked(editions[i].changes, lines[i - 1], back=False)
    stops = [
        stop
        for i, edition in enumerate(editions)
        for stop in _stops(edition, lines[i], lines.get(i - 1, []))
    ]
    missing = tuple(edition.label for i, edition in enumerate(editions) if not lines[i])
    return Trace(edition=label, task=found.id, stops=tuple(stops), missing=missing)


def _find(plan: Plan, asked: str) -> Task | None:
    return next(
        (t for t in plan.tasks if asked == t.id),
        next((t for t in plan.tasks if asked == number(t)), None),
    )


def _linked(changes: Changeset | None, ids: Sequence[str], *, back: bool) -> list[str]:
    found: dict[str, None] = {}
    for link in changes.links if changes else ():
        here, there = (link.new, link.old) if back else (link.old, link.new)
        if set(here) & set(ids):
            found.update(dict.fromkeys(there))
    return list(found)


def _stops(edition: Edition, ids: Sequence[str], before: Sequence[str]) -> Iterable[Stop]:
    facts = PlanFacts(edition.plan)
    for task in facts.tasks_of(ids):
        link = _link_of(edition.changes, task.id)
        yield Stop(
            edition=edition.label,
            task=task,
            section=" › ".join(s.number + s.title for s in facts.path(task.section)),
            continues=tuple(i for i in link.old if i in before) if link else (),
            confidence=link.confidence if link else None,
            changes=_touching(edition.changes, link, task.id),
        )


def _link_of(changes: Changeset | None, new: str) -> Link | None:
    return next((link for link in changes.links if new in link.new), None) if changes else None


def _touching(changes: Changeset | None, link: Link | None, new: str) -> tuple[Change, ...]:
    if changes is None:
        return ()
    olds = set(link.old) if link else set()
    return tuple(
        change
        for change in changes.changes
        if not change.kind.startswith("section_")
        and (new in change.new or (not change.new and olds & set(change.old)))
    )


# --- one body ---------------------------------------------------------------------------------


class Duty(Value, frozen=True, kw_only=True):
    """One task of one body; ``status`` is against the edition before ("first": there is none)."""

    task: str
    number: str
    section: str
    role: Role
    text: str
    status: DutyStatus


class EditionDuties(Value, frozen=True, kw_only=True):
    """What one edition asks of a body; what is gone since the one before stands in ``gone``."""

    edition: str
    duties: tuple[Duty, ...]
    gone: tuple[Duty, ...]


class Duties(Value, frozen=True, kw_only=True):
    """A body's duties by edition. ``agency`` is its registry id, or its name as printed."""

    agency: str
    editions: tuple[EditionDuties, ...]


def duties(editions: Sequence[Edition], agency: str, registry: Registry) -> Duties:
    """The duties of one body, by id or any name; a predecessor's count for its successor."""
    key = agency_key(agency, registry)
    return Duties(
        agency=key,
        editions=tuple(
            _edition_duties(edition, editions[at - 1] if at else None, key, registry)
            for at, edition in enumerate(editions)
        ),
    )


def _edition_duties(
    edition: Edition, before: Edition | None, key: str, registry: Registry
) -> EditionDuties:
    changes = edition.changes.changes if edition.changes and before else ()
    came = {i for c in changes if _brings(c, key, registry) for i in c.new}
    moved = {
        i for c in changes if c.kind == "role_changed" and _is(c, key, registry) for i in c.new
    }
    left = {i for c in changes if _takes(c, key, registry) for i in c.old}

    def status(task: Task) -> DutyStatus:
        if edition.changes is None or before is None:
            return "first"
        return "new" if task.id in came else "role" if task.id in moved else "kept"

    gone: tuple[Duty, ...] = ()
    if before is not None:
        gone = tuple(
            _duty(before.plan, task, role, "gone")
            for task, role in _tasks_of(before.plan, key, registry)
            if task.id in left
        )
    return EditionDuties(
        edition=edition.label,
        duties=tuple(
            _duty(edition.plan, task, role, status(task))
            for task, role in _tasks_of(edition.plan, key, registry)
        ),
        gone=gone,
    )


def _tasks_of(plan: Plan, key: str, registry: Registry) -> Iterable[tuple[Task, Role]]:
    for task in plan.tasks:
        roles = [a.role for a in task.assignments if _same(a.key, key, registry)]
        if roles:
            yield task, min(roles, key=ROLES.index)


def _same(named: str, key: str, registry: Registry) -> bool:
    return named == key or (key in registry.agencies and registry.continues(key, named))


def _is(change: Change, key: str, registry: Registry) -> bool:
    named = change_key(change)
    return named is not None and _same(named, key, registry)


def _brings(change: Change, key: str, registry: Registry) -> bool:
    if change.kind == "agency_assigned":
        return _is(change, key, registry)
    return change.kind == "task_added"


def _takes(change: Change, key: str, registry: Registry) -> bool:
    if change.kind == "agency_released":
        return _is(change, key, registry)
    return change.kind == "task_removed"


def _duty(plan: Plan, task: Task, role: Role, status: DutyStatus) -> Duty:
    path = PlanFacts(plan).path(task.section)
    return Duty(
        task=task.id,
        number=number(task),
        section=" › ".join(section.number + section.title for section in path),
        role=role,
        text=task.text,
        status=status,
    )


# --- all bodies -------------------------------------------------------------------------------


class Load(Value, frozen=True, kw_only=True):
    """How many tasks a body has in one section, and how many more than in the edition before."""

    tasks: int
    change: int | None = None


class MatrixRow(Value, frozen=True, kw_only=True):
    """One body: its loads, one a section, and over all of them. ``name`` is as printed."""

    agency: str
    name: str
    loads: tuple[Load, ...]
    total: Load


class Matrix(Value, frozen=True, kw_only=True):
    """Bodies by the outermost sections of one edition, the busiest first.

    ``before`` is the edition that changes are counted from; tasks of a section that no longer
    exists count in the totals alone.
    """

    edition: str
    before: str | None
    sections: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def matrix(edition: Edition, before: Edition | None = None) -> Matrix:
    """The matrix of one edition; with ``before``, whose successor it is, with its changes."""
    facts = PlanFacts(edition.plan)
    tops = [section for section in edition.plan.sections if section.parent is None]
    columns: list[str | None] = [section.id for section in tops]
    if any(not facts.path(task.section) for task in edition.plan.tasks):
        columns.append(None)
    now = _loads(edition.plan, None)
    then: dict[str, dict[str | None, int]] | None = None
    if before is not None and edition.changes is not None and not before.plan.covers_part:
        then = _loads(before.plan, _top_heirs(edition, before))
    names = {
        a.key: a.name for p in (before, edition) if p for t in p.plan.tasks for a in t.assignments
    }
    rows = [
        MatrixRow(
            agency=key,
            name=names[key],
            loads=tuple(_load(now, then, key, [column]) for column in columns),
            total=_load(now, then, key, None),
        )
        for key in {**now, **(then or {})}
    ]
    return Matrix(
        edition=edition.label,
        before=before.label if before and then is not None else None,
        sections=tuple(column or "" for column in columns),
        titles=tuple(s.number + s.title for s in tops) + ("–",) * (len(columns) - len(tops)),
        rows=tuple(sorted(rows, key=lambda row: (-row.total.tasks, row.agency))),
    )


#: Where tasks of a section that is gone are counted: in no column.
_GONE = "\0gone"


def _loads(plan: Plan, heirs: dict[str, str] | None) -> dict[str, dict[str | None, int]]:
    """Body -> outermost section -> number of tasks; ``heirs`` renames the sections."""
    facts = PlanFacts(plan)
    found: dict[str, dict[str | None, int]] = {}
    for task in plan.tasks:
        path = facts.path(task.section)
        column = path[0].id if path else None
        if heirs is not None and column is not None:
            column = heirs.get(column, _GONE)
        for key in {a.key for a in task.assignments}:
            held = found.setdefault(key, {})
            held[column] = held.get(column, 0) + 1
    return found


def _load(
    now: dict[str, dict[str | None, int]],
    then: dict[str, dict[str | None, int]] | None,
    key: str,
    columns: list[str | None] | None,
) -> Load:
    def count(loads: dict[str, dict[str | None, int]]) -> int:
        held = loads.get(key, {})
        return sum(n for column, n in held.items() if columns is None or column in columns)

    tasks = count(now)
    return Load(tasks=tasks, change=None if then is None else tasks - count(then))


def _top_heirs(edition: Edition, before: Edition) -> dict[str, str]:
    """Outermost sections of the edition before, with the one that continues each."""
    assert edition.changes is not None  # the caller asked only then
    old, new = PlanFacts(before.plan), PlanFacts(edition.plan)
    votes: dict[str, dict[str, int]] = {}
    for section, heir in section_heirs(edition.changes, old, new).items():
        tops = old.path(section)[:1], new.path(heir)[:1]
        if tops[0] and tops[1]:
            held = votes.setdefault(tops[0][0].id, {})
            held[tops[1][0].id] = held.get(tops[1][0].id, 0) + 1 + 9 * (section == tops[0][0].id)
    return {section: max(held, key=lambda key: held[key]) for section, held in votes.items()}


# --- all instruments --------------------------------------------------------------------------


class Step(Value, frozen=True, kw_only=True):
    """Where an instrument stands in one edition: the level and its words, and the task."""

    level: int | None
    words: str
    task: str
    number: str


class LadderRow(Value, frozen=True, kw_only=True):
    """One instrument: a step for each edition, None where it is not listed."""

    title: str
    id: str | None
    steps: tuple[Step | None, ...]


class Ladder(Value, frozen=True, kw_only=True):
    """Where each instrument stands by edition, in the order in which they were first listed.

    ``partial`` are editions known by a summary only, in which "not listed" means nothing.
    """

    editions: tuple[str, ...]
    partial: tuple[str, ...]
    rows: tuple[LadderRow, ...]


def ladder(editions: Sequence[Edition]) -> Ladder:
    """The ladder of all instruments; of several mentions in one edition the furthest counts."""
    titles: dict[str, tuple[str, str | None]] = {}
    steps: dict[str, dict[int, Step]] = {}
    for at, edition in enumerate(editions):
        for task in edition.plan.tasks:
            for instrument in task.instruments:
                titles[instrument.key] = (instrument.title, instrument.id)
                held = steps.setdefault(instrument.key, {})
                commitment = instrument.commitment
                step = Step(
                    level=commitment.level if commitment else None,
                    words=commitment.text if commitment else "",
                    task=task.id,
                    number=number(task),
                )
                if at not in held or _further(step, held[at]):
                    held[at] = step
    return Ladder(
        editions=tuple(edition.label for edition in editions),
        partial=tuple(edition.label for edition in editions if edition.plan.covers_part),
        rows=tuple(
            LadderRow(
                title=titles[key][0],
                id=titles[key][1],
                steps=tuple(held.get(at) for at in range(len(editions))),
            )
            for key, held in steps.items()
        ),
    )


def _further(one: Step, other: Step) -> bool:
    return (-1 if one.level is None else one.level) > (-1 if other.level is None else other.level)
