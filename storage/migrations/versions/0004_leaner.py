"""Headers packed; of a link of the chain what cannot be had from the link before; free pages given back."""

from __future__ import annotations

from storage.migrations.fourth import evidence, headers

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Convert what is there; nothing is lost, and the chain of evidence stays as it is."""
    headers.pack()
    evidence.slim()
