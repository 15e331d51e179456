"""The clock that fetching is given, so that simulated time works as real time does."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """What spacing, waiting between attempts and the age of robots.txt are measured with.

    Deadlines of a running request are not: a socket lives in real time whatever the clock says.
    ``sleep`` may raise to end a wait early (a daemon that is told to stop); the exception passes
    through :meth:`monitor.fetching.fetcher.Fetcher.fetch` unchanged.
    """

    def now(self) -> dt.datetime:
        """The time of day, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Return after so many seconds of this clock."""
        ...


class SystemClock:
    """The machine's own clock; made by entry points only."""

    def now(self) -> dt.datetime:
        """See :class:`Clock`."""
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        """See :class:`Clock`."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """See :class:`Clock`."""
        time.sleep(seconds)
