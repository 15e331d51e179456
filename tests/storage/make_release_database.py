"""Fills a database with one of everything, by the present release.

    python -m tests.storage.make_release_database TARGET

TARGET is a file or a PostgreSQL URL. Keep the SQLite file when a release is made: the next one's
upgrade tests begin with it.
"""

import sys

import msgspec

from plans.model import (
    Change,
    Changeset,
    Deadline,
    Extract,
    Plan,
    Programme,
    Side,
)
from storage import (
    baselines,
    documents,
    heartbeat,
    judged,
    leases,
    notices,
    outbox,
    pages,
    readings,
    reviews,
    snapshots,
    sources,
    translations,
    verdicts,
    versions,
    visits,
)
from storage.database import Database
from storage.records import (
    Accepted,
    DocumentSpec,
    Heartbeat,
    JudgedRows,
    NewAlert,
    NewDelivery,
    NewReview,
    NewSnapshot,
    NewVersion,
    NewVisit,
    Part,
    Version,
)
from tests.storage.examples import (
    DOCUMENT,
    NOW,
    SOURCE,
    TOOLS,
    URL,
    followed,
    hours,
    plan,
    source,
    task,
)

MIRROR = "tea-mirror"


def fill(database: Database) -> None:
    """Two editions, a summary and a variant, with readings, alerts and decisions about them."""
    with database.writing() as conn:
        followed(conn)
        documents.ensure(conn, DocumentSpec(id="law", title_zh="茶法", title_en="Tea Act"), NOW)
        mirror = source(MIRROR, authority="mirror", url="http://mirror.example/")
        sources.sync(conn, [source(), mirror, source("off", enabled=False)], NOW)
        first = _version(conn, "一、种茶", 1, edition="2024", nature="summary")
        second = _version(conn, "一、种茶。", 2, edition="2024")
        third = _version(conn, "一、种新茶。", 3, edition="2025", before=second)
        variant = _version(conn, "一、种老茶。", 4, edition="2025", before=third, status="variant")
        _page(conn, third)
        changes = _readings(conn, second, third)
        _told(conn, third, changes)
        _decided(conn, first, third)
    with database.writing() as conn:
        versions.confirm(conn, variant.id, now=hours(9))
        snapshots.release_body(conn, 4)


def _version(conn, words, hour, *, before: Version | None = None, **settings):
    at = hours(hour)
    fetched = NewSnapshot(
        url=URL,
        final_url=URL + "?ok",
        hops=(URL + "?on",),
        status=200,
        headers=(("ETag", f'"{hour}"'),),
        media_type="text/html",
        source_id=SOURCE,
        fetched_at=at,
    )
    body = (f"<html>{words}" * 200).encode()
    snapshot = snapshots.store(conn, fetched, body, now=at)
    extract = Extract(state="document", text=words * 200)
    readings.store_extract(conn, snapshot, extract, extractor="e1", text_key=words, now=at)
    new = NewVersion(
        document_id=DOCUMENT,
        text_key=words,
        parts=(Part(snapshot_id=snapshot), Part(snapshot_id=1, kind="attachment")),
        fetched_at=at,
        url=URL,
        source_id=SOURCE,
        title="茶叶计划",
        **({"language": "zh-Hans", "nature": "official"} | settings),
    )
    return versions.record(
        conn, new, expected_predecessor=None if before is None else before.id, now=at
    )


def _page(conn, version: Version) -> None:
    page = pages.ensure(conn, SOURCE, URL, now=NOW, document_id=DOCUMENT, title="茶叶计划")
    visits.record(conn, NewVisit(page_id=page.id, at=hours(3), outcome="new version", status=200))
    visits.record(conn, NewVisit(page_id=page.id, at=hours(4), outcome="not modified", status=304))
    pages.accept(conn, page.id, Accepted(etag='"3"', version_id=version.id), hours(3))
    versions.witness(
        conn, version.id, url="http://mirror.example/", source_id=MIRROR, snapshot_id=3, at=NOW
    )
    sources.record_result(
        conn, SOURCE, now=hours(4), outcome="not modified", ok=True, next_due_at=hours(10),
        first_round_done=True,
    )  # fmt: skip
    sources.claim(conn, MIRROR, "daemon", now=NOW, until=hours(1))


