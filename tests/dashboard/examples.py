"""A small archive for the dashboard's tests: the demonstration's plans, as if they had been polled."""

import datetime as dt
from importlib import resources

import msgspec
from sqlalchemy.engine import Connection

from alerts.composing.message import Group, Item, Message
from alerts.composing.templates import AlertFacts
from alerts.payload import Payload
from monitor.polling.considering import side_of
from monitor.text_key import text_key
from plans.comparing.compare import COMPARER_VERSION, compare
from plans.model import Changeset, Extract, Plan
from plans.reading.read import READER_VERSION, read
from plans.registry.model import Registry
from storage import (
    baselines,
    documents,
    outbox,
    pages,
    readings,
    reviews,
    snapshots,
    sources,
    verdicts,
    versions,
    visits,
)
from storage.database import Database
from storage.records import (
    DocumentSpec,
    NewAlert,
    NewDelivery,
    NewReview,
    NewSnapshot,
    NewVersion,
    NewVisit,
    Part,
    SourceSpec,
    Version,
)

NOW = dt.datetime(2042, 3, 21, 4, 0, tzinfo=dt.UTC)
DOCUMENT = "demo-plan"
SOURCE = "demo-notices"
ALERT = "a" * 32
TEXTS = (
    ("plan_2041.txt", "2041", dt.datetime(2041, 3, 12, 6, 0, tzinfo=dt.UTC)),
    ("plan_2041_amended.txt", "2041", dt.datetime(2041, 5, 2, 6, 0, tzinfo=dt.UTC)),
    ("plan_2042.txt", "2042", dt.datetime(2042, 3, 20, 6, 0, tzinfo=dt.UTC)),
)


def fill(database: Database, registry: Registry) -> None:
    """Three versions of the invented plan, a source, a review, and an alert with two deliveries."""
    with database.writing() as conn:
        documents.sync(
            conn,
            [
                DocumentSpec(id=DOCUMENT, title_zh="创新权益建设推进计划", title_en="Plan for the Rights of Innovation"),
                DocumentSpec(id="empty-law", title_zh="数据权益条例", title_en="Data Rights Regulation", kind="law"),
            ],
            NOW,
        )  # fmt: skip
        sources.sync(
            conn,
            [
                SourceSpec(
                    id=SOURCE,
                    kind="list",
                    authority="official",
                    url="http://office.example/notices/",
                    documents=(DOCUMENT,),
                    title="Notices of the invented office",
                )
            ],
            NOW,
        )
        before: tuple[Version, Plan, int] | None = None
        for name, edition, at in TEXTS:
            before = _version(conn, name, edition, at, before, registry)
        assert before is not None
        baselines.set_to(conn, DOCUMENT, 1, pinned=True, now=NOW)
        _watch(conn)
        _told(conn, before[0])


def _version(
    conn: Connection,
    name: str,
    edition: str,
    at: dt.datetime,
    before: tuple[Version, Plan, int] | None,
    registry: Registry,
) -> tuple[Version, Plan, int]:
    text = (resources.files("planwatch.demo") / name).read_text(encoding="utf-8")
    url = f"http://office.example/notices/{name}"
    extract = Extract(state="document", text=text, media_type="text/plain")
    plan = read(extract, registry)
    snapshot = snapshots.store(
        conn,
        NewSnapshot(url=url, fetched_at=at, source_id=SOURCE, status=200, media_type="text/plain"),
        text.encode(),
        now=at,
    )
    readings.store_extract(conn, snapshot, extract, extractor="e", text_key=text_key(text), now=at)
    version = versions.record(
        conn,
        NewVersion(
            document_id=DOCUMENT,
            edition=edition,
            language="zh-Hans",
            nature="official",
            text_key=text_key(text),
            parts=(Part(snapshot_id=snapshot),),
            fetched_at=at,
            url=url,
            source_id=SOURCE,
            title=plan.title,
            issued_on=plan.issued_on,
            first_look=before is None,
        ),
        expected_predecessor=before[0].id if before else None,
        now=at,
    )
    plan_id = readings.store_plan(
        conn,
        version.id,
        plan,
        extractor="e",
        reader=READER_VERSION,
        registry=registry.version,
        now=at,
    )
    if before is not None:
        given = verdicts.all_given(conn)
        readings.store_changeset(
            conn,
            _doubtful(
                compare(
                    before[1],
                    plan,
                    registry,
                    old_side=side_of(conn, before[0], before[1]),
                    new_side=side_of(conn, version, plan),
                )
            ),
            old_plan_id=before[2],
            new_plan_id=plan_id,
            against="predecessor",
            comparer=COMPARER_VERSION,
            registry=registry.version,
            verdicts=verdicts.digest(given),
            now=at,
        )
    return version, plan, plan_id


def _doubtful(changeset: Changeset) -> Changeset:
    """The same with one link made doubtful, however sure the comparison is of it by now."""
    links = tuple(
        msgspec.structs.replace(link, confidence=0.62) if link.old == ("9",) else link
        for link in changeset.links
    )
    return msgspec.structs.replace(changeset, links=links)


def _watch(conn: Connection) -> None:
    page = pages.ensure(conn, SOURCE, "http://office.example/notices/plan_2042.txt", now=NOW,
                        document_id=DOCUMENT, title="2042年创新权益建设推进计划")  # fmt: skip
    visits.record(conn, NewVisit(page_id=page.id, at=NOW, outcome="new_version", status=200))
    sources.record_result(
        conn, SOURCE, now=NOW, outcome="unchanged", ok=True, next_due_at=NOW + dt.timedelta(hours=6)
    )
    reviews.hold(
        conn,
        NewReview(
            subject="page:1",
            reason="the text lost most of its tasks",
            url="http://office.example/notices/short.txt",
            document_id=DOCUMENT,
            source_id=SOURCE,
            title="2042年计划（节选）",
        ),
        now=NOW,
    )


def _message() -> Payload:
    """What the alert says: one new task with its published words."""
    words = "推进《算法登记管理规定》制定。"
    new = Item(text="Task 3 (rules): new; responsible: NDA", quote=words, source_text=words)
    headline = "Plan for the Rights of Innovation 2042: two new tasks"
    return Payload(
        message=Message(
            headline=headline,
            topic="Plan for the Rights of Innovation",
            language="en",
            severity="major",
            notes=("Compared with the amended text of 2041.",),
            groups=(Group(title="New tasks", items=(new,), more=1),),
            counts=("3 editorial changes",),
        ),
        body={},
        facts=AlertFacts(id=ALERT, subscription="counsel"),
    )


def _told(conn: Connection, version: Version) -> None:
    outbox.add(
        conn,
        NewAlert(
            id=ALERT,
            event="version_recorded",
            subscription="counsel",
            headline="Plan for the Rights of Innovation 2042: two new tasks",
            payload=_message().to_row(),
            document_id=DOCUMENT,
            version_id=version.id,
            source_id=SOURCE,
            url="http://office.example/notices/plan_2042.txt",
            severity="major",
            remind_at=NOW + dt.timedelta(days=1),
        ),
        [NewDelivery(channel="mail", due_at=NOW), NewDelivery(channel="slack", due_at=NOW)],
        now=NOW,
    )
    [delivery] = outbox.claim(conn, "test", now=NOW, until=NOW + dt.timedelta(minutes=5))
    attempt = outbox.attempt(conn, delivery.id, "test", now=NOW)
    outbox.sent(conn, attempt, now=NOW, receipt="250 ok")
