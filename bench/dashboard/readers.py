"""Twenty readers at the dashboard while the daemon beside it looks, compares and writes.

    python -m bench.dashboard.readers [--target TARGET] [--readers 20] [--seconds 300]

Starts the real program (``planwatch run``) on a publisher of our own whose plans of 110 tasks are
amended all the time. TARGET is an empty file or an empty PostgreSQL database, without it a file that
is deleted afterwards. Fails where any page is not answered with 200, where the program's log tells of
a lock, or where the daemon kept nothing new meanwhile.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import requests

from bench.poll.publishing import publish
from storage import sources, versions
from storage.database import Database

DOCUMENTS = 20
ROOT = Path(__file__).resolve().parents[2]
#: Of document N; a reader takes one after the other, each reader beginning elsewhere.
PATHS = (
    "/",
    "/documents/plan-N",
    "/documents/plan-N/compare",
    "/documents/plan-N/versions/1",
    "/documents/plan-N/tasks/1",
    "/documents/plan-N/bodies",
    "/search?q=创新",
    "/sources",
    "/sources/plan-N",
    "/alerts",
    "/feed.atom",
    "/api/v1/documents/plan-N/versions",
)
#: A reader looks at a page for so long, in seconds.
PAUSE = 0.2
PATIENCE = 60.0


def main() -> None:
    """Start, read, print figures; exit with 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=300)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planwatch-readers-") as name:
        folder = Path(name)
        target = wanted.target or str(folder / "archive.sqlite3")
        here, there = multiprocessing.Pipe()
        publisher = multiprocessing.Process(target=publish, args=(DOCUMENTS, 4, there), daemon=True)
        publisher.start()
        urls, _ = here.recv()
        (folder / "sources.yaml").write_text(_configuration([u for host in urls for u in host]))
        port = _free_port()
        program = _start(folder, target, port)
        try:
            failed = _measure(here, target, port, wanted.readers, wanted.seconds)
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(PATIENCE)
            here.send("end")
            publisher.join(10)
            log = (folder / "log.txt").read_text(errors="replace")
            print(log[-1500:] if program.returncode else "")
    locked = [line for line in log.splitlines() if "lock" in line.lower() and "error" in line]
    print(f"lines of the log about a lock: {len(locked)}")
    raise SystemExit(1 if failed or locked else 0)


def _measure(here, target: str, port: int, readers: int, seconds: float) -> bool:  # noqa: ANN001
    """Read for so long; True where something is not as it must be."""
    base = f"http://127.0.0.1:{port}"
    _wait(lambda: requests.get(base, timeout=5).ok)
    database = Database.open(target, now=_now())
    _wait(lambda: _kept(database) >= DOCUMENTS)
    first, until = _kept(database), time.monotonic() + seconds
    answers: Counter[int] = Counter()
    spent: list[float] = []
    wrong: list[str] = []

    def read(start: int) -> None:
        with requests.Session() as session:
            turn = start
            while time.monotonic() < until:
                path = PATHS[turn % len(PATHS)].replace("-N", f"-{turn % DOCUMENTS}")
                began = time.perf_counter()
                try:
                    answer = session.get(base + path, timeout=PATIENCE)
                except requests.RequestException as error:
                    wrong.append(f"{path}: {error}")
                    return
                spent.append(time.perf_counter() - began)
                answers[answer.status_code] += 1
                # Without a second version there is nothing to compare yet.
                nothing = answer.status_code == 404 and path.endswith("/compare")
                if answer.status_code != 200 and not nothing:
                    wrong.append(f"{answer.status_code} {path}: {answer.text[:200]}")
                turn += 1
                time.sleep(PAUSE)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        here.send("change")
        here.recv()
        with database.writing() as conn:
            for source in sources.list_all(conn):
                sources.set_due(conn, source.id, _now())
        time.sleep(1)
    for thread in threads:
        thread.join(PATIENCE + 5)
    new = _kept(database) - first
    print(f"{database.url.get_backend_name()}: {readers} readers for {seconds:.0f} s")
    print(f"answers by status: {dict(answers)}")
    print(f"median {statistics.median(spent) * 1000:.0f} ms, slowest {max(spent) * 1000:.0f} ms")
    print(f"versions recorded meanwhile: {new}")
    for line in wrong[:10]:
        print(line)
    database.close()
    return bool(wrong) or new == 0


def _configuration(urls: list[str]) -> str:
    lines = [
        "settings: {spacing_seconds: 0, workers: 4, health: null, look_again: 1m}",
        "documents:",
    ]
    lines += [
        f"  - {{id: plan-{n}, titles: {{zh: 创新强国建设推进计划, en: Plan {n}}}}}"
        for n in range(len(urls))
    ]
    lines.append("sources:")
    lines += [
        f"  - {{id: plan-{n}, kind: article, authority: official, documents: [plan-{n}], "
        f"url: '{url}', allow_private: true, schedule: {{every: 1m, jitter: 1m}}}}"
        for n, url in enumerate(urls)
    ]
    return "\n".join(lines) + "\n"


def _start(folder: Path, target: str, port: int) -> subprocess.Popen[bytes]:
    env = os.environ | {
        "PLANWATCH_DATA": str(folder),
        "PLANWATCH_CONFIG": str(folder / "sources.yaml"),
        "PLANWATCH_DATABASE": target,
    }
    log = (folder / "log.txt").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", "planwatch", "run", "--listen", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=env,
        stdout=log,
        stderr=log,
    )


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def _kept(database: Database) -> int:
    with database.reading() as conn:
        return len(versions.list_all(conn))


def _wait(happened) -> None:  # noqa: ANN001
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if happened():
                return
        except requests.ConnectionError:
            pass
        if time.monotonic() > until:
            raise SystemExit("the program did not come up; try `planwatch run` by hand")
        time.sleep(0.3)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    main()
