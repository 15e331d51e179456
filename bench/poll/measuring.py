"""Whole polls on loopback beside a bare requests loop: first, unchanged, and 1 % changed rounds.

Started by :mod:`bench.poll.rounds`, so that its readers do not import all of this. The publisher runs
in a process of its own and serves invented plans of 110 tasks, about 30 KB a page. Spacing and
robots.txt are off, workers are equal, the loops are interleaved; medians are printed, with memory,
disk, and where a first round's time goes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing as mp
import os
import resource
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import requests
from sqlalchemy import text
from sqlalchemy.engine import Connection

from alerts.events import Event
from alerts.record import ahead, record
from bench.poll.publishing import publish
from monitor.config.model import Config
from monitor.extracting.extract import extract
from monitor.fetching.clock import SystemClock
from monitor.fetching.fetcher import Fetcher
from monitor.outcomes import SEEN
from monitor.polling.tools import Tools
from monitor.quiet import poll_sources
from monitor.reading_pool import ReadingPool
from monitor.runtime import Runtime, sync
from plans.comparing.compare import compare
from plans.reading.read import read
from plans.registry.load import shipped_registry
from storage import quiet
from storage.database import Database
from storage.task_index import index_of

WORKERS = 10
BATCH = 100
PUBLISHER = "publisher"


class Round(Protocol):
    """Something that can ask for every document once."""

    def round(self) -> None:
        """Do so."""
        ...


class BareLoop:
    """What anybody writes first: one Session a worker, validators in a dict, nothing kept."""

    def __init__(self, urls: list[list[str]]) -> None:
        self._urls = urls
        self._kept: dict[str, str] = {}
        self._sessions = [requests.Session() for _ in urls]

    def round(self) -> None:
        """Ask every address once, one worker a host."""
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._host, self._sessions, self._urls))

    def _host(self, session: requests.Session, urls: list[str]) -> None:
        for url in urls:
            kept = self._kept.get(url)
            answer = session.get(url, headers={"If-None-Match": kept} if kept else {}, timeout=30)
            if answer.status_code == 200:
                self._kept[url] = answer.headers["etag"]


class Urlwatch:
    """urlwatch, installed elsewhere: one run of its command a round, with ten threads of its own."""

    def __init__(self, program: str, urls: list[list[str]], folder: Path) -> None:
        (folder / "urls.yaml").write_text(
            "---\n".join(f"url: {url}\n" for host in urls for url in host)
        )
        (folder / "urlwatch.yaml").write_text("report:\n  stdout:\n    enabled: false\n")
        self._command = [program, "--urls", str(folder / "urls.yaml")]
        self._command += ["--config", str(folder / "urlwatch.yaml")]
        self._command += ["--cache", str(folder / "cache.db")]

    def round(self) -> None:
        """Run it once, as cron would."""
        subprocess.run(self._command, check=True, capture_output=True)


class Stages:
    """CPU seconds by stage, over all threads; what is in none of them is deciding and storing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.seconds: dict[str, float] = {}

    def timing(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """``work``, with its CPU time added under ``name``."""

        def timed_work(*args: Any, **named: Any) -> Any:
            before = time.thread_time()
            try:
                return work(*args, **named)
            finally:
                spent = time.thread_time() - before
                with self._lock:
                    self.seconds[name] = self.seconds.get(name, 0.0) + spent

        return timed_work


class TimedFetcher(Fetcher):
    """The fetcher, with its time taken."""

    def timed_by(self, stages: Stages) -> TimedFetcher:
        """Take the time of every fetch from now on."""
        self.fetch = stages.timing("fetch", self.fetch)  # type: ignore[method-assign]
        return self


class Watching:
    """The daemon's work without its ticks: lease, poll, record, the same functions."""

    def __init__(self, database: Database, urls: list[list[str]], readers: int = 0) -> None:
        self._ids = [[f"s{h}-{n}" for n in range(len(host))] for h, host in enumerate(urls)]
        config = Config.model_validate(_config(self._ids, urls))
        registry = shipped_registry()
        clock = SystemClock()
        self.stages = Stages()
        pool = ReadingPool(registry, readers) if readers else None

        def tell(conn: Connection, event: Event) -> None:
            record(conn, event, config.subscriptions, registry, now=event.at)

        self._runtime = Runtime(
            database=database,
            config=config,
            fetcher=TimedFetcher(clock=clock, agent="bench", connections=WORKERS).timed_by(
                self.stages
            ),
            tools=Tools(
                registry=registry,
                extract=self.stages.timing("extract", pool.extract if pool else extract),
                read=self.stages.timing("read", pool.read if pool else read),
                compare=self.stages.timing("compare", compare),
                index=self.stages.timing("index", pool.index if pool else index_of),
            ),
            clock=clock,
            holder="bench",
            tell=tell,
            ahead=lambda event: ahead(event, config.subscriptions, registry),
        )
        sync(self._runtime)

    def round(self) -> None:
        """Poll every source once, one worker a host."""
        self.stages.seconds.clear()
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._host, self._ids))

    def _host(self, ids: list[str]) -> None:
        runtime = self._runtime
        for start in range(0, len(ids), BATCH):
            now = runtime.now()
            with runtime.database.writing(durable=False) as conn:
                until = now + dt.timedelta(minutes=5)
                mine = quiet.claim(conn, ids[start : start + BATCH], "bench", now=now, until=until)
            for one in poll_sources(runtime, mine):
                assert one.outcome in SEEN, one


