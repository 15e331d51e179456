"""A plan's whole way with real parts: published, polled, kept, compared, told by Slack and mail."""

import datetime as dt

import pytest

from plans.registry.load import shipped_registry
from storage import leases, readings, sources, versions
from tests.fixtures.slack_server import shown
from tests.monitor.daemon.running import make_daemon, running, until
from tests.publisher.answers import html

HOUR = dt.timedelta(hours=1)


def page(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>工作推进计划</title></head><body>"
        f"<div class='article'><div class='article-content cont'>{body}</div></div></body></html>"
    ).encode()


SOURCES = """
settings: {{spacing_seconds: 0, deadline_seconds: 10, workers: 4}}
channels:
  - {{id: slack, kind: slack, webhook_url: '${{SLACK_URL}}'}}
  - {{id: mail, kind: mail, host: 127.0.0.1, port: {mail_port}, sender: watch@example.org,
      to: [desk@example.org], username: planwatch, password: '${{MAIL_PASSWORD}}',
      ca_file: {ca_file}}}
subscriptions:
  - {{id: everything, channels: [slack, mail], burst: {{alerts: 100}}}}
documents:
  - {{id: innovation, titles: {{zh: 创新与数据权益工作推进计划, en: Innovation Plan}},
      title_patterns: ['(?P<edition>20\\d\\d)年创新与数据权益工作推进计划']}}
  - {{id: protection, titles: {{zh: 行动方案, en: Action plan}}, kind: policy}}
  - {{id: reform, titles: {{zh: 改革方案, en: Reform plan}}, kind: policy}}
sources:
  - {{id: plan, kind: article, documents: [innovation], url: '{base}/plan.html',
      allow_private: true}}
  - {{id: govcn-57, kind: article, documents: [protection], url: '{base}/57.html',
      allow_private: true}}
  - {{id: govcn-15, kind: article, documents: [reform], url: '{base}/15.html',
      allow_private: true}}
"""


@pytest.fixture
def site(publisher, corpus):
    publisher.page("/plan.html", page((corpus / "pairs/made-1/old.txt").read_text("utf-8")))
    for name in ("57", "15"):
        publisher.page(f"/{name}.html", (corpus / f"pages/govcn_{name}.html").read_bytes())
    return publisher


@pytest.fixture
def daemon(database, site, slack_server, mail_server):
    yaml = SOURCES.format(base=site.base, mail_port=mail_server.port, ca_file=mail_server.ca_file)
    env = {"SLACK_URL": slack_server.webhook_url, "MAIL_PASSWORD": mail_server.PASSWORD}
    return make_daemon(database, yaml, env=env)


def of(database, document):
    with database.reading() as conn:
        return sorted(versions.list_all(conn, document), key=lambda version: version.number)


def visited(database, source):
    """When a source was last visited; None while it is not known or was not."""
    with database.reading() as conn:
        return {s.id: s.last_visit_at for s in sources.list_all(conn)}.get(source)


def poll_again(database, daemon, source="plan"):
    """Make the source due and wait until it was visited."""
    before = visited(database, source)
    with database.writing() as conn:
        sources.set_due(conn, source, daemon.runtime.now())
    until(lambda: visited(database, source) not in (None, before), "the next poll")


def test_published_amended_told_and_reverted(
    database, site, daemon, slack_server, mail_server, corpus
):
    with running(daemon):
        until(lambda: all(visited(database, s) for s in ("plan", "govcn-57", "govcn-15")))

        # The first look is kept and tells no change: one notice for each document.
        until(lambda: len(slack_server.messages) == len(mail_server.mails) == 3, "the notices")
        assert [len(of(database, d)) for d in ("innovation", "protection", "reform")] == [1, 1, 1]
        assert all("watch" in shown(message).lower() for message in slack_server.messages)

        # The new text: version 2, and exactly one alert to each channel.
        site.page("/plan.html", page((corpus / "pairs/made-1/new.txt").read_text("utf-8")))
        poll_again(database, daemon)
        until(lambda: len(slack_server.messages) == len(mail_server.mails) == 4, "the alert")
        first, second = of(database, "innovation")
        assert second.predecessor_id == first.id
        names_what_changed(database, second, shown(slack_server.messages[-1]))
        names_what_changed(database, second, text_of(mail_server.mails[-1]))

        # Nothing new: 304, and nothing else.
        asked = len(site.asked("/plan.html"))
        poll_again(database, daemon)
        assert len(site.asked("/plan.html")) == asked + 1
        assert site.asked("/plan.html")[-1].headers["if-none-match"]
        assert (len(of(database, "innovation")), len(slack_server.messages)) == (2, 4)

        # The old text again.
        site.page("/plan.html", page((corpus / "pairs/made-1/old.txt").read_text("utf-8")))
        poll_again(database, daemon)
        until(lambda: len(slack_server.messages) == len(mail_server.mails) == 5, "the reversal")
        assert "older text" in shown(slack_server.messages[-1])
        assert len(of(database, "innovation")) == 2


def names_what_changed(database, version, message):
    """The message names bodies that joined or left, by what the stored changeset says."""
    with database.reading() as conn:
        stored = readings.changesets_of(conn, version.id, against="predecessor")[0]
        changes = readings.changeset(conn, stored.id).changes
    assert changes
    bodies = {c.agency for c in changes if c.kind in ("agency_assigned", "agency_released")}
    registry = shipped_registry()
    named = [id for id in bodies if id and registry.agencies[id].en in message]
    assert bodies
    assert named


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def test_a_second_daemon_on_the_same_database_names_the_first(database, site, daemon):
    from monitor.daemon import DaemonRunning

    other = make_daemon(database, "documents: []\nsources: []\n", name="other")
    with running(daemon):
        until(lambda: visited(database, "plan"))
        with pytest.raises(DaemonRunning, match=r"process \d+ on "):
            other.run()
    # Ended cleanly, the first one leaves the database free.
    with running(other):
        pass


def test_it_ends_within_the_fetch_in_hand(database, site, daemon):
    import threading
    import time

    asked = threading.Event()

    def slow(seen):
        asked.set()
        time.sleep(1.0)
        return html("<html><body>late</body></html>")

    site.route("/plan.html", slow)
    with running(daemon):
        assert asked.wait(20)
        started = time.monotonic()
    assert time.monotonic() - started < 15
    assert visited(database, "plan") is not None


def test_what_a_killed_daemon_had_in_hand_is_polled_by_the_next(database, site, daemon):
    """A killed daemon releases nothing; its leases would hold sources up for half an hour."""
    now = daemon.runtime.now()
    with database.writing() as conn:
        leases.claim(conn, "daemon", "killed", now=now - 2 * HOUR, until=now - HOUR)
        leases.claim(conn, "source:plan", "killed", now=now - HOUR, until=now + HOUR)
        host = site.base.removeprefix("http://")
        leases.claim(conn, f"host:{host}", "killed", now=now - HOUR, until=now + HOUR)
    with running(daemon):
        until(lambda: visited(database, "plan"), "the poll")
