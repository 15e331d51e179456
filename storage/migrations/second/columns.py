"""Hashes as bytes, moments as whole microseconds on SQLite, small tables in their own key."""

from __future__ import annotations

import re
import sqlite3

from alembic import op

#: The columns that are converted: moments (on SQLite alone), and hashes.
_CONVERTED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "documents": (("added_at", "removed_at"), ()),
    "sources": (
        (
            *("added_at", "removed_at", "next_due_at", "last_visit_at", "last_success_at"),
            *("failing_since", "failure_told_at", "moved_at", "first_round_done_at"),
        ),
        (),
    ),
    "source_documents": ((), ()),
    "pages": (
        (
            *("first_seen_at", "last_visit_at", "accepted_at", "full_fetch_at"),
            *("gone_since", "withdrawn_told_at"),
        ),
        (),
    ),
    "visits": (("first_at", "last_at"), ()),
    "blobs": ((), ("sha256",)),
    "keyframes": ((), ()),
    "snapshots": (("fetched_at",), ("sha256",)),
    "versions": (("fetched_at", "recorded_at"), ()),
    "version_parts": ((), ()),
    "witnesses": (("first_at", "last_at"), ()),
    "evidence": (("at",), ("facts_hash", "previous", "hash")),
    "extracts": (("made_at",), ()),
    "plans": (("made_at",), ()),
    "changesets": (("made_at",), ()),
    "translations": (("made_at",), ()),
    "leases": (("until",), ()),
    "heartbeats": (("started_at", "beat_at"), ()),
    "alerts": (("created_at", "acknowledged_at", "remind_at"), ("chain_head",)),
    "alert_changesets": ((), ()),
    "deliveries": (("due_at", "held_until", "finished_at"), ()),
    "attempts": (("started_at", "ended_at"), ()),
    "reviews": (("opened_at", "told_at", "decided_at"), ()),
    "verdicts": (("given_at",), ()),
    "baselines": (("since", "until"), ()),
    "notices": (("told_at",), ()),
}
#: Tables of which SQLite kept the key twice.
_IN_THEIR_KEY = frozenset({"source_documents", "keyframes", "version_parts", "alert_changesets"})


def convert() -> None:
    """Rewrite each table in its new form; no row is lost and no value changes its meaning."""
    op.drop_index("ix_snapshots_sha256", "snapshots")
    if op.get_context().dialect.name == "sqlite":
        raw = op.get_bind().connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.create_function("bytes_of_hex", 1, _bytes_of_hex, deterministic=True)
        for table, (moments, hashes) in _CONVERTED.items():
            _rewrite(table, moments, hashes)
        return
    for table, (_, hashes) in _CONVERTED.items():
        for column in hashes:
            op.execute(
                f"ALTER TABLE {table} ALTER COLUMN {column} TYPE BYTEA"
                f" USING decode({column}, 'hex')"
            )


def _bytes_of_hex(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)


def _rewrite(table: str, moments: tuple[str, ...], hashes: tuple[str, ...]) -> None:
    """SQLite's own way of changing a column: a new table, its rows, the old one's name.

    Foreign keys are not enforced while migrations run, and name the table, which is back at the end.
    """
    conn = op.get_bind()
    found = conn.exec_driver_sql(
        "SELECT type, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL", (table,)
    ).all()
    [made] = [sql for kind, sql in found if kind == "table"]
    for column in moments:
        made = re.sub(rf"(?m)^(\s*{column}) TEXT\b", r"\1 INTEGER", made)
    for column in hashes:
        made = re.sub(rf"(?m)^(\s*{column}) TEXT\b", r"\1 BLOB", made)
    made = re.sub(rf"^CREATE TABLE {table} ", f"CREATE TABLE new_{table} ", made)
    if table in _IN_THEIR_KEY:
        made = made.rstrip() + ", WITHOUT ROWID"
        # SQLite's integrity check finds a NULL that is not there where the key does not come first.
        made = re.sub(r"(?m)^(\s*changeset_id .*\n)(\s*ordinal .*\n)", r"\2\1", made)
    names = [row[1] for row in conn.exec_driver_sql(f"PRAGMA table_info({table})")]
    values = [_value(name, moments, hashes) for name in names]
    conn.exec_driver_sql(made)
    conn.exec_driver_sql(
        f"INSERT INTO new_{table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table}"
    )
    conn.exec_driver_sql(f"DROP TABLE {table}")
    conn.exec_driver_sql(f"ALTER TABLE new_{table} RENAME TO {table}")
    for kind, sql in found:
        if kind == "index":
            conn.exec_driver_sql(sql)


def _value(name: str, moments: tuple[str, ...], hashes: tuple[str, ...]) -> str:
    if name in hashes:
        return f"bytes_of_hex({name})"
    if name in moments:
        # 2025-05-07T04:00:00.000000Z
        seconds = f"CAST(strftime('%s', substr({name}, 1, 19)) AS INTEGER)"
        return f"{seconds} * 1000000 + CAST(substr({name}, 21, 6) AS INTEGER)"
    return name
