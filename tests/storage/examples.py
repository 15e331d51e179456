"""Small things to keep, made up, for the tests of storage."""

import datetime as dt

from sqlalchemy.engine import Connection

from plans.model import Assignment, Commitment, Instrument, Plan, Section, Task
from storage import documents, readings, snapshots, sources, versions
from storage.records import DocumentSpec, NewSnapshot, NewVersion, Part, SourceSpec, Version

NOW = dt.datetime(2025, 5, 7, 4, 0, tzinfo=dt.UTC)
DOCUMENT = "tea-plan"
SOURCE = "tea-office"
URL = "http://tea.example/plan.html"
TOOLS = {"extractor": "e1", "reader": "r1", "registry": "g1"}


def hours(number: float) -> dt.datetime:
    """That many hours after NOW."""
    return NOW + dt.timedelta(hours=number)


def followed(conn: Connection) -> None:
    """One document with one official source."""
    documents.sync(
        conn, [DocumentSpec(id=DOCUMENT, title_zh="茶叶计划", title_en="The tea plan")], NOW
    )
    sources.sync(conn, [source()], NOW)


def source(name: str = SOURCE, **more: object) -> SourceSpec:
    """A source of the tea plan."""
    settings = {"kind": "article", "authority": "official", "url": URL, "documents": (DOCUMENT,)}
    return SourceSpec(id=name, **(settings | more))


def served(conn: Connection, body: bytes = b"tea", *, url: str = URL, at: dt.datetime = NOW) -> int:
    """A snapshot; gives its number."""
    headers = (("Content-Type", "text/html"), ("ETag", '"1"'))
    new = NewSnapshot(url=url, fetched_at=at, source_id=SOURCE, status=200, headers=headers)
    return snapshots.store(conn, new, body, now=at)


def text(
    conn: Connection,
    key: str,
    *,
    edition: str | None = "2025",
    at: dt.datetime = NOW,
    **more: object,
) -> Version:
    """A version with this text key, recorded after whatever it follows."""
    settings = {"language": "zh-Hans", "nature": "official"} | more
    before = versions.predecessor_of(
        conn,
        DOCUMENT,
        settings["language"],
        settings["nature"],
        edition=edition,
        issued_on=settings.get("issued_on"),
        published_on=settings.get("published_on"),
        fetched_at=at,
    )
    new = new_version(key, served(conn, key.encode(), at=at), edition=edition, at=at, **settings)
    return versions.record(
        conn, new, expected_predecessor=None if before is None else before.id, now=at
    )


def new_version(
    key: str,
    snapshot_id: int,
    *,
    edition: str | None = "2025",
    at: dt.datetime = NOW,
    **more: object,
) -> NewVersion:
    """A version of the tea plan that is made of one snapshot."""
    settings = {"language": "zh-Hans", "nature": "official", "url": URL, "source_id": SOURCE} | more
    return NewVersion(
        document_id=DOCUMENT,
        edition=edition,
        text_key=key,
        parts=(Part(snapshot_id=snapshot_id),),
        fetched_at=at,
        **settings,
    )


def task(number: int, words: str, *bodies: str, instrument: str | None = None) -> Task:
    """A task given to bodies, the first of which leads; perhaps it drafts an instrument."""
    named = ()
    if instrument:
        named = (Instrument(title=instrument, commitment=Commitment(text="研究制定", level=1)),)
    return Task(
        id=str(number),
        number=f"{number}.",
        section="1",
        text=words,
        assignments=tuple(
            Assignment(
                name=body, kind="agency", agency=body, role="responsible" if order else "lead"
            )
            for order, body in enumerate(bodies)
        ),
        instruments=named,
    )


def plan(*tasks: Task) -> Plan:
    """A plan of one section with these tasks."""
    section = Section(id="1", number="一、", title="种茶", parent=None)
    return Plan(title="茶叶计划", language="zh-Hans", sections=(section,), tasks=tasks)


def read_as(conn: Connection, version: Version, *tasks: Task, **tools: str) -> int:
    """Keep a reading of a version; gives the plan's number."""
    return readings.store_plan(conn, version.id, plan(*tasks), **(TOOLS | tools), now=NOW)
