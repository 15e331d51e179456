"""Leases: who may poll a source, ask a host or be the daemon, until when.

They are rows, so that daemon, command line and other machines share them. A holder that died loses
its lease when its time is over.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.records import Lease
from storage.rows import columns, many, one
from storage.tables.work import leases

# Made once: they are part of every poll.
_TAKE = (
    leases.update()
    .where(
        leases.c.name == sa.bindparam("lease"),
        sa.or_(leases.c.holder == sa.bindparam("held_by"), leases.c.until <= sa.bindparam("now")),
    )
    .values(holder=sa.bindparam("held_by"), until=sa.bindparam("till"))
)
_RELEASE = leases.delete().where(
    leases.c.name == sa.bindparam("lease"), leases.c.holder == sa.bindparam("held_by")
)


def claim(
    conn: Connection, name: str, holder: str, *, now: dt.datetime, until: dt.datetime
) -> bool:
    """Take the lease, or prolong it where ``holder`` has it; False where another one holds it."""
    taken = conn.execute(
        _TAKE, {"lease": name, "held_by": holder, "now": now, "till": until}
    ).rowcount
    if taken:
        return True
    if get(conn, name) is not None:
        return False
    conn.execute(leases.insert().values(name=name, holder=holder, until=until))
    return True


def release(conn: Connection, name: str, holder: str) -> None:
    """Give the lease back; nothing happens where ``holder`` has lost it meanwhile."""
    conn.execute(_RELEASE, {"lease": name, "held_by": holder})


def get(conn: Connection, name: str) -> Lease | None:
    """The lease as it stands, live or not."""
    return one(conn, sa.select(*columns(Lease, leases)).where(leases.c.name == name), Lease)


def live(conn: Connection, now: dt.datetime, prefix: str = "") -> tuple[Lease, ...]:
    """The leases that hold now, by name."""
    query = (
        sa.select(*columns(Lease, leases))
        .where(leases.c.until > now, leases.c.name.startswith(prefix, autoescape=True))
        .order_by(leases.c.name)
    )
    return many(conn, query, Lease)
