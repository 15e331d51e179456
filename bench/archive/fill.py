"""Fills a database with an invented archive of any size, and times what the pages will ask of it.

    python -m bench.archive.fill TARGET [--versions 10000] [--tasks 100] [--same 0] [--compared 0]
    python -m bench.archive.ask TARGET

TARGET is a file or a PostgreSQL URL. ``--same`` is the share of tasks that each version repeats
from the one before it (0: every wording is new, the worst case). ``--compared`` is how many of each
document's newest versions are kept with what changed, as the watch keeps it with all of them;
``--versions 0 --compared 20`` does that alone, again once the comparer has another version.
"""

import argparse
import datetime as dt
import random
import time

from sqlalchemy import Connection

from monitor.polling.considering import side_of
from plans.comparing.compare import COMPARER_VERSION, compare
from plans.model import Assignment, Commitment, Extract, Instrument, Plan, Section, Task
from plans.registry.load import shipped_registry
from storage import documents, readings, snapshots, sources, versions
from storage.database import Database
from storage.records import DocumentSpec, NewSnapshot, NewVersion, Part, SourceSpec

NOW = dt.datetime(2025, 5, 7, 4, 0, tzinfo=dt.UTC)
VERBS = ["推进", "完善", "加强", "修订", "制定", "开展", "优化", "健全", "落实", "提升"]
THINGS = ["茶园管护", "专利审查", "商标注册", "版权登记", "种业保护", "数据规则", "地方条例",
          "人才培养", "海外援助", "质押融资", "公共服务", "标准体系", "执法协作", "司法保护"]  # fmt: skip
PER_DOCUMENT = 100


def main() -> None:
    """Fill, and say how long it took and how large it became."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("--versions", type=int, default=10_000)
    parser.add_argument("--tasks", type=int, default=100)
    parser.add_argument("--same", type=float, default=0.0)
    parser.add_argument("--compared", type=int, default=0)
    wanted = parser.parse_args()
    database = Database.open(wanted.target, now=NOW)
    if wanted.versions:
        began = time.monotonic()
        fill(database, wanted.versions, wanted.tasks, wanted.same)
        seconds = time.monotonic() - began
        print(f"{wanted.versions} versions, {wanted.versions / seconds:.0f} a second")
    compare_newest(database, wanted.compared)
    database.close()


def fill(database: Database, count: int, per_version: int, same: float) -> None:
    """So many versions, a hundred of each document."""
    chance = random.Random(20250507)
    names = [
        f"document-{number:03}" for number in range((count + PER_DOCUMENT - 1) // PER_DOCUMENT)
    ]
    with database.writing() as conn:
        specs = [DocumentSpec(id=n, title_zh=f"文件{n}", title_en=n.title()) for n in names]
        documents.sync(conn, specs, NOW)
        sources.sync(conn, [_source(name) for name in names], NOW)
    for name in names:
        tasks: list[Task] = []
        before: int | None = None
        for number in range(min(PER_DOCUMENT, count)):
            tasks = _next(chance, tasks, per_version, same)
            with database.writing() as conn:
                before = _version(conn, name, number, tasks, before)


def compare_newest(database: Database, count: int) -> None:
    """Keep what changed in so many newest versions of each document, each against its predecessor."""
    registry = shipped_registry()
    with database.reading() as conn:
        newest = [
            pair
            for document in documents.list_all(conn)
            for pair in versions.with_predecessors(
                conn, versions.list_all(conn, document.id, limit=count)
            )
        ]
    for pair in newest if count else ():
        with database.writing() as conn:
            old, new = (readings.reading_of(conn, version.id) for version in pair)
            assert old is not None and new is not None, pair
            before, after = readings.plan(conn, old.id), readings.plan(conn, new.id)
            readings.store_changeset(
                conn,
                compare(
                    before,
                    after,
                    registry,
                    old_side=side_of(conn, pair[0], before),
                    new_side=side_of(conn, pair[1], after),
                ),
                old_plan_id=old.id,
                new_plan_id=new.id,
                against="predecessor",
                comparer=COMPARER_VERSION,
                registry=registry.version,
                now=NOW,
            )


def _source(name: str) -> SourceSpec:
    return SourceSpec(
        id=name,
        kind="article",
        authority="official",
        url=f"http://{name}.example/",
        documents=(name,),
    )


def _version(
    conn: Connection, name: str, number: int, tasks: list[Task], before: int | None
) -> int:
    at = NOW + dt.timedelta(days=number)
    text = "\n".join(task.text for task in tasks)
    url = f"http://{name}.example/plan.html"
    page = f"<html><body>{text}</body></html>".encode()
    snapshot = snapshots.store(conn, NewSnapshot(url=url, fetched_at=at, status=200), page, now=at)
    readings.store_extract(
        conn,
        snapshot,
        Extract(state="document", text=text),
        extractor="1",
        text_key=f"{name} {number}",
        now=at,
    )
    version = versions.record(
        conn,
        NewVersion(
            document_id=name,
            edition=str(1990 + number // 3),
            language="zh-Hans",
            nature="official",
            text_key=f"{name} {number}",
            parts=(Part(snapshot_id=snapshot),),
            fetched_at=at,
            url=url,
            source_id=name,
            title=f"文件{name}",
        ),
        expected_predecessor=before,
        now=at,
    )
    sections = tuple(
        Section(id=str(n), number=f"{n}.", title=f"{THINGS[n]}", parent=None) for n in range(1, 8)
    )
    plan = Plan(title=f"文件{name}", language="zh-Hans", sections=sections, tasks=tuple(tasks))
    readings.store_plan(conn, version.id, plan, extractor="1", reader="1", registry="1", now=at)
    return version.id


def _next(chance: random.Random, tasks: list[Task], count: int, same: float) -> list[Task]:
    return [
        tasks[n] if n < len(tasks) and chance.random() < same else _task(chance, n)
        for n in range(count)
    ]


def _task(chance: random.Random, number: int) -> Task:
    words = "，".join(
        chance.choice(VERBS) + chance.choice(THINGS) + str(chance.randrange(1000)) + "项"
        for _ in range(5)
    )
    agencies = shipped_registry().agencies
    bodies = chance.sample(sorted(agencies), chance.randint(1, 5))
    return Task(
        id=str(number + 1),
        number=f"{number + 1}.",
        section=str(1 + number % 7),
        text=f"{words}（{chance.getrandbits(40):x}）。",
        assignments=tuple(
            Assignment(name=agencies[b].zh, kind="agency", agency=b, role="responsible")
            for b in bodies
        ),
        instruments=(
            Instrument(
                title=f"{chance.choice(THINGS)}条例",
                commitment=Commitment(text="推进", level=chance.randrange(9)),
            ),
        )
        if chance.random() < 0.3
        else (),
    )


if __name__ == "__main__":
    main()
