"""The daemon for minutes under faults and load, ended in the middle, and killed at random.

``python -m bench.watch.soak --minutes 20 --kills 10`` starts the real program (``planwatch run``) on
publishers of our own, some of whose pages are faults, while plans are amended all the time. It
prints, and fails where one of these does not hold:

- memory and file handles are flat: the last quarter is not above the second one;
- SIGTERM while a page is being served slowly ends it within the deadline of one fetch;
- after each kill -9 it goes on: every amendment is kept and told, and what was told twice is no
  more than was in hand when it was killed.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from storage import outbox, readings, sources, versions
from storage.database import Database
from tests.fixtures.webhook_server import WebhookReceiver
from tests.monitor.invented import Invented
from tests.publisher import faults
from tests.publisher.answers import Answer, Seen
from tests.publisher.server import Publisher

Say = Callable[[str, object, bool], None]

DEADLINE = 6.0
HOSTS = 6
ROOT = Path(__file__).resolve().parents[2]


class Amended:
    """A plan that is amended on demand, with noise around it; counts its texts."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.number = 0
        self._hits = 0

    def __call__(self, seen: Seen) -> Answer:
        """The present text, with a counter that moves."""
        self._hits += 1
        return Answer(self._page().page(hits=self._hits))

    def _page(self) -> Invented:
        words = f"支持高等学校建设第{self.number}批湖泊技术转移中心，培养{self.name}专门人才。"
        return Invented().with_words(2, 0, words)


def configuration(sites: list[Publisher], receiver: WebhookReceiver, pages: dict[str, str]) -> str:
    """The sources.yaml of the soak; ``pages`` are addresses by source id."""
    lines = [
        f"settings: {{spacing_seconds: 0, deadline_seconds: {DEADLINE}, attempts: 1, workers: 6,",
        "  max_bytes: 3000000, health: null}",
        "channels:",
        f"  - {{id: desk, kind: webhook, url: '{receiver.url}/hook', secret: '${{SOAK_SECRET}}'}}",
        "subscriptions:",
        "  - {id: all, channels: [desk], severity: editorial, burst: {alerts: 1000}}",
        "documents:",
    ]
    lines += [f"  - {{id: {id}, titles: {{zh: 计划, en: Plan {id}}}}}" for id in pages]
    lines.append("sources:")
    lines += [
        f"  - {{id: {id}, kind: article, documents: [{id}], url: '{url}', allow_private: true, "
        "schedule: {every: 1m, jitter: 1m}}"
        for id, url in pages.items()
    ]
    return "\n".join(lines) + "\n"


