"""Bodies over the editions of one document: the duties of one, and all of them by sections.

Whether a duty is new or gone is taken from the changesets; nothing is compared here. What a summary
leaves out is neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from plans.model import Change, Plan, Role, Task, Value
from plans.registry.model import Registry
from reports.facts import ROLES, PlanFacts, change_key
from reports.headings import section_heirs
from reports.names import number
from reports.over_years import Edition
from reports.select import agency_key

DutyStatus = Literal["first", "new", "kept", "role", "gone"]

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
    facts = PlanFacts(edition.plan)
    if before is not None:
        facts_before = PlanFacts(before.plan)
        gone = tuple(
            _duty(facts_before, task, role, "gone")
            for task, role in _tasks_of(before.plan, key, registry)
            if task.id in left
        )
    return EditionDuties(
        edition=edition.label,
        duties=tuple(
            _duty(facts, task, role, status(task))
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


def _duty(facts: PlanFacts, task: Task, role: Role, status: DutyStatus) -> Duty:
    path = facts.path(task.section)
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
