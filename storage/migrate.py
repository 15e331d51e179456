"""The schema's history: one for both databases, inside the package, run by Alembic."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import msgspec
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.errors import DatabaseUnreachable, NewerSchema, NotADatabase, translated

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x6D696772
_WAIT_SECONDS = 30
_PAUSE_SECONDS = 0.02


class SchemaInfo(msgspec.Struct, frozen=True, kw_only=True):
    """How far a database's schema is: ``revision`` is None where it has no tables yet."""

    name: str
    revision: str | None
    newest: str
    backup: str | None = None

    @property
    def current(self) -> bool:
        """Whether this program can use it as it is."""
        return self.revision == self.newest


def info(url: URL) -> SchemaInfo:
    """Look at a database without changing it; an SQLite file that is absent is not made.

    Raises NewerSchema, NotADatabase, DatabaseUnreachable, DatabaseLocked.
    """
    name = _name(url)
    newest = _scripts().get_current_head()
    assert newest is not None
    if url.get_backend_name() == "sqlite" and not _path(url).exists():
        return SchemaInfo(name=name, revision=None, newest=newest)
    engine = sa.create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            revision = _revision(connection, name)
    except DBAPIError as error:
        named = translated(error, name)
        if named is None:
            raise
        raise named from error
    if revision is not None and revision not in {s.revision for s in _scripts().walk_revisions()}:
        raise NewerSchema(
            f"{name} was upgraded by a newer release (schema {revision}; this one knows up to "
            f"{newest}); install that release, or restore the backup made before its upgrade"
        )
    return SchemaInfo(name=name, revision=revision, newest=newest)


def upgrade(url: URL, *, now: dt.datetime) -> SchemaInfo:
    """Bring a database to this release's schema; an SQLite file with data is copied beside it first.

    The copy is named after ``now`` and reported as ``backup``. On PostgreSQL the upgrade is one
    transaction; back the server up by its own means. Raises as :func:`info`.
    """
    before = info(url)
    if before.current:
        return before
    backup = None
    if url.get_backend_name() == "sqlite":
        _make_folder(_path(url).parent)
        if before.revision is not None:
            backup = _back_up(_path(url), now)
    engine = sa.create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            _upgrade_alone(connection)
        if backup is not None:
            _write_anew(_path(url))
    except DBAPIError as error:
        named = translated(error, before.name)
        if named is None:
            raise
        raise named from error
    after = info(url)
    return msgspec.structs.replace(after, backup=str(backup) if backup else None)


def _upgrade_alone(connection: Connection) -> None:
    """Run the migrations in one transaction, while any other process that wants to waits."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.isolation_level = None
        prepare_file(raw)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def prepare_file(raw: sqlite3.Connection) -> None:
    """Set what a file keeps for good: free pages can be given back, readers do not wait for a writer.

    SQLite refuses the switch to WAL at once, whatever ``busy_timeout`` says, while another program
    makes the same switch: it is asked again until the other is through. Raises
    :class:`sqlalchemy.exc.DBAPIError` for what the driver says, as SQLAlchemy's own statements do.
    """
    raw.execute(f"PRAGMA busy_timeout = {_WAIT_SECONDS * 1000}")
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            # Of a new file at once, of an older one after _write_anew.
            raw.execute("PRAGMA auto_vacuum = INCREMENTAL")
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise DBAPIError("", None, error) from error
            time.sleep(_PAUSE_SECONDS)


def _write_anew(path: Path) -> None:
    """Write an upgraded file anew, without the room that its old tables had, and so that free pages
    can be given back from now on (:meth:`storage.database.Database.give_back`).

    Raises :class:`sqlalchemy.exc.DBAPIError` as :func:`prepare_file`.
    """
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as raw:
            raw.execute("PRAGMA auto_vacuum = INCREMENTAL")
            raw.execute("VACUUM")
    except sqlite3.Error as error:
        raise DBAPIError("", None, error) from error


def _revision(connection: Connection, name: str) -> str | None:
    inspector = sa.inspect(connection)
    tables = set(inspector.get_table_names())
    if "alembic_version" in tables:
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)
    if tables:
        raise NotADatabase(
            f"{name} holds tables of another program ({', '.join(sorted(tables)[:3])}); "
            "name another file or database"
        )
    return None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnreachable(
            f"the folder {folder} cannot be made ({error.strerror}); name another one"
        ) from error


def _back_up(path: Path, now: dt.datetime) -> Path:
    target = path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%S}.backup")
    try:
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise translated(DBAPIError("", None, error), str(target)) or error from error
    return target


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _path(url: URL) -> Path:
    assert url.database is not None
    return Path(url.database)


def _name(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)
