"""Many rounds at once: what is quiet is recorded together, what is not goes the whole way."""

import datetime as dt

import msgspec
import pytest

from monitor.quiet import poll_sources
from storage import pages, quiet, visits
from tests.monitor.invented import Invented
from tests.monitor.watch import article_source
from tests.publisher.faults import busy

PLAN = Invented()
IDS = ("one", "two", "three")
HOURS = dt.timedelta(hours=6)


@pytest.fixture
def three(publisher, watch):
    """Three pages whose last look, the second one, found nothing new."""
    for number, id in enumerate(IDS):
        publisher.page(f"/{id}.html", Invented(year=2031 + number).page())
    found = watch("".join(article_source(publisher.url(f"/{id}.html"), id=id) for id in IDS))
    for _ in range(2):
        for id in IDS:
            found.poll(id)
    return found


def poll_all(watch, ids=IDS, *, holder=None):
    watch.clock.advance(HOURS)
    now = watch.clock.now()
    with watch.database.writing() as conn:
        claimed = quiet.claim(
            conn, ids, holder or watch.holder, now=now, until=now + dt.timedelta(minutes=10)
        )
    return {one.source: one for one in poll_sources(watch.runtime, claimed)}


def seen(watch, id):
    """What a person sees of a source: its state, its page's, and its visits."""
    source = watch.source(id)
    with watch.database.reading() as conn:
        page = pages.get(conn, id, source.url)
        (last, *_) = visits.of_page(conn, page.id)
    return (
        source.last_outcome,
        source.failure_streak,
        source.next_due_at - watch.clock.now(),
        watch.clock.now() - source.last_visit_at,
        watch.clock.now() - source.last_success_at,
        watch.clock.now() - page.last_visit_at,
        last.outcome,
        last.count,
        last.status,
    )


def test_quiet_rounds_leave_what_single_ones_leave(three):
    """The same pages, polled together and one by one: the archive cannot tell which was which."""
    rounds = poll_all(three)
    assert {one.outcome for one in rounds.values()} == {"not_modified"}
    together = [seen(three, id) for id in IDS]
    for id in IDS:
        three.clock.advance(-HOURS)
        three.poll(id)
    alone = [seen(three, id) for id in IDS]
    for before, after in zip(together, alone, strict=True):
        assert before[:7] == after[:7]
        assert before[7] + 1 == after[7], "one row, one more visit"


def test_a_change_goes_the_whole_way_and_is_asked_for_once(three, publisher):
    newest = Invented(year=2033)
    publisher.page("/three.html", newest.with_bodies(0, 1, "水利部、司法部负责").page())
    publisher.forget()
    before = three.events()
    rounds = poll_all(three)
    assert [rounds[id].outcome for id in IDS] == ["not_modified", "not_modified", "new_version"]
    assert len(publisher.asked("/three.html")) == 1
    assert three.events()[len(before) :], "its subscribers are told"


def test_a_failure_goes_the_whole_way_and_so_does_the_look_after_it(three, publisher):
    publisher.answer("/one.html", busy(503))
    assert poll_all(three)["one"].outcome == "server_error"
    assert three.source("one").failure_streak == 1
    with three.database.reading() as conn:
        assert set(quiet.find(conn, IDS)) == {"two", "three"}
    publisher.page("/one.html", PLAN.page())
    assert poll_all(three)["one"].ok
    assert three.source("one").failure_streak == 0


def test_once_a_week_the_page_is_asked_for_without_conditions(three, publisher):
    three.clock.advance(dt.timedelta(days=7))
    publisher.forget()
    assert {one.outcome for one in poll_all(three).values()} == {"same_text"}
    assert "if-none-match" not in publisher.asked("/one.html")[0].headers


def test_a_page_that_was_never_read_is_not_quiet(publisher, watch):
    publisher.page("/one.html", PLAN.page())
    watch = watch(article_source(publisher.url("/one.html"), id="one"))
    with watch.database.reading() as conn:
        assert quiet.find(conn, ["one"]) == {}
    assert poll_all(watch, ["one"])["one"].outcome == "new_version"


def test_who_holds_a_source_keeps_it(three):
    now = three.clock.now()
    later = now + dt.timedelta(days=9)
    with three.database.writing() as conn:
        assert quiet.claim(conn, ["two"], "another", now=now, until=later) == ("two",)
    assert set(poll_all(three)) == {"one", "three"}
    with three.database.writing() as conn:
        assert quiet.claim(conn, IDS, "third", now=now, until=later) == ("one", "three")


def test_a_stop_comes_between_two_sources_and_loses_nothing(three):
    answers = iter([False, True])
    three.runtime = msgspec.structs.replace(three.runtime, stopping=lambda: next(answers))
    assert list(poll_all(three)) == ["one"]
    assert three.source("one").last_visit_at == three.clock.now()
    assert three.source("two").last_visit_at < three.clock.now()


def test_what_was_seen_before_a_fault_of_our_own_is_kept(three):
    draws = iter([0.0])

    def draw():
        for number in draws:
            return number
        raise ZeroDivisionError("a fault of our own, at the second source")

    three.runtime = msgspec.structs.replace(three.runtime, draw=draw)
    with pytest.raises(ZeroDivisionError):
        poll_all(three)
    assert three.source("one").last_visit_at == three.clock.now()
    assert three.source("two").last_visit_at < three.clock.now()
