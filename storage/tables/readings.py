"""Readings: what the program made of the facts. New rows stand beside older ones, stamped.

``tasks`` and what hangs on it are an index over the newest plan of each version, rebuilt from it.
A task's wording with its bodies and instruments is kept once, however many versions repeat it, and
so is a list of bodies, however many tasks are given to it. Where a task stands in a plan is a row of
a track: the plans of one document, one after the other, of which most repeat the one before.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint

from storage.tables.columns import Day, Flag, Int, Moment, Str, key, refers, table

extracts = table(
    "extracts",
    key(),
    refers("snapshot_id", "snapshots.id"),
    Column("extractor", Str, nullable=False),
    Column("state", Str, nullable=False),
    Column("text_key", Str, nullable=False),
    refers("blob_id", "blobs.id", index=True),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("snapshot_id", "extractor"),
)

plans = table(
    "plans",
    key(),
    refers("version_id", "versions.id"),
    Column("extractor", Str, nullable=False),
    Column("reader", Str, nullable=False),
    Column("registry", Str, nullable=False),
    Column("title", Str, nullable=False),
    Column("task_count", Int, nullable=False),
    refers("blob_id", "blobs.id", index=True),
    Column("made_at", Moment, nullable=False),
    #: Where its tasks and sections stand; None: they are not indexed (an older reading).
    Column("track", Int),
    Column("step", Int),
    UniqueConstraint("version_id", "extractor", "reader", "registry"),
    Index("ix_plans_track_step", "track", "step"),
)

changesets = table(
    "changesets",
    key(),
    refers("old_plan_id", "plans.id"),
    refers("new_plan_id", "plans.id", index=True),
    Column("against", Str, nullable=False),
    Column("comparer", Str, nullable=False),
    Column("registry", Str, nullable=False),
    Column("verdicts", Str, nullable=False),
    Column("change_count", Int, nullable=False),
    Column("major_count", Int, nullable=False),
    Column("minor_count", Int, nullable=False),
    refers("blob_id", "blobs.id", index=True),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("old_plan_id", "new_plan_id", "against", "comparer", "registry", "verdicts"),
    CheckConstraint("against IN ('predecessor', 'baseline', 'adhoc')", name="against"),
)

#: Numbered by task_rows, which writes many at once.
assignment_lists = table(
    "assignment_lists",
    Column("id", Int, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
)

assignments = table(
    "assignments",
    refers("list_id", "assignment_lists.id", primary_key=True),
    Column("ordinal", Int, primary_key=True),
    Column("actor", Str, nullable=False),
    Column("agency", Str),
    Column("name", Str, nullable=False),
    Column("actor_kind", Str, nullable=False),
    Column("role", Str, nullable=False),
    Column("inherited", Flag, nullable=False),
    Index("ix_assignments_actor_list_id", "actor", "list_id"),
    rowid=False,
)

#: Numbered by task_rows, which writes many at once. Without bodies it has no list.
task_contents = table(
    "task_contents",
    Column("id", Int, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("kind", Str, nullable=False),
    Column("text", Str, nullable=False),
    Column("deadline_on", Day),
    Column("deadline_text", Str),
    refers("list_id", "assignment_lists.id", optional=True, index=True),
)

#: The newest track of a document in one language and of one nature, and how full it is.
tracks = table(
    "tracks",
    Column("line", Str, primary_key=True),
    Column("track", Int, nullable=False, unique=True),
    Column("step", Int, nullable=False),
    Column("rows", Int, nullable=False),
    rowid=False,
)

#: A task of the plans of a track from step ``since`` to step ``until``, both included.
task_places = table(
    "task_places",
    Column("track", Int, primary_key=True, autoincrement=False),
    Column("ordinal", Int, primary_key=True, autoincrement=False),
    Column("since", Int, primary_key=True, autoincrement=False),
    Column("until", Int, nullable=False),
    refers("content_id", "task_contents.id", index=True),
    Column("task_id", Str, nullable=False),
    Column("number", Str),
    Column("section", Str),
    rowid=False,
)

section_places = table(
    "section_places",
    Column("track", Int, primary_key=True, autoincrement=False),
    Column("ordinal", Int, primary_key=True, autoincrement=False),
    Column("since", Int, primary_key=True, autoincrement=False),
    Column("until", Int, nullable=False),
    Column("section_id", Str, nullable=False),
    Column("number", Str, nullable=False),
    Column("title", Str, nullable=False),
    Column("parent", Str),
    rowid=False,
)


def _of_plans(places: sa.Table, name: str) -> sa.Subquery:
    """The rows of a track as each of its plans has them: what every query asks."""
    here = sa.and_(
        places.c.track == plans.c.track,
        places.c.since <= plans.c.step,
        places.c.until >= plans.c.step,
    )
    of_track = ("track", "since", "until")
    own = [column for column in places.c if column.name not in of_track]
    return sa.select(plans.c.id.label("plan_id"), *own).join(places, here).subquery(name)


tasks = _of_plans(task_places, "tasks")
sections = _of_plans(section_places, "sections")

task_instruments = table(
    "task_instruments",
    refers("content_id", "task_contents.id", primary_key=True),
    Column("ordinal", Int, primary_key=True),
    Column("instrument", Str, nullable=False),
    Column("title", Str, nullable=False),
    Column("commitment_text", Str),
    Column("commitment_level", Int),
    Index("ix_task_instruments_instrument_content_id", "instrument", "content_id"),
    rowid=False,
)

task_programmes = table(
    "task_programmes",
    refers("content_id", "task_contents.id", primary_key=True),
    Column("ordinal", Int, primary_key=True),
    Column("programme", Str, nullable=False),
    Column("name", Str, nullable=False),
    Index("ix_task_programmes_programme_content_id", "programme", "content_id"),
    rowid=False,
)

translations = table(
    "translations",
    Column("text_key", Str, primary_key=True),
    Column("target", Str, primary_key=True),
    Column("provider", Str, primary_key=True),
    Column("glossary", Str, primary_key=True),
    Column("text", Str, nullable=False),
    Column("made_at", Moment, nullable=False),
)
