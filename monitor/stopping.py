"""Waits that end when the program is told to stop."""

from __future__ import annotations

import datetime as dt
import threading

from monitor.fetching.clock import Clock


class Stopping(Exception):
    """A wait was ended because the program stops; nothing was half done."""


class StoppableClock:
    """A clock whose :meth:`sleep` raises :class:`Stopping` as soon as ``stop`` is set.

    A request that runs is not ended: it has its own deadline.
    """

    def __init__(self, clock: Clock, stop: threading.Event) -> None:
        self._clock = clock
        self._stop = stop

    def now(self) -> dt.datetime:
        """See :class:`monitor.fetching.clock.Clock`."""
        return self._clock.now()

    def monotonic(self) -> float:
        """See :class:`monitor.fetching.clock.Clock`."""
        return self._clock.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait in real time; raises :class:`Stopping`."""
        if self._stop.wait(seconds):
            raise Stopping