def _readings(conn, old: Version, new: Version) -> int:
    due = msgspec.structs.replace(
        task(2, "制定茶叶条例。", "moa", instrument="茶叶条例"),
        deadline=Deadline(text="年底前"),
        programmes=(Programme(name="绿茶行动"),),
    )
    plans = [plan(task(1, "种茶。", "moa")), plan(task(1, "种新茶。", "moa", "ndrc"), due)]
    numbers = [
        readings.store_plan(conn, version.id, read, **TOOLS, now=hours(4))
        for version, read in zip((old, new), plans, strict=True)
    ]
    again = TOOLS | {"reader": "r2"}
    numbers[1] = readings.store_plan(conn, new.id, _retitled(plans[1]), **again, now=hours(5))
    side = Side(ref="x", title="茶叶计划", language="zh-Hans")
    change = Change(kind="task_added", severity="major", new=("2",))
    return readings.store_changeset(
        conn,
        Changeset(old=side, new=side, changes=(change,)),
        old_plan_id=numbers[0],
        new_plan_id=numbers[1],
        against="predecessor",
        comparer="c1",
        registry="g1",
        now=hours(5),
    )


def _retitled(read: Plan) -> Plan:
    return msgspec.structs.replace(read, title="茶叶计划（二）")


def _told(conn, version: Version, changes: int) -> None:
    alert = NewAlert(
        id="alert-1",
        event="version_recorded",
        subscription="counsel",
        headline="茶叶计划 2025",
        payload={"changes": 1},
        document_id=DOCUMENT,
        version_id=version.id,
        changeset_ids=(changes,),
        remind_at=hours(30),
    )
    targets = [NewDelivery(channel=name, due_at=hours(5)) for name in ("mail", "slack", "file")]
    outbox.add(conn, alert, targets, now=hours(5))
    for delivery in outbox.claim(conn, "daemon", now=hours(5), until=hours(6), limit=2):
        attempt = outbox.attempt(conn, delivery.id, "daemon", now=hours(5))
        if delivery.channel == "mail":
            outbox.sent(conn, attempt, now=hours(5), receipt="250 OK")
        else:
            outbox.failed(conn, attempt, now=hours(5), error="503", retry_at=hours(7))


def _decided(conn, summary: Version, version: Version) -> None:
    held = NewReview(subject="page", reason="scanned", url=URL, document_id=DOCUMENT)
    review, _ = reviews.hold(conn, held, now=hours(6))
    reviews.decide(conn, review.id, "rejected", by="ann", now=hours(7))
    reviews.hold(conn, held, now=hours(8))
    verdicts.give(conn, "old", "new", "confirmed", by="ann", now=hours(7))
    baselines.set_to(conn, DOCUMENT, summary.id, pinned=False, now=hours(1))
    baselines.set_to(conn, DOCUMENT, version.id, pinned=True, now=hours(7))
    notices.first_time(conn, "now watching tea-plan", now=hours(1))
    judged.keep(conn, SOURCE, JudgedRows(judged_by="r", whole_at=NOW, digests=("a0",)))
    translations.store(
        conn, "k", "Plant tea.", target="en", provider="p", glossary="1", now=hours(7)
    )
    leases.claim(conn, "daemon", "daemon", now=hours(7), until=hours(8))
    sign = Heartbeat(
        process="daemon", pid=1, host="tea", started_at=NOW, beat_at=hours(7), what="idle"
    )
    heartbeat.beat(conn, sign)


if __name__ == "__main__":
    fill(Database.open(sys.argv[1], now=NOW))
