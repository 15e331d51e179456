"""A process of its own that writes to a database, and dies where the test told it to.

``python -m tests.storage.writer race TARGET NAME COUNT``: records COUNT versions as a poll does,
reading, comparing and then writing, next to others that do the same.
``python -m tests.storage.writer die TARGET``: for each number N on its standard input, a child of it
records one more version with all that goes with it and kills itself with SIGKILL before the Nth
statement of that transaction (the last one is its commit; one more: after it). Prints the signal
that ended the child, 0 where it came to its end.
``python -m tests.storage.writer hold TARGET``: takes the write lock, says so, and keeps it until its
standard input ends.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection

from storage import outbox, pages, readings, sources, versions, visits
from storage.database import Database
from storage.errors import AlreadyRecorded, PredecessorMoved
from storage.records import Accepted, NewAlert, NewDelivery, NewVisit
from tests.storage.examples import (
    DOCUMENT,
    NOW,
    SOURCE,
    TOOLS,
    URL,
    hours,
    new_version,
    plan,
    served,
    task,
)


def race(target: str, name: str, count: str) -> None:
    """Record versions whose predecessor was looked up in an earlier transaction."""
    database = Database.open(target, now=NOW)
    moved = same = 0
    for number in range(int(count)):
        # Both processes meet the same texts, half of the time.
        key = f"text {number}" if number % 2 else f"text {number} of {name}"
        while True:
            with database.reading() as conn:
                before = versions.latest(conn, DOCUMENT)
            try:
                record(database, key, None if before is None else before.id)
                break
            except PredecessorMoved:
                moved += 1
            except AlreadyRecorded:
                same += 1
                break
    print(moved, same)


def record(database: Database, key: str, predecessor: int | None) -> None:
    """One version, fetched later than all before it."""
    with database.writing() as conn:
        latest = versions.latest(conn, DOCUMENT)
        at = hours(0 if latest is None else latest.number)
        new = new_version(key, served(conn, key.encode(), at=at), at=at)
        versions.record(conn, new, expected_predecessor=predecessor, now=at)


def everything(conn: Connection) -> None:
    """All that one poll with news writes in its one transaction."""
    page = pages.ensure(conn, SOURCE, URL, now=NOW)
    before = versions.latest(conn, DOCUMENT)
    assert before is not None
    old_plan = readings.reading_of(conn, before.id)
    assert old_plan is not None
    at = hours(before.number)
    snapshot = served(conn, f"text {before.number}".encode(), at=at)
    kept = versions.record(
        conn,
        new_version(f"text {before.number}", snapshot, at=at),
        expected_predecessor=before.id,
        now=at,
    )
    new = plan(task(1, "种新茶。", "tea-office", instrument="茶叶条例"))
    new_plan = readings.store_plan(conn, kept.id, new, **TOOLS, now=at)
    changes = readings.store_changeset(
        conn,
        changeset(),
        old_plan_id=old_plan.id,
        new_plan_id=new_plan,
        against="predecessor",
        comparer="c1",
        registry="g1",
        now=at,
    )
    alert = NewAlert(
        id=f"alert-{kept.number}",
        event="version_recorded",
        subscription="s",
        headline="h",
        payload={},
        version_id=kept.id,
        changeset_ids=(changes,),
    )
    outbox.add(conn, alert, [NewDelivery(channel="mail", due_at=at)], now=at)
    pages.accept(conn, page.id, Accepted(etag=f'"{kept.number}"', version_id=kept.id), at)
    visits.record(conn, NewVisit(page_id=page.id, at=at, outcome="new version"))
    sources.record_result(conn, SOURCE, now=at, outcome="new version", ok=True, next_due_at=at)


def changeset():
    """Between the plans of ``everything``."""
    from plans.model import Change, Changeset, Side

    side = Side(ref="x", title="茶叶计划", language="zh-Hans")
    change = Change(kind="task_added", severity="major", new=("1",), after="种新茶。")
    return Changeset(old=side, new=side, changes=(change,))


def die(target: str) -> None:
    """Have children killed, as often as asked: each is a process of its own, quickly made."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            killed_before(target, int(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def killed_before(target: str, statement: int) -> None:
    """Write everything, and be killed on the way."""
    database = Database.open(target, now=NOW)
    engine = database._writers
    ran = 0

    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def count(*_: Any) -> None:
        nonlocal ran
        if ran == statement:
            kill()
        ran += 1

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count)
    with database.writing() as conn:
        everything(conn)
    if ran == statement:
        kill()


def hold(target: str) -> None:
    """Keep all other writers waiting."""
    database = Database.open(target, now=NOW)
    with database.writing() as conn:
        pages.ensure(conn, SOURCE, URL, now=NOW)
        print("held", flush=True)
        sys.stdin.read()


ROLES: dict[str, Callable[..., None]] = {"race": race, "die": die, "hold": hold}

if __name__ == "__main__":
    ROLES[sys.argv[1]](*sys.argv[2:])
