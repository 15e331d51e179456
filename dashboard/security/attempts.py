"""How often somebody may try to log in: few wrong tokens in a minute, by address and in all."""

from __future__ import annotations

import datetime as dt
import threading

WINDOW = dt.timedelta(minutes=1)
PER_ADDRESS = 5
IN_ALL = 30


class Attempts:
    """The wrong attempts of the last minute. Safe between threads; forgets what is older."""

    def __init__(self) -> None:
        self._failed: list[tuple[dt.datetime, str]] = []
        self._lock = threading.Lock()

    def allowed(self, address: str, now: dt.datetime) -> bool:
        """Whether this address may try now."""
        with self._lock:
            self._failed = [(at, who) for at, who in self._failed if now - at < WINDOW]
            own = sum(1 for _, who in self._failed if who == address)
            return own < PER_ADDRESS and len(self._failed) < IN_ALL

    def failed(self, address: str, now: dt.datetime) -> None:
        """Remember a wrong attempt."""
        with self._lock:
            self._failed.append((now, address))
