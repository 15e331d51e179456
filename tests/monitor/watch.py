"""A whole watch for tests: real database, real fetcher, real tools; time is the test's."""

import datetime as dt
import itertools
import threading

from alerts.record import ahead, record
from monitor import reviewing
from monitor.config.load import config_from
from monitor.fetching.fetcher import Fetcher
from monitor.polling.source import Round, poll_source
from monitor.polling.tools import Tools
from monitor.runtime import Runtime, sync
from plans.registry.load import shipped_registry
from storage import outbox, readings, reviews, sources, versions

START = dt.datetime(2031, 5, 7, 2, 0, tzinfo=dt.UTC)
_holders = itertools.count(1)

#: What every test's sources.yaml begins with: two subscribers who want to hear everything.
HEAD = """
settings:
  contact: https://example.org/watch
  spacing_seconds: 0
  deadline_seconds: 5
  attempts: 1
channels:
  - {id: desk, kind: file, folder: told}
subscriptions:
  - {id: readers, channels: [desk], severity: editorial}
  - {id: keepers, channels: [desk], about: operations}
documents:
  - id: lakes
    titles: {zh: 湖泊创新强国建设推进计划, en: Lake Innovation Plan}
    title_patterns: ['(?P<edition>20\\d\\d)年湖泊创新强国建设推进计划']
    near_patterns: ['湖泊.*计划']
    numbers: ['湖创联办']
    expects_by: '07-31'
"""


class ManualClock:
    """Time that moves when a test says so, and by what is slept."""

    def __init__(self, start: dt.datetime = START) -> None:
        self._now = start
        self._lock = threading.Lock()

    def now(self) -> dt.datetime:
        with self._lock:
            return self._now

    def monotonic(self) -> float:
        return (self.now() - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.advance(dt.timedelta(seconds=seconds))

    def advance(self, span: dt.timedelta) -> None:
        with self._lock:
            self._now += span


class Watch:
    """Polls by hand and tells what was kept and told."""

    def __init__(self, database, sources_yaml, *, clock=None, head=HEAD, tools=None) -> None:
        self.database = database
        self.clock = clock or ManualClock()
        self.head = head
        self.tools = tools or Tools(registry=shipped_registry())
        self.fetcher = Fetcher(clock=self.clock, agent="watch-test", chance=lambda: 0.0)
        self.holder = f"test-{next(_holders)}"
        self.configure(sources_yaml)

    def configure(self, sources_yaml: str) -> None:
        config = config_from(f"{self.head}\nsources:\n{sources_yaml}", "sources.yaml", env=None)
        self.runtime = Runtime(
            database=self.database,
            config=config,
            fetcher=self.fetcher,
            tools=self.tools,
            clock=self.clock,
            holder=self.holder,
            tell=self._tell,
            ahead=lambda event: ahead(event, config.subscriptions, self.tools.registry),
            draw=lambda: 0.0,
        )
        sync(self.runtime)

    def _tell(self, conn, event) -> None:
        record(
            conn,
            event,
            self.runtime.config.subscriptions,
            self.tools.registry,
            now=self.clock.now(),
        )

    # --- doing ------------------------------------------------------------------------------------

    def poll(self, source: str = "page", *, after: dt.timedelta = dt.timedelta(hours=6)) -> Round:
        """Let ``after`` go by, lease the source and poll it."""
        self.clock.advance(after)
        now = self.clock.now()
        with self.database.writing() as conn:
            assert sources.claim(
                conn, source, self.holder, now=now, until=now + dt.timedelta(minutes=10)
            )
        return poll_source(self.runtime, source)

    def accept(self, review: int):
        """A person says yes to a review."""
        return reviewing.accept(self.runtime, review, by="ann")

    # --- seeing -----------------------------------------------------------------------------------

    def told(self) -> list[tuple[str, str]]:
        """(event, headline) of every alert, the oldest first."""
        return [(alert.event, alert.headline) for alert in self.alerts()]

    def alerts(self, subscription: str | None = None):
        with self.database.reading() as conn:
            found = outbox.list_all(conn, limit=1000)
        wanted = [a for a in found if subscription in (None, a.subscription)]
        return sorted(wanted, key=lambda alert: (alert.created_at, alert.event))

    def events(self) -> list[str]:
        return [event for event, _ in self.told()]

    def versions(self, document: str = "lakes"):
        """The versions of a document, the first first."""
        with self.database.reading() as conn:
            return sorted(versions.list_all(conn, document), key=lambda version: version.number)

    def plan(self, version):
        with self.database.reading() as conn:
            return readings.plan_of(conn, version.id)

    def changes(self, version, against="predecessor"):
        """The changes of a version's newest changeset."""
        with self.database.reading() as conn:
            stored = readings.changesets_of(conn, version.id, against=against)
            return readings.changeset(conn, stored[0].id).changes if stored else None

    def reviews(self):
        with self.database.reading() as conn:
            return reviews.list_all(conn)

    def review(self, id: int):
        with self.database.reading() as conn:
            return reviews.get(conn, id)

    def source(self, id: str = "page"):
        with self.database.reading() as conn:
            return sources.get(conn, id)

    def close(self) -> None:
        self.fetcher.close()


def article_source(url: str, **more: str) -> str:
    """The YAML of a source that is one article on loopback."""
    fields = {"id": "page", "kind": "article", "documents": "[lakes]", "allow_private": "true"}
    fields |= {"url": f"'{url}'"} | more
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}\n"


def list_source(url: str, **more: str) -> str:
    """The YAML of a source that is a column page on loopback."""
    return article_source(url, **({"id": "column", "kind": "list"} | more))
