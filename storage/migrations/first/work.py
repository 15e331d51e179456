"""Work in hand of the first schema: leases, alerts and deliveries, reviews, baselines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.first import types


def create() -> None:
    """Make the tables with their indexes."""
    op.create_table(
        "heartbeats",
        sa.Column("process", types.STR, nullable=False),
        sa.Column("pid", types.INT, nullable=False),
        sa.Column("host", types.STR, nullable=False),
        sa.Column("started_at", types.MOMENT, nullable=False),
        sa.Column("beat_at", types.MOMENT, nullable=False),
        sa.Column("what", types.STR, nullable=False),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_heartbeats")),
        sqlite_strict=True,
    )
    op.create_table(
        "leases",
        sa.Column("name", types.STR, nullable=False),
        sa.Column("holder", types.STR, nullable=False),
        sa.Column("until", types.MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
        sqlite_strict=True,
    )
    op.create_table(
        "notices",
        sa.Column("name", types.STR, nullable=False),
        sa.Column("told_at", types.MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notices")),
        sqlite_strict=True,
    )
    op.create_table(
        "verdicts",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("old_key", types.STR, nullable=False),
        sa.Column("new_key", types.STR, nullable=False),
        sa.Column("verdict", types.STR, nullable=False),
        sa.Column("given_by", types.STR, nullable=False),
        sa.Column("given_at", types.MOMENT, nullable=False),
        sa.CheckConstraint(
            "verdict IN ('confirmed', 'rejected', 'withdrawn')", name=op.f("ck_verdicts_verdict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sqlite_strict=True,
    )
    op.create_index("ix_verdicts_old_key_new_key", "verdicts", ["old_key", "new_key"], unique=False)
    op.create_table(
        "alerts",
        sa.Column("id", types.STR, nullable=False),
        sa.Column("event", types.STR, nullable=False),
        sa.Column("subscription", types.STR, nullable=False),
        sa.Column("document_id", types.STR, nullable=True),
        sa.Column("version_id", types.INT, nullable=True),
        sa.Column("source_id", types.STR, nullable=True),
        sa.Column("url", types.STR, nullable=True),
        sa.Column("headline", types.STR, nullable=False),
        sa.Column("severity", types.STR, nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("chain_head", types.STR, nullable=True),
        sa.Column("created_at", types.MOMENT, nullable=False),
        sa.Column("acknowledged_at", types.MOMENT, nullable=True),
        sa.Column("acknowledged_by", types.STR, nullable=True),
        sa.Column("remind_at", types.MOMENT, nullable=True),
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
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("document_id", types.STR, nullable=False),
        sa.Column("version_id", types.INT, nullable=True),
        sa.Column("pinned", types.FLAG, nullable=False),
        sa.Column("since", types.MOMENT, nullable=False),
        sa.Column("until", types.MOMENT, nullable=True),
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
        "reviews",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("subject", types.STR, nullable=False),
        sa.Column("reason", types.STR, nullable=False),
        sa.Column("document_id", types.STR, nullable=True),
        sa.Column("source_id", types.STR, nullable=True),
        sa.Column("snapshot_id", types.INT, nullable=True),
        sa.Column("url", types.STR, nullable=False),
        sa.Column("title", types.STR, nullable=False),
        sa.Column("detail", types.STR, nullable=False),
        sa.Column("opened_at", types.MOMENT, nullable=False),
        sa.Column("told_at", types.MOMENT, nullable=True),
        sa.Column("decision", types.STR, nullable=True),
        sa.Column("decided_at", types.MOMENT, nullable=True),
        sa.Column("decided_by", types.STR, nullable=True),
        sa.Column("note", types.STR, nullable=False),
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
        "deliveries",
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("alert_id", types.STR, nullable=False),
        sa.Column("channel", types.STR, nullable=False),
        sa.Column("state", types.STR, nullable=False),
        sa.Column("due_at", types.MOMENT, nullable=False),
        sa.Column("mode", types.STR, nullable=False),
        sa.Column("holder", types.STR, nullable=True),
        sa.Column("held_until", types.MOMENT, nullable=True),
        sa.Column("attempt_count", types.INT, nullable=False),
        sa.Column("last_error", types.STR, nullable=True),
        sa.Column("finished_at", types.MOMENT, nullable=True),
        sa.Column("receipt", types.STR, nullable=True),
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
        "alert_changesets",
        sa.Column("alert_id", types.STR, nullable=False),
        sa.Column("changeset_id", types.INT, nullable=False),
        sa.Column("ordinal", types.INT, nullable=False),
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
        sa.Column("id", types.INT, autoincrement=True, nullable=False),
        sa.Column("delivery_id", types.INT, nullable=False),
        sa.Column("holder", types.STR, nullable=False),
        sa.Column("started_at", types.MOMENT, nullable=False),
        sa.Column("ended_at", types.MOMENT, nullable=True),
        sa.Column("outcome", types.STR, nullable=False),
        sa.Column("error", types.STR, nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_attempts_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_attempts_delivery_id"), "attempts", ["delivery_id"], unique=False)
