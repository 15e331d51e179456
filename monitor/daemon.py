"""The daemon: looks at what is due, on a bounded pool, until it is told to stop.

A tick a second; what is due, who polls it and what came of it are rows in the database, so
that a daemon that was killed goes on where it was.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import threading
from collections.abc import Callable
from typing import Protocol

import msgspec
import structlog
from sqlalchemy.engine import Connection

from monitor import refused
from monitor.clock_faults import LONGEST_LEASE, set_right
from monitor.config.model import Config
from monitor.reloading import ConfigFile, only_at_start
from monitor.rereading import reread
from monitor.runtime import Runtime, sync
from monitor.schedule import SHANGHAI, spread_overdue
from monitor.sweeping import sweep
from monitor.workers import Workers
from storage import heartbeat, leases, outbox, sources
from storage.errors import StorageError
from storage.records import Heartbeat

log = structlog.get_logger(__name__)

DAEMON = "daemon"
TICK_SECONDS = 1.0
#: How long the lease of the daemon outlives its last tick.
DAEMON_LEASE = dt.timedelta(seconds=60)
#: A longer gap between two ticks means that the machine slept.
ASLEEP = dt.timedelta(minutes=5)
#: A clock that goes back by more was set.
SET_BACK = dt.timedelta(seconds=30)
SPREAD_STEP = dt.timedelta(seconds=2)
SWEEP_EVERY = dt.timedelta(hours=1)


#: The daemons of this very process, by holder.
_HERE: set[str] = set()


class DaemonRunning(Exception):
    """Another daemon works on this database; the message names it."""


class Drains(Protocol):
    """See :class:`alerts.drain.Drainer`."""

    def start(self) -> None:
        """Begin to send."""

    def kick(self) -> None:
        """Alerts were written."""

    def stop(self, patience: float = 20.0) -> bool:
        """Finish the message in hand."""
        ...


class Assembled(Protocol):
    """A runtime with the means to tell, made for one configuration."""

    @property
    def runtime(self) -> Runtime:
        """For polling."""
        ...

    @property
    def drainer(self) -> Drains:
        """For sending."""
        ...

    def close(self) -> None:
        """Let go of connections and processes; nothing uses it any more."""
        ...


class Daemon:
    """Make one and call :meth:`run`; it ends when ``stop`` is set.

    ``assemble`` makes runtime and drainer for a configuration, at the start and whenever ``file``
    changes, always with the same ``holder``: what is claimed in the daemon's name must be known as
    its own by whoever comes after it. Give its fetcher a :class:`monitor.stopping.StoppableClock` on the same ``stop``, so
    that waits between requests end with it.
    """

    def __init__(
        self,
        assemble: Callable[[Config, str], Assembled],
        config: Config,
        *,
        holder: str,
        stop: threading.Event,
        reload: threading.Event | None = None,
        file: ConfigFile | None = None,
        started: Callable[[], None] = lambda: None,
        tick_seconds: float = TICK_SECONDS,
    ) -> None:
        self._assemble = assemble
        self._holder = holder
        self._started = started
        self._stop = stop
        self._reload = reload or threading.Event()
        self._file = file
        self._tick_seconds = tick_seconds
        self._current = assemble(config, holder)
        self._runtime = msgspec.structs.replace(self._current.runtime, stopping=stop.is_set)
        self._wanted: Config | None = None
        self._mistakes: tuple[str, ...] = ()
        self._retired: list[Assembled] = []
        self._workers: Workers | None = None
        self._last_tick: dt.datetime | None = None
        self._last_sweep: dt.datetime | None = None
        self._announced: dt.datetime | None = None
        self._started_at = self.runtime.now()

    @property
    def runtime(self) -> Runtime:
        """What it works with at present."""
        return self._runtime

    # --- from outside -----------------------------------------------------------------------------

    def stop(self) -> None:
        """Finish the pages in hand and end; may be called from a signal handler."""
        self._stop.set()

    def reload(self) -> None:
        """Take the configuration file at the next tick; may be called from a signal handler."""
        self._reload.set()

    def run(self) -> None:
        """Work until :meth:`stop`. Raises :class:`DaemonRunning`, and storage's errors at the start."""
        self._claim_daemon()
        try:
            self._begin()
            self._started()
            while not self._stop.is_set():
                self._tick()
                # Waits by a clock that nobody can set: the one of the day may jump.
                self._stop.wait(self._tick_seconds)
        finally:
            self._end()

    # --- beginning and end ------------------------------------------------------------------------

    def _begin(self) -> None:
        runtime = self.runtime
        changed = sync(runtime)
        if changed.added or changed.removed:
            log.info("sources", added=len(changed.added), removed=len(changed.removed))
        set_right(runtime)
        reread(runtime)
        self._spread()
        self._workers = Workers(
            lambda: self._runtime, self._stop, lambda: self._current.drainer.kick()
        )
        self._current.drainer.start()

    def _end(self) -> None:
        self._stop.set()
        if self._workers is not None:
            self._workers.close()
        runtime = self.runtime
        self._current.drainer.stop()
        _HERE.discard(runtime.holder)
        with runtime.database.writing() as conn:
            leases.release(conn, DAEMON, runtime.holder)
            mine = heartbeat.get(conn, DAEMON)
            if mine is not None and mine.pid == os.getpid():
                heartbeat.clear(conn, DAEMON)
                refused.keep(conn, (), runtime.now())
        runtime.hosts.release(runtime.database, runtime.holder)
        for one in (*self._retired, self._current):
            one.close()
        log.info("stopped")

    def _claim_daemon(self) -> None:
        runtime = self.runtime
        now = runtime.now()
        doing = self._doing()
        with runtime.database.writing() as conn:
            other = heartbeat.get(conn, DAEMON)
            held = leases.get(conn, DAEMON)
            if held is not None and other is not None and _is_dead(other, held.holder):
                # A daemon of this machine that was killed: nobody has to wait for its lease.
                leases.release(conn, DAEMON, held.holder)
            if held is not None and held.until > now + LONGEST_LEASE:
                # Nobody takes one for so long: the clock was ahead. A daemon that lives has set
                # its own right a second later.
                leases.release(conn, DAEMON, held.holder)
            if not leases.claim(conn, DAEMON, runtime.holder, now=now, until=now + DAEMON_LEASE):
                who = (
                    f"process {other.pid} on {other.host}, since {other.started_at:%Y-%m-%d %H:%M}"
                    if other
                    else "another process"
                )
                raise DaemonRunning(
                    f"a daemon works on {runtime.database.name} already ({who}); end it first"
                )
            if held is not None and held.holder != runtime.holder:
                # Whoever was the daemon before is gone, and with it what it had in hand.
                for lease in leases.live(conn, now):
                    if lease.holder == held.holder:
                        leases.release(conn, lease.name, lease.holder)
                outbox.give_back_all(conn, held.holder)
            self._beat_in(conn, now, doing)
            refused.keep(conn, (), now)  # What this daemon begins with was read without a mistake.
        _HERE.add(runtime.holder)

    # --- the tick ---------------------------------------------------------------------------------

    def _tick(self) -> None:
        if self._stop.is_set():
            return
        try:
            now = self.runtime.now()
            self._beat(now)
            self._take_configuration()
            self._close_retired()
            if self._last_tick is not None and now < self._last_tick - SET_BACK:
                set_right(self.runtime)
                self._last_sweep = None
            if self._last_tick is not None and now - self._last_tick > ASLEEP:
                log.info(
                    "back after a pause",
                    minutes=round((now - self._last_tick).total_seconds() / 60),
                )
                self._spread()
            self._last_tick = now
            if self._last_sweep is None or now - self._last_sweep >= SWEEP_EVERY:
                self._last_sweep = now
                if sweep(self.runtime):
                    self._current.drainer.kick()
            if self._workers is not None:
                self._workers.fill()
            self._announce()
        except StorageError as error:
            # The next tick tries again; what was claimed runs out by itself.
            log.error("database", problem=str(error))
        except Exception:
            log.exception("tick failed")

    def _announce(self) -> None:
        """Say once, when there is nothing to do, when the next look is."""
        if self._workers is None or self._workers.hosts:
            return
        with self.runtime.database.reading() as conn:
            due = sources.next_due(conn)
        if due is not None and due > self.runtime.now() and due != self._announced:
            self._announced = due
            log.info(
                "waiting", next_look=f"{due.astimezone(SHANGHAI):%Y-%m-%d %H:%M} Asia/Shanghai"
            )

    def _beat(self, now: dt.datetime) -> None:
        runtime = self.runtime
        # Asked before the database: a worker that leases sources waits for the database while it
        # keeps what is in hand to itself, and each would wait for the other.
        doing = self._doing()
        with runtime.database.writing(durable=False) as conn:
            if not leases.claim(conn, DAEMON, runtime.holder, now=now, until=now + DAEMON_LEASE):
                log.error("another daemon has taken over this database; ending")
                self._stop.set()
                return
            self._beat_in(conn, now, doing)

    def _doing(self) -> str:
        return ", ".join(self._workers.hosts if self._workers else ()) or "waiting"

    def _beat_in(self, conn: Connection, now: dt.datetime, doing: str) -> None:
        heartbeat.beat(
            conn,
            Heartbeat(
                process=DAEMON,
                pid=os.getpid(),
                host=socket.gethostname(),
                started_at=self._started_at,
                beat_at=now,
                what=doing,
            ),
        )

    def _take_configuration(self) -> None:
        """Work with the file's newest good content; what the database refuses is tried again."""
        if self._file is not None:
            asked = self._reload.is_set()
            self._reload.clear()
            self._wanted = self._file.changed(asked=asked) or self._wanted
            self._note_mistakes(self._file.mistakes)
        config, self._wanted = self._wanted, None
        if config is None:
            return
        try:
            self._take(config)
        except StorageError:
            self._wanted = config
            raise

    def _note_mistakes(self, mistakes: tuple[str, ...]) -> None:
        if mistakes != self._mistakes:
            with self.runtime.database.writing() as conn:
                refused.keep(conn, mistakes, self.runtime.now())
            self._mistakes = mistakes

    def _take(self, config: Config) -> None:
        for what in only_at_start(self.runtime.config, config):
            log.warning("changed, and taken at the next start", what=what)
        after = self._assemble(config, self._holder)
        # The hosts in hand were leased by the first one.
        runtime = msgspec.structs.replace(
            after.runtime, hosts=self._runtime.hosts, stopping=self._stop.is_set
        )
        changed = sync(runtime)
        log.info("configuration in force", added=len(changed.added), removed=len(changed.removed))
        before = self._current
        self._current, self._runtime = after, runtime
        before.drainer.stop()
        after.drainer.start()
        self._retired.append(before)

    def _close_retired(self) -> None:
        """Let go of what earlier configurations had, once no look is under way that may use it."""
        if not self._retired or (self._workers is not None and self._workers.hosts):
            return
        for one in self._retired:
            one.close()
        self._retired.clear()

    def _spread(self) -> None:
        """Sources that came due while nobody looked are polled once, spread out."""
        runtime = self.runtime
        now = runtime.now()
        with runtime.database.writing() as conn:
            late = [s for s in sources.due(conn, now, limit=100_000) if s.last_visit_at is not None]
            spread = spread_overdue(
                [source.id for source in late],
                now,
                at_once=runtime.config.settings.workers,
                step=SPREAD_STEP,
            )
            for source_id, due in spread.items():
                sources.set_due(conn, source_id, due)


def _is_dead(sign: Heartbeat, holder: str) -> bool:
    """Whether the process that gave this sign, and holds the lease, is known to be gone.

    Of another machine nothing is known. A process of our own number that is not in this one is a
    former life, as in a container, where the daemon is always the first process.
    """
    if sign.host != socket.gethostname():
        return False
    if sign.pid == os.getpid():
        return holder not in _HERE
    try:
        os.kill(sign.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
