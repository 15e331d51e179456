"""What no single poll sees, and the state of the whole."""

import datetime as dt

from monitor.status import status
from monitor.sweeping import sweep
from storage import heartbeat, outbox
from storage.records import Heartbeat
from tests.monitor.invented import Invented, column
from tests.monitor.watch import article_source, list_source
from tests.publisher.answers import Answer

PLAN = Invented()
DAY = dt.timedelta(days=1)


def test_an_edition_that_did_not_come_by_its_day_is_told_once(publisher, watch):
    publisher.page("/plan.html", Invented(year=2030).page())
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    assert sweep(watch.runtime) == 0
    watch.clock.advance(90 * DAY)  # from May into August 2031
    assert sweep(watch.runtime) == 1
    assert sweep(watch.runtime) == 0
    assert watch.events() == ["now_watching", "no_new_edition"]


def test_an_edition_that_came_is_not_missed(publisher, watch):
    publisher.page("/plan.html", PLAN.page())
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    watch.clock.advance(90 * DAY)
    assert sweep(watch.runtime) == 0


def test_a_list_that_stops_while_another_moves_is_told_once(publisher, watch):
    watch = watch(
        list_source(publisher.url("/one/"), id="one")
        + list_source(publisher.url("/two/"), id="two")
    )

    def publish(path, number):
        rows = [(f"/n/{number}.html", f"第{number}号一般通知", "2031-05-07")]
        publisher.page(path, column(rows))

    told = 0
    for day in range(0, 150, 5):
        publish("/two/", day)
        if day < 60:
            publish("/one/", day)
        watch.poll("one", after=5 * DAY)
        watch.poll("two", after=dt.timedelta(minutes=1))
        told += sweep(watch.runtime)
    assert told == 1
    failing = [alert for alert in watch.alerts() if alert.event == "source_failing"]
    assert [alert.source_id for alert in failing] == ["one"]
    publish("/one/", 200)
    watch.poll("one", after=DAY)
    assert (sweep(watch.runtime), sweep(watch.runtime)) == (1, 0)
    (recovered,) = [alert for alert in watch.alerts() if alert.event == "source_recovered"]
    assert recovered.source_id == "one"
    assert "moves again" in recovered.headline + str(recovered.payload)


def see(watch):
    with watch.database.reading() as conn:
        return status(conn, watch.runtime.config, database="the archive", now=watch.clock.now())


def beat(watch):
    now = watch.clock.now()
    sign = Heartbeat(
        process="daemon", pid=1, host="here", started_at=now, beat_at=now, what="waiting"
    )
    with watch.database.writing() as conn:
        heartbeat.beat(conn, sign)


def test_the_status_says_what_is_watched_and_when_next(publisher, watch):
    publisher.page("/plan.html", PLAN.page())
    watch = watch(article_source(publisher.url("/plan.html")))
    assert not see(watch).ok
    assert "no daemon" in see(watch).problems[0]
    watch.poll()
    beat(watch)
    state = see(watch)
    assert state.ok
    assert state.problems == ()
    assert [(d.id, d.newest, d.newest_edition) for d in state.documents] == [
        ("lakes", "lakes#1", "2031")
    ]
    assert state.next_due_at == state.sources[0].next_due_at
    assert state.queue["pending"] == 1


def test_what_was_given_up_is_a_problem_until_somebody_acknowledges_it(publisher, watch):
    publisher.page("/plan.html", PLAN.page())
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    beat(watch)
    (alert,) = watch.alerts()
    now = watch.clock.now()
    with watch.database.writing() as conn:
        (taken,) = outbox.claim(conn, "me", now=now, until=now + DAY)
        attempt = outbox.attempt(conn, taken.id, "me", now=now)
        outbox.dead(conn, attempt, now=now, error="no such hook")
    (problem,) = see(watch).problems
    assert problem.startswith("1 delivery has failed for good")
    with watch.database.writing() as conn:
        outbox.acknowledge(conn, alert.id, by="me", now=now)
    assert see(watch).ok


def test_the_status_names_what_fails_for_long(publisher, watch):
    publisher.answer("/plan.html", Answer(status=503))
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    beat(watch)
    assert see(watch).ok
    for _ in range(6):
        watch.poll()
    beat(watch)
    (problem,) = see(watch).problems
    assert problem.startswith("page: failing since")
    assert "server error" in problem
