"""Work in hand: who holds what, what is to be told, and what persons have decided."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint

from storage.tables.columns import Flag, Hash, Int, Json, Moment, Str, key, refers, table

leases = table(
    "leases",
    Column("name", Str, primary_key=True),
    Column("holder", Str, nullable=False),
    Column("until", Moment, nullable=False),
)

heartbeats = table(
    "heartbeats",
    Column("process", Str, primary_key=True),
    Column("pid", Int, nullable=False),
    Column("host", Str, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False),
    Column("what", Str, nullable=False),
)

alerts = table(
    "alerts",
    Column("id", Str, primary_key=True),
    Column("event", Str, nullable=False),
    Column("subscription", Str, nullable=False),
    refers("document_id", "documents.id", optional=True),
    refers("version_id", "versions.id", optional=True, index=True),
    Column("source_id", Str),
    Column("url", Str),
    Column("headline", Str, nullable=False),
    Column("severity", Str, nullable=False),
    #: See :mod:`storage.payloads`.
    Column("payload", LargeBinary, nullable=False),
    Column("chain_head", Hash),
    Column("created_at", Moment, nullable=False, index=True),
    Column("acknowledged_at", Moment),
    Column("acknowledged_by", Str),
    Column("remind_at", Moment, index=True),
    Index("ix_alerts_document_id_created_at", "document_id", "created_at"),
)

alert_changesets = table(
    "alert_changesets",
    refers("alert_id", "alerts.id", primary_key=True),
    Column("ordinal", Int, primary_key=True),
    refers("changeset_id", "changesets.id", index=True),
    rowid=False,
)

deliveries = table(
    "deliveries",
    key(),
    refers("alert_id", "alerts.id"),
    Column("channel", Str, nullable=False),
    Column("state", Str, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("mode", Str, nullable=False),
    Column("holder", Str),
    Column("held_until", Moment),
    Column("attempt_count", Int, nullable=False),
    Column("last_error", Str),
    Column("finished_at", Moment),
    Column("receipt", Str),
    UniqueConstraint("alert_id", "channel"),
    CheckConstraint("state IN ('pending', 'sent', 'dead', 'dropped')", name="state"),
    Index("ix_deliveries_state_due_at", "state", "due_at"),
    Index("ix_deliveries_channel_state_due_at", "channel", "state", "due_at"),
)

attempts = table(
    "attempts",
    key(),
    refers("delivery_id", "deliveries.id", index=True),
    Column("holder", Str, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Str, nullable=False),
    Column("error", Str),
)

reviews = table(
    "reviews",
    key(),
    Column("subject", Str, nullable=False),
    Column("reason", Str, nullable=False),
    refers("document_id", "documents.id", optional=True),
    refers("source_id", "sources.id", optional=True),
    refers("snapshot_id", "snapshots.id", optional=True),
    Column("url", Str, nullable=False),
    Column("title", Str, nullable=False),
    Column("detail", Json(dict[str, object]), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("told_at", Moment),
    Column("decision", Str),
    Column("decided_at", Moment),
    Column("decided_by", Str),
    Column("note", Str, nullable=False),
    Index("ix_reviews_subject", "subject"),
    Index("ix_reviews_decided_at", "decided_at"),
)

#: Append-only: the newest row of a pair of texts holds.
verdicts = table(
    "verdicts",
    key(),
    Column("old_key", Str, nullable=False),
    Column("new_key", Str, nullable=False),
    Column("verdict", Str, nullable=False),
    Column("given_by", Str, nullable=False),
    Column("given_at", Moment, nullable=False),
    CheckConstraint("verdict IN ('confirmed', 'rejected', 'withdrawn')", name="verdict"),
    Index("ix_verdicts_old_key_new_key", "old_key", "new_key"),
)

baselines = table(
    "baselines",
    key(),
    refers("document_id", "documents.id"),
    refers("version_id", "versions.id", optional=True),
    Column("pinned", Flag, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Index("ix_baselines_document_id_until", "document_id", "until"),
)

notices = table(
    "notices",
    Column("name", Str, primary_key=True),
    Column("told_at", Moment, nullable=False),
)

#: One row a source, rewritten as a whole: hundreds of rows of their own would never be asked for alone.
judged_rows = table(
    "judged_rows",
    refers("source_id", "sources.id", primary_key=True),
    Column("judged_by", Str, nullable=False),
    Column("whole_at", Moment),
    Column("digests", Json(tuple[str, ...]), nullable=False),
    rowid=False,
)
