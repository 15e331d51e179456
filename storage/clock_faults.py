"""What a clock that went ahead left in the database, when it has been set right: times that lie
further ahead than any that would be written now.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables.facts import pages, sources
from storage.tables.work import deliveries, leases


def release_leases(conn: Connection, beyond: dt.datetime) -> int:
    """Let go of leases that would hold past ``beyond``; gives how many there were."""
    return conn.execute(leases.delete().where(leases.c.until > beyond)).rowcount


def give_back_deliveries(conn: Connection, beyond: dt.datetime) -> int:
    """Let go of deliveries that somebody claimed until past ``beyond``; gives how many."""
    return conn.execute(
        deliveries.update()
        .where(deliveries.c.state == "pending", deliveries.c.held_until > beyond)
        .values(holder=None, held_until=None)
    ).rowcount


def send_now(conn: Connection, beyond: dt.datetime, now: dt.datetime) -> int:
    """Let deliveries that would be due after ``beyond`` be due ``now``; gives how many."""
    return conn.execute(
        deliveries.update()
        .where(
            deliveries.c.state == "pending",
            sa.or_(deliveries.c.held_until.is_(None), deliveries.c.held_until <= now),
            deliveries.c.due_at > beyond,
        )
        .values(due_at=now)
    ).rowcount


def begin_now(conn: Connection, now: dt.datetime) -> int:
    """Let troubles and absences that would begin after ``now`` begin now; gives how many.

    Else none of them would have lasted long enough to be told before the clock's error has passed.
    """
    troubles = conn.execute(
        sources.update().where(sources.c.failing_since > now).values(failing_since=now)
    ).rowcount
    absences = conn.execute(
        pages.update().where(pages.c.gone_since > now).values(gone_since=now)
    ).rowcount
    return troubles + absences
