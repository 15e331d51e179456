"""One request at a time to a host, spaced by our own clock."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.fetching.clock import Clock


class _Host:
    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.free_at = float("-inf")
        self.waiting = 0


class Hosts:
    """The turns of all hosts that this process asks; other processes hold leases for that."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, spacing: float) -> Iterator[None]:
        """Wait until nobody else asks ``host`` and ``spacing`` seconds lie behind the last end."""
        with self._lock:
            entry = self._hosts.setdefault(host, _Host())
            entry.waiting += 1
        try:
            with entry.turn:
                wait = entry.free_at + spacing - self._clock.monotonic()
                if wait > 0:
                    # Never longer than the spacing, also where the clock was set back.
                    self._clock.sleep(min(wait, spacing))
                try:
                    yield
                finally:
                    entry.free_at = self._clock.monotonic()
        finally:
            with self._lock:
                entry.waiting -= 1
                self._forget_idle()

    def _forget_idle(self) -> None:
        # Redirects can name any number of hosts; those long unused are let go.
        if len(self._hosts) < 2000:
            return
        now = self._clock.monotonic()
        for host, entry in list(self._hosts.items()):
            if not entry.waiting and now - entry.free_at > 3600:
                del self._hosts[host]
