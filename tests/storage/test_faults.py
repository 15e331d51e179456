"""What can go wrong with a database is named, says the remedy, and does no damage."""

import datetime as dt
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL

from storage import documents, heartbeat, migrate, versions
from storage.database import Database, database_url
from storage.errors import (
    DatabaseLocked,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DiskFull,
    NewerSchema,
    NotADatabase,
    OlderSchema,
    StorageError,
)
from storage.records import Heartbeat
from storage.verify import verify
from tests.storage.examples import DOCUMENT, NOW, followed, hours, text

Opener = Callable[..., Database]


def test_a_held_lock_is_named_after_the_waiting_time(
    database: Database, database_target: str, open_database: Opener
):
    with database.writing() as conn:
        followed(conn)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", "hold", database_target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        hasty = open_database(database_target, lock_seconds=0.2)
        with pytest.raises(DatabaseLocked, match="locked by another process"), hasty.writing():
            pass
        holder.stdin.close()
        holder.wait(timeout=30)
    with hasty.writing() as conn:
        text(conn, "after")


def fill_up_sqlite(database: Database, pages: int) -> None:
    """Let the file grow by so many pages at most."""

    def limit(raw: sqlite3.Connection, _record: object) -> None:
        size = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {size + pages}")

    event.listen(database._writers, "connect", limit)
    database._writers.dispose()


def test_a_full_disk_leaves_what_was_there(open_database: Opener, sqlite_target: str):
    database = open_database(sqlite_target)
    with database.writing() as conn:
        followed(conn)
        text(conn, "a")
    fill_up_sqlite(database, 4)
    with pytest.raises(DiskFull, match="nothing was lost"), database.writing() as conn:
        for number in range(100):
            text(conn, os.urandom(4000).hex(), at=hours(number + 1))
    with database.reading() as conn:
        assert [version.text_key for version in versions.list_all(conn)] == ["a"]
        assert list(verify(conn)) == []
    again = open_database(sqlite_target)
    with again.writing() as conn:
        assert text(conn, "b", at=hours(1)).number == 2


def test_a_full_disk_of_the_server_leaves_what_was_there(
    open_database: Opener, postgresql_target: str
):
    """The server refuses an insert as it does when its disk is full."""
    database = open_database(postgresql_target)
    with database.writing() as conn:
        followed(conn)
        text(conn, "a")
        conn.exec_driver_sql(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        conn.exec_driver_sql(
            "CREATE TRIGGER full_disk BEFORE INSERT ON versions EXECUTE FUNCTION full_disk()"
        )
    with pytest.raises(DiskFull, match="nothing was lost"), database.writing() as conn:
        text(conn, "b", at=hours(1))
    with database.reading() as conn:
        assert [version.text_key for version in versions.list_all(conn)] == ["a"]
        assert list(verify(conn)) == []


# --- other files and servers ------------------------------------------------------------------


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return tmp_path / "other.sqlite3"


def test_a_text_file_is_not_a_database(other: Path, open_database: Opener):
    other.write_text("年度计划\n" * 200)
    with pytest.raises(NotADatabase, match="name another file"):
        open_database(other)
    assert other.read_text() == "年度计划\n" * 200


def test_another_programs_database_is_left_alone(other: Path, open_database: Opener):
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("CREATE TABLE songs (title TEXT)")
    before = other.read_bytes()
    with pytest.raises(NotADatabase, match="another program \\(songs\\)"):
        open_database(other)
    assert other.read_bytes() == before


def test_a_damaged_file_is_named(sqlite_target: str, open_database: Opener):
    path = Path(sqlite_target)
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(NotADatabase, match="restore a backup"):
        database = open_database(path)
        with database.writing() as conn:
            followed(conn)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, open_database: Opener):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnreachable, match="folder"):
        open_database(tmp_path / "file" / "planwatch.sqlite3")


def test_a_reader_cannot_write(database: Database):
    with pytest.raises(DatabaseReadOnly), database.reading() as conn:
        followed(conn)
    with database.reading() as conn:
        assert documents.list_all(conn) == ()


def test_a_server_that_is_not_there_is_named_without_its_password(
    open_database: Opener,
):
    secret = "hunter2"
    with pytest.raises(DatabaseUnreachable) as told:
        open_database(f"postgresql://watcher:{secret}@127.0.0.1:1/plans")
    assert "watcher" in str(told.value)
    assert secret not in str(told.value)


def test_a_database_that_the_server_does_not_have_is_named(
    postgresql_server: URL, open_database: Opener
):
    absent = postgresql_server.set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(DatabaseUnreachable):
        open_database(absent)


@pytest.mark.parametrize(
    "target", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgresql//x://"]
)
def test_a_kind_of_database_that_is_not_supported_is_named(target: str, open_database: Opener):
    with pytest.raises(DatabaseUnreachable, match="write postgresql://"):
        open_database(target)


