"""One database, SQLite or PostgreSQL, behind the same two doors: ``reading()`` and ``writing()``.

Writers take turns on both. On SQLite that is ``BEGIN IMMEDIATE``; on PostgreSQL an advisory lock of
the transaction. So a writer may look and then write without a race, numbers run without gaps and
the evidence chain has one order. Fetching, reading and comparing happen outside of ``writing()``,
which lasts milliseconds.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from storage import migrate
from storage.errors import (
    DatabaseLocked,
    DatabaseUnreachable,
    NotADatabase,
    OlderSchema,
    StorageError,
    translated,
)
from storage.prepared import Prepared

#: How long a writer waits for its turn before DatabaseLocked.
LOCK_SECONDS = 30.0
#: After this long without a word inside a transaction PostgreSQL ends the session: a stopped
#: process must not hold up all others.
IDLE_SECONDS = 120.0
#: A connection that lay idle for longer is asked whether it is still there before it is used.
PING_SECONDS = 2.0
_USED = "planwatch.used"
#: Free pages that are given back in one turn: a few milliseconds.
_PAGES_AT_ONCE = 500
_FREE = "SELECT freelist_count, page_size FROM pragma_freelist_count, pragma_page_size"
#: Any constant; it only has to be the same in every process.
_WRITER_LOCK = 0x706C616E

#: What a writer on PostgreSQL begins with, by whether it is durable: one question for both.
_LOCK = sa.func.pg_advisory_xact_lock(sa.literal_column(str(_WRITER_LOCK)))
_TURN = {
    True: Prepared(sa.select(_LOCK.label("turn"))),
    False: Prepared(
        sa.select(
            sa.cast(_LOCK, sa.Text).label("turn"),
            sa.func.set_config("synchronous_commit", "off", sa.true()).label("commit"),
        )
    ),
}


def database_url(target: str | Path) -> URL:
    """The URL of a database named by a URL or by the path of an SQLite file.

    Raises DatabaseUnreachable for a URL that is neither SQLite nor PostgreSQL.
    """
    text = str(target)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise DatabaseUnreachable(
            "the database's URL cannot be read; write postgresql://user@host/name or a file's path"
        ) from error
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise DatabaseUnreachable(
        f"databases of the kind {url.drivername!r} (or in memory) are not supported; "
        "write postgresql://user@host/name or a file's path"
    )


class Database:
    """An open database. Safe to share between threads; make one per process."""

    def __init__(self, url: URL, *, lock_seconds: float = LOCK_SECONDS) -> None:
        """Prepare, without connecting; use :meth:`open`, which checks the schema."""
        self.url = url
        self.name = url.render_as_string(hide_password=True)
        self.sqlite = url.get_backend_name() == "sqlite"
        self._lock_seconds = lock_seconds
        self._turn = threading.Lock()
        if self.sqlite:
            self.name = str(url.database)
            self._readers = _sqlite_engine(url, lock_seconds, write=False)
            self._writers = _sqlite_engine(url, lock_seconds, write=True)
        else:
            self._writers = _postgresql_engine(url, lock_seconds)
            self._readers = self._writers.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @classmethod
    def open(
        cls,
        target: str | Path,
        *,
        now: dt.datetime,
        upgrade: bool = False,
        lock_seconds: float = LOCK_SECONDS,
    ) -> Database:
        """Open a database; a new one gets its tables first, an older one only with ``upgrade``.

        ``now`` (aware) names the backup that is made before an upgrade. Raises OlderSchema,
        NewerSchema, NotADatabase, DatabaseUnreachable, DatabaseLocked.
        """
        url = database_url(target)
        state = migrate.info(url)
        if state.revision is None or (upgrade and not state.current):
            migrate.upgrade(url, now=now)
        elif not state.current:
            raise OlderSchema(
                f"{state.name} was made by an older release; "
                "run `planwatch db upgrade` (it backs up first)"
            )
        return cls(url, lock_seconds=lock_seconds)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one unchanging moment and cannot write."""
        with self._door(self._readers) as connection:
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Connection]:
        """A connection whose writes are kept wholly on leaving, or not at all where it raises.

        With ``durable=False`` a loss of power may undo the last such transactions, wholly (never a
        killed process): right for visits and heartbeats, not for what is told or decided.
        """
        if not self.sqlite:
            with self._door(self._writers, durable=durable) as connection:
                yield connection
            return
        # SQLite lets a waiting writer sleep and look again, longer each time, while nobody writes;
        # threads of one process wait for each other here, and are woken.
        if not self._turn.acquire(timeout=self._lock_seconds):
            raise DatabaseLocked(
                f"{self.name} was being written for over {self._lock_seconds:.0f} s; try again"
            )
        try:
            with self._door(self._writers, durable=durable) as connection:
                yield connection
        finally:
            self._turn.release()

    def give_back(self) -> int:
        """Give the free pages of an SQLite file back to the disk; gives how many bytes.

        What was let go of and what the index of words left on merging stays in the file until then.
        A PostgreSQL server does this by itself. Writers get their turn in between.
        """
        given = 0
        while self.sqlite and (pages := self._give_back_some()):
            given += pages
        return given

    def _give_back_some(self) -> int:
        with self._turn, self._writers.connect() as connection:
            raw = _raw(connection)
            ((before, size),) = raw.execute(_FREE)
            if before:
                # A script: a statement would be run one page far.
                raw.executescript(f"PRAGMA incremental_vacuum({_PAGES_AT_ONCE})")
            ((after, _),) = raw.execute(_FREE)
            return int((before - after) * size)

    def close(self) -> None:
        """Close all idle connections."""
        self._readers.dispose()
        self._writers.dispose()

    @contextmanager
    def _door(self, engine: Engine, *, durable: bool | None = None) -> Iterator[Connection]:
        try:
            with engine.connect() as connection:
                if durable is not None and self.sqlite:
                    # Takes effect only between transactions: before the first statement begins one.
                    _raw(connection).execute(
                        f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}"
                    )
                with connection.begin():
                    if durable is not None and not self.sqlite:
                        _TURN[durable].first(connection)
                    yield connection
        except DBAPIError as error:
            named = translated(error, self.name)
            if named is None:
                raise
            raise named from error
        except (sqlite3.Error, psycopg.Error) as error:
            # Of a prepared statement, which goes to the driver without SQLAlchemy's wrapping.
            raise _bare(error, self.name) from error


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _bare(error: sqlite3.Error | psycopg.Error, name: str) -> Exception:
    return translated(DBAPIError("", None, error), name) or error


