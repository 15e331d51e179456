"""A configuration file that is not taken: kept, so that other processes can tell of it.

The daemon works on with the last good one, and `planwatch status` is another process. So what the
daemon found stands beside its signs of life.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Sequence

from sqlalchemy.engine import Connection

from plans.model import Value
from storage import heartbeat
from storage.records import Heartbeat

_NAME = "configuration"
#: Whoever mends these sees the others then.
_MOST = 20


class Refused(Value, frozen=True, kw_only=True):
    """``mistakes`` are lines with file, place, what is wrong and what to write instead; ``since``
    is when the file had the first of them while somebody looked.
    """

    since: dt.datetime
    mistakes: tuple[str, ...]

    def lines(self) -> list[str]:
        """One sentence a mistake, for people."""
        since = f"not taken since {self.since:%Y-%m-%d %H:%M} UTC, the last good one stays"
        return [f"configuration {since}: {mistake}" for mistake in self.mistakes]


def keep(conn: Connection, mistakes: Sequence[str], now: dt.datetime) -> None:
    """Note what is wrong with the file at ``now``; with no mistakes, that nothing is."""
    if not mistakes:
        heartbeat.clear(conn, _NAME)
        return
    before = heartbeat.get(conn, _NAME)
    more = [f"and {len(mistakes) - _MOST} mistakes more"] if len(mistakes) > _MOST else []
    heartbeat.beat(
        conn,
        Heartbeat(
            process=_NAME,
            pid=os.getpid(),
            host=socket.gethostname(),
            started_at=before.started_at if before is not None else now,
            beat_at=now,
            what="\n".join([*mistakes[:_MOST], *more]),
        ),
    )


def refused(conn: Connection) -> Refused | None:
    """What the daemon found wrong with the file, None where it took it."""
    kept = heartbeat.get(conn, _NAME)
    if kept is None:
        return None
    return Refused(since=kept.started_at, mistakes=tuple(kept.what.split("\n")))
