"""Whatever is changed in what the chain covers is found, by a walk over the whole archive."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import blobs, evidence, outbox, snapshots, versions
from storage.database import Database
from storage.errors import BytesReleased
from storage.records import NewAlert
from storage.tables import facts
from storage.verify import verify
from tests.storage.examples import NOW, followed, hours, served, text


@pytest.fixture
def archive(database: Database) -> Database:
    """Three versions, one of them a confirmed variant, and an alert that carries the head."""
    with database.writing() as conn:
        followed(conn)
        text(conn, "a" * 400)
        variant = text(conn, "b" * 400, at=hours(1), status="variant", title="茶")
        text(conn, "c" * 400, at=hours(2))
        versions.confirm(conn, variant.id, now=hours(3))
        alert = NewAlert(id="x", event="test", subscription="s", headline="h", payload={})
        outbox.add(conn, alert, [], now=NOW)
    return database


def kinds(conn: Connection) -> set[str]:
    return {fault.kind for fault in verify(conn)}


def test_an_untouched_archive_has_no_fault(archive: Database):
    with archive.reading() as conn:
        assert list(verify(conn)) == []
        assert len(evidence.head(conn) or "") == 64


SNAPSHOT, VERSION, LINK = facts.snapshots, facts.versions, facts.evidence
WITNESS = facts.witnesses


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (SNAPSHOT.update().where(SNAPSHOT.c.id == 2).values(url="http://other.example/"), "snapshot"),
        (SNAPSHOT.update().where(SNAPSHOT.c.id == 1).values(fetched_at=hours(9)), "snapshot"),
        (SNAPSHOT.update().where(SNAPSHOT.c.id == 1).values(headers=()), "snapshot"),
        (SNAPSHOT.update().where(SNAPSHOT.c.id == 1).values(status=404), "snapshot"),
        (SNAPSHOT.update().where(SNAPSHOT.c.id == 1).values(blob_id=2), "bytes"),
        (VERSION.update().where(VERSION.c.id == 2).values(title="茶。"), "version"),
        (VERSION.update().where(VERSION.c.id == 1).values(edition="2024"), "version"),
        (VERSION.update().where(VERSION.c.id == 1).values(text_key="z"), "version"),
        (VERSION.update().where(VERSION.c.id == 2).values(status="variant"), "confirmed"),
        (facts.version_parts.update().where(facts.version_parts.c.version_id == 1).values(snapshot_id=2), "version"),
        (facts.version_parts.delete().where(facts.version_parts.c.version_id == 3), "version"),
        (LINK.update().where(LINK.c.sequence == 3).values(facts_hash="0" * 64), "chain"),
        (LINK.update().where(LINK.c.sequence == 3).values(at=hours(7)), "chain"),
        (LINK.delete().where(LINK.c.sequence == 3), "chain"),
        (LINK.delete().where(LINK.c.sequence == sa.select(sa.func.max(LINK.c.sequence)).scalar_subquery()), "head"),
        (facts.version_parts.update().where(facts.version_parts.c.version_id == 1).values(ordinal=1), "version"),
        (VERSION.update().where(VERSION.c.id == 1).values(ordered_on=hours(99).date()), "version"),
        (WITNESS.update().where(WITNESS.c.id == 1).values(url="http://other.example/"), "witness"),
        (WITNESS.update().where(WITNESS.c.id == 2).values(version_id=1, url="http://x.example/"), "witness"),
        (WITNESS.update().where(WITNESS.c.id == 2).values(first_snapshot_id=1), "witness"),
        (WITNESS.delete().where(WITNESS.c.id == 3), "witness"),
    ],
)  # fmt: skip
def test_a_change_is_found(archive: Database, change: sa.Update, found: str):
    with archive.writing() as conn:
        conn.execute(change)
        assert found in kinds(conn)


def test_every_byte_of_stored_bytes_counts(archive: Database):
    with archive.writing() as conn:
        rows = conn.execute(sa.select(facts.blobs.c.id, facts.blobs.c.data)).all()
        for row in rows:
            for at in range(len(row.data)):
                spoilt = bytearray(row.data)
                spoilt[at] ^= 0x10
                here = facts.blobs.c.id == row.id
                conn.execute(facts.blobs.update().where(here).values(data=bytes(spoilt)))
                assert "bytes" in kinds(conn), f"byte {at} of {row.id}"
                conn.execute(facts.blobs.update().where(here).values(data=row.data))
        assert list(verify(conn)) == []


def test_a_changed_reading_is_found(archive: Database):
    with archive.writing() as conn:
        blob_id = blobs.put(conn, b"a reading " * 40, lineage="plan:x")
        assert list(verify(conn)) == []
        here = facts.blobs.c.id == blob_id
        conn.execute(facts.blobs.update().where(here).values(data=b"spoilt"))
        assert kinds(conn) == {"reading"}


def test_facts_that_cannot_be_read_any_more_are_a_fault(archive: Database):
    with archive.writing() as conn:
        spoil = sa.text("UPDATE snapshots SET headers = :wrong WHERE id = 1")
        conn.execute(spoil, {"wrong": b"[x"})
        assert kinds(conn) == {"snapshot", "version"} or kinds(conn) == {"snapshot"}


def test_a_date_that_is_none_any_more_is_a_fault(sqlite_target: str, open_database):
    """SQLite keeps whatever somebody writes into a column."""
    with open_database(sqlite_target).writing() as conn:
        followed(conn)
        text(conn, "a" * 400)
        assert list(verify(conn)) == []
        conn.execute(sa.text("UPDATE versions SET issued_on = '2042-03-2x'"))
        assert kinds(conn) == {"version"}


def put_in(conn: Connection) -> None:
    """A snapshot written behind the chain's back."""
    row = conn.execute(sa.select(SNAPSHOT).where(SNAPSHOT.c.id == 1)).one()._asdict()
    conn.execute(SNAPSHOT.insert().values(row | {"id": 99}))


def rehash(conn: Connection) -> None:
    """The whole chain made anew over a changed fact."""
    conn.execute(SNAPSHOT.update().where(SNAPSHOT.c.id == 1).values(status=500))
    links = conn.execute(sa.select(LINK).order_by(LINK.c.sequence)).all()
    conn.execute(LINK.delete())
    for link in links:
        facts_of = evidence.snapshot_facts(snapshots.get(conn, link.subject))
        hashed = facts_of if link.kind == "snapshot" else link.facts_hash.encode()
        evidence.append(conn, link.kind, link.subject, hashed, link.at)


@pytest.mark.parametrize(("change", "found"), [(put_in, "snapshot"), (rehash, "head")])
def test_a_row_put_in_and_a_chain_made_anew_are_found(
    archive: Database, change: Callable[[Connection], None], found: str
):
    with archive.writing() as conn:
        change(conn)
        assert found in kinds(conn)


def test_released_bytes_are_no_fault(archive: Database):
    with archive.writing() as conn:
        number = served(conn, b"counter 1", at=hours(5))
        assert snapshots.release_body(conn, number)
        assert not snapshots.release_body(conn, number)
        with pytest.raises(BytesReleased, match="not kept"):
            snapshots.body(conn, number)
        assert list(verify(conn)) == []
