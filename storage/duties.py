"""Who must do what, over versions: asked of the rows that task_rows keeps.

All functions take the numbers of the plans that they look at (``plans_of`` gives them), so that what
a page asks is bounded by what it shows, however large the archive is.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import many
from storage.tables.readings import (
    assignments,
    plans,
    sections,
    task_contents,
    task_instruments,
    task_programmes,
    tasks,
)


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """A task that a plan gives to a body in one role."""

    plan_id: int
    version_id: int
    content_id: int
    task_id: str
    number: str | None
    section: str | None
    text: str
    actor: str
    role: str


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A task that names an instrument, and how far it binds itself on it (0 study to 8)."""

    plan_id: int
    version_id: int
    content_id: int
    task_id: str
    number: str | None
    section: str | None
    text: str
    title: str
    commitment_text: str | None
    commitment_level: int | None


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """How many tasks of one section a plan gives to a body; the section's id, None for none."""

    plan_id: int
    section: str | None
    actor: str
    tasks: int
    leads: int


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A section of a plan as its rows have it."""

    plan_id: int
    section_id: str
    number: str
    title: str
    parent: str | None


def plans_of(conn: Connection, version_ids: Sequence[int]) -> dict[int, int]:
    """The number of the newest plan of each version that was read, by the version's id."""
    query = (
        sa.select(plans.c.version_id, sa.func.max(plans.c.id))
        .where(plans.c.version_id.in_(version_ids))
        .group_by(plans.c.version_id)
    )
    return {int(version_id): int(plan_id) for version_id, plan_id in conn.execute(query)}


def duties_of(conn: Connection, actor: str, plan_ids: Sequence[int]) -> tuple[Duty, ...]:
    """The tasks of a body (its key: a registry id, else its name) in these plans, in their order."""
    query = (
        _tasks(plan_ids, assignments.c.actor, assignments.c.role)
        .join(assignments, assignments.c.list_id == task_contents.c.list_id)
        .where(_unindexed(assignments.c.actor) == actor)
    )
    return many(conn, query, Duty)


def mentions_of(conn: Connection, instrument: str, plan_ids: Sequence[int]) -> tuple[Mention, ...]:
    """The tasks that name an instrument (its key: a registry id, else its title), in their order."""
    named = task_instruments.c
    query = (
        _tasks(plan_ids, named.title, named.commitment_text, named.commitment_level)
        .join(task_instruments, named.content_id == tasks.c.content_id)
        .where(_unindexed(named.instrument) == instrument)
    )
    return many(conn, query, Mention)


def loads(conn: Connection, plan_ids: Sequence[int]) -> tuple[Load, ...]:
    """Bodies by sections: the matrix of each of these plans."""
    leads = sa.func.sum(sa.case((assignments.c.role == "lead", 1), else_=0))
    query = (
        sa.select(
            tasks.c.plan_id,
            tasks.c.section,
            assignments.c.actor,
            sa.func.count(sa.distinct(tasks.c.ordinal)).label("tasks"),
            sa.cast(leads, sa.Integer).label("leads"),
        )
        .join(task_contents, task_contents.c.id == tasks.c.content_id)
        .join(assignments, assignments.c.list_id == task_contents.c.list_id)
        .where(tasks.c.plan_id.in_(plan_ids))
        .group_by(tasks.c.plan_id, tasks.c.section, assignments.c.actor)
        .order_by(tasks.c.plan_id, tasks.c.section, assignments.c.actor)
    )
    return many(conn, query, Load)


def headings(conn: Connection, plan_ids: Sequence[int]) -> tuple[Heading, ...]:
    """The sections of these plans, in their order."""
    query = (
        sa.select(*(sections.c[name] for name in Heading.__struct_fields__))
        .where(sections.c.plan_id.in_(plan_ids))
        .order_by(sections.c.plan_id, sections.c.ordinal)
    )
    return many(conn, query, Heading)


def bodies(conn: Connection, plan_ids: Sequence[int]) -> dict[str, int]:
    """How many tasks of these plans each body has, by its key, the busiest first."""
    column = assignments.c.actor
    count = sa.func.count(sa.distinct(tasks.c.content_id))
    query = (
        sa.select(column, count)
        .select_from(tasks)
        .join(task_contents, task_contents.c.id == tasks.c.content_id)
        .join(assignments, assignments.c.list_id == task_contents.c.list_id)
        .where(tasks.c.plan_id.in_(plan_ids))
        .group_by(column)
        .order_by(count.desc(), column)
    )
    return {str(name): int(number) for name, number in conn.execute(query)}


def instruments(conn: Connection, plan_ids: Sequence[int]) -> dict[str, int]:
    """How many tasks of these plans name each instrument, by its key, the most named first."""
    column = task_instruments.c.instrument
    return _counts(conn, column, task_instruments.c.content_id, plan_ids)


def programmes(conn: Connection, plan_ids: Sequence[int]) -> dict[str, int]:
    """How many tasks of these plans name each programme, by its key, the most named first."""
    column = task_programmes.c.programme
    return _counts(conn, column, task_programmes.c.content_id, plan_ids)


def _counts(
    conn: Connection,
    column: sa.Column[str],
    content: sa.Column[int],
    plan_ids: Sequence[int],
) -> dict[str, int]:
    count = sa.func.count(sa.distinct(content))
    query = (
        sa.select(column, count)
        .join(tasks, tasks.c.content_id == content)
        .where(tasks.c.plan_id.in_(plan_ids))
        .group_by(column)
        .order_by(count.desc(), column)
    )
    return {str(name): int(number) for name, number in conn.execute(query)}


def _unindexed(column: sa.Column[str]) -> sa.ColumnElement[str]:
    """The column's value in a form that no index has: the plans asked for are few, a busy body's
    tasks over the whole archive are not, and SQLite would begin with those.
    """
    return sa.func.coalesce(column, "")


def _tasks(
    plan_ids: Sequence[int], *more: sa.Column[str] | sa.Column[int]
) -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(
            tasks.c.plan_id,
            plans.c.version_id,
            tasks.c.content_id,
            tasks.c.task_id,
            tasks.c.number,
            tasks.c.section,
            task_contents.c.text,
            *more,
        )
        .select_from(tasks)
        .join(plans, plans.c.id == tasks.c.plan_id)
        .join(task_contents, task_contents.c.id == tasks.c.content_id)
        .where(tasks.c.plan_id.in_(plan_ids))
        .order_by(tasks.c.plan_id, tasks.c.ordinal)
    )
