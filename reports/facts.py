"""What the two plans and a change say, looked up: tasks, sections, roles, levels, dates.

A change's ``before`` and ``after`` may hold a bare value or the whole object that it is part of
(contracts/changeset.schema.json); the functions here take both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, cast

from plans.model import (
    Assignment,
    Change,
    Changeset,
    Commitment,
    FrameRole,
    Instrument,
    Plan,
    Role,
    Section,
    Task,
)
from plans.registry.model import Registry, title_key

ROLES: tuple[Role, ...] = ("lead", "responsible", "support", "guide")


class PlanFacts:
    """One plan, with its tasks and sections by id."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tasks: dict[str, Task] = {task.id: task for task in plan.tasks}
        self.sections: dict[str, Section] = {section.id: section for section in plan.sections}
        self.order: dict[str, int] = {task.id: at for at, task in enumerate(plan.tasks)}

    def tasks_of(self, ids: Iterable[str]) -> tuple[Task, ...]:
        """The tasks of these ids, in the given order; ids that are no tasks are left out."""
        return tuple(self.tasks[i] for i in ids if i in self.tasks)

    def path(self, section: str | None) -> tuple[Section, ...]:
        """The section and those above it, outermost first."""
        found: list[Section] = []
        while section is not None and section in self.sections:
            entry = self.sections[section]
            if entry in found:  # a plan from a hostile file may name itself as its parent
                break
            found.append(entry)
            section = entry.parent
        return tuple(reversed(found))


class Facts:
    """A changeset between two plans, with what is known about names.

    ``whole`` is the changeset before any filter: what became of a section is asked of it.
    """

    def __init__(
        self,
        changeset: Changeset,
        old: Plan,
        new: Plan,
        registry: Registry,
        *,
        whole: Changeset | None = None,
    ) -> None:
        self.changeset = changeset
        self.whole = whole or changeset
        self.old = PlanFacts(old)
        self.new = PlanFacts(new)
        self.registry = registry

    @property
    def one_language(self) -> bool:
        """Whether both plans are of one language, in whatever script."""
        return self.old.plan.language[:2] == self.new.plan.language[:2]

    @property
    def of_articles(self) -> bool:
        """Whether the new side is a law or regulation, read by articles."""
        tasks = self.new.plan.tasks
        return bool(tasks) and tasks[0].kind == "article"

    def tasks(self, change: Change) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
        """The tasks that a change is about, on the old and on the new side."""
        if change.kind.startswith("section_"):
            return (), ()
        return self.old.tasks_of(change.old), self.new.tasks_of(change.new)

    def commitments(self, change: Change) -> tuple[Commitment | None, Commitment | None]:
        """What a change of an instrument says of it on both sides, with the printed words.

        The words are '' where no task of that side names the instrument at that level.
        """
        old, new = (
            _commitment(level_of(value), tasks, change)
            for value, tasks in zip((change.before, change.after), self.tasks(change), strict=True)
        )
        return old, new

    def frame_part(self, change: Change) -> FrameRole | Literal["title"]:
        """Which part of the frame a change is about, known by its text; else it is the title."""
        for side, text in ((self.new, change.after), (self.old, change.before)):
            for part in side.plan.frame:
                if part.text == text:
                    return part.role
        return "title"


def role_of(value: Any) -> Role | None:
    """The role in a ``before`` or ``after``: a role, or an assignment that has one."""
    if isinstance(value, dict):
        value = value.get("role")
    return cast("Role", value) if value in ROLES else None


def scope_of(value: Any) -> str | None:
    """What the bracket of an assignment in ``before`` or ``after`` limits the duty to."""
    scope = value.get("scope") if isinstance(value, dict) else None
    return scope if isinstance(scope, str) else None


def level_of(value: Any) -> int | None:
    """The commitment's level in a ``before`` or ``after``; None where none is told."""
    if isinstance(value, dict):
        value = value.get("level", value.get("commitment"))
        return level_of(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def text_of(value: Any) -> str | None:
    """The words in a ``before`` or ``after``: a title, a name, a date; None where there are none."""
    if isinstance(value, dict):
        for field in ("title", "name", "text", "date"):
            if isinstance(value.get(field), str):
                return cast("str", value[field])
        return None
    return str(value) if isinstance(value, str | int | float) else None


def date_of(value: Any) -> str | None:
    """The date in a ``before`` or ``after``, as YYYY-MM-DD, else the words that set it."""
    if isinstance(value, dict):
        value = value.get("date") or value.get("text")
    return None if value is None else str(value)


def change_key(change: Change) -> str | None:
    """What makes two agency changes speak of the same body: registry id, else printed name."""
    return change.agency or change.name


def instrument_key(change: Change) -> str | None:
    """What makes two changes speak of the same instrument."""
    return change.instrument_id or change.instrument


def _commitment(level: int | None, tasks: Iterable[Task], change: Change) -> Commitment | None:
    """The commitment of this level on the changed instrument; where a change tells no level, that
    of the instrument, whatever it is.
    """
    instruments = [i for task in tasks for i in task.instruments]
    named = [i.commitment for i in instruments if _is_about(i, change)]
    if not named:
        # An instrument that was retitled goes by its new title, which the old tasks do not have.
        named = [i.commitment for i in instruments if i.commitment and i.commitment.level == level]
        named = named if len(named) == 1 else []
    said = [commitment for commitment in named if commitment is not None]
    if level is None:
        return said[0] if said else None
    at_level = [commitment for commitment in said if commitment.level == level]
    words = (at_level or said or [Commitment(text="", level=level)])[0].text
    return Commitment(text=words, level=level)


def _is_about(instrument: Instrument, change: Change) -> bool:
    if change.instrument_id and instrument.id == change.instrument_id:
        return True
    return bool(change.instrument) and title_key(instrument.title) == title_key(
        change.instrument or ""
    )


def bodies(tasks: Iterable[Task]) -> Iterator[Assignment]:
    """The assignments of ``tasks``, each body once, in order, in its strongest role."""
    best: dict[str, Assignment] = {}
    for assignment in (a for task in tasks for a in task.assignments):
        known = best.get(assignment.key)
        if known is None or ROLES.index(assignment.role) < ROLES.index(known.role):
            best[assignment.key] = assignment
    return iter(best.values())
