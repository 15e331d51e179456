"""Over the years: one task, one body, all bodies by section, all instruments, edition by edition.

All functions are given the editions of one document, oldest first, each with the changeset that
leads to it from the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plans.comparing.changes_bodies import STRENGTH
from plans.comparing.changes_instruments import instrument_key, named
from plans.comparing.changes_tasks import place
from plans.comparing.covering import body_key
from plans.model import Changeset, Commitment, Plan, Role, Task, Value
from plans.reading.commitments import standing
from plans.registry.model import Registry


class EditionError(ValueError):
    """The editions do not follow each other; the message says where."""


class Edition(Value, frozen=True, kw_only=True):
    """One plan of the series; ``since`` is the changeset from the plan before, None on the first."""

    plan: Plan
    since: Changeset | None = None
    label: str = ""

    @property
    def name(self) -> str:
        """What to call this edition: the label given, else its year, else its title."""
        return self.label or self.plan.edition or self.plan.title


class TraceStep(Value, frozen=True, kw_only=True):
    """A task in one edition; ``earlier`` are the ids that it continues, empty where it is new.

    ``confidence`` is that of the link to ``earlier``.
    """

    edition: str
    task: Task
    section: str | None = None
    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    confidence: float | None = None


class Duty(Value, frozen=True, kw_only=True):
    """A body's role on one task of one edition, and whether it had the duty in the one before."""

    edition: str
    task: str
    number: str | None
    text: str
    role: Role
    #: "new", "kept", "gone", or "unknown": the first edition, a summary beside it, or a task whose
    #: brackets were left out in one of the two editions.
    status: str


class Cell(Value, frozen=True, kw_only=True):
    """How many tasks of a section name a body; ``change`` against the section before, if any."""

    body: str
    section: str
    count: int
    change: int | None = None


class Matrix(Value, frozen=True, kw_only=True):
    """Bodies by sections of one edition; only cells that are or were not zero."""

    edition: str
    bodies: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]


class Rung(Value, frozen=True, kw_only=True):
    """Where an instrument stands in one edition. ``listed`` is False where it is no longer listed,
    which is not to say that it was abandoned; ``commitment`` None where none is stated.
    """

    edition: str
    listed: bool
    tasks: tuple[str, ...] = ()
    commitment: Commitment | None = None
    direction: str = ""  # "up", "down", "same", "new", "left", "back" or "" where nothing is known


class Ladder(Value, frozen=True, kw_only=True):
    """One instrument over the editions; a rung for each."""

    title: str
    id: str | None
    rungs: tuple[Rung, ...]


def trace_task(editions: Sequence[Edition], at: int, task_id: str) -> tuple[TraceStep, ...]:
    """One task of edition ``at`` through all editions, oldest first, within one by position.

    Back and forth along the links: with a split or a merge the steps form a tree, told by
    ``earlier`` and ``later``. Raises :class:`EditionError` where there is no such edition or task.
    """
    _check(editions)
    if not 0 <= at < len(editions):
        raise EditionError(f"there are {len(editions)} editions, none at {at}")
    if all(task.id != task_id for task in editions[at].plan.tasks):
        raise EditionError(f"edition {editions[at].name} has no task {task_id}")
    wanted: list[set[str]] = [set() for _ in editions]
    wanted[at] = {task_id}
    for k in range(at, 0, -1):
        back = _links(editions[k], backward=True)
        wanted[k - 1] |= {before for after in wanted[k] for before in back.get(after, ((), 0))[0]}
    for k in range(at + 1, len(editions)):
        forth = _links(editions[k], backward=False)
        wanted[k] |= {after for before in wanted[k - 1] for after in forth.get(before, ((), 0))[0]}
    steps: list[TraceStep] = []
    for k, edition in enumerate(editions):
        back = _links(edition, backward=True)
        forth = _links(editions[k + 1], backward=False) if k + 1 < len(editions) else {}
        for task in edition.plan.tasks:
            if task.id in wanted[k]:
                earlier, confidence = back.get(task.id, ((), None))
                where = place(edition.plan, task.section)
                steps.append(
                    TraceStep(
                        edition=edition.name,
                        task=task,
                        section=where["path"] + " " + where["title"] if where else None,
                        earlier=earlier,
                        later=forth.get(task.id, ((), None))[0],
                        confidence=confidence,
                    )
                )
    return tuple(steps)


