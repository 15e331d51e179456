"""What can go wrong with a database, each with the remedy in its message."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError


class StorageError(Exception):
    """Base of all named faults of storage; the message says what to do."""


class DatabaseLocked(StorageError):
    """Another process held the write lock for longer than the waiting time."""


class DiskFull(StorageError):
    """The disk, or the quota, of the database is used up; the transaction left nothing behind."""


class DatabaseUnreachable(StorageError):
    """The file cannot be opened or the server does not answer."""


class DatabaseReadOnly(StorageError):
    """The file or the server does not let the program write."""


class NotADatabase(StorageError):
    """The file is something else, or damaged, or belongs to another program."""


class NewerSchema(StorageError):
    """A newer release of the program has upgraded this database."""


class OlderSchema(StorageError):
    """The database was made by an older release and must be upgraded first."""


class CorruptSnapshot(StorageError):
    """Stored bytes do not decode to what their sha256 says."""


class BytesReleased(StorageError):
    """The bytes of this snapshot were not kept for good; its hash and headers are."""


class NotFound(StorageError, LookupError):
    """Nothing has this id."""


class PredecessorMoved(StorageError):
    """Another process recorded a version in between: compare again with the newer predecessor."""

    def __init__(self, expected: int | None, actual: int | None) -> None:
        super().__init__(
            f"the predecessor was version id {expected} when the texts were compared and is "
            f"{actual} now; compare with that one and record again"
        )
        self.expected = expected
        self.actual = actual


class AlreadyRecorded(StorageError):
    """The same text is a version already: another process was first, or an older text came back."""

    def __init__(self, version_id: int, ref: str) -> None:
        super().__init__(f"this text is {ref} already; tie the snapshot to it instead")
        self.version_id = version_id
        self.ref = ref


class LeaseLost(StorageError):
    """Another process has taken over what this one held; stop working on it."""


class UrlTooLong(StorageError, ValueError):
    """A URL that is longer than any article's."""


class BadRef(StorageError, ValueError):
    """A reference to a version that cannot be understood or points at nothing."""


def translated(error: DBAPIError, name: str) -> StorageError | None:
    """The named fault behind a driver's error; ``name`` is the database without its password.

    None where the error is none of these: then it is a fault of the program and must be seen.
    Result codes: sqlite.org/rescode.html; SQLSTATE: PostgreSQL manual, appendix A.
    """
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _from_sqlite(cause, name)
    return _from_postgresql(error, name)


def _from_sqlite(cause: sqlite3.Error, name: str) -> StorageError | None:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseLocked(
            f"{name} is locked by another process; end it or wait for it, then try again"
        )
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(f"no space is left for {name}; free some and try again: nothing was lost")
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return NotADatabase(
            f"{name} is not a database of this program or is damaged ({cause}); "
            "name another file, or restore a backup"
        )
    if code == sqlite3.SQLITE_READONLY:
        return DatabaseReadOnly(f"{name} cannot be written; check the rights of file and folder")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
        return DatabaseUnreachable(
            f"{name} cannot be opened ({cause}); check that its folder exists and can be written"
        )
    return None


def _from_postgresql(error: DBAPIError, name: str) -> StorageError | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in ("55P03", "40P01", "40001"):
        return DatabaseLocked(
            f"{name} is locked by another process ({state}); wait for it, then try again"
        )
    if state == "53100":
        return DiskFull(f"no space is left for {name}; free some and try again: nothing was lost")
    if state in ("25006", "42501"):
        return DatabaseReadOnly(f"{name} cannot be written; check the rights of its user")
    if state.startswith(("08", "57P", "28", "3D", "53")) or error.connection_invalidated:
        return DatabaseUnreachable(f"{name} does not answer or refuses us ({error.orig})")
    if not state and type(error.orig).__name__ == "OperationalError":
        return DatabaseUnreachable(
            f"{name} does not answer; check address, user and password, and that it runs"
        )
    return None
