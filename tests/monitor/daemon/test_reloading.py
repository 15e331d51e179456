"""A changed sources.yaml is taken while the daemon works; a bad one is not, and nothing is lost."""

import threading

import pytest
import structlog

from monitor.probe import metrics
from monitor.status import status
from storage import leases, outbox, sources
from tests.fixtures.webhook_server import Answer as HookAnswer
from tests.fixtures.webhook_server import WebhookReceiver
from tests.monitor.daemon.running import make_daemon, running, until
from tests.monitor.invented import Invented
from tests.publisher.answers import Answer

PAGE = Invented().page()


class File:
    """A sources.yaml of articles that a test writes anew; ``more`` are further lines at its top."""

    def __init__(self, folder):
        self.path = folder / "sources.yaml"

    def write(self, pages, *, settings="", more=""):
        lines = [
            f"settings: {{spacing_seconds: 0, deadline_seconds: 10, attempts: 1{settings}}}",
            more,
            "documents: [{id: lakes, titles: {zh: 湖泊计划, en: Lakes}}]",
            "sources:",
        ]
        lines += [
            f"  - {{id: {id}, kind: article, documents: [lakes], url: '{url}', allow_private: true}}"
            for id, url in pages.items()
        ]
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def file(tmp_path):
    return File(tmp_path)


@pytest.fixture
def hook():
    server = WebhookReceiver()
    yield server
    server.close()


def visited(database):
    with database.reading() as conn:
        return {s.id for s in sources.list_all(conn) if s.last_visit_at is not None}


def test_a_changed_file_is_taken_and_a_bad_one_is_not(database, publisher, file):
    publisher.page("/a.html", PAGE)
    publisher.page("/b.html", PAGE)
    pages = {name: publisher.url(f"/{name}.html") for name in "ab"}
    file.write({"a": pages["a"]})
    with running(make_daemon(database, None, file=file.path)) as daemon:
        until(lambda: visited(database) == {"a"})
        file.path.write_text("sources: [{id: b, knid: article}]\n")
        daemon.reload()
        until(lambda: not daemon._reload.is_set(), "the look at the bad file")
        assert [source.id for source in daemon.runtime.config.sources] == ["a"]
        file.write(pages)
        until(lambda: visited(database) == {"a", "b"}, "the second source")


def state_of(database, daemon, config=None):
    with database.reading() as conn:
        return status(conn, config, database="the archive", now=daemon.runtime.now())


#: What a slip of the hand writes, the line that is named, and a word of the remedy.
SLIPS = {
    "an unknown key": (b"sources: [{id: b, knid: article}]\n", 1, "did you mean `kind`"),
    "an id twice": (
        b"documents:\n- {id: a, titles: {zh: x, en: x}}\n- {id: a, titles: {zh: y, en: y}}\n",
        3,
        "second time",
    ),
    "a bad cron": (b"settings:\n  schedule: {cron: '61 * * * *'}\n", 2, "five fields"),
    "a tab": (b"settings:\n\tworkers: 3\n", 2, "no valid YAML"),
    "an alias of nothing": (b"documents: []\nsources: *none\n", 2, "no valid YAML"),
    "another encoding": ("# 湖\n# 计划\n".encode("gbk"), 1, "not UTF-8"),
    "a huge file": (b"# much\n" * 800_000, 1, "larger than"),
    "half of it": (b"sources:\n  - {id: a, kind: article, documents: [la", 2, "no valid YAML"),
}


@pytest.mark.parametrize(("content", "line", "remedy"), SLIPS.values(), ids=SLIPS)
def test_the_mistakes_of_a_changed_file_show_until_it_is_mended(
    database, publisher, file, content, line, remedy
):
    publisher.page("/a.html", PAGE)
    pages = {"a": publisher.url("/a.html")}
    file.write(pages)
    with running(make_daemon(database, None, file=file.path)) as daemon:
        until(lambda: visited(database) == {"a"})
        before = daemon.runtime.now()
        file.path.write_bytes(content)
        wrong = until(lambda: state_of(database, daemon).refused, "the mistake")
        assert before <= wrong.since <= daemon.runtime.now()
        assert any(m.startswith(f"{file.path}:{line}:") and remedy in m for m in wrong.mistakes)
        state = state_of(database, daemon)
        assert not state.ok
        assert [source.id for source in state.sources] == ["a"], "the last good one stays"
        assert all(any(m in problem for problem in state.problems) for m in wrong.mistakes)
        assert b"planwatch_configuration_refused 1.0" in metrics(state)
        file.write(pages)
        until(lambda: state_of(database, daemon).refused is None, "the end of the mistake")
        assert b"planwatch_configuration_refused 0.0" in metrics(state_of(database, daemon))


