"""Readings of the first schema: extracts, plans, changesets, and the index over tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.first import types


def create() -> None:
    """Make the tables with their indexes."""
    op.create_table(
        "task_contents",
        sa.Column("id", types.INT, autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("kind", types.STR, nullable=False),
        sa.Column("text", types.STR, nullable=False),
        sa.Column("deadline_on", types.DAY, nullable=True),
        sa.Column("deadline_text", types.STR, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_contents")),
        sa.UniqueConstraint("digest", name=op.f("uq_task_contents_digest")),
        sqlite_strict=True,
    )
    op.create_table(
        "translations",
        sa.Column("text_key", types.STR, nullable=False),
        sa.Column("target", types.STR, nullable=False),
        sa.Column("provider", types.STR, nullable=False),
        sa.Column("glossary", types.STR, nullable=False),
        sa.Column("text", types.STR, nullable=False),
        sa.Column("made_at", types.MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "text_key", "target", "provider", "glossary", name=op.f("pk_translations")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "assignments",
        sa.Column("content_id", types.INT, nullable=False),
        sa.Column("ordinal", types.INT, nullable=False),
        sa.Column("actor", types.STR, nullable=False),
        sa.Column("agency", types.STR, nullable=True),
        sa.Column("name", types.STR, nullable=False),
        sa.Column("actor_kind", types.STR, nullable=False),
        sa.Column("role", types.STR, nullable=False),
        sa.Column("inherited", types.FLAG, nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["task_contents.id"], name=op.f("fk_assignments_content_id")
        ),
        sa.PrimaryKeyConstraint("content_id", "ordinal", name=op.f("pk_assignments")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_assignments_actor_content_id", "assignments", ["actor", "content_id"], unique=False
    )
    op.create_table(
        "task_instruments",
        sa.Column("content_id", types.INT, nullable=False),
        sa.Column("ordinal", types.INT, nullable=False),
        sa.Column("instrument", types.STR, nullable=False),
        sa.Column("title", types.STR, nullable=False),
        sa.Column("commitment_text", types.STR, nullable=True),
        sa.Column("commitment_level", types.INT, nullable=True),
        sa.ForeignKeyConstraint(
            ["content_id"], ["task_contents.id"], name=op.f("fk_task_instruments_content_id")
        ),
        sa.PrimaryKeyConstraint("content_id", "ordinal", name=op.f("pk_task_instruments")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_task_instruments_instrument_content_id",
        "task_instruments",
        ["instrument", "content_id"],
        unique=False,
    )
    op.create_table(
        "task_programmes",
        sa.Column("content_id", types.INT, nullable=False),
        sa.Column("ordinal", types.INT, nullable=False),
        sa.Column("programme", types.STR, nullable=False),
        sa.Column("name", types.STR, nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["task_contents.id"], name=op.f("fk_task_programmes_content_id")
        ),
        sa.PrimaryKeyConstraint("content_id", "ordinal", name=op.f("pk_task_programmes")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_task_programmes_programme_content_id",
        "task_programmes",
        ["programme", "content_id"],
        unique=False,
    )
    op.create_table(
        "extracts",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("snapshot_id", types.INT, nullable=False),
        sa.Column("extractor", types.STR, nullable=False),
        sa.Column("state", types.STR, nullable=False),
        sa.Column("text_key", types.STR, nullable=False),
        sa.Column("blob_id", types.INT, nullable=False),
        sa.Column("made_at", types.MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_extracts_blob_id")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_extracts_snapshot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extracts")),
        sa.UniqueConstraint(
            "snapshot_id", "extractor", name=op.f("uq_extracts_snapshot_id_extractor")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_extracts_blob_id"), "extracts", ["blob_id"], unique=False)
    op.create_table(
        "plans",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("version_id", types.INT, nullable=False),
        sa.Column("extractor", types.STR, nullable=False),
        sa.Column("reader", types.STR, nullable=False),
        sa.Column("registry", types.STR, nullable=False),
        sa.Column("title", types.STR, nullable=False),
        sa.Column("task_count", types.INT, nullable=False),
        sa.Column("blob_id", types.INT, nullable=False),
        sa.Column("made_at", types.MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_plans_blob_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_plans_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint(
            "version_id",
            "extractor",
            "reader",
            "registry",
            name=op.f("uq_plans_version_id_extractor_reader_registry"),
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_plans_blob_id"), "plans", ["blob_id"], unique=False)
    op.create_table(
        "changesets",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("old_plan_id", types.INT, nullable=False),
        sa.Column("new_plan_id", types.INT, nullable=False),
        sa.Column("against", types.STR, nullable=False),
        sa.Column("comparer", types.STR, nullable=False),
        sa.Column("registry", types.STR, nullable=False),
        sa.Column("verdicts", types.STR, nullable=False),
        sa.Column("change_count", types.INT, nullable=False),
        sa.Column("major_count", types.INT, nullable=False),
        sa.Column("minor_count", types.INT, nullable=False),
        sa.Column("blob_id", types.INT, nullable=False),
        sa.Column("made_at", types.MOMENT, nullable=False),
        sa.CheckConstraint(
            "against IN ('predecessor', 'baseline', 'adhoc')", name=op.f("ck_changesets_against")
        ),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_changesets_blob_id")),
        sa.ForeignKeyConstraint(
            ["new_plan_id"], ["plans.id"], name=op.f("fk_changesets_new_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["old_plan_id"], ["plans.id"], name=op.f("fk_changesets_old_plan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changesets")),
        sa.UniqueConstraint(
            "old_plan_id",
            "new_plan_id",
            "against",
            "comparer",
            "registry",
            "verdicts",
            name=op.f("uq_changesets_old_plan_id_new_plan_id_against_comparer_registry_verdicts"),
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_changesets_blob_id"), "changesets", ["blob_id"], unique=False)
    op.create_index(op.f("ix_changesets_new_plan_id"), "changesets", ["new_plan_id"], unique=False)
    op.create_table(
        "sections",
        sa.Column("plan_id", types.INT, nullable=False),
        sa.Column("ordinal", types.INT, nullable=False),
        sa.Column("section_id", types.STR, nullable=False),
        sa.Column("number", types.STR, nullable=False),
        sa.Column("title", types.STR, nullable=False),
        sa.Column("parent", types.STR, nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_sections_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "ordinal", name=op.f("pk_sections")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tasks",
        sa.Column("plan_id", types.INT, nullable=False),
        sa.Column("ordinal", types.INT, nullable=False),
        sa.Column("content_id", types.INT, nullable=False),
        sa.Column("task_id", types.STR, nullable=False),
        sa.Column("number", types.STR, nullable=True),
        sa.Column("section", types.STR, nullable=True),
        sa.ForeignKeyConstraint(
            ["content_id"], ["task_contents.id"], name=op.f("fk_tasks_content_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_tasks_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "ordinal", name=op.f("pk_tasks")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tasks_content_id_plan_id", "tasks", ["content_id", "plan_id"], unique=False)
    _words()


def _words() -> None:
    """The index over the words of tasks, in the way of each database."""
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE task_words USING fts5("
            "words, content='', detail='none', tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        op.execute(
            "CREATE TABLE task_words ("
            "content_id BIGINT PRIMARY KEY REFERENCES task_contents (id), words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_task_words_words ON task_words USING gin (words)")