def _sqlite_engine(url: URL, lock_seconds: float, *, write: bool) -> Engine:
    engine = sa.create_engine(
        url,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=56,
        connect_args={"timeout": lock_seconds, "isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: Any) -> None:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA cache_size = -32000")
        if not write:
            raw.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Read-then-write in a deferred transaction fails with "locked" whatever the timeout says.
        _raw(connection).execute("BEGIN IMMEDIATE" if write else "BEGIN DEFERRED")

    return engine


def _postgresql_engine(url: URL, lock_seconds: float) -> Engine:
    options = (
        f"-c lock_timeout={int(lock_seconds * 1000)} "
        f"-c idle_in_transaction_session_timeout={int(IDLE_SECONDS * 1000)}"
    )
    engine = sa.create_engine(
        url,
        pool_size=8,
        max_overflow=56,
        connect_args={"options": options, "connect_timeout": 10},
    )

    @event.listens_for(engine, "checkin")
    def used(_raw: Any, record: ConnectionPoolEntry) -> None:
        record.info[_USED] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(raw: psycopg.Connection[Any], record: ConnectionPoolEntry, _proxy: Any) -> None:
        # A server that was started anew has ended every connection; asking takes a round trip.
        if time.monotonic() - record.info.get(_USED, time.monotonic()) < PING_SECONDS:
            return
        try:
            raw.execute("SELECT 1")
            raw.rollback()
        except psycopg.Error as error:
            raise DisconnectionError from error

    return engine


__all__ = ["Database", "NotADatabase", "StorageError", "database_url"]
