"""A clock that jumps does no harm: what is due is looked at and sent, as if it had been right."""

import datetime as dt

import pytest

from monitor.clock_faults import set_right
from storage import leases, outbox, sources
from storage.records import NewAlert, NewDelivery
from tests.monitor.daemon.running import Shifted, make_daemon, running, until
from tests.monitor.invented import Invented

YEARS = dt.timedelta(days=4 * 365)
HOUR = dt.timedelta(hours=1)
YAML = """
settings: {{spacing_seconds: 0, deadline_seconds: 10, attempts: 1}}
documents: [{{id: lakes, titles: {{zh: 湖泊计划, en: Lakes}}}}]
sources:
  - {{id: page, kind: article, documents: [lakes], url: '{url}', allow_private: true,
      schedule: {{every: 6h}}}}
  - {{id: weekly, kind: article, documents: [lakes], url: '{url}?2', allow_private: true,
      schedule: {{cron: '0 9 * * 1'}}}}
"""


@pytest.fixture
def yaml(publisher):
    publisher.page("/p.html", Invented().page())
    return YAML.format(url=publisher.url("/p.html"))


def times(database, ahead=None):
    """When each source was looked at last."""
    with database.reading() as conn:
        return {s.id: s.last_visit_at for s in sources.list_all(conn)}


def test_a_clock_that_was_years_ahead_while_it_polled(database, yaml):
    clock = Shifted()
    clock.ahead = YEARS
    with running(make_daemon(database, yaml, clock=clock)):
        until(lambda: times(database) and all(times(database).values()), "the first look")
        clock.ahead = dt.timedelta(0)
        soon = clock.now() + HOUR
        until(
            lambda: all(at < soon for at in times(database).values()), "a look by the right clock"
        )


def test_a_clock_that_was_years_ahead_and_is_right_after_a_restart(database, yaml):
    clock = Shifted()
    clock.ahead = YEARS
    with running(make_daemon(database, yaml, clock=clock)):
        until(lambda: times(database) and all(times(database).values()), "the first look")
    with database.writing() as conn:  # as one that was killed leaves it
        ahead = clock.now()
        leases.claim(conn, "daemon", "killed", now=ahead, until=ahead + HOUR / 60)
    clock.ahead = dt.timedelta(0)
    soon = clock.now() + HOUR
    with running(make_daemon(database, yaml, clock=clock, name="next")):
        until(
            lambda: all(at < soon for at in times(database).values()), "a look by the right clock"
        )


def test_what_lies_as_far_ahead_as_it_should_stays(database, yaml):
    daemon = make_daemon(database, yaml)
    with running(daemon):
        until(lambda: times(database) and all(times(database).values()), "the first look")
    runtime = daemon.runtime
    now = runtime.now()
    alert = NewAlert(
        id="a1", event="test", subscription="all", headline="-", payload={}, severity="minor"
    )
    weekly = NewDelivery(channel="desk", due_at=now + dt.timedelta(days=7), mode="weekly")
    with database.writing() as conn:
        leases.claim(conn, "source:page", "other", now=now, until=now + HOUR / 2)
        outbox.add(conn, alert, [weekly], now=now)
    assert set_right(runtime) == 0
    with database.writing() as conn:
        late = NewAlert(
            id="a2", event="test", subscription="all", headline="-", payload={}, severity="minor"
        )
        outbox.add(conn, late, [NewDelivery(channel="desk", due_at=now + YEARS)], now=now)
        leases.claim(conn, "host:x", "other", now=now, until=now + YEARS)
        sources.set_due(conn, "weekly", now + YEARS)
    assert set_right(runtime) == 3
    with database.reading() as conn:
        (delivery,) = outbox.deliveries_of(conn, "a2")
        assert delivery.due_at <= runtime.now()
        assert sources.get(conn, "weekly").next_due_at <= runtime.now()
        assert [lease.name for lease in leases.live(conn, now)] == ["source:page"]
