"""Notices that are given once: their names, and when."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.prepared import Prepared
from storage.tables.work import notices

_TOLD = Prepared(sa.select(notices.c.told_at).where(notices.c.name == sa.bindparam("of_name")))
_TELL = Prepared(notices.insert(), ("name", "told_at"))


def first_time(conn: Connection, name: str, *, now: dt.datetime) -> bool:
    """Whether this notice was never given; from now on it was."""
    if told_at(conn, name) is not None:
        return False
    _TELL.run(conn, {"name": name, "told_at": now})
    return True


def told_at(conn: Connection, name: str) -> dt.datetime | None:
    """When this notice was given, None: never."""
    told: dt.datetime | None = _TOLD.scalar(conn, {"of_name": name})
    return told


def forget(conn: Connection, name: str) -> None:
    """Its reason is over; it may be given again."""
    conn.execute(notices.delete().where(notices.c.name == name))
