"""Each column of each table is evidence, so that a change in it is found, or is said to be outside."""

import sqlite3
from contextlib import closing

import pytest

from storage import outbox, versions
from storage.database import Database
from storage.records import NewAlert
from storage.tables.everything import metadata
from storage.verify import OUTSIDE, verify
from tests.storage.examples import NOW, followed, hours, text

WALKED = ("snapshots", "versions", "version_parts", "witnesses", "evidence", "blobs")
COLUMNS = [
    (table, column.name)
    for table in WALKED
    for column in metadata.tables[table].columns
    if f"{table}.{column.name}" not in OUTSIDE
] + [("alerts", "chain_head")]
#: Values of another kind than those kept, for columns that are empty.
FILL = {"TEXT": "x", "INTEGER": 1, "BLOB": b"x", "REAL": 1.5}


@pytest.fixture
def archive(sqlite_target: str, open_database) -> Database:
    """Three versions, one of them a confirmed variant, and an alert that carries the head."""
    database = open_database(sqlite_target)
    with database.writing() as conn:
        followed(conn)
        text(conn, "a" * 400)
        variant = text(conn, "b" * 400, at=hours(1), status="variant", title="茶")
        text(conn, "c" * 400, at=hours(2))
        versions.confirm(conn, variant.id, now=hours(3))
        alert = NewAlert(id="x", event="test", subscription="s", headline="h", payload={})
        outbox.add(conn, alert, [], now=NOW)
    return database


def spoilt(value: object) -> object:
    """A value of the same type that differs in one place."""
    match value:
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case int():
            return value + 1000
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
        case _:
            raise AssertionError(f"no column holds {value!r}")


def spoil(path: str, table: str, column: str) -> None:
    """Change the column in one row of the file, as somebody with an editor for databases would."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        kinds = {row[1]: row[2] for row in raw.execute(f"PRAGMA table_info({table})")}
        query = f"SELECT {column} FROM {table} ORDER BY {column} IS NULL LIMIT 1"
        (value,) = raw.execute(query).fetchone()
        wrong = FILL[kinds[column]] if value is None else spoilt(value)
        change = f"UPDATE {table} SET {column} = ? WHERE {column} IS ?"
        done = raw.execute(change, (wrong, value))
        assert done.rowcount >= 1


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_change_in_a_column_that_is_evidence_is_found(archive: Database, table, column):
    with archive.reading() as conn:
        assert list(verify(conn)) == []
    spoil(archive.name, table, column)
    with archive.reading() as conn:
        assert list(verify(conn))


def test_every_table_is_walked_or_said_to_be_outside():
    outside = {name for name in OUTSIDE if "." not in name}
    assert set(metadata.tables) == {*WALKED, *outside}
    columns = {
        f"{table}.{column.name}" for table in WALKED for column in metadata.tables[table].columns
    }
    assert {name for name in OUTSIDE if "." in name} <= columns
    assert all(OUTSIDE.values())
