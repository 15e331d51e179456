"""A database of an earlier release is brought to this one's schema, and nothing in it is lost.

``data/first.sqlite3.gz`` was filled by ``make_release_database`` when the first schema was the newest.
"""

import datetime as dt
import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from storage import (
    actors,
    baselines,
    duties,
    migrate,
    outbox,
    overview,
    pages,
    readings,
    refs,
    reviews,
    search,
    snapshots,
    sources,
    versions,
    visits,
)
from storage.database import Database, database_url
from storage.tables.facts import evidence as links
from storage.verify import verify
from tests.storage.examples import DOCUMENT, SOURCE, URL, hours, plan, task
from tests.storage.make_release_database import fill

FIRST = Path(__file__).parent / "data" / "first.sqlite3.gz"


@pytest.fixture
def first_sqlite(tmp_path: Path) -> str:
    """The file that the first schema left."""
    path = tmp_path / "first.sqlite3"
    path.write_bytes(gzip.decompress(FIRST.read_bytes()))
    return str(path)


@pytest.fixture
def first_postgresql(postgresql_target: str, first_sqlite: str) -> str:
    """The same rows on PostgreSQL, under the first schema."""
    engine = sa.create_engine(database_url(postgresql_target))
    with engine.connect() as conn:
        conn.execute(sa.text("DROP SCHEMA public CASCADE"))
        conn.execute(sa.text("CREATE SCHEMA public"))
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        config.attributes["connection"] = conn
        command.upgrade(config, "0001")
        conn.commit()
        made = sa.MetaData()
        made.reflect(conn)
        conn.execute(sa.text("SET session_replication_role = replica"))  # in any order
        with closing(sqlite3.connect(first_sqlite)) as old:
            old.row_factory = sqlite3.Row
            for table in made.tables.values():
                if table.name == "alembic_version":
                    continue
                if table.name == "task_words":
                    _words(conn, old)
                    continue
                rows = [dict(row) for row in old.execute(f"SELECT * FROM {table.name}")]
                for row in rows:
                    for column in table.c:
                        row[column.name] = _converted(column.type, row[column.name])
                if rows:
                    conn.execute(table.insert(), rows)
                if "id" in table.c and table.c.id.autoincrement is True:
                    numbers = f"pg_get_serial_sequence('{table.name}', 'id')"
                    last = f"SELECT max(id) FROM {table.name}"
                    conn.execute(sa.text(f"SELECT setval({numbers}, ({last}))"))
        conn.commit()
    engine.dispose()
    return postgresql_target


def _converted(kind: object, value: object) -> object:
    if value is None:
        return None
    if isinstance(kind, sa.Boolean):
        return bool(value)
    if isinstance(kind, sa.DateTime):
        return dt.datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat(value)
    return value


def _words(conn: sa.Connection, old: sqlite3.Connection) -> None:
    for number, words in old.execute("SELECT id, text FROM task_contents"):
        pieces = list({words[at : at + 2] for at in range(len(words) - 1)})
        conn.exec_driver_sql(
            "INSERT INTO task_words (content_id, words) VALUES (%s, array_to_tsvector(%s::text[]))",
            (number, pieces),
        )


@pytest.fixture(params=["first_sqlite", "first_postgresql"])
def first(request: pytest.FixtureRequest) -> str:
    """Where a database with the first schema is."""
    target: str = request.getfixturevalue(request.param)
    return target


def everything(database: Database) -> dict[str, object]:
    """What the functions of storage say of all that is kept."""
    with database.reading() as conn:
        found = versions.list_all(conn)
        alert = outbox.get(conn, "alert-1")
        return {
            "versions": found,
            "parts": [versions.parts_of(conn, version.id) for version in found],
            "witnesses": [versions.witnesses_of(conn, version.id) for version in found],
            "snapshots": [snapshots.get(conn, number) for number in range(1, 5)],
            "bytes": [snapshots.body(conn, number) for number in range(1, 4)],
            "extracts": [readings.extract_of(conn, number) for number in range(1, 5)],
            "readings": [readings.readings_of(conn, version.id) for version in found],
            "plans": [readings.plan_of(conn, version.id) for version in found],
            "changeset": readings.changeset(conn, 1),
            "changesets": readings.changesets_of(conn, 3),
            "newest": overview.newest_of_each(conn),
            # The first schema chained no witnesses.
            "facts": conn.execute(
                sa.select(links.c.kind, links.c.subject, links.c.facts_hash)
                .where(links.c.kind != "witness")
                .order_by(links.c.sequence)
            ).all(),
            "page": pages.get(conn, SOURCE, URL),
            "visits": visits.of_source(conn, SOURCE),
            "sources": sources.list_all(conn, removed=True),
            "baselines": baselines.history(conn, DOCUMENT),
            "alert": msgspec.structs.replace(alert, chain_head=None),
            "told": outbox.changesets_of(conn, alert.id),
            "deliveries": outbox.deliveries_of(conn, alert.id),
            "attempts": [outbox.attempts_of(conn, number) for number in (1, 2, 3)],
            "reviews": reviews.list_all(conn, open_only=False),
            "duties": duties.duties_of(conn, "moa", [1, 2, 3]),
            "matrix": duties.loads(conn, [1, 2, 3]),
            "headings": duties.headings(conn, [1, 2, 3]),
            "bodies": duties.bodies(conn, [1, 2, 3]),
            "mentions": duties.mentions_of(conn, "茶叶条例", [1, 2, 3]),
            "programmes": duties.programmes(conn, [1, 2, 3]),
            "unknown": actors.unknown(conn),
            "found": search.find_tasks(conn, ["种茶"]),
            "of a body": search.find_tasks(conn, actors=["ndrc"]),
            "at the baseline": refs.resolve(conn, f"{DOCUMENT}@baseline"),
        }


def test_what_an_earlier_release_kept_reads_as_what_this_one_keeps(
    first: str, tmp_path: Path, open_database: Callable[..., Database]
):
    upgraded = open_database(first, upgrade=True)
    made_now = open_database(tmp_path / "now.sqlite3")
    fill(made_now)
    old, new = everything(upgraded), everything(made_now)
    for name, said in new.items():
        assert old[name] == said, name


def test_the_chain_of_evidence_comes_through_an_upgrade(
    first: str, open_database: Callable[..., Database]
):
    with open_database(first, upgrade=True).reading() as conn:
        assert list(verify(conn)) == []
        if "://" not in first:
            assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            # Written anew: nothing of the old tables is left, and free pages can be given back.
            assert conn.exec_driver_sql("PRAGMA freelist_count").scalar() == 0
            assert conn.exec_driver_sql("PRAGMA auto_vacuum").scalar() == 2


def test_an_upgraded_database_goes_on(first: str, open_database: Callable[..., Database]):
    """The next plan repeats one task of the newest, whose wording and bodies are known."""
    database = open_database(first, upgrade=True)
    with database.writing() as conn:
        newest = versions.latest(conn, DOCUMENT)
        words = plan(task(1, "种新茶。", "moa", "ndrc"), task(2, "泡茶。", "moa"))
        readings.store_plan(
            conn, newest.id, words, extractor="e1", reader="r9", registry="g1", now=hours(50)
        )
        counts = {
            name: conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()
            for name in ("task_contents", "assignment_lists")
        }
        # Three wordings were there, and two lists of bodies, both of which are given again.
        assert counts == {"task_contents": 4, "assignment_lists": 2}
    with database.reading() as conn:
        [hit] = search.find_tasks(conn, ["泡茶"]).hits
        assert hit.version_id == newest.id
        assert list(verify(conn)) == []