def _config(ids: list[list[str]], urls: list[list[str]]) -> dict[str, object]:
    flat = [
        (id, url)
        for host, mine in zip(ids, urls, strict=True)
        for id, url in zip(host, mine, strict=True)
    ]
    return {
        "settings": {"spacing_seconds": 0, "workers": WORKERS, "attempts": 1},
        "channels": [{"id": "desk", "kind": "file", "folder": "told"}],
        "subscriptions": [{"id": "all", "channels": ["desk"]}],
        "documents": [
            {"id": id, "titles": {"zh": "推进计划", "en": "Plan"}, "title_patterns": ["推进计划"]}
            for id, _ in flat
        ],
        "sources": [
            {
                "id": id,
                "kind": "article",
                "documents": [id],
                "url": url,
                "allow_private": True,
                "robots_exception": "a bench on loopback",
            }
            for id, url in flat
        ],
    }


def timed(work: Round) -> tuple[float, float]:
    """Seconds on the wall, and of CPU (ours and of commands we started), for one round."""
    wall, before = time.perf_counter(), os.times()
    work.round()
    after = os.times()
    return time.perf_counter() - wall, sum(after[:4]) - sum(before[:4])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--changes", type=int, default=10, help="rounds with 1 %% changed")
    parser.add_argument("--readers", type=int, default=0, help="processes that read; 0: none")
    parser.add_argument("--urlwatch", help="its command, to be measured in the same run")
    parser.add_argument(
        "--database",
        help="address of an empty PostgreSQL database; left out: SQLite in a new folder",
    )
    chosen = parser.parse_args()
    documents = chosen.documents - chosen.documents % WORKERS
    ours, theirs = mp.Pipe()
    context = mp.get_context("spawn")
    server = context.Process(
        target=publish, args=(documents, WORKERS, theirs), name=PUBLISHER, daemon=True
    )
    server.start()
    theirs.close()  # or a publisher that dies would be waited for
    urls, size = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        where = chosen.database or Path(folder) / "archive.sqlite3"
        database = Database.open(where, now=dt.datetime.now(dt.UTC))
        loops: dict[str, Round] = {
            "requests": BareLoop(urls),
            "planwatch": Watching(database, urls, chosen.readers),
        }
        if chosen.urlwatch:
            elsewhere = Path(folder) / "urlwatch"
            elsewhere.mkdir()
            loops["urlwatch"] = Urlwatch(chosen.urlwatch, urls, elsewhere)
        print(f"{documents} documents of {size / 1000:.0f} KB, {WORKERS} workers, {database.name}")
        for name, loop in loops.items():
            before = _readers_cpu()
            wall, cpu = timed(loop)
            print(
                f"first      {name:10} {documents / wall:7.0f}/s  {1000 * cpu / documents:6.2f} ms CPU each"
            )
            if isinstance(loop, Watching):
                stages = loop.stages.seconds | {"the rest": cpu - sum(loop.stages.seconds.values())}
                print("           ms each: ", end="")
                print(", ".join(f"{n} {1000 * s / documents:.1f}" for n, s in stages.items()))
                spent = _readers_cpu() - before
                print(f"           and {1000 * spent / documents:.1f} ms each in the readers")
        after_first, _ = _kept(database)
        _report("unchanged", loops, documents, chosen.rounds, None)
        before, bodies_before = _kept(database)
        rounds = chosen.changes

        def change() -> None:
            ours.send("change")
            ours.recv()

        _report("1 % changed", loops, documents, rounds, change)
        grown, bodies = (
            now - then for now, then in zip(_kept(database), (before, bodies_before), strict=True)
        )
        changed = rounds * max(1, documents // 100)
        print(
            f"disk       {after_first / documents / 1000:.1f} KB a document after the first round"
        )
        print(f"           {rounds} changed rounds, a changed page of {size / 1000:.1f} KB each:")
        for what, part in (("all of the database", grown), ("bytes of pages alone", bodies)):
            print(
                f"           {what}: {part / changed / 1000:.2f} KB,"
                f" 1/{changed * size / max(1, part):.1f} of the changed pages,"
                f" 1/{rounds * documents * size / max(1, part):.0f} of all pages looked at"
            )
        print(
            f"memory     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"
        )
        database.close()
    ours.send("end")
    server.join(10)


def _report(
    name: str,
    loops: dict[str, Round],
    documents: int,
    rounds: int,
    before: Callable[[], object] | None,
) -> None:
    measured: dict[str, list[tuple[float, float]]] = {loop: [] for loop in loops}
    for _ in range(rounds):
        if before is not None:
            before()
        for loop, work in loops.items():
            measured[loop].append(timed(work))
    bare = statistics.median(wall for wall, _ in measured["requests"])
    for loop, times in measured.items():
        wall = statistics.median(wall for wall, _ in times)
        cpu = statistics.median(cpu for _, cpu in times)
        print(
            f"{name:10} {loop:10} {documents / wall:7.0f}/s  {1000 * cpu / documents:6.2f} ms CPU each"
            f"  {bare / wall:5.2f} x requests"
        )


def _readers_cpu() -> float:
    """CPU seconds of the processes beside this one, their starting included (Linux)."""
    spent = 0
    for child in mp.active_children():
        if child.name != PUBLISHER:
            fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
            spent += int(fields[11]) + int(fields[12])
    return spent / os.sysconf("SC_CLK_TCK")


def _kept(database: Database) -> tuple[int, int]:
    """Bytes of the database (indexes with it, its log written back), and of bodies: after the sweep
    that the daemon makes every hour has given free pages back.
    """
    database.give_back()
    size = "SELECT pg_database_size(current_database())"
    if database.sqlite:
        with closing(sqlite3.connect(database.name)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    bodies = "SELECT coalesce(sum(length(data)), 0) FROM blobs WHERE id IN (SELECT blob_id FROM snapshots)"
    with database.reading() as conn:
        whole, part = (int(conn.execute(text(query)).scalar_one()) for query in (size, bodies))
        return whole, part


if __name__ == "__main__":
    main()
