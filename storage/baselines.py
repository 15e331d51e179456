"""Baselines: what a document is held against, with the times when that changed."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.prepared import Prepared
from storage.records import Baseline
from storage.rows import columns, insert, many, one
from storage.tables.work import baselines

_ALL = sa.select(*columns(Baseline, baselines)).where(
    baselines.c.document_id == sa.bindparam("of_document")
)
_HISTORY = _ALL.order_by(baselines.c.id.desc())
_CURRENT = Prepared(_HISTORY.where(baselines.c.until.is_(None)).limit(1))


def current(conn: Connection, document_id: str) -> Baseline | None:
    """The baseline that holds now; None where none was ever set.

    Its ``version_id`` is None where a person cleared it: then the document has none, and wants none.
    """
    return one(conn, _CURRENT, Baseline, {"of_document": document_id})


def set_to(
    conn: Connection, document_id: str, version_id: int, *, pinned: bool, now: dt.datetime
) -> Baseline:
    """Hold the document against a version from now on. ``pinned``: a person said so, and the
    program will not replace it.
    """
    return _change(conn, document_id, version_id, pinned, now)


def clear(conn: Connection, document_id: str, *, now: dt.datetime) -> Baseline:
    """Hold the document against nothing from now on; a person said so."""
    return _change(conn, document_id, None, True, now)


def history(conn: Connection, document_id: str) -> tuple[Baseline, ...]:
    """All baselines of a document, newest first."""
    return many(conn, _HISTORY, Baseline, {"of_document": document_id})


def _change(
    conn: Connection, document_id: str, version_id: int | None, pinned: bool, now: dt.datetime
) -> Baseline:
    before = current(conn, document_id)
    if before is not None:
        if (before.version_id, before.pinned) == (version_id, pinned):
            return before
        conn.execute(baselines.update().where(baselines.c.id == before.id).values(until=now))
    insert(
        conn,
        baselines,
        document_id=document_id,
        version_id=version_id,
        pinned=pinned,
        since=now,
    )
    after = current(conn, document_id)
    assert after is not None
    return after
