"""The daemon's workers: one host each, its due sources one after the other."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import urlsplit

import structlog

from monitor.config.settings import MOST_WORKERS
from monitor.host_leases import HostBusy
from monitor.outcomes import in_words
from monitor.polling.rounds import after_round
from monitor.polling.source import Round, poll_source
from monitor.quiet import poll_sources
from monitor.runtime import Runtime
from monitor.stopping import Stopping
from storage import quiet, sources
from storage.errors import StorageError
from storage.records import Source

log = structlog.get_logger(__name__)

#: How long the lease of a source holds: longer than a worker needs for all that it takes.
SOURCE_LEASE = dt.timedelta(minutes=30)
#: So many sources of a host a worker takes at a time; the others stay free for other processes.
MOST_OF_A_HOST = 50
#: So many due sources are looked through for hosts that nobody is asking.
MOST_DUE = 2000
BUSY_AGAIN = dt.timedelta(seconds=20)


class Workers:
    """A bounded pool. ``runtime`` gives what to work with at present (``workers`` of its settings
    work at one time), ``told`` is called after alerts were written, ``stop`` ends each worker after
    the page in hand.
    """

    def __init__(
        self, runtime: Callable[[], Runtime], stop: threading.Event, told: Callable[[], None]
    ) -> None:
        self._runtime = runtime
        self._stop = stop
        self._told = told
        self._lock = threading.Lock()
        self._hosts: set[str] = set()
        # Threads are made when they are needed; how many work is the configuration's to say.
        self._pool = ThreadPoolExecutor(max_workers=MOST_WORKERS, thread_name_prefix="poll")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts in hand."""
        with self._lock:
            return tuple(sorted(self._hosts))

    def close(self) -> None:
        """Wait until every worker has finished its page; the event must be set."""
        self._pool.shutdown(wait=True)

    def fill(self) -> None:
        """Lease what is due at hosts that nobody is asking, and give it to the free workers."""
        runtime = self._runtime()
        with self._lock:
            free = runtime.config.settings.workers - len(self._hosts)
            if self._stop.is_set() or free <= 0:
                return
            now = runtime.now()
            with runtime.database.reading() as conn:
                due = sources.due(conn, now, limit=MOST_DUE)
            for host, some in _by_host(due, self._hosts, free).items():
                with runtime.database.writing(durable=False) as conn:
                    mine = set(
                        quiet.claim(
                            conn,
                            [source.id for source in some],
                            runtime.holder,
                            now=now,
                            until=now + SOURCE_LEASE,
                        )
                    )
                if not mine:
                    continue
                self._hosts.add(host)
                batch = [source for source in some if source.id in mine]
                self._pool.submit(self._work, host, batch).add_done_callback(_raise_in_log)
            idle = not self._hosts
        if idle:
            runtime.hosts.release(runtime.database, runtime.holder)

    def _work(self, host: str, batch: list[Source]) -> None:
        try:
            self._poll(batch)
        finally:
            with self._lock:
                self._hosts.discard(host)
        if not self._stop.is_set():
            try:
                self.fill()
            except StorageError as error:
                log.error("database", problem=str(error))

    def _poll(self, batch: list[Source]) -> None:
        """Poll all of ``batch``; whatever goes wrong is logged, and comes due again."""
        runtime = self._runtime()
        enabled = {config.id for config in runtime.config.enabled_sources}
        left = {source.id: source for source in batch if source.id in enabled}
        dropped = [source for source in batch if source.id not in enabled]
        wait: dt.timedelta | None = None
        try:
            for one in poll_sources(runtime, list(left), poll=poll_safely):
                _log(one, left.pop(one.source).url)
                if one.told:
                    self._told()
        except HostBusy as busy:
            log.info("waits", sources=len(left), reason=str(busy))
            wait = BUSY_AGAIN
        except Stopping:
            wait = dt.timedelta(0)
        except StorageError as error:
            log.error("database", problem=str(error))
        except Exception:
            log.exception("polling failed", sources=sorted(left))
            wait = BUSY_AGAIN
        _give_back(runtime, [*left.values(), *dropped], wait)


def poll_safely(runtime: Runtime, source_id: str) -> Round:
    """:func:`poll_source`, where a fault of our own is an outcome: logged, and due again later.

    Raises what says nothing of the source: a busy host, an end, the database's faults.
    """
    try:
        return poll_source(runtime, source_id)
    except (HostBusy, Stopping, StorageError):
        raise
    except Exception as error:
        log.exception("poll failed", source=source_id)
        detail = f"{type(error).__name__}: {error}"
        told, due = after_round(
            runtime,
            runtime.config.source(source_id),
            "program_fault",
            detail,
            complete=False,
            moved=False,
        )
        return Round(
            source=source_id, outcome="program_fault", detail=detail, told=told, next_due_at=due
        )


def _by_host(due: Iterable[Source], taken: set[str], free: int) -> dict[str, list[Source]]:
    """Up to ``free`` hosts that nobody is asking, with their due sources, the longest due first."""
    found: dict[str, list[Source]] = {}
    for source in due:
        host = urlsplit(source.url).netloc.lower() or source.id
        if host in taken or (host not in found and len(found) >= free):
            continue
        some = found.setdefault(host, [])
        if len(some) < MOST_OF_A_HOST:
            some.append(source)
    return found


def _give_back(runtime: Runtime, left: list[Source], wait: dt.timedelta | None) -> None:
    """Release sources that were leased and not polled; with ``wait`` they are due after it."""
    if not left:
        return
    try:
        with runtime.database.writing(durable=False) as conn:
            for source in left:
                if wait is not None:
                    sources.set_due(conn, source.id, runtime.now() + wait)
                sources.release(conn, source.id, runtime.holder)
    except StorageError as error:
        # The leases run out by themselves.
        log.error("database", problem=str(error))


def _log(one: Round, url: str) -> None:
    for look in one.looks:
        log.info(
            in_words(look.outcome),
            source=one.source,
            url=look.url,
            detail=look.detail or None,
            milliseconds=look.milliseconds,
        )
    if not one.looks:
        log.info(
            in_words(one.outcome),
            source=one.source,
            url=url,
            detail=one.detail or None,
            milliseconds=one.milliseconds,
        )


def _raise_in_log(future: Future[None]) -> None:
    error = future.exception()
    if error is not None:
        log.error("worker failed", exc_info=error)