def test_a_session_that_the_server_ended_is_made_anew(
    postgresql_target: str, open_database: Opener
):
    database = open_database(postgresql_target)
    with pytest.raises(DatabaseUnreachable), database.writing() as conn:
        followed(conn)
        own = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with database.reading() as other_conn:
            other_conn.execute(sa.select(sa.func.pg_terminate_backend(own)))
        followed(conn)
    with database.writing() as conn:
        assert documents.list_all(conn) == ()
        followed(conn)


def test_a_datetime_without_zone_is_a_fault_of_the_program(database: Database):
    naive = dt.datetime(2025, 5, 7)  # noqa: DTZ001
    sign = Heartbeat(process="d", pid=1, host="h", started_at=NOW, beat_at=naive, what="")
    with pytest.raises(sa.exc.StatementError, match="time zone"), database.writing() as conn:
        heartbeat.beat(conn, sign)


# --- the schema's history ---------------------------------------------------------------------

SHIPPED = migrate.MIGRATIONS
NEWEST = max(path.name[:4] for path in (SHIPPED / "versions").glob("0*.py"))
NEXT = f"{int(NEWEST) + 1:04}"
LATER = """
from alembic import op
revision = "{number}"
down_revision = "{newest}"

def upgrade():
    op.execute("CREATE TABLE of_a_later_release (x TEXT)")
    op.execute("{then}")
"""


@pytest.fixture
def later_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this the program of a later release, whose history has one migration more."""

    def become(then: str = "SELECT 1") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
        later = LATER.format(then=then, newest=NEWEST, number=NEXT)
        (folder / "versions" / f"{NEXT}_later.py").write_text(later)
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)

    return become


def test_a_newer_schema_is_refused(
    database_target: str, later_release: Callable[..., None], monkeypatch: pytest.MonkeyPatch,
    open_database: Opener,
):  # fmt: skip
    with monkeypatch.context() as later:
        later_release()
        assert migrate.upgrade(database_url(database_target), now=NOW).revision == NEXT
        later.undo()
    monkeypatch.undo()
    with pytest.raises(NewerSchema, match=rf"newer release .*{NEXT}.* up to {NEWEST}"):
        open_database(database_target)


def test_an_older_schema_is_upgraded_when_asked_after_a_backup(
    database_target: str, open_database: Opener, later_release: Callable[..., None]
):
    with open_database(database_target).writing() as conn:
        followed(conn)
        text(conn, "a")
    later_release()
    with pytest.raises(OlderSchema, match="planwatch db upgrade"):
        open_database(database_target)
    done = migrate.upgrade(database_url(database_target), now=NOW)
    assert (done.revision, done.current) == (NEXT, True)
    if done.backup is None:
        assert "://" in database_target
    else:
        assert done.backup == f"{database_target}.20250507T040000.backup"
        with closing(sqlite3.connect(done.backup)) as raw:
            assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWEST,)
            assert raw.execute("SELECT text_key FROM versions").fetchone() == ("a",)
    with open_database(database_target).reading() as conn:
        assert versions.latest(conn, DOCUMENT).text_key == "a"


def test_an_upgrade_that_fails_changes_nothing(
    database_target: str, open_database: Opener, later_release: Callable[..., None]
):
    later_release("INSERT INTO no_such_table VALUES (1)")
    with pytest.raises((StorageError, sa.exc.DBAPIError)):
        migrate.upgrade(database_url(database_target), now=NOW)
    state = migrate.info(database_url(database_target))
    assert (state.revision, state.newest) == (NEWEST, NEXT)
    later_release()
    assert migrate.upgrade(database_url(database_target), now=hours(1)).current


def test_two_programs_that_make_one_database_at_once_make_it_once(
    tmp_path: Path, open_database: Opener
):
    target = tmp_path / "new folder" / "100% tea.sqlite3"
    opened: list[object] = []
    gate = threading.Barrier(4)

    def run() -> None:
        gate.wait(timeout=30)
        try:
            opened.append(open_database(target))
        except Exception as error:
            opened.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [type(found) for found in opened] == [Database] * 4
    with opened[0].writing() as conn:
        followed(conn)


def make_each(folder: Path, files: int, gate: Any, outcomes: Any) -> None:
    """In a process of its own: make the files, each at the same moment as the others do."""
    for number in range(files):
        gate.wait(timeout=60)
        with closing(sqlite3.connect(folder / f"{number}.sqlite3", isolation_level=None)) as raw:
            try:
                migrate.prepare_file(raw)
                outcomes.put("prepared")
            except Exception as error:
                outcomes.put(repr(error))


def test_programs_that_prepare_one_new_file_at_once_wait_for_each_other(tmp_path: Path):
    """SQLite says "locked" at once, in about one of 30 files, where two switch to WAL together."""
    context = multiprocessing.get_context("spawn")
    gate, outcomes = context.Barrier(4), context.Queue()
    programs = [
        context.Process(target=make_each, args=(tmp_path, 150, gate, outcomes)) for _ in range(4)
    ]
    for program in programs:
        program.start()
    told = Counter(outcomes.get(timeout=60) for _ in range(600))
    for program in programs:
        program.join(timeout=30)
    assert told == {"prepared": 600}


def test_looking_makes_no_file(other: Path):
    assert migrate.info(database_url(other)).revision is None
    assert not other.exists()
