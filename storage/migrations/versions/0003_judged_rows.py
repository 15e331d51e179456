"""A memory of the rows of lists that concern no document."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it fills with the next look at each list."""
    sqlite = op.get_context().dialect.name == "sqlite"
    op.create_table(
        "judged_rows",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.Text(), nullable=False),
        sa.Column("whole_at", sa.Integer() if sqlite else sa.DateTime(timezone=True)),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_judged_rows_source_id"),
        sa.PrimaryKeyConstraint("source_id", name="pk_judged_rows"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
