"""The chain without what each link repeated of the one before, and without indexes over its hashes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def slim() -> None:
    """Drop the column and both indexes: ``verify`` walks the chain, nothing looks links up."""
    if op.get_context().dialect.name != "sqlite":
        op.drop_index("ix_evidence_kind_subject", "evidence")
        op.drop_constraint("uq_evidence_hash", "evidence", type_="unique")
        op.drop_column("evidence", "previous")
        return
    op.rename_table("evidence", "old_evidence")
    op.create_table(
        "evidence",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("facts_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_evidence"),
        sqlite_strict=True,
    )
    names = "sequence, kind, subject, facts_hash, hash, at"
    op.execute(f"INSERT INTO evidence ({names}) SELECT {names} FROM old_evidence")
    op.drop_table("old_evidence")
