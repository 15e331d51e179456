"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, and the index over the words of tasks in the way of each database."""
    op.create_table(
        "blobs",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("sha256", columns.Str(), nullable=False),
        sa.Column("size", columns.Int, nullable=False),
        sa.Column("base_id", columns.Int, nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("crc", columns.Int, nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["blobs.id"], name=op.f("fk_blobs_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blobs")),
        sa.UniqueConstraint("sha256", name=op.f("uq_blobs_sha256")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_blobs_base_id"), "blobs", ["base_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", columns.Str(), nullable=False),
        sa.Column("title_zh", columns.Str(), nullable=False),
        sa.Column("title_en", columns.Str(), nullable=False),
        sa.Column("kind", columns.Str(), nullable=False),
        sa.Column("added_at", columns.Moment(), nullable=False),
        sa.Column("removed_at", columns.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sqlite_strict=True,
    )
    op.create_table(
        "evidence",
        sa.Column("sequence", columns.Int, autoincrement=False, nullable=False),
        sa.Column("kind", columns.Str(), nullable=False),
        sa.Column("subject", columns.Int, nullable=False),
        sa.Column("facts_hash", columns.Str(), nullable=False),
        sa.Column("previous", columns.Str(), nullable=False),
        sa.Column("hash", columns.Str(), nullable=False),
        sa.Column("at", columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_evidence")),
        sa.UniqueConstraint("hash", name=op.f("uq_evidence_hash")),
        sqlite_strict=True,
    )
    op.create_index("ix_evidence_kind_subject", "evidence", ["kind", "subject"], unique=False)
    op.create_table(
        "heartbeats",
        sa.Column("process", columns.Str(), nullable=False),
        sa.Column("pid", columns.Int, nullable=False),
        sa.Column("host", columns.Str(), nullable=False),
        sa.Column("started_at", columns.Moment(), nullable=False),
        sa.Column("beat_at", columns.Moment(), nullable=False),
        sa.Column("what", columns.Str(), nullable=False),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_heartbeats")),
        sqlite_strict=True,
    )
    op.create_table(
        "leases",
        sa.Column("name", columns.Str(), nullable=False),
        sa.Column("holder", columns.Str(), nullable=False),
        sa.Column("until", columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
        sqlite_strict=True,
    )
    op.create_table(
        "notices",
        sa.Column("name", columns.Str(), nullable=False),
        sa.Column("told_at", columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notices")),
        sqlite_strict=True,
    )
    op.create_table(
        "sources",
        sa.Column("id", columns.Str(), nullable=False),
        sa.Column("kind", columns.Str(), nullable=False),
        sa.Column("authority", columns.Str(), nullable=False),
        sa.Column("title", columns.Str(), nullable=False),
        sa.Column("url", columns.Str(), nullable=False),
        sa.Column("enabled", columns.Flag(), nullable=False),
        sa.Column("digest", columns.Str(), nullable=False),
        sa.Column("added_at", columns.Moment(), nullable=False),
        sa.Column("removed_at", columns.Moment(), nullable=True),
        sa.Column("next_due_at", columns.Moment(), nullable=True),
        sa.Column("last_visit_at", columns.Moment(), nullable=True),
        sa.Column("last_success_at", columns.Moment(), nullable=True),
        sa.Column("last_outcome", columns.Str(), nullable=False),
        sa.Column("last_detail", columns.Str(), nullable=False),
        sa.Column("failure_streak", columns.Int, nullable=False),
        sa.Column("failing_since", columns.Moment(), nullable=True),
        sa.Column("failure_told_at", columns.Moment(), nullable=True),
        sa.Column("moved_at", columns.Moment(), nullable=True),
        sa.Column("first_round_done_at", columns.Moment(), nullable=True),
        sa.CheckConstraint(
            "authority IN ('official', 'mirror', 'translation', 'commentary')",
            name=op.f("ck_sources_authority"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sources_next_due_at"), "sources", ["next_due_at"], unique=False)
    op.create_table(
        "task_contents",
        sa.Column("id", columns.Int, autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("kind", columns.Str(), nullable=False),
        sa.Column("text", columns.Str(), nullable=False),
        sa.Column("deadline_on", columns.Day(), nullable=True),
        sa.Column("deadline_text", columns.Str(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_contents")),
        sa.UniqueConstraint("digest", name=op.f("uq_task_contents_digest")),
        sqlite_strict=True,
    )
    op.create_table(
        "translations",
        sa.Column("text_key", columns.Str(), nullable=False),
        sa.Column("target", columns.Str(), nullable=False),
        sa.Column("provider", columns.Str(), nullable=False),
        sa.Column("glossary", columns.Str(), nullable=False),
        sa.Column("text", columns.Str(), nullable=False),
        sa.Column("made_at", columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint(
            "text_key", "target", "provider", "glossary", name=op.f("pk_translations")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "verdicts",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("old_key", columns.Str(), nullable=False),
        sa.Column("new_key", columns.Str(), nullable=False),
        sa.Column("verdict", columns.Str(), nullable=False),
        sa.Column("given_by", columns.Str(), nullable=False),
        sa.Column("given_at", columns.Moment(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('confirmed', 'rejected', 'withdrawn')", name=op.f("ck_verdicts_verdict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sqlite_strict=True,
    )
    op.create_index("ix_verdicts_old_key_new_key", "verdicts", ["old_key", "new_key"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("content_id", columns.Int, nullable=False),
        sa.Column("ordinal", columns.Int, nullable=False),
        sa.Column("actor", columns.Str(), nullable=False),
        sa.Column("agency", columns.Str(), nullable=True),
        sa.Column("name", columns.Str(), nullable=False),
        sa.Column("actor_kind", columns.Str(), nullable=False),
        sa.Column("role", columns.Str(), nullable=False),
        sa.Column("inherited", columns.Flag(), nullable=False),
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
        "keyframes",
        sa.Column("lineage", columns.Str(), nullable=False),
        sa.Column("blob_id", columns.Int, nullable=False),
        sa.Column("deltas", columns.Int, nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_keyframes_blob_id")),
        sa.PrimaryKeyConstraint("lineage", name=op.f("pk_keyframes")),
        sqlite_strict=True,
    )
    op.create_table(
        "pages",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("source_id", columns.Str(), nullable=False),
        sa.Column("url", columns.Str(), nullable=False),
        sa.Column("document_id", columns.Str(), nullable=True),
        sa.Column("kind", columns.Str(), nullable=False),
        sa.Column("title", columns.Str(), nullable=False),
        sa.Column("published_on", columns.Day(), nullable=True),
        sa.Column("first_seen_at", columns.Moment(), nullable=False),
        sa.Column("last_visit_at", columns.Moment(), nullable=True),
        sa.Column("last_visit_id", columns.Int, nullable=True),
        sa.Column("etag", columns.Str(), nullable=True),
        sa.Column("last_modified", columns.Str(), nullable=True),
        sa.Column("body_sha256", columns.Str(), nullable=True),
        sa.Column("text_key", columns.Str(), nullable=True),
        sa.Column("snapshot_id", columns.Int, nullable=True),
        sa.Column("version_id", columns.Int, nullable=True),
        sa.Column("accepted_at", columns.Moment(), nullable=True),
        sa.Column("full_fetch_at", columns.Moment(), nullable=True),
        sa.Column("gone_since", columns.Moment(), nullable=True),
        sa.Column("gone_visits", columns.Int, nullable=False),
        sa.Column("withdrawn_told_at", columns.Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_pages_document_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_pages_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("source_id", "url", name=op.f("uq_pages_source_id_url")),
        sqlite_strict=True,
    )
    op.create_index("ix_pages_url", "pages", ["url"], unique=False)
    op.create_index("ix_pages_version_id", "pages", ["version_id"], unique=False)
    op.create_table(
        "snapshots",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("source_id", columns.Str(), nullable=True),
        sa.Column("url", columns.Str(), nullable=False),
        sa.Column("final_url", columns.Str(), nullable=False),
        sa.Column("hops", columns.Str(), nullable=False),
        sa.Column("status", columns.Int, nullable=True),
        sa.Column("headers", columns.Str(), nullable=False),
        sa.Column("media_type", columns.Str(), nullable=False),
        sa.Column("fetched_at", columns.Moment(), nullable=False),
        sa.Column("sha256", columns.Str(), nullable=False),
        sa.Column("size", columns.Int, nullable=False),
        sa.Column("blob_id", columns.Int, nullable=True),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_snapshots_blob_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_snapshots_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_snapshots_blob_id"), "snapshots", ["blob_id"], unique=False)
    op.create_index("ix_snapshots_sha256", "snapshots", ["sha256"], unique=False)
    op.create_index("ix_snapshots_url_id", "snapshots", ["url", "id"], unique=False)
    op.create_table(
        "source_documents",
        sa.Column("source_id", columns.Str(), nullable=False),
        sa.Column("document_id", columns.Str(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_source_documents_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_source_documents_source_id")
        ),
        sa.PrimaryKeyConstraint("source_id", "document_id", name=op.f("pk_source_documents")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_source_documents_document_id"), "source_documents", ["document_id"], unique=False
    )
    op.create_table(
        "task_instruments",
        sa.Column("content_id", columns.Int, nullable=False),
        sa.Column("ordinal", columns.Int, nullable=False),
        sa.Column("instrument", columns.Str(), nullable=False),
        sa.Column("title", columns.Str(), nullable=False),
        sa.Column("commitment_text", columns.Str(), nullable=True),
        sa.Column("commitment_level", columns.Int, nullable=True),
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
        sa.Column("content_id", columns.Int, nullable=False),
        sa.Column("ordinal", columns.Int, nullable=False),
        sa.Column("programme", columns.Str(), nullable=False),
        sa.Column("name", columns.Str(), nullable=False),
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
        "versions",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("document_id", columns.Str(), nullable=False),
        sa.Column("number", columns.Int, nullable=False),
        sa.Column("edition", columns.Str(), nullable=False),
        sa.Column("language", columns.Str(), nullable=False),
        sa.Column("nature", columns.Str(), nullable=False),
        sa.Column("text_key", columns.Str(), nullable=False),
        sa.Column("status", columns.Str(), nullable=False),
        sa.Column("title", columns.Str(), nullable=False),
        sa.Column("document_number", columns.Str(), nullable=True),
        sa.Column("issuer", columns.Str(), nullable=True),
        sa.Column("issued_on", columns.Day(), nullable=True),
        sa.Column("published_on", columns.Day(), nullable=True),
        sa.Column("ordered_on", columns.Day(), nullable=False),
        sa.Column("source_id", columns.Str(), nullable=True),
        sa.Column("url", columns.Str(), nullable=False),
        sa.Column("fetched_at", columns.Moment(), nullable=False),
        sa.Column("recorded_at", columns.Moment(), nullable=False),
        sa.Column("predecessor_id", columns.Int, nullable=True),
        sa.Column("first_look", columns.Flag(), nullable=False),
        sa.CheckConstraint(
            "language IN ('zh-Hans', 'zh-Hant', 'en')", name=op.f("ck_versions_language")
        ),
        sa.CheckConstraint(
            "nature IN ('official', 'translation', 'summary', 'commentary', 'draft')",
            name=op.f("ck_versions_nature"),
        ),
        sa.CheckConstraint("status IN ('accepted', 'variant')", name=op.f("ck_versions_status")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_versions_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["versions.id"], name=op.f("fk_versions_predecessor_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_versions_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint(
            "document_id",
            "edition",
            "language",
            "nature",
            "text_key",
            name=op.f("uq_versions_document_id_edition_language_nature_text_key"),
        ),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_versions_document_id_number")),
        sqlite_strict=True,
    )
    op.create_index("ix_versions_recorded_at", "versions", ["recorded_at"], unique=False)
    op.create_index(
        "ix_versions_succession",
        "versions",
        [
            "document_id",
            "language",
            "nature",
            "status",
            "edition",
            "ordered_on",
            "fetched_at",
            "id",
        ],
        unique=False,
    )
    op.create_table(
        "alerts",
        sa.Column("id", columns.Str(), nullable=False),
        sa.Column("event", columns.Str(), nullable=False),
        sa.Column("subscription", columns.Str(), nullable=False),
        sa.Column("document_id", columns.Str(), nullable=True),
        sa.Column("version_id", columns.Int, nullable=True),
        sa.Column("source_id", columns.Str(), nullable=True),
        sa.Column("url", columns.Str(), nullable=True),
        sa.Column("headline", columns.Str(), nullable=False),
        sa.Column("severity", columns.Str(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("chain_head", columns.Str(), nullable=True),
        sa.Column("created_at", columns.Moment(), nullable=False),
        sa.Column("acknowledged_at", columns.Moment(), nullable=True),
        sa.Column("acknowledged_by", columns.Str(), nullable=True),
        sa.Column("remind_at", columns.Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_alerts_document_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_alerts_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_alerts_created_at"), "alerts", ["created_at"], unique=False)
    op.create_index(
        "ix_alerts_document_id_created_at", "alerts", ["document_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_alerts_remind_at"), "alerts", ["remind_at"], unique=False)
    op.create_index(op.f("ix_alerts_version_id"), "alerts", ["version_id"], unique=False)
    op.create_table(
        "baselines",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("document_id", columns.Str(), nullable=False),
        sa.Column("version_id", columns.Int, nullable=True),
        sa.Column("pinned", columns.Flag(), nullable=False),
        sa.Column("since", columns.Moment(), nullable=False),
        sa.Column("until", columns.Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_baselines_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_baselines_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baselines")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_baselines_document_id_until", "baselines", ["document_id", "until"], unique=False
    )
    op.create_table(
        "extracts",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("snapshot_id", columns.Int, nullable=False),
        sa.Column("extractor", columns.Str(), nullable=False),
        sa.Column("state", columns.Str(), nullable=False),
        sa.Column("text_key", columns.Str(), nullable=False),
        sa.Column("blob_id", columns.Int, nullable=False),
        sa.Column("made_at", columns.Moment(), nullable=False),
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
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("version_id", columns.Int, nullable=False),
        sa.Column("extractor", columns.Str(), nullable=False),
        sa.Column("reader", columns.Str(), nullable=False),
        sa.Column("registry", columns.Str(), nullable=False),
        sa.Column("title", columns.Str(), nullable=False),
        sa.Column("task_count", columns.Int, nullable=False),
        sa.Column("blob_id", columns.Int, nullable=False),
        sa.Column("made_at", columns.Moment(), nullable=False),
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
        "reviews",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("subject", columns.Str(), nullable=False),
        sa.Column("reason", columns.Str(), nullable=False),
        sa.Column("document_id", columns.Str(), nullable=True),
        sa.Column("source_id", columns.Str(), nullable=True),
        sa.Column("snapshot_id", columns.Int, nullable=True),
        sa.Column("url", columns.Str(), nullable=False),
        sa.Column("title", columns.Str(), nullable=False),
        sa.Column("detail", columns.Str(), nullable=False),
        sa.Column("opened_at", columns.Moment(), nullable=False),
        sa.Column("told_at", columns.Moment(), nullable=True),
        sa.Column("decision", columns.Str(), nullable=True),
        sa.Column("decided_at", columns.Moment(), nullable=True),
        sa.Column("decided_by", columns.Str(), nullable=True),
        sa.Column("note", columns.Str(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_reviews_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_reviews_snapshot_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_reviews_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sqlite_strict=True,
    )
    op.create_index("ix_reviews_decided_at", "reviews", ["decided_at"], unique=False)
    op.create_index("ix_reviews_subject", "reviews", ["subject"], unique=False)
    op.create_table(
        "version_parts",
        sa.Column("version_id", columns.Int, nullable=False),
        sa.Column("ordinal", columns.Int, nullable=False),
        sa.Column("kind", columns.Str(), nullable=False),
        sa.Column("snapshot_id", columns.Int, nullable=False),
        sa.CheckConstraint(
            "kind IN ('page', 'further', 'attachment')", name=op.f("ck_version_parts_kind")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_version_parts_snapshot_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_version_parts_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "ordinal", name=op.f("pk_version_parts")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_version_parts_snapshot_id"), "version_parts", ["snapshot_id"], unique=False
    )
    op.create_table(
        "visits",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("page_id", columns.Int, nullable=False),
        sa.Column("outcome", columns.Str(), nullable=False),
        sa.Column("detail", columns.Str(), nullable=False),
        sa.Column("status", columns.Int, nullable=True),
        sa.Column("sha256", columns.Str(), nullable=True),
        sa.Column("first_at", columns.Moment(), nullable=False),
        sa.Column("last_at", columns.Moment(), nullable=False),
        sa.Column("count", columns.Int, nullable=False),
        sa.Column("milliseconds", columns.Int, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_visits_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sqlite_strict=True,
    )
    op.create_index("ix_visits_last_at", "visits", ["last_at"], unique=False)
    op.create_index("ix_visits_page_id_id", "visits", ["page_id", "id"], unique=False)
    op.create_table(
        "witnesses",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("version_id", columns.Int, nullable=False),
        sa.Column("source_id", columns.Str(), nullable=True),
        sa.Column("url", columns.Str(), nullable=False),
        sa.Column("first_snapshot_id", columns.Int, nullable=False),
        sa.Column("last_snapshot_id", columns.Int, nullable=False),
        sa.Column("first_at", columns.Moment(), nullable=False),
        sa.Column("last_at", columns.Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_snapshot_id"], ["snapshots.id"], name=op.f("fk_witnesses_first_snapshot_id")
        ),
        sa.ForeignKeyConstraint(
            ["last_snapshot_id"], ["snapshots.id"], name=op.f("fk_witnesses_last_snapshot_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_witnesses_source_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_witnesses_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witnesses")),
        sa.UniqueConstraint("version_id", "url", name=op.f("uq_witnesses_version_id_url")),
        sqlite_strict=True,
    )
    op.create_table(
        "changesets",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("old_plan_id", columns.Int, nullable=False),
        sa.Column("new_plan_id", columns.Int, nullable=False),
        sa.Column("against", columns.Str(), nullable=False),
        sa.Column("comparer", columns.Str(), nullable=False),
        sa.Column("registry", columns.Str(), nullable=False),
        sa.Column("verdicts", columns.Str(), nullable=False),
        sa.Column("change_count", columns.Int, nullable=False),
        sa.Column("major_count", columns.Int, nullable=False),
        sa.Column("minor_count", columns.Int, nullable=False),
        sa.Column("blob_id", columns.Int, nullable=False),
        sa.Column("made_at", columns.Moment(), nullable=False),
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
        "deliveries",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("alert_id", columns.Str(), nullable=False),
        sa.Column("channel", columns.Str(), nullable=False),
        sa.Column("state", columns.Str(), nullable=False),
        sa.Column("due_at", columns.Moment(), nullable=False),
        sa.Column("mode", columns.Str(), nullable=False),
        sa.Column("holder", columns.Str(), nullable=True),
        sa.Column("held_until", columns.Moment(), nullable=True),
        sa.Column("attempt_count", columns.Int, nullable=False),
        sa.Column("last_error", columns.Str(), nullable=True),
        sa.Column("finished_at", columns.Moment(), nullable=True),
        sa.Column("receipt", columns.Str(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sent', 'dead', 'dropped')", name=op.f("ck_deliveries_state")
        ),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_deliveries_alert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("alert_id", "channel", name=op.f("uq_deliveries_alert_id_channel")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_deliveries_channel_state_due_at",
        "deliveries",
        ["channel", "state", "due_at"],
        unique=False,
    )
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"], unique=False)
    op.create_table(
        "sections",
        sa.Column("plan_id", columns.Int, nullable=False),
        sa.Column("ordinal", columns.Int, nullable=False),
        sa.Column("section_id", columns.Str(), nullable=False),
        sa.Column("number", columns.Str(), nullable=False),
        sa.Column("title", columns.Str(), nullable=False),
        sa.Column("parent", columns.Str(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_sections_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "ordinal", name=op.f("pk_sections")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tasks",
        sa.Column("plan_id", columns.Int, nullable=False),
        sa.Column("ordinal", columns.Int, nullable=False),
        sa.Column("content_id", columns.Int, nullable=False),
        sa.Column("task_id", columns.Str(), nullable=False),
        sa.Column("number", columns.Str(), nullable=True),
        sa.Column("section", columns.Str(), nullable=True),
        sa.ForeignKeyConstraint(
            ["content_id"], ["task_contents.id"], name=op.f("fk_tasks_content_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_tasks_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "ordinal", name=op.f("pk_tasks")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tasks_content_id_plan_id", "tasks", ["content_id", "plan_id"], unique=False)
    op.create_table(
        "alert_changesets",
        sa.Column("alert_id", columns.Str(), nullable=False),
        sa.Column("changeset_id", columns.Int, nullable=False),
        sa.Column("ordinal", columns.Int, nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_alert_changesets_alert_id")
        ),
        sa.ForeignKeyConstraint(
            ["changeset_id"], ["changesets.id"], name=op.f("fk_alert_changesets_changeset_id")
        ),
        sa.PrimaryKeyConstraint("alert_id", "ordinal", name=op.f("pk_alert_changesets")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_alert_changesets_changeset_id"), "alert_changesets", ["changeset_id"], unique=False
    )
    op.create_table(
        "attempts",
        sa.Column("id", columns.Int, autoincrement=True, nullable=False),
        sa.Column("delivery_id", columns.Int, nullable=False),
        sa.Column("holder", columns.Str(), nullable=False),
        sa.Column("started_at", columns.Moment(), nullable=False),
        sa.Column("ended_at", columns.Moment(), nullable=True),
        sa.Column("outcome", columns.Str(), nullable=False),
        sa.Column("error", columns.Str(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_attempts_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_attempts_delivery_id"), "attempts", ["delivery_id"], unique=False)
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
