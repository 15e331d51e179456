"""Pages extracted and read in processes of their own, so that a first round uses all cores.

That is most of what such a round costs, and threads of one process share one core for it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

import msgspec

from monitor.extracting.extract import extract
from plans.model import Extract, Plan, Task, extract_from_json, plan_from_json, to_json
from plans.reading.read import read
from plans.registry.model import Registry
from storage.task_index import PlanIndex, index_of

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)

#: Held until closed: one that is collected while the program ends would complain of it.
_open: set[ReadingPool] = set()


#: How often a text is given to other processes when its own was killed, perhaps for another's sake.
_TRIES = 3
#: Indexes that were made along with a plan and not asked for yet; each thread asks for one at a time.
_MOST_INDEXES = 64


class ReadingPool:
    """Extractor, reader and indexer (see :mod:`monitor.polling.tools`) for many threads, which wait.

    The processes start with the first texts and end with this one, however that ends.
    """

    def __init__(self, registry: Registry, processes: int) -> None:
        """``processes`` is the most that read at one time; one a core is right."""
        self._registry = registry
        self._processes = processes
        self._lock = threading.Lock()
        self._indexes: dict[int, tuple[tuple[Task, ...], PlanIndex]] = {}
        self._pool = self._new()
        _open.add(self)

    def extract(
        self, body: bytes, *, media_type: str = "", url: str = "", charset: str | None = None
    ) -> Extract:
        """As :func:`monitor.extracting.extract.extract`."""
        return extract_from_json(self._call(_extract, body, media_type, url, charset))

    def read(self, extract: Extract, registry: Registry) -> Plan:
        """As :func:`plans.reading.read.read`; with another registry than the pool's within this process."""
        if registry is not self._registry:
            return read(extract, registry)
        encoded, rows = self._call(_read, to_json(extract))
        plan = plan_from_json(encoded)
        with self._lock:
            while len(self._indexes) >= _MOST_INDEXES:
                del self._indexes[next(iter(self._indexes))]
            self._indexes[id(plan.tasks)] = plan.tasks, _decode_index(rows)
        return plan

    def index(self, plan: Plan) -> PlanIndex:
        """As :func:`storage.task_index.index_of`; it was made along with a plan that was read here."""
        with self._lock:
            # What is held is not collected, so that no other tasks can have the number of these.
            _, made = self._indexes.pop(id(plan.tasks), (None, None))
        return index_of(plan) if made is None else made

    def _call(self, work: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        for _ in range(_TRIES):
            pool = self._pool
            try:
                return pool.submit(work, *args, **named).result()
            except BrokenProcessPool:
                # One that was killed (out of memory) takes the others along.
                log.warning("a process that read texts was killed; reading goes on with new ones")
                self._replace(pool)
        return self._pool.submit(work, *args, **named).result()

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
    """Make a new process ready: it leaves the keyboard's signals to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The program's own threads hold locks and have little to do: they go first.
    os.nice(10)
    _prepared.append(registry)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)  # Killed, it could not say goodbye; there is nothing to finish here.


def _extract(body: bytes, media_type: str, url: str, charset: str | None) -> bytes:
    return to_json(extract(body, media_type=media_type, url=url, charset=charset))


def _read(encoded: bytes) -> tuple[bytes, bytes]:
    plan = read(extract_from_json(encoded), _prepared[0])
    return to_json(plan), msgspec.msgpack.encode(index_of(plan))


def _decode_index(rows: bytes) -> PlanIndex:
    return msgspec.msgpack.decode(rows, type=PlanIndex)
