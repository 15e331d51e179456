"""Readings: what the program made of the facts. New rows stand beside older ones, stamped.

``tasks`` and what hangs on it are an index over the newest plan of each version, rebuilt from it.
A task's wording with its bodies and instruments is kept once, however many versions repeat it.
"""

from __future__ import annotations

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
    UniqueConstraint("version_id", "extractor", "reader", "registry"),
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
task_contents = table(
    "task_contents",
    Column("id", Int, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("kind", Str, nullable=False),
    Column("text", Str, nullable=False),
    Column("deadline_on", Day),
    Column("deadline_text", Str),
)

tasks = table(
    "tasks",
    refers("plan_id", "plans.id", primary_key=True),
    Column("ordinal", Int, primary_key=True),
    refers("content_id", "task_contents.id"),
    Column("task_id", Str, nullable=False),
    Column("number", Str),
    Column("section", Str),
    Index("ix_tasks_content_id_plan_id", "content_id", "plan_id"),
    rowid=False,
)

sections = table(
    "sections",
    refers("plan_id", "plans.id", primary_key=True),
    Column("ordinal", Int, primary_key=True),
    Column("section_id", Str, nullable=False),
    Column("number", Str, nullable=False),
    Column("title", Str, nullable=False),
    Column("parent", Str),
    rowid=False,
)

assignments = table(
    "assignments",
    refers("content_id", "task_contents.id", primary_key=True),
    Column("ordinal", Int, primary_key=True),
    Column("actor", Str, nullable=False),
    Column("agency", Str),
    Column("name", Str, nullable=False),
    Column("actor_kind", Str, nullable=False),
    Column("role", Str, nullable=False),
    Column("inherited", Flag, nullable=False),
    Index("ix_assignments_actor_content_id", "actor", "content_id"),
    rowid=False,
)

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
