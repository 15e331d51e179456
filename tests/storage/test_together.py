"""Several writers at once, and writers that are killed: nothing double, nothing half."""

import signal
import subprocess
import sys
import threading

import sqlalchemy as sa

from storage import leases, outbox, snapshots, sources, versions
from storage.database import Database
from storage.records import NewAlert, NewDelivery
from storage.tables.everything import metadata
from storage.verify import verify
from tests.storage.examples import (
    DOCUMENT,
    NOW,
    SOURCE,
    followed,
    hours,
    read_as,
    source,
    task,
    text,
)


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def together(count: int, job) -> list[object]:
    """Run the job in that many threads that begin at the same time; what they gave or raised."""
    results: list[object] = [None] * count
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait(timeout=30)
        try:
            results[number] = job(number)
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


def test_processes_that_record_at_once_make_one_line(database: Database, database_target: str):
    with database.writing() as conn:
        followed(conn)
    writers = [started("race", database_target, name, "30") for name in "abc"]
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        assert len(out.split()) == 2
    with database.reading() as conn:
        line = versions.in_succession(conn, DOCUMENT, language="zh-Hans", nature="official")
        # 15 texts that all three have, 15 that each has alone.
        assert [version.number for version in line] == list(range(1, 61))
        assert len({version.text_key for version in line}) == 60
        assert [version.predecessor_id for version in line] == [
            None,
            *(version.id for version in line[:-1]),
        ]
        assert list(verify(conn)) == []


def counted(database: Database) -> dict[str, int]:
    with database.reading() as conn:
        return {
            table.name: conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def state(database: Database) -> tuple[object, ...]:
    """What a half-written poll would leave changed beside new rows."""
    with database.reading() as conn:
        found = sources.get(conn, SOURCE)
        page = conn.execute(sa.text("SELECT etag, version_id, last_visit_id FROM pages")).all()
        chain = list(verify(conn))
        return found, [tuple(row) for row in page], chain


def test_a_writer_killed_at_any_statement_leaves_all_or_nothing(
    database: Database, database_target: str
):
    with database.writing() as conn:
        followed(conn)
        first = text(conn, "first")
        read_as(conn, first, task(1, "种茶。", "tea-office"))
    before, was = counted(database), state(database)
    killer = started("die", database_target)
    deaths = 0
    while counted(database) == before:
        killer.stdin.write(f"{deaths}\n")
        killer.stdin.flush()
        ended_by = int(killer.stdout.readline())
        assert ended_by == -signal.SIGKILL, killer.communicate(timeout=30)
        deaths += 1
        if counted(database) == before:
            assert state(database) == was, f"killed before statement {deaths - 1}"
    killer.communicate(timeout=30)
    # The last one died after its commit, and all that it wrote is there.
    assert deaths > 50
    after = counted(database)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert grown["versions"] == grown["alerts"] == grown["deliveries"] == grown["plans"] == 1
    with database.reading() as conn:
        assert list(verify(conn)) == []
        assert versions.latest(conn, DOCUMENT).number == 2


def test_a_source_is_claimed_by_one(database: Database):
    with database.writing() as conn:
        followed(conn)
        sources.sync(conn, [source(f"s{number}") for number in range(20)], NOW)

    def claim(number: int) -> tuple[str, ...]:
        with database.writing() as conn:
            taken = sources.claim_due(conn, f"p{number}", now=hours(1), until=hours(2), limit=7)
            return tuple(found.id for found in taken)

    claimed = [name for names in together(4, claim) for name in names]
    assert len(claimed) == len(set(claimed)) == 20


def test_a_delivery_is_claimed_by_one(database: Database):
    with database.writing() as conn:
        followed(conn)
        for number in range(40):
            alert = NewAlert(
                id=f"a{number}", event="test", subscription="s", headline="h", payload={}
            )
            outbox.add(conn, alert, [NewDelivery(channel="mail", due_at=NOW)], now=NOW)

    def drain(number: int) -> list[int]:
        mine = []
        while True:
            with database.writing() as conn:
                taken = outbox.claim(conn, f"p{number}", now=NOW, until=hours(1), limit=3)
                if not taken:
                    return mine
                for delivery in taken:
                    attempt = outbox.attempt(conn, delivery.id, f"p{number}", now=NOW)
                    outbox.sent(conn, attempt, now=NOW)
                    mine.append(delivery.id)

    sent = [number for numbers in together(4, drain) for number in numbers]
    assert len(sent) == len(set(sent)) == 40


def test_readers_are_not_held_up_and_see_one_moment(database: Database, database_target: str):
    with database.writing() as conn:
        followed(conn)
        text(conn, "a")
    holder = started("hold", database_target)
    assert holder.stdout.readline() == "held\n"
    try:
        with database.reading() as conn:
            assert len(versions.list_all(conn)) == 1
    finally:
        holder.communicate(timeout=30)
    with database.reading() as reader:
        assert len(versions.list_all(reader)) == 1
        with database.writing() as conn:
            text(conn, "b", at=hours(1))
        assert len(versions.list_all(reader)) == 1
    with database.reading() as reader:
        assert len(versions.list_all(reader)) == 2


def test_many_readers_while_one_writes(database: Database):
    with database.writing() as conn:
        followed(conn)
        text(conn, "0")

    def job(number: int) -> None:
        for turn in range(15):
            if number == 0:
                with database.writing() as conn:
                    text(conn, str(turn + 1), at=hours(turn + 1))
            else:
                with database.reading() as conn:
                    for version in versions.list_all(conn, DOCUMENT):
                        [part] = versions.parts_of(conn, version.id)
                        assert snapshots.body(conn, part.snapshot_id) == version.text_key.encode()

    assert together(12, job) == [None] * 12


def test_a_lease_ends_with_its_time(database: Database):
    with database.writing() as conn:
        assert leases.claim(conn, "daemon", "a", now=NOW, until=hours(1))
        assert not leases.claim(conn, "daemon", "b", now=hours(0.5), until=hours(2))
        assert leases.claim(conn, "daemon", "a", now=hours(0.5), until=hours(1.5))
        assert [lease.holder for lease in leases.live(conn, hours(1))] == ["a"]
        assert leases.claim(conn, "daemon", "b", now=hours(1.5), until=hours(3))
        leases.release(conn, "daemon", "a")
        assert leases.get(conn, "daemon").holder == "b"
        leases.release(conn, "daemon", "b")
        assert leases.get(conn, "daemon") is None
