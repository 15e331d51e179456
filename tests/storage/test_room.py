"""Room that an SQLite file does not need any more goes back to the disk."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

from storage import blobs
from storage.database import Database


def free(database: Database) -> tuple[int, int]:
    """Free pages of the file, and all its pages."""
    with closing(sqlite3.connect(database.name)) as raw:
        (found,) = raw.execute(
            "SELECT freelist_count, page_count FROM pragma_freelist_count, pragma_page_count"
        )
        return found


def test_what_was_let_go_of_leaves_the_file(sqlite_target: str, open_database):
    database = open_database(sqlite_target)
    with database.writing() as conn:
        kept = blobs.put(conn, b"kept" * 100)
        gone = blobs.put(conn, Random(1).randbytes(5_000_000))
        also_kept = blobs.put(conn, b"also kept" * 100)
    _, most = free(database)
    with database.writing() as conn:
        assert blobs.release(conn, gone)
    unused, _ = free(database)
    assert unused * 4096 > 4_900_000
    assert database.give_back() >= unused * 4096
    left_unused, left = free(database)
    assert left_unused == 0
    assert left <= most - unused
    with database.reading() as conn:
        assert blobs.get(conn, kept) == b"kept" * 100
        assert blobs.get(conn, also_kept) == b"also kept" * 100
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert database.give_back() == 0


def test_a_server_looks_after_its_room_itself(postgresql_target: str, open_database):
    assert open_database(postgresql_target).give_back() == 0


def test_a_file_that_cannot_give_back_is_left_as_it_is(tmp_path: Path, open_database):
    database = open_database(tmp_path / "plain.sqlite3")
    with closing(sqlite3.connect(database.name, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA auto_vacuum = NONE")
        raw.execute("VACUUM")
        assert raw.execute("PRAGMA auto_vacuum").fetchone() == (0,)
    with database.writing() as conn:
        assert blobs.release(conn, blobs.put(conn, Random(1).randbytes(500_000)))
    assert database.give_back() == 0
    assert free(database)[0] > 0