def test_a_file_that_is_gone_is_a_mistake_and_the_next_daemon_knows_nothing_of_it(
    database, publisher, file
):
    publisher.page("/a.html", PAGE)
    pages = {"a": publisher.url("/a.html")}
    file.write(pages)
    with running(make_daemon(database, None, file=file.path)) as daemon:
        until(lambda: visited(database) == {"a"})
        file.path.unlink()
        until(lambda: state_of(database, daemon).refused, "the mistake")
    file.write(pages)
    with running(make_daemon(database, None, file=file.path)) as daemon:
        until(lambda: state_of(database, daemon).daemon.running)
        assert state_of(database, daemon).refused is None


def test_a_file_that_is_wrong_in_another_way_is_wrong_since_the_first(database, publisher, file):
    publisher.page("/a.html", PAGE)
    file.write({"a": publisher.url("/a.html")})
    with running(make_daemon(database, None, file=file.path)) as daemon:
        until(lambda: visited(database) == {"a"})
        file.path.write_text("surces: []\n")
        first = until(lambda: state_of(database, daemon).refused, "the mistake")
        file.path.write_text("documnts: []\nsurces: []\n")
        second = until(
            lambda: (found := state_of(database, daemon).refused) != first and found,
            "the other one",
        )
        assert (len(first.mistakes), len(second.mistakes)) == (1, 2)
        assert second.since == first.since


def test_what_is_being_sent_after_a_change_is_in_the_daemons_own_name(
    database, publisher, file, hook
):
    """Else the next daemon would not know what a killed one had in hand, and wait for it to run out."""
    channel = (
        f"channels: [{{id: desk, kind: webhook, url: '{hook.url}/in', secret: '${{HOOK}}'}}]\n"
        "subscriptions: [{id: all, channels: [desk]}]"
    )
    publisher.page("/a.html", PAGE)
    url = publisher.url("/a.html")
    file.write({"a": url})
    daemon = make_daemon(database, None, file=file.path, env={"HOOK": hook.SECRET})
    with running(daemon):
        until(lambda: visited(database) == {"a"})
        hook.answers.append(HookAnswer("hang"))
        file.write({"a": url}, more=channel)
        until(lambda: daemon.runtime.config.channels, "the channel")
        publisher.page("/a.html", Invented().with_words(0, 0, "起草湖泊办法。").page())
        with database.writing() as conn:
            sources.set_due(conn, "a", daemon.runtime.now())
        until(lambda: hook.seen, "the message")
        with database.reading() as conn:
            (alert,) = outbox.list_all(conn)
            (delivery,) = outbox.deliveries_of(conn, alert.id)
            assert delivery.holder == leases.get(conn, "daemon").holder
        hook.close()


def test_more_workers_work_as_soon_as_the_file_says_so(database, publishers, file):
    asked, free = threading.Semaphore(0), threading.Event()

    def slow(seen):
        asked.release()
        free.wait(20)
        return Answer(PAGE)

    sites = {name: publishers() for name in ("one", "two", "three")}
    for site in sites.values():
        site.route("/p.html", slow)
    pages = {name: site.url("/p.html") for name, site in sites.items()}
    file.write(pages, settings=", workers: 1")
    try:
        with running(make_daemon(database, None, file=file.path)):
            assert asked.acquire(timeout=20)
            assert not asked.acquire(timeout=0.5), "one worker asks one host"
            file.write(pages, settings=", workers: 3")
            assert asked.acquire(timeout=20)
            assert asked.acquire(timeout=20)
            free.set()
            until(lambda: visited(database) == set(pages))
    finally:
        free.set()


def test_what_the_earlier_configuration_held_is_let_go(database, publisher, file):
    publisher.page("/a.html", PAGE)
    publisher.page("/b.html", PAGE)
    file.write({"a": publisher.url("/a.html")})
    with running(make_daemon(database, None, file=file.path)) as daemon:
        until(lambda: visited(database) == {"a"})
        file.write({name: publisher.url(f"/{name}.html") for name in "ab"})
        until(lambda: len(daemon.made) == 2 and daemon.made[0].closed, "the closing")
        until(lambda: visited(database) == {"a", "b"}, "the second source")
        assert not daemon.made[1].closed
    assert daemon.made[1].closed


def test_what_only_a_start_can_take_is_said(database, publisher, file):
    publisher.page("/a.html", PAGE)
    pages = {"a": publisher.url("/a.html")}
    file.write(pages)
    with (
        structlog.testing.capture_logs() as said,
        running(make_daemon(database, None, file=file.path)) as daemon,
    ):
        until(lambda: visited(database) == {"a"})
        file.write(pages, settings=", health: {port: 9}")
        until(lambda: len(daemon.made) == 2, "the change")
    told = [line["what"] for line in said if line["event"].endswith("taken at the next start")]
    assert told == ["settings.health"]
