"""Several editions of one document seen together: one task, and all instruments.

The editions come in their order, each with its changeset against the one before it; nothing is
compared here. What a changeset does not say is not said here either: a task that a summary leaves
out is neither new nor gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from plans.model import Change, Changeset, Link, Plan, Task, Value
from reports.facts import PlanFacts
from reports.names import number


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
