"""Texts read in processes of their own, so that a first round of many sources uses all cores.

Reading is most of what such a round costs, and threads of one process share one core for it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from plans.model import Extract, Plan, extract_from_json, plan_from_json, to_json
from plans.reading.read import read
from plans.registry.model import Registry

log = logging.getLogger(__name__)

#: Held until closed: one that is collected while the program ends would complain of it.
_open: set[ReadingPool] = set()


class ReadingPool:
    """A reader (see :class:`monitor.polling.tools.Reader`) for many threads, which wait for it.

    The processes start with the first texts and end with this one, however that ends.
    """

    def __init__(self, registry: Registry, processes: int) -> None:
        """``processes`` is the most that read at one time; one a core is right."""
        self._registry = registry
        self._processes = processes
        self._lock = threading.Lock()
        self._pool = self._new()
        _open.add(self)

    def read(self, extract: Extract, registry: Registry) -> Plan:
        """As :func:`plans.reading.read.read`; with another registry than the pool's within this process."""
        if registry is not self._registry:
            return read(extract, registry)
        pool = self._pool
        try:
            return plan_from_json(pool.submit(_read, to_json(extract)).result())
        except BrokenProcessPool:
            # One that was killed (out of memory) takes the others along.
            log.warning("a process that read texts was killed; reading goes on with new ones")
            self._replace(pool)
            return read(extract, registry)

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)
        _open.discard(self)

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(self._registry,),
        )

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = self._new()
        broken.shutdown(wait=False)


_prepared: list[Registry] = []


def _prepare(registry: Registry) -> None:
    """Make a new process ready: it leaves signals of the keyboard to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _prepared.append(registry)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)  # Killed, it could not say goodbye; there is nothing to finish here.


def _read(extract: bytes) -> bytes:
    return to_json(read(extract_from_json(extract), _prepared[0]))
