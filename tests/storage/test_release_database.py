"""The database that a release leaves for the upgrade tests of the next holds one of everything."""

import sqlalchemy as sa

from storage import baselines, outbox, readings, refs, search
from storage.database import Database
from storage.tables.everything import metadata
from storage.verify import verify
from tests.storage.examples import DOCUMENT
from tests.storage.make_release_database import fill


def test_one_of_everything_is_there_and_reads_back(database: Database):
    fill(database)
    with database.reading() as conn:
        empty = [
            table.name
            for table in metadata.sorted_tables
            if conn.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is None
        ]
        assert empty == []
        assert list(verify(conn)) == []
        latest = refs.resolve(conn, f"{DOCUMENT}@latest")
        assert (latest.number, latest.status) == (4, "accepted")
        assert refs.resolve(conn, f"{DOCUMENT}@baseline").number == 3
        assert len(baselines.history(conn, DOCUMENT)) == 2
        assert readings.plan_of(conn, 3).title == "茶叶计划（二）"
        assert [d.state for d in outbox.deliveries_of(conn, "alert-1")] == [
            *("sent", "pending", "pending")
        ]
        assert [hit.version_number for hit in search.find_tasks(conn, ["条例"]).hits] == [3]
