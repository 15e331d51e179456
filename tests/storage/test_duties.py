"""Who must do what, and what stands where, from the rows."""

import datetime as dt

import pytest
from sqlalchemy import event

from plans.model import Change, Changeset, Side
from storage import duties, overview, readings, refs, versions
from storage.database import Database
from tests.storage.examples import DOCUMENT, NOW, followed, hours, read_as, served, task, text

LEAVES = task(1, "推广茶园。", "ndrc", "moa", instrument="茶叶条例")
ROOTS = task(2, "修剪茶树。", "moa")


@pytest.fixture
def filled(database: Database) -> Database:
    """Two editions, the second with one task less for moa."""
    with database.writing() as conn:
        followed(conn)
        read_as(conn, text(conn, "24", edition="2024"), LEAVES, ROOTS)
        read_as(conn, text(conn, "25", edition="2025", at=hours(1)), LEAVES)
    return database


def test_the_duties_of_a_body_by_edition(filled: Database):
    with filled.reading() as conn:
        plans = duties.plans_of(conn, [1, 2, 99])
        assert plans == {1: 1, 2: 2}
        found = [(d.version_id, d.task_id, d.role) for d in duties.duties_of(conn, "moa", [1, 2])]
        assert found == [(1, "1", "responsible"), (1, "2", "lead"), (2, "1", "responsible")]
        assert duties.duties_of(conn, "moa", []) == ()
        assert duties.bodies(conn, [1]) == {"moa": 2, "ndrc": 1}


def test_an_instrument_where_it_is_named(filled: Database):
    with filled.reading() as conn:
        [first, second] = duties.mentions_of(conn, "茶叶条例", [1, 2])
        assert (first.version_id, first.text, first.commitment_level) == (1, LEAVES.text, 1)
        assert second.version_id == 2
        assert duties.instruments(conn, [1, 2]) == {"茶叶条例": 1}
        assert duties.programmes(conn, [1, 2]) == {}


def test_bodies_by_sections(filled: Database):
    with filled.reading() as conn:
        found = [
            (load.section, load.actor, load.tasks, load.leads) for load in duties.loads(conn, [1])
        ]
        assert found == [("1", "moa", 2, 1), ("1", "ndrc", 1, 1)]
        assert [h.title for h in duties.headings(conn, [1])] == ["种茶"]


def test_witnesses_of_several_versions_at_once(filled: Database):
    with filled.writing() as conn:
        url = "http://mirror.example/tea.html"
        copy = served(conn, b"25", url=url, at=hours(2))
        versions.witness(conn, 2, url=url, at=hours(2), snapshot_id=copy)
    with filled.reading() as conn:
        found = overview.witnesses_of(conn, [1, 2, 99])
        assert [len(found[version]) for version in (1, 2, 99)] == [1, 2, 0]
        assert found[2] == versions.witnesses_of(conn, 2)


def test_the_newest_of_each_is_what_its_name_points_at(filled: Database):
    with filled.writing() as conn:
        text(conn, "s26", edition="2026", nature="summary", at=hours(2))
        text(conn, "e25", edition="2025", language="en", at=hours(3))
        text(conn, "v25", edition="2025", status="variant", at=hours(4))
        text(conn, "d24", edition="2024", issued_on=dt.date(2024, 1, 1), at=hours(5))
        newest = overview.newest_of_each(conn)
        assert newest == {DOCUMENT: refs.resolve(conn, f"{DOCUMENT}@latest")}
        editions = overview.newest_of_each_edition(conn, DOCUMENT)
        assert [version.edition for version in editions] == ["2024", "2025", "2026"]
        for version in editions:
            assert refs.resolve(conn, f"{DOCUMENT}@{version.edition}") == version
        assert overview.counts(conn) == {DOCUMENT: 6}
        assert overview.newest_of_each(conn, []) == {}


def test_the_newest_changesets_in_one_question(filled: Database):
    side = Side(ref="x", title="t", language="zh-Hans")
    change = Change(kind="task_removed", severity="major", old=("2",))
    with filled.writing() as conn:
        for comparer in ("c1", "c2"):
            number = readings.store_changeset(
                conn,
                Changeset(old=side, new=side, changes=(change,)),
                old_plan_id=1,
                new_plan_id=2,
                against="predecessor",
                comparer=comparer,
                registry="g",
                now=NOW,
            )
        asked = []
        event.listen(conn, "before_cursor_execute", lambda *given: asked.append(given[2]))
        assert overview.newest_changesets(conn, [1, 2])[2].id == number
        assert overview.newest_changesets(conn, [1]) == {}
        assert len(asked) == 2
