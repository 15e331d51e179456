"""Signs of life: what `planwatch status` reads to tell whether the daemon runs."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.records import Heartbeat
from storage.rows import columns, many, one, values
from storage.tables.work import heartbeats


def beat(conn: Connection, sign: Heartbeat) -> None:
    """Keep the newest sign of this process."""
    changed = conn.execute(
        heartbeats.update().where(heartbeats.c.process == sign.process).values(**values(sign))
    ).rowcount
    if not changed:
        conn.execute(heartbeats.insert().values(**values(sign)))


def get(conn: Connection, process: str) -> Heartbeat | None:
    """The newest sign of a process (``daemon``), None where there never was one."""
    query = sa.select(*columns(Heartbeat, heartbeats)).where(heartbeats.c.process == process)
    return one(conn, query, Heartbeat)


def list_all(conn: Connection) -> tuple[Heartbeat, ...]:
    """All processes that ever gave a sign, by name."""
    query = sa.select(*columns(Heartbeat, heartbeats)).order_by(heartbeats.c.process)
    return many(conn, query, Heartbeat)


def clear(conn: Connection, process: str) -> None:
    """A process that ended cleanly leaves no sign."""
    conn.execute(heartbeats.delete().where(heartbeats.c.process == process))
