"""Less room: hashes as bytes, moments as numbers, tasks that stay kept once for many versions."""

from __future__ import annotations

from storage.migrations.second import columns, tracks

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Convert what is there; nothing is lost, and the chain of evidence stays as it is."""
    columns.convert()
    tracks.create()
