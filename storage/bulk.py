"""Many rows at once, past the conversions of SQLAlchemy, which cost more than the writing itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_AT_ONCE = 500


def add_rows(
    conn: Connection, table: sa.Table, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert ``rows``, each with the values of the columns ``names`` in that order.

    The values go to the driver as they are: text must be
    :func:`~storage.storable.storable` and days ISO text.
    """
    if rows:
        run_many(conn, _insert(table, names, conn.dialect.paramstyle), rows)


def run_many(conn: Connection, text: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Give a statement in the driver's own words to it, once for each row of values."""
    cursor = conn.connection.cursor()
    for hook in conn.dispatch.before_cursor_execute:
        hook(conn, cursor, text, rows, None, True)
    cursor.executemany(text, rows)
    cursor.close()


def numbers_of(
    conn: Connection, table: sa.Table, name: str, keys: Sequence[bytes]
) -> dict[bytes, int]:
    """The ``id`` of each row whose column ``name`` is one of ``keys``, by that key."""
    found: dict[bytes, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = tuple(keys[start : start + _AT_ONCE])
        query = _numbers(table, name, conn.dialect.paramstyle, len(some))
        cursor = conn.connection.cursor()
        cursor.execute(query, some)
        found |= {bytes(key): int(number) for key, number in cursor.fetchall()}
        cursor.close()
    return found


@cache
def _insert(table: sa.Table, names: tuple[str, ...], paramstyle: str) -> str:
    columns = ", ".join(table.c[name].name for name in names)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({_marks(paramstyle, len(names))})"


@cache
def _numbers(table: sa.Table, name: str, paramstyle: str, count: int) -> str:
    marks = _marks(paramstyle, count)
    return f"SELECT {table.c[name].name}, id FROM {table.name} WHERE {name} IN ({marks})"


def _marks(paramstyle: str, count: int) -> str:
    return ", ".join(["?" if paramstyle == "qmark" else "%s"] * count)
