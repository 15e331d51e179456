"""The hosts that this process may ask: rows in the database, so that processes share them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from storage import leases
from storage.database import Database

#: How long a lease on a host holds beyond the longest request; prolonged while we go on asking it.
HOST_LEASE = dt.timedelta(seconds=90)
HOST_PREFIX = "host:"


class HostBusy(Exception):
    """Another process is asking this host; come back later."""


class HostLeases:
    """What one process holds; safe to share between its threads.

    A lease is taken for longer than one request and kept while it is in use, so that asking one
    host a thousand times is not a thousand writes.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._using: dict[str, int] = {}
        self._until: dict[str, dt.datetime] = {}

    @contextmanager
    def hold(
        self, database: Database, url: str, *, holder: str, now: dt.datetime, longest: dt.timedelta
    ) -> Iterator[None]:
        """Hold the host of ``url`` for at least ``longest``. Raises :class:`HostBusy`."""
        host = urlsplit(url).netloc.lower()
        with self._lock:
            if self._until.get(host, now) < now + longest:
                until = now + longest + HOST_LEASE
                with database.writing(durable=False) as conn:
                    mine = leases.claim(conn, HOST_PREFIX + host, holder, now=now, until=until)
                if not mine:
                    raise HostBusy(f"another process is asking {host}")
                self._until[host] = until
            self._using[host] = self._using.get(host, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._using[host] -= 1

    def release(self, database: Database, holder: str) -> None:
        """Give back every host that nothing is using."""
        with self._lock:
            idle = [host for host, uses in self._using.items() if uses == 0]
            if not idle:
                return
            with database.writing(durable=False) as conn:
                for host in idle:
                    leases.release(conn, HOST_PREFIX + host, holder)
            for host in idle:
                del self._using[host]
                self._until.pop(host, None)