def duties(
    editions: Sequence[Edition], body: str, registry: Registry | None = None
) -> tuple[Duty, ...]:
    """What ``body`` (a registry id, or a printed name) has to do in each edition.

    With a ``registry`` the bodies that it followed, and those that followed it, are the same body:
    what 银保监会 had to do, 金融监管总局 goes on doing. A duty is kept where the link from the
    edition before names the body on either side; it is gone where a task of the edition before named
    it and what continues it names others, or where nothing continues it.
    """
    _check(editions)
    same = _line_of(body, registry)
    found: list[Duty] = []
    for k, edition in enumerate(editions):
        now = _roles(edition.plan, same)
        earlier = editions[k - 1].plan if k else None
        before = _roles(earlier, same) if earlier else {}
        silent = _silent(earlier) if earlier else set()
        known = earlier is not None and not earlier.covers_part
        back = _links(edition, backward=True)
        for task in edition.plan.tasks:
            if task.id in now:
                continued = back.get(task.id, ((), None))[0]
                kept = any(one in before for one in continued)
                sure = known and silent.isdisjoint(continued)
                status = "kept" if kept else "new" if sure else "unknown"
                found.append(_duty(edition, task, now[task.id], status))
        if earlier is not None and not edition.plan.covers_part:
            found.extend(_ended(edition, earlier, before, now, same))
    return tuple(found)


def _ended(
    edition: Edition,
    earlier: Plan,
    before: dict[str, Role],
    now: dict[str, Role],
    same: frozenset[str],
) -> Iterator[Duty]:
    """Duties of the edition before that this one does not name: gone, or unknown where what
    continues the task names nobody at all, or has an open list that may still mean the body.
    """
    forth = _links(edition, backward=False)
    silent = _silent(edition.plan)
    unnamed = {
        one
        for change in (edition.since.changes if edition.since else ())
        if change.kind == "agency_unnamed" and (change.agency or change.name) in same
        for one in change.new
    }
    tasks = {task.id: task for task in edition.plan.tasks}
    for task in earlier.tasks:
        if task.id not in before:
            continue
        after = forth.get(task.id, ((), None))[0]
        if any(one in now for one in after):
            continue
        unsaid = [one for one in after if one in silent or one in unnamed]
        if unsaid:
            yield _duty(edition, tasks[unsaid[0]], before[task.id], "unknown")
        else:
            yield _duty(edition, task, before[task.id], "gone")


def _line_of(body: str, registry: Registry | None) -> frozenset[str]:
    """The body, those that it followed and those that followed it."""
    if registry is None or body not in registry.agencies:
        return frozenset({body})
    return frozenset(
        one
        for one in registry.agencies
        if registry.continues(body, one) or registry.continues(one, body)
    )


def _silent(plan: Plan) -> set[str]:
    """Ids of the tasks that name nobody: their brackets may have been left out."""
    return {task.id for task in plan.tasks if not task.assignments}


def matrix(edition: Edition, before: Edition | None = None) -> Matrix:
    """Bodies by top sections, with counts of tasks, and their change against ``before``.

    Sections are compared by the changeset of ``edition``: one that was added has no change. Against
    a summary, or a text that names nobody at all, nothing is counted: what it does not say is unknown.
    """
    now = _counts(edition.plan)
    was: dict[tuple[str, str], int] = {}
    continued: set[str] = set()
    if (
        before is not None
        and edition.since is not None
        and _counts_fully(before.plan)
        and _counts_fully(edition.plan)
    ):
        sections = _sections(edition.since, before.plan)
        continued = set(sections.values())
        for (body, section), count in _counts(before.plan).items():
            if section in sections:
                was[body, sections[section]] = was.get((body, sections[section]), 0) + count
    cells = [
        Cell(
            body=body,
            section=section,
            count=now.get((body, section), 0),
            change=now.get((body, section), 0) - was.get((body, section), 0)
            if section in continued
            else None,
        )
        for body, section in sorted({*now, *was})
    ]
    total: dict[str, int] = {}
    for cell in cells:
        total[cell.body] = total.get(cell.body, 0) + cell.count
    return Matrix(
        edition=edition.name,
        bodies=tuple(sorted(total, key=lambda body: (-total[body], body))),
        sections=tuple((s.id, s.title) for s in edition.plan.sections if s.parent is None),
        cells=tuple(cells),
    )


