"""All but small comparisons put off the search for cyclic garbage while they run.

Comparing makes some hundred thousand sets and no cycle among them. The interpreter walks through all
of them again and again as they grow in number: a third of the time at 10,000 tasks a side, two to
four parts in a hundred at 110. So all but small plans are run without, and never for longer than one
comparison.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

#: From this many tasks on both sides together.
LARGE = 200


class _Pause:
    """How many comparisons ask for the pause just now, and whether the search was on before."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asking = 0
        self._was_on = False

    def begin(self) -> None:
        with self._lock:
            if self._asking == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._asking += 1

    def end(self) -> None:
        with self._lock:
            self._asking -= 1
            if self._asking == 0 and self._was_on:
                gc.enable()


_PAUSE = _Pause()


@contextmanager
def uncollected(tasks: int) -> Iterator[None]:
    """Run the block without looking for cyclic garbage where it compares that many tasks.

    Several threads may be inside at once: the search goes on when the last of them leaves, if it
    was on before. What references alone keep count of is freed as ever.
    """
    if tasks < LARGE:
        yield
        return
    _PAUSE.begin()
    try:
        yield
    finally:
        _PAUSE.end()
