"""One alert for a trouble and one for its end, whatever happens to daemon, file and clock meanwhile."""

import datetime as dt

import pytest

from monitor.clock_faults import set_right
from monitor.status import sources_status
from tests.monitor.invented import Invented, column
from tests.monitor.watch import ManualClock, Watch, article_source, list_source
from tests.publisher.answers import Answer

DAY = dt.timedelta(days=1)
PAGE = Invented().page()
DOWN = Answer(status=503)


@pytest.fixture
def failing(publisher, watch):
    """A watch whose page has been down for two days, which was told."""
    publisher.page("/plan.html", PAGE)
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    publisher.answer("/plan.html", DOWN)
    for _ in range(3):
        watch.poll(after=DAY)
    assert operational(watch) == ["source_failing"]
    return watch


def operational(watch):
    return [alert.event for alert in watch.alerts("keepers")]


def trouble(watch):
    with watch.database.reading() as conn:
        (found,) = sources_status(conn, watch.runtime.config, running=True, now=watch.clock.now())
    return found.trouble


def test_it_is_told_once_however_long_it_lasts_and_its_end_once(failing, publisher):
    for _ in range(30):
        failing.poll(after=DAY)
    assert operational(failing) == ["source_failing"]
    publisher.page("/plan.html", PAGE)
    for _ in range(3):
        failing.poll(after=DAY)
    assert operational(failing) == ["source_failing", "source_recovered"]


def test_a_restart_in_between_changes_nothing(failing, publisher):
    again = Watch(
        failing.database,
        article_source(publisher.url("/plan.html")),
        clock=ManualClock(failing.clock.now()),
    )
    try:
        again.poll(after=DAY)
        assert operational(again) == ["source_failing"]
        publisher.page("/plan.html", PAGE)
        again.poll(after=DAY)
        assert operational(again) == ["source_failing", "source_recovered"]
    finally:
        again.close()


def test_a_source_that_rests_is_no_trouble_and_none_anew_when_it_works(failing, publisher):
    url = publisher.url("/plan.html")
    assert trouble(failing).kind == "failing"
    failing.configure(article_source(url, enabled="false", reason="it is being moved"))
    assert trouble(failing) is None
    failing.configure(article_source(url))
    failing.poll(after=DAY)
    assert operational(failing) == ["source_failing"]
    publisher.page("/plan.html", PAGE)
    failing.poll(after=DAY)
    assert operational(failing) == ["source_failing", "source_recovered"]


def test_a_mended_address_ends_the_trouble(failing, publisher):
    publisher.page("/new.html", PAGE)
    failing.configure(article_source(publisher.url("/new.html")))
    assert failing.poll(after=DAY).outcome == "witnessed"
    assert operational(failing) == ["source_failing", "source_recovered"]
    assert trouble(failing) is None


def test_a_trouble_that_began_by_a_clock_years_ahead_is_told_in_time(publisher, watch):
    publisher.page("/plan.html", PAGE)
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    publisher.answer("/plan.html", DOWN)
    watch.poll(after=400 * DAY)
    watch.clock.advance(-400 * DAY)
    set_right(watch.runtime)
    for _ in range(3):
        watch.poll(after=DAY)
    assert operational(watch) == ["source_failing"]


def test_a_page_that_was_gone_by_a_clock_years_ahead_is_told_in_time(publisher, watch):
    publisher.page("/plan.html", PAGE)
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    publisher.answer("/plan.html", Answer(status=404))
    watch.poll(after=400 * DAY)
    watch.clock.advance(-400 * DAY)
    set_right(watch.runtime)
    for _ in range(3):
        watch.poll(after=DAY)
    assert watch.events().count("withdrawn") == 1


def test_articles_seen_by_a_clock_years_ahead_are_looked_at_in_time(publisher, watch):
    plan = Invented()
    publisher.page("/a.html", PAGE)
    publisher.page("/col/", column([("/a.html", plan.title, "2031-05-07")]))
    watch = watch(list_source(publisher.url("/col/")))
    watch.clock.advance(400 * DAY)
    watch.poll("column")
    watch.clock.advance(-400 * DAY)
    set_right(watch.runtime)
    assert [look.outcome for look in watch.poll("column", after=DAY).looks] == ["same_text"]
