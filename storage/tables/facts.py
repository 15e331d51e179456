"""Facts: what is watched, what was seen of it, and when. Rows of these tables are never rewritten.

The exceptions are bookkeeping, not facts: the state columns of sources and pages, the ``last``
columns of visits and witnesses, and the release of bytes that need not be kept for good.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint

from storage.tables.columns import (
    Day,
    Flag,
    Hash,
    Headers,
    Int,
    Json,
    Moment,
    Str,
    key,
    refers,
    table,
)

Strings = tuple[str, ...]

documents = table(
    "documents",
    Column("id", Str, primary_key=True),
    Column("title_zh", Str, nullable=False),
    Column("title_en", Str, nullable=False),
    Column("kind", Str, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("removed_at", Moment),
)

sources = table(
    "sources",
    Column("id", Str, primary_key=True),
    Column("kind", Str, nullable=False),
    Column("authority", Str, nullable=False),
    Column("title", Str, nullable=False),
    Column("url", Str, nullable=False),
    Column("enabled", Flag, nullable=False),
    Column("digest", Str, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("next_due_at", Moment, index=True),
    Column("last_visit_at", Moment),
    Column("last_success_at", Moment),
    Column("last_outcome", Str, nullable=False),
    Column("last_detail", Str, nullable=False),
    Column("failure_streak", Int, nullable=False),
    Column("failing_since", Moment),
    Column("failure_told_at", Moment),
    Column("moved_at", Moment),
    Column("first_round_done_at", Moment),
    CheckConstraint(
        "authority IN ('official', 'mirror', 'translation', 'commentary')", name="authority"
    ),
)

source_documents = table(
    "source_documents",
    refers("source_id", "sources.id", primary_key=True),
    refers("document_id", "documents.id", primary_key=True, index=True),
    rowid=False,
)

pages = table(
    "pages",
    key(),
    refers("source_id", "sources.id"),
    Column("url", Str, nullable=False),
    refers("document_id", "documents.id", optional=True),
    Column("kind", Str, nullable=False),
    Column("title", Str, nullable=False),
    Column("published_on", Day),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_visit_at", Moment),
    Column("last_visit_id", Int),
    Column("etag", Str),
    Column("last_modified", Str),
    Column("body_sha256", Str),
    Column("text_key", Str),
    Column("snapshot_id", Int),
    Column("version_id", Int),
    Column("accepted_at", Moment),
    Column("full_fetch_at", Moment),
    Column("gone_since", Moment),
    Column("gone_visits", Int, nullable=False),
    Column("withdrawn_told_at", Moment),
    UniqueConstraint("source_id", "url"),
    Index("ix_pages_version_id", "version_id"),
    Index("ix_pages_url", "url"),
)

visits = table(
    "visits",
    key(),
    refers("page_id", "pages.id"),
    Column("outcome", Str, nullable=False),
    Column("detail", Str, nullable=False),
    Column("status", Int),
    Column("sha256", Str),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("count", Int, nullable=False),
    Column("milliseconds", Int, nullable=False),
    Index("ix_visits_page_id_id", "page_id", "id"),
    Index("ix_visits_last_at", "last_at"),
)

blobs = table(
    "blobs",
    key(),
    Column("sha256", Hash, nullable=False, unique=True),
    Column("size", Int, nullable=False),
    refers("base_id", "blobs.id", optional=True, index=True),
    Column("data", LargeBinary, nullable=False),
    Column("crc", Int, nullable=False),
)

#: The newest keyframe of a lineage (one URL's bodies, one document's plans) and its use as a base.
keyframes = table(
    "keyframes",
    Column("lineage", Str, primary_key=True),
    refers("blob_id", "blobs.id"),
    Column("deltas", Int, nullable=False),
    rowid=False,
)

snapshots = table(
    "snapshots",
    key(),
    refers("source_id", "sources.id", optional=True),
    Column("url", Str, nullable=False),
    Column("final_url", Str, nullable=False),
    Column("hops", Json(Strings), nullable=False),
    Column("status", Int),
    Column("headers", Headers, nullable=False),
    Column("media_type", Str, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("sha256", Hash, nullable=False),
    Column("size", Int, nullable=False),
    refers("blob_id", "blobs.id", optional=True, index=True),
    Index("ix_snapshots_url_id", "url", "id"),
)

versions = table(
    "versions",
    key(),
    refers("document_id", "documents.id"),
    Column("number", Int, nullable=False),
    Column("edition", Str, nullable=False),
    Column("language", Str, nullable=False),
    Column("nature", Str, nullable=False),
    Column("text_key", Str, nullable=False),
    Column("status", Str, nullable=False),
    Column("title", Str, nullable=False),
    Column("document_number", Str),
    Column("issuer", Str),
    Column("issued_on", Day),
    Column("published_on", Day),
    Column("ordered_on", Day, nullable=False),
    refers("source_id", "sources.id", optional=True),
    Column("url", Str, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    refers("predecessor_id", "versions.id", optional=True),
    Column("first_look", Flag, nullable=False),
    UniqueConstraint("document_id", "number"),
    UniqueConstraint("document_id", "edition", "language", "nature", "text_key"),
    CheckConstraint("status IN ('accepted', 'variant')", name="status"),
    CheckConstraint("language IN ('zh-Hans', 'zh-Hant', 'en')", name="language"),
    CheckConstraint(
        "nature IN ('official', 'translation', 'summary', 'commentary', 'draft')", name="nature"
    ),
    Index(
        "ix_versions_succession",
        "document_id",
        "language",
        "nature",
        "status",
        "edition",
        "ordered_on",
        "fetched_at",
        "id",
    ),
    Index("ix_versions_recorded_at", "recorded_at"),
)

version_parts = table(
    "version_parts",
    refers("version_id", "versions.id", primary_key=True),
    Column("ordinal", Int, primary_key=True),
    Column("kind", Str, nullable=False),
    refers("snapshot_id", "snapshots.id", index=True),
    CheckConstraint("kind IN ('page', 'further', 'attachment')", name="kind"),
    rowid=False,
)

witnesses = table(
    "witnesses",
    key(),
    refers("version_id", "versions.id"),
    refers("source_id", "sources.id", optional=True),
    Column("url", Str, nullable=False),
    refers("first_snapshot_id", "snapshots.id"),
    refers("last_snapshot_id", "snapshots.id"),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    UniqueConstraint("version_id", "url"),
)

evidence = table(
    "evidence",
    Column("sequence", Int, primary_key=True, autoincrement=False),
    Column("kind", Str, nullable=False),
    Column("subject", Int, nullable=False),
    Column("facts_hash", Hash, nullable=False),
    #: Over these and the hash of the link before, which is not repeated here.
    Column("hash", Hash, nullable=False),
    Column("at", Moment, nullable=False),
)
