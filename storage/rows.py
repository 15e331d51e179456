"""Between database rows and records."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.prepared import Prepared

T = TypeVar("T", bound=msgspec.Struct)
Query = sa.Select[Any] | Prepared


def build(kind: type[T], row: Any, **more: Any) -> T:
    """A record from the row's columns of the same names, with ``more`` put over them."""
    return kind(
        **{name: getattr(row, name) for name in kind.__struct_fields__ if name not in more}, **more
    )


def columns(kind: type[msgspec.Struct], table: sa.Table) -> list[sa.Column[Any]]:
    """The table's columns that a record of ``kind`` needs, and no others."""
    return [table.c[name] for name in kind.__struct_fields__ if name in table.c]


def values(record: msgspec.Struct, *leave_out: str) -> dict[str, Any]:
    """A record's fields for an insert, nested values as they are."""
    return {
        name: getattr(record, name) for name in record.__struct_fields__ if name not in leave_out
    }


def insert(conn: Connection, table: sa.Table, **row: Any) -> int:
    """Insert one row and give its number."""
    return int(_insert(table, tuple(row)).scalar(conn, row))


@cache
def _insert(table: sa.Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(table.insert().returning(table.c.id), names)


def one(
    conn: Connection, query: Query, kind: type[T], asked: dict[str, Any] | None = None
) -> T | None:
    """The first row as a record, None where there is none; ``asked`` fills the query's parameters."""
    if isinstance(query, Prepared):
        row = query.first(conn, asked)
    else:
        row = conn.execute(query, asked).first()
    return None if row is None else build(kind, row)


def many(
    conn: Connection, query: Query, kind: type[T], asked: dict[str, Any] | None = None
) -> tuple[T, ...]:
    """All rows as records; ``asked`` fills the query's parameters."""
    if isinstance(query, Prepared):
        rows: Iterable[Any] = query.all(conn, asked)
    else:
        rows = conn.execute(query, asked)
    return tuple(build(kind, row) for row in rows)
