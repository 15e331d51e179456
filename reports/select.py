"""The filters of every report: which changes bear on what the reader asked for.

A filter keeps every change that bears on its subject, so that a narrower report never hides a duty:

* ``only="agencies"`` keeps who must do what: bodies that came, went, changed role or name,
  addressees, and tasks that are new or gone and name a body;
* ``only="tasks"`` keeps what happened to tasks as such;
* ``only="commitments"`` keeps levels, instruments and deadlines, and tasks that are new or gone and
  name an instrument;
* ``agency`` keeps changes that name the body, and what else happened to tasks on which it stands;
* ``section`` keeps what lies in that section, or below it, on either side;
* ``severity`` keeps that severity and what is graver.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from plans.model import Change, Changeset, Plan, Section, Severity, Task
from plans.registry.model import Registry, name_key
from reports.facts import Facts, PlanFacts, change_key
from reports.options import Only, ReportOptions

SEVERITIES: tuple[Severity, ...] = ("major", "minor", "editorial")

AGENCY_KINDS = frozenset(
    {
        "agency_assigned",
        "agency_released",
        "role_changed",
        "agency_renamed",
        "agency_unnamed",
        "addressee_added",
        "addressee_removed",
    }
)
COMMITMENT_KINDS = frozenset(
    {
        "commitment_raised",
        "commitment_lowered",
        "instrument_added",
        "instrument_dropped",
        "deadline_changed",
    }
)
WHOLE_TASK_KINDS = frozenset({"task_added", "task_removed"})


def select(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> Changeset:
    """The changeset with only the changes that the options ask for; links stay as they are.

    Selecting twice is selecting once. Whether anything is left decides what the command line
    answers to the shell.
    """
    if not options.filters:
        return changeset
    facts = Facts(changeset, old, new, registry)
    agency = agency_key(options.agency, registry) if options.agency else None
    kept = tuple(
        change
        for change in changeset.changes
        if _severe_enough(change, options.severity)
        and (options.only is None or _bears_on(change, options.only, facts))
        and (agency is None or _concerns(change, agency, facts))
        and (options.section is None or _lies_in(change, options.section, facts))
    )
    return msgspec.structs.replace(changeset, changes=kept)


def agency_key(asked: str, registry: Registry) -> str:
    """The registry id for an id or for any name of a body; what is unknown stands for itself."""
    if asked in registry.agencies:
        return asked
    found = registry.find_agency(asked)
    return found.id if found else asked


def is_known_agency(asked: str, plans: Iterable[Plan], registry: Registry) -> bool:
    """Whether a body of that id or name is in the registry or stands in one of the plans."""
    key = agency_key(asked, registry)
    return key in registry.agencies or any(
        any(_stands_on(task, key) for task in plan.tasks)
        or any(
            _same_body(actor.key, key) or _same_body(actor.name, key) for actor in plan.addressees
        )
        for plan in plans
    )


def is_known_section(asked: str, plans: Iterable[Plan]) -> bool:
    """Whether one of the plans has a section of that id, number or title."""
    return any(_is_section(section, asked) for plan in plans for section in plan.sections)


def _severe_enough(change: Change, least: Severity | None) -> bool:
    return least is None or SEVERITIES.index(change.severity) <= SEVERITIES.index(least)


def _bears_on(change: Change, only: Only, facts: Facts) -> bool:
    whole = change.kind in WHOLE_TASK_KINDS
    tasks = [task for side in facts.tasks(change) for task in side]
    match only:
        case "agencies":
            return change.kind in AGENCY_KINDS or (whole and any(t.assignments for t in tasks))
        case "commitments":
            return change.kind in COMMITMENT_KINDS or (whole and any(t.instruments for t in tasks))
        case "tasks":
            return change.kind.startswith(("task_", "part_"))


def _concerns(change: Change, agency: str, facts: Facts) -> bool:
    if change.kind in AGENCY_KINDS:
        return _same_body(change_key(change), agency) or _same_body(change.name, agency)
    return any(_stands_on(task, agency) for side in facts.tasks(change) for task in side)


def _stands_on(task: Task, agency: str) -> bool:
    return any(_same_body(a.key, agency) or _same_body(a.name, agency) for a in task.assignments)


def _same_body(one: str | None, other: str) -> bool:
    return one is not None and name_key(one) == name_key(other)


def _lies_in(change: Change, asked: str, facts: Facts) -> bool:
    sides: tuple[tuple[PlanFacts, tuple[str, ...]], ...] = (
        (facts.old, change.old),
        (facts.new, change.new),
    )
    for side, ids in sides:
        for identity in ids:
            if change.kind.startswith("section_"):
                path = side.path(identity)
            else:
                task = side.tasks.get(identity)
                path = side.path(task.section) if task else ()
            if any(_is_section(section, asked) for section in path):
                return True
    return False


def _is_section(section: Section, asked: str) -> bool:
    key = name_key(asked)
    number = name_key(section.number).rstrip("、.")
    return bool(key) and (
        key == section.id or key.rstrip("、.") == number or key in name_key(section.title)
    )
