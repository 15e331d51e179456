"""kill -9 at points all along a poll: everything of the version is there, or nothing of it."""

import datetime as dt
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import evidence, outbox, pages, readings, snapshots, versions, visits
from storage.verify import verify
from tests.monitor.invented import Invented
from tests.monitor.watch import article_source

ROOT = Path(__file__).resolve().parents[3]
POINTS = 9


def text(number):
    """The plan, amended in another place each time."""
    return Invented().with_words(2, 4, f"加快推进《湖泊生态标识使用规定》第{number}稿出台。").page()


class Mortal:
    """A process whose forks poll and die before their nth statement."""

    def __init__(self, target, url) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.monitor.polling.dying_child", target, url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def poll(self, clock, nth):
        """(exit code, statements, outcome); the latter two only of one that lived."""
        self._process.stdin.write(f"{clock.now().isoformat()} {nth}\n")
        self._process.stdin.flush()
        code, *rest = self._process.stdout.readline().split()
        return int(code), *rest

    def close(self) -> None:
        self._process.communicate(timeout=20)


def kept(watch, url):
    """What the archive holds of the page's newest text, piece by piece."""
    newest = watch.versions()[-1]
    with watch.database.reading() as conn:
        page = pages.get(conn, "page", url)
        return {
            "number": newest.number,
            "parts": len(versions.parts_of(conn, newest.id)),
            "witnesses": len(versions.witnesses_of(conn, newest.id)),
            "read": readings.plan_of(conn, newest.id) is not None,
            "compared": len(readings.changesets_of(conn, newest.id, against="predecessor")),
            "told": sum(
                alert.version_id == newest.id and alert.event == "version_recorded"
                for alert in outbox.list_all(conn, limit=1000)
            ),
            "accepted": page.version_id == newest.id,
            "validators": page.etag is not None,
            "visit": visits.of_page(conn, page.id, limit=1)[0].outcome,
            "snapshots": len(snapshots.of_url(conn, url)),
            "chain": evidence.head(conn),
            "faults": list(verify(conn)),
        }


@pytest.mark.slow
def test_a_poll_that_is_killed_leaves_all_or_nothing(publisher, watch, database_target):
    url = publisher.url("/plan.html")
    page = publisher.page("/plan.html", text(0))
    watch = watch(article_source(url))
    watch.poll()
    mortal = Mortal(database_target, url)
    try:
        page.body = text(1)
        code, statements, outcome = mortal.poll(watch.clock, 0)
        assert (code, outcome) == (0, "new_version")
        died_before_commit = 0
        for number, nth in enumerate(points(int(statements)), start=2):
            watch.clock.advance(dt.timedelta(days=1))
            before = kept(watch, url)
            page.body = text(number)
            assert mortal.poll(watch.clock, nth) == (-signal.SIGKILL,)

            after = kept(watch, url)
            if after["number"] == before["number"]:
                assert after == before
                died_before_commit += 1
            else:
                whole(after, before)
            # The next poll goes on where that one died: the version once, told once.
            watch.poll(after=dt.timedelta(hours=8))
            end = kept(watch, url)
            whole(end | {"visit": "new_version"}, before)
        assert 0 < died_before_commit <= POINTS
    finally:
        mortal.close()


def points(statements):
    """Statements spread over the whole poll, the first and the last among them."""
    return [1 + round(place * (statements - 1) / (POINTS - 1)) for place in range(POINTS)]


def whole(after, before):
    """Everything of one more version is there, exactly once."""
    assert after["number"] == before["number"] + 1
    assert after["snapshots"] == before["snapshots"] + 1
    expected = {
        "parts": 1,
        "witnesses": 1,
        "read": True,
        "compared": 1,
        "told": 1,
        "accepted": True,
        "validators": True,
        "visit": "new_version",
        "faults": [],
    }
    assert {name: after[name] for name in expected} == expected
