"""Leases: who may poll a source, ask a host or be the daemon, until when.

They are rows, so that daemon, command line and other machines share them. A holder that died loses
its lease when its time is over.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.prepared import Prepared
from storage.records import Lease
from storage.rows import columns, many, one
from storage.tables.work import leases

# Made once: they are part of every poll.
_TAKE = Prepared(
    leases.update()
    .where(
        leases.c.name == sa.bindparam("lease"),
        sa.or_(leases.c.holder == sa.bindparam("held_by"), leases.c.until <= sa.bindparam("now")),
    )
    .values(holder=sa.bindparam("held_by"), until=sa.bindparam("till"))
)
_RELEASE = Prepared(
    leases.delete().where(
        leases.c.name == sa.bindparam("lease"), leases.c.holder == sa.bindparam("held_by")
    )
)
_OF_NAME = Prepared(
    sa.select(*columns(Lease, leases)).where(leases.c.name == sa.bindparam("lease"))
)
_NEW = Prepared(leases.insert(), ("name", "holder", "until"))


def claim(
    conn: Connection, name: str, holder: str, *, now: dt.datetime, until: dt.datetime
) -> bool:
    """Take the lease, or prolong it where ``holder`` has it; False where another one holds it."""
    taken = _TAKE.run(conn, {"lease": name, "held_by": holder, "now": now, "till": until})
    if taken:
        return True
    if get(conn, name) is not None:
        return False
    _NEW.run(conn, {"name": name, "holder": holder, "until": until})
    return True


def release(conn: Connection, name: str, holder: str) -> None:
    """Give the lease back; nothing happens where ``holder`` has lost it meanwhile."""
    _RELEASE.run(conn, {"lease": name, "held_by": holder})


def get(conn: Connection, name: str) -> Lease | None:
    """The lease as it stands, live or not."""
    return one(conn, _OF_NAME, Lease, {"lease": name})


def live(conn: Connection, now: dt.datetime, prefix: str = "") -> tuple[Lease, ...]:
    """The leases that hold now, by name."""
    query = (
        sa.select(*columns(Lease, leases))
        .where(leases.c.until > now, leases.c.name.startswith(prefix, autoescape=True))
        .order_by(leases.c.name)
    )
    return many(conn, query, Lease)
