"""The first schema."""

from __future__ import annotations

from storage.migrations.first import facts, readings, work

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, and the index over the words of tasks in the way of each database."""
    facts.create()
    readings.create()
    work.create()
