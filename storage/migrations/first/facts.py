"""Facts of the first schema: documents, sources, pages, snapshots, versions, the chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.first import types


def create() -> None:
    """Make the tables with their indexes."""
    op.create_table(
        "blobs",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("sha256", types.STR, nullable=False),
        sa.Column("size", types.INT, nullable=False),
        sa.Column("base_id", types.INT, nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("crc", types.INT, nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["blobs.id"], name=op.f("fk_blobs_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blobs")),
        sa.UniqueConstraint("sha256", name=op.f("uq_blobs_sha256")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_blobs_base_id"), "blobs", ["base_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", types.STR, nullable=False),
        sa.Column("title_zh", types.STR, nullable=False),
        sa.Column("title_en", types.STR, nullable=False),
        sa.Column("kind", types.STR, nullable=False),
        sa.Column("added_at", types.MOMENT, nullable=False),
        sa.Column("removed_at", types.MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sqlite_strict=True,
    )
    op.create_table(
        "evidence",
        sa.Column("sequence", types.INT, autoincrement=False, nullable=False),
        sa.Column("kind", types.STR, nullable=False),
        sa.Column("subject", types.INT, nullable=False),
        sa.Column("facts_hash", types.STR, nullable=False),
        sa.Column("previous", types.STR, nullable=False),
        sa.Column("hash", types.STR, nullable=False),
        sa.Column("at", types.MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_evidence")),
        sa.UniqueConstraint("hash", name=op.f("uq_evidence_hash")),
        sqlite_strict=True,
    )
    op.create_index("ix_evidence_kind_subject", "evidence", ["kind", "subject"], unique=False)
    op.create_table(
        "sources",
        sa.Column("id", types.STR, nullable=False),
        sa.Column("kind", types.STR, nullable=False),
        sa.Column("authority", types.STR, nullable=False),
        sa.Column("title", types.STR, nullable=False),
        sa.Column("url", types.STR, nullable=False),
        sa.Column("enabled", types.FLAG, nullable=False),
        sa.Column("digest", types.STR, nullable=False),
        sa.Column("added_at", types.MOMENT, nullable=False),
        sa.Column("removed_at", types.MOMENT, nullable=True),
        sa.Column("next_due_at", types.MOMENT, nullable=True),
        sa.Column("last_visit_at", types.MOMENT, nullable=True),
        sa.Column("last_success_at", types.MOMENT, nullable=True),
        sa.Column("last_outcome", types.STR, nullable=False),
        sa.Column("last_detail", types.STR, nullable=False),
        sa.Column("failure_streak", types.INT, nullable=False),
        sa.Column("failing_since", types.MOMENT, nullable=True),
        sa.Column("failure_told_at", types.MOMENT, nullable=True),
        sa.Column("moved_at", types.MOMENT, nullable=True),
        sa.Column("first_round_done_at", types.MOMENT, nullable=True),
        sa.CheckConstraint(
            "authority IN ('official', 'mirror', 'translation', 'commentary')",
            name=op.f("ck_sources_authority"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sources_next_due_at"), "sources", ["next_due_at"], unique=False)
    op.create_table(
        "keyframes",
        sa.Column("lineage", types.STR, nullable=False),
        sa.Column("blob_id", types.INT, nullable=False),
        sa.Column("deltas", types.INT, nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_keyframes_blob_id")),
        sa.PrimaryKeyConstraint("lineage", name=op.f("pk_keyframes")),
        sqlite_strict=True,
    )
    op.create_table(
        "pages",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("source_id", types.STR, nullable=False),
        sa.Column("url", types.STR, nullable=False),
        sa.Column("document_id", types.STR, nullable=True),
        sa.Column("kind", types.STR, nullable=False),
        sa.Column("title", types.STR, nullable=False),
        sa.Column("published_on", types.DAY, nullable=True),
        sa.Column("first_seen_at", types.MOMENT, nullable=False),
        sa.Column("last_visit_at", types.MOMENT, nullable=True),
        sa.Column("last_visit_id", types.INT, nullable=True),
        sa.Column("etag", types.STR, nullable=True),
        sa.Column("last_modified", types.STR, nullable=True),
        sa.Column("body_sha256", types.STR, nullable=True),
        sa.Column("text_key", types.STR, nullable=True),
        sa.Column("snapshot_id", types.INT, nullable=True),
        sa.Column("version_id", types.INT, nullable=True),
        sa.Column("accepted_at", types.MOMENT, nullable=True),
        sa.Column("full_fetch_at", types.MOMENT, nullable=True),
        sa.Column("gone_since", types.MOMENT, nullable=True),
        sa.Column("gone_visits", types.INT, nullable=False),
        sa.Column("withdrawn_told_at", types.MOMENT, nullable=True),
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
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("source_id", types.STR, nullable=True),
        sa.Column("url", types.STR, nullable=False),
        sa.Column("final_url", types.STR, nullable=False),
        sa.Column("hops", types.STR, nullable=False),
        sa.Column("status", types.INT, nullable=True),
        sa.Column("headers", types.STR, nullable=False),
        sa.Column("media_type", types.STR, nullable=False),
        sa.Column("fetched_at", types.MOMENT, nullable=False),
        sa.Column("sha256", types.STR, nullable=False),
        sa.Column("size", types.INT, nullable=False),
        sa.Column("blob_id", types.INT, nullable=True),
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
        sa.Column("source_id", types.STR, nullable=False),
        sa.Column("document_id", types.STR, nullable=False),
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
        "versions",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("document_id", types.STR, nullable=False),
        sa.Column("number", types.INT, nullable=False),
        sa.Column("edition", types.STR, nullable=False),
        sa.Column("language", types.STR, nullable=False),
        sa.Column("nature", types.STR, nullable=False),
        sa.Column("text_key", types.STR, nullable=False),
        sa.Column("status", types.STR, nullable=False),
        sa.Column("title", types.STR, nullable=False),
        sa.Column("document_number", types.STR, nullable=True),
        sa.Column("issuer", types.STR, nullable=True),
        sa.Column("issued_on", types.DAY, nullable=True),
        sa.Column("published_on", types.DAY, nullable=True),
        sa.Column("ordered_on", types.DAY, nullable=False),
        sa.Column("source_id", types.STR, nullable=True),
        sa.Column("url", types.STR, nullable=False),
        sa.Column("fetched_at", types.MOMENT, nullable=False),
        sa.Column("recorded_at", types.MOMENT, nullable=False),
        sa.Column("predecessor_id", types.INT, nullable=True),
        sa.Column("first_look", types.FLAG, nullable=False),
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
        "version_parts",
        sa.Column("version_id", types.INT, nullable=False),
        sa.Column("ordinal", types.INT, nullable=False),
        sa.Column("kind", types.STR, nullable=False),
        sa.Column("snapshot_id", types.INT, nullable=False),
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
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("page_id", types.INT, nullable=False),
        sa.Column("outcome", types.STR, nullable=False),
        sa.Column("detail", types.STR, nullable=False),
        sa.Column("status", types.INT, nullable=True),
        sa.Column("sha256", types.STR, nullable=True),
        sa.Column("first_at", types.MOMENT, nullable=False),
        sa.Column("last_at", types.MOMENT, nullable=False),
        sa.Column("count", types.INT, nullable=False),
        sa.Column("milliseconds", types.INT, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_visits_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sqlite_strict=True,
    )
    op.create_index("ix_visits_last_at", "visits", ["last_at"], unique=False)
    op.create_index("ix_visits_page_id_id", "visits", ["page_id", "id"], unique=False)
    op.create_table(
        "witnesses",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("version_id", types.INT, nullable=False),
        sa.Column("source_id", types.STR, nullable=True),
        sa.Column("url", types.STR, nullable=False),
        sa.Column("first_snapshot_id", types.INT, nullable=False),
        sa.Column("last_snapshot_id", types.INT, nullable=False),
        sa.Column("first_at", types.MOMENT, nullable=False),
        sa.Column("last_at", types.MOMENT, nullable=False),
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
