"""Many rows at once, past the conversions of SQLAlchemy, which cost more than the writing itself.

SQLite is given a statement and the rows; PostgreSQL is given the rows as a stream (``COPY``), since
there each statement of its own is planned, answered and waited for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_AT_ONCE = 500
Rows = Sequence[tuple[object, ...]]


def add_rows(conn: Connection, table: sa.Table, names: tuple[str, ...], rows: Rows) -> None:
    """Insert ``rows``, each with the values of the columns ``names`` in that order.

    The values go to the driver as they are: text must be
    :func:`~storage.storable.storable` and days ISO text.
    """
    columns = tuple(table.c[name].name for name in names)
    add_rows_to(conn, table.name, columns, rows)


def add_rows_to(conn: Connection, table: str, columns: tuple[str, ...], rows: Rows) -> None:
    """The same for a table that SQLAlchemy does not know, such as an index of words."""
    if not rows:
        return
    copying = conn.dialect.name == "postgresql"
    text = _copy(table, columns) if copying else _insert(table, columns)
    cursor = conn.connection.cursor()
    for hook in conn.dispatch.before_cursor_execute:
        hook(conn, cursor, text, rows, None, True)
    if copying:
        with cursor.copy(text) as stream:
            for row in rows:
                stream.write_row(row)
    else:
        cursor.executemany(text, rows)
    cursor.close()


def numbers_of(
    conn: Connection, table: sa.Table, name: str, keys: Sequence[bytes]
) -> dict[bytes, int]:
    """The ``id`` of each row whose column ``name`` is one of ``keys``, by that key."""
    found: dict[bytes, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        cursor = conn.connection.cursor()
        if conn.dialect.name == "postgresql":
            # One text however many keys there are, so that the server need not plan it anew.
            cursor.execute(_numbers(table.name, name, None), (list(some),))
        else:
            cursor.execute(_numbers(table.name, name, len(some)), tuple(some))
        found |= {bytes(key): int(number) for key, number in cursor.fetchall()}
        cursor.close()
    return found


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_marks(len(columns))})"


@cache
def _copy(table: str, columns: tuple[str, ...]) -> str:
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN"


@cache
def _numbers(table: str, name: str, count: int | None) -> str:
    wanted = "= ANY(%s)" if count is None else f"IN ({_marks(count)})"
    return f"SELECT {name}, id FROM {table} WHERE {name} {wanted}"


def _marks(count: int) -> str:
    return ", ".join(["?"] * count)
