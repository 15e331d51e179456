"""The whole schema as one value: importing the table modules fills the shared metadata."""

from storage.tables import facts, readings, work
from storage.tables.columns import metadata

__all__ = ["facts", "metadata", "readings", "work"]