def ladders(editions: Sequence[Edition]) -> tuple[Ladder, ...]:
    """Where each instrument stands by edition, in the order in which they first appear.

    What a summary does not mention is not "left": its rung has no direction.
    """
    _check(editions)
    titles: dict[str, tuple[str, str | None]] = {}
    by_edition = [named(edition.plan.tasks) for edition in editions]
    for found in by_edition:
        for key, first in found.items():
            titles.setdefault(key, (first.title, first.id))
    result: list[Ladder] = []
    for key, (title, registry_id) in titles.items():
        rungs: list[Rung] = []
        for edition, found in zip(editions, by_edition, strict=True):
            instrument = found.get(key)
            tasks = tuple(
                task.id
                for task in edition.plan.tasks
                if any(instrument_key(one) == key for one in task.instruments)
            )
            commitment = instrument.commitment if instrument else None
            rungs.append(
                Rung(
                    edition=edition.name,
                    listed=instrument is not None,
                    tasks=tasks,
                    commitment=commitment,
                    direction=_direction(rungs, instrument is not None, commitment, edition.plan),
                )
            )
        result.append(Ladder(title=title, id=registry_id, rungs=tuple(rungs)))
    return tuple(result)


def _direction(
    rungs: Sequence[Rung], listed: bool, commitment: Commitment | None, plan: Plan
) -> str:
    if not rungs:
        return ""
    if not listed:
        return "left" if rungs[-1].listed and not plan.covers_part else ""
    if not rungs[-1].listed:
        return "back" if any(rung.listed for rung in rungs) else "new"
    low, high = standing(rungs[-1].commitment), standing(commitment)
    if low is None or high is None:
        return ""
    if low == high:
        return "same"
    return "up" if high > low else "down"


def _check(editions: Sequence[Edition]) -> None:
    for edition in editions[1:]:
        if edition.since is None:
            raise EditionError(
                f"edition {edition.name} comes without its changes from the one before"
            )


Ends = dict[str, tuple[tuple[str, ...], float | None]]


def _links(edition: Edition, *, backward: bool) -> Ends:
    """Task id -> what it is linked with, on the way from the edition before."""
    ends: Ends = {}
    for link in edition.since.links if edition.since else ():
        here, there = (link.new, link.old) if backward else (link.old, link.new)
        for task_id in here:
            ends[task_id] = (there, link.confidence)
    return ends


def _roles(plan: Plan, same: frozenset[str]) -> dict[str, Role]:
    """Task id -> the strongest role there of a body that goes by one of these ids or names."""
    roles: dict[str, Role] = {}
    for task in plan.tasks:
        for assignment in task.assignments:
            if not same.isdisjoint((assignment.agency, assignment.name)) and (
                task.id not in roles or STRENGTH[assignment.role] > STRENGTH[roles[task.id]]
            ):
                roles[task.id] = assignment.role
    return roles


def _duty(edition: Edition, task: Task, role: Role, status: str) -> Duty:
    return Duty(
        edition=edition.name,
        task=task.id,
        number=task.number,
        text=task.text,
        role=role,
        status=status,
    )


def _counts_fully(plan: Plan) -> bool:
    return not plan.covers_part and any(task.assignments for task in plan.tasks)


def _counts(plan: Plan) -> dict[tuple[str, str], int]:
    """(body, top section) -> how many tasks name it there."""
    parents = {section.id: section.parent for section in plan.sections}
    counts: dict[tuple[str, str], int] = {}
    for task in plan.tasks:
        top = task.section
        for _ in range(20):
            above = parents.get(top) if top is not None else None
            if above is None:
                break
            top = above
        for body in {body_key(a).removeprefix("=") for a in task.assignments}:
            key = (body, top or "")
            counts[key] = counts.get(key, 0) + 1
    return counts


def _sections(changeset: Changeset, before: Plan) -> dict[str, str]:
    """Old section id -> new section id, as the changeset tells it."""
    gone = {c.old[0] for c in changeset.changes if c.kind == "section_removed"}
    moved = {
        c.old[0]: c.new[0]
        for c in changeset.changes
        if c.kind in ("section_moved", "section_retitled")
    }
    return {
        section.id: moved.get(section.id, section.id)
        for section in before.sections
        if section.id not in gone
    }
