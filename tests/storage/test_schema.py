"""The schema: what migrations make is what the tables say, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.database import Database
from storage.tables.everything import metadata


def test_migrations_make_the_tables_as_declared(database: Database):
    with database.reading() as conn:
        context = MigrationContext.configure(
            conn, opts={"include_name": lambda name, kind, _parent: not _search_index(name, kind)}
        )
        assert compare_metadata(context, metadata) == []


def _search_index(name: str | None, kind: str) -> bool:
    """The index over words is made by hand, in the way of each database."""
    return kind == "table" and (name or "").startswith("task_words")
