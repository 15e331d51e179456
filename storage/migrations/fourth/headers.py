"""The headers of snapshots, packed as this release packs them."""

from __future__ import annotations

import re
import sqlite3

import sqlalchemy as sa
from alembic import op

from storage.packing import packed_headers

_AT_ONCE = 1000


def pack() -> None:
    """Convert each snapshot's headers from JSON text."""
    if op.get_context().dialect.name == "sqlite":
        _on_sqlite()
    else:
        _on_postgresql()


def _packed(text: str) -> bytes:
    return packed_headers(text.encode())


def _on_sqlite() -> None:
    """A new table, its rows, the old one's name; foreign keys are not enforced meanwhile."""
    conn = op.get_bind()
    raw = conn.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.create_function("packed_headers", 1, _packed, deterministic=True)
    found = conn.exec_driver_sql(
        "SELECT type, sql FROM sqlite_schema WHERE tbl_name = 'snapshots' AND sql IS NOT NULL"
    ).all()
    [made] = [sql for kind, sql in found if kind == "table"]
    made = re.sub(r"(?m)^(\s*headers) TEXT\b", r"\1 BLOB", made)
    made = re.sub(r'^CREATE TABLE "?snapshots"? ', "CREATE TABLE new_snapshots ", made)
    names = [row[1] for row in conn.exec_driver_sql("PRAGMA table_info(snapshots)")]
    values = ["packed_headers(headers)" if name == "headers" else name for name in names]
    conn.exec_driver_sql(made)
    conn.exec_driver_sql(
        f"INSERT INTO new_snapshots ({', '.join(names)}) SELECT {', '.join(values)} FROM snapshots"
    )
    conn.exec_driver_sql("DROP TABLE snapshots")
    conn.exec_driver_sql("ALTER TABLE new_snapshots RENAME TO snapshots")
    for kind, sql in found:
        if kind == "index":
            conn.exec_driver_sql(sql)


def _on_postgresql() -> None:
    conn = op.get_bind()
    op.execute("ALTER TABLE snapshots RENAME COLUMN headers TO old_headers")
    op.execute("ALTER TABLE snapshots ADD COLUMN headers BYTEA")
    table = sa.table(
        "snapshots",
        *(sa.column(name) for name in ("id", "old_headers")),
        sa.column("headers", sa.LargeBinary),
    )
    change = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("of_snapshot"))
        .values(headers=sa.bindparam("its_headers"))
    )
    after = 0
    while True:
        query = sa.select(table.c.id, table.c.old_headers).where(table.c.id > after)
        some = conn.execute(query.order_by(table.c.id).limit(_AT_ONCE)).all()
        if not some:
            break
        conn.execute(change, [{"of_snapshot": n, "its_headers": _packed(text)} for n, text in some])
        after = some[-1][0]
    op.execute("ALTER TABLE snapshots ALTER COLUMN headers SET NOT NULL")
    op.execute("ALTER TABLE snapshots DROP COLUMN old_headers")
