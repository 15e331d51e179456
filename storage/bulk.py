"""Many rows at once, past the conversions of SQLAlchemy, which cost more than the writing itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection


def add_rows(
    conn: Connection, table: sa.Table, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert ``rows``, each with the values of the columns ``names`` in that order.

    The values go to the driver as they are: text must be
    :func:`~storage.tables.columns.storable` and days ISO text.
    """
    if rows:
        conn.exec_driver_sql(_insert(table, names, conn.dialect.paramstyle), list(rows))


@cache
def _insert(table: sa.Table, names: tuple[str, ...], paramstyle: str) -> str:
    mark = "?" if paramstyle == "qmark" else "%s"
    columns = ", ".join(table.c[name].name for name in names)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join([mark] * len(names))})"