class Program:
    """``planwatch run`` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = (folder / "log.txt").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it is polling a second or two later."""
        env = os.environ | {
            "PLANWATCH_DATA": str(self._folder),
            "PLANWATCH_CONFIG": str(self._folder / "sources.yaml"),
            "SOAK_SECRET": WebhookReceiver.SECRET,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from planwatch.cli.app import main; main()", "run"],
            cwd=ROOT,
            env=env,
            stdout=self._log,
            stderr=self._log,
        )

    def end(self, how: signal.Signals, patience: float) -> float:
        """Send a signal and wait; gives the seconds that it took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(patience)
        return time.monotonic() - began

    def size(self) -> tuple[int, int]:
        """Resident memory in KiB, and open file handles."""
        assert self.process is not None
        if self.process.poll() is not None:
            log = (self._folder / "log.txt").read_text(errors="replace")
            raise RuntimeError(f"the program ended by itself:\n{log[-4000:]}")
        own = Path(f"/proc/{self.process.pid}")
        line = next(x for x in (own / "status").read_text().splitlines() if x.startswith("VmRSS"))
        return int(line.split()[1]), len(list((own / "fd").iterdir()))


class Soak:
    """The servers, the program and what happened."""

    def __init__(self, folder: Path, seed: int, pages: int) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.receiver = WebhookReceiver()
        self.sites = [Publisher() for _ in range(HOSTS)]
        self.plans: dict[str, Amended] = {}
        addresses: dict[str, str] = {}
        for number in range(pages):
            site = self.sites[number % HOSTS]
            id = f"plan-{number}"
            self.plans[id] = Amended(id)
            site.route(f"/{id}.html", self.plans[id])
            addresses[id] = site.url(f"/{id}.html")
        bad = {
            "wall": faults.wall_412(),
            "cut": faults.truncated(b"<html><p>x"),
            "drip": faults.drip(),
            "endless": faults.endless,
            "bomb": faults.gzip_bomb(100_000_000),
            "error": Answer(status=500),
            "pdf": Answer(b"%PDF-1.7\nbroken", media_type="application/pdf"),
        }
        for name, fault in bad.items():
            site = self.chance.choice(self.sites)
            site.answer(f"/{name}.html", fault)
            addresses[f"bad-{name}"] = site.url(f"/{name}.html")
        (folder / "sources.yaml").write_text(
            configuration(self.sites, self.receiver, addresses), encoding="utf-8"
        )
        self.program = Program(folder)

    def close(self) -> None:
        """End all of it."""
        if self.program.process is not None and self.program.process.poll() is None:
            self.program.process.kill()
            self.program.process.wait(10)
        for site in self.sites:
            site.close()
        self.receiver.close()

    # --- load -------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def load(self, each: float) -> Iterator[None]:
        """Make every source due, and amend a plan, every ``each`` seconds."""
        stop = threading.Event()

        def work() -> None:
            while not stop.wait(each):
                plan = self.plans[self.chance.choice(sorted(self.plans))]
                plan.number += 1
                self.all_due()

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def database(self) -> Database:
        """The program's own database, beside it."""
        return Database.open(self.folder / "planwatch.sqlite3", now=dt.datetime.now(dt.UTC))

    def all_due(self) -> None:
        """Let every source be due now."""
        database = self.database()
        try:
            with database.writing() as conn:
                for source in sources.list_all(conn):
                    sources.set_due(conn, source.id, dt.datetime.now(dt.UTC))
        finally:
            database.close()

    def kept(self) -> dict[str, int]:
        """How many versions each plan has."""
        database = self.database()
        try:
            with database.reading() as conn:
                return {id: len(versions.list_all(conn, id)) for id in self.plans}
        finally:
            database.close()

    def settle(self, patience: float = 90.0) -> bool:
        """Wait until the newest text of every plan is kept and nothing is left to be sent."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            self.all_due()
            time.sleep(2)
            if self._newest_kept() and self._queue_empty():
                return True
        return False

    def _newest_kept(self) -> bool:
        database = self.database()
        try:
            with database.reading() as conn:
                for id, plan in self.plans.items():
                    newest = versions.latest(conn, id)
                    if newest is None:
                        return False
                    read = readings.plan_of(conn, newest.id)
                    if read is None or not any(
                        f"第{plan.number}批" in task.text for task in read.tasks
                    ):
                        return False
            return True
        finally:
            database.close()

    def _queue_empty(self) -> bool:
        database = self.database()
        try:
            with database.reading() as conn:
                return outbox.counts(conn).get("pending", 0) == 0
        finally:
            database.close()


def flat(samples: list[int], allowance: float) -> tuple[int, int, bool]:
    """The medians of the second and of the last quarter, and whether the last is not above."""
    quarter = max(1, len(samples) // 4)
    second, last = median(samples[quarter : 2 * quarter]), median(samples[-quarter:])
    return int(second), int(last), last <= second * (1 + allowance) + 4


def main() -> int:
    """Run and print; the exit code is 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=2.0, help="of the part under load")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--pages", type=int, default=48)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    good = True

    def say(what: str, value: object, right: bool) -> None:
        nonlocal good
        good = good and right
        print(f"{'ok ' if right else 'BAD'} {what:<44} {value}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder), chosen.seed, chosen.pages)
        try:
            soak.program.start()
            time.sleep(8)
            memory, handles = [], []
            with soak.load(each=2.0):
                end = time.monotonic() + chosen.minutes * 60
                while time.monotonic() < end:
                    time.sleep(1)
                    kib, fds = soak.program.size()
                    memory.append(kib)
                    handles.append(fds)
            second, last, level = flat(memory, 0.10)
            say("memory, second and last quarter (MiB)", f"{second >> 10}, {last >> 10}", level)
            second, last, level = flat(handles, 0.0)
            say("file handles, second and last quarter", f"{second}, {last}", level)
            settled = soak.settle()
            say("all kept and told after the load", settled, settled)
            _terminate(soak, say)
            _kill(soak, chosen.kills, say)
        finally:
            soak.close()
            if not good:
                print((Path(folder) / "log.txt").read_text(errors="replace")[-6000:])
    return 0 if good else 1


def _terminate(soak: Soak, say: Say) -> None:
    asked = threading.Event()

    def slow(seen: Seen) -> Answer:
        asked.set()
        time.sleep(3)
        return Answer(b"<html><body>late</body></html>")

    soak.sites[0].route("/plan-0.html", slow)
    soak.all_due()
    met = asked.wait(30)
    seconds = soak.program.end(signal.SIGTERM, DEADLINE * 4)
    assert soak.program.process is not None
    code = soak.program.process.returncode
    soak.sites[0].route("/plan-0.html", soak.plans["plan-0"])
    right = met and code == 0 and seconds <= DEADLINE + 4
    say("seconds from SIGTERM to the end", f"{seconds:.1f} (exit code {code})", right)


def _kill(soak: Soak, kills: int, say: Say) -> None:
    for _ in range(kills):
        soak.program.start()
        time.sleep(3)
        with soak.load(each=0.3):
            time.sleep(soak.chance.uniform(0.5, 4.0))
            soak.program.end(signal.SIGKILL, 10)
    soak.program.start()
    time.sleep(3)
    settled = soak.settle()
    say("after the kills every newest text is kept", settled, settled)
    soak.program.end(signal.SIGTERM, DEADLINE * 4)
    told = Counter(
        alert["id"] for alert in soak.receiver.accepted if alert["event"] == "version_recorded"
    )
    kept = soak.kept()
    # The first text of each plan was a first look and told nobody.
    expected = sum(number - 1 for number in kept.values())
    say(
        "versions that were to be told, and told", f"{expected}, {len(told)}", expected == len(told)
    )
    twice = sum(number - 1 for number in told.values())
    say("told twice (at most one in hand at each kill)", twice, twice <= kills)


if __name__ == "__main__":
    raise SystemExit(main())
