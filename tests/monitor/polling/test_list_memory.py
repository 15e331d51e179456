"""A long list of which nearly nothing matters: looked through once, and never a row of it missed."""

import datetime as dt

import pytest

from tests.monitor.invented import Invented, column
from tests.monitor.watch import HEAD, list_source
from tests.publisher.answers import Answer

PLAN = Invented()
PLAN_ROW = ("/a/2031.html", PLAN.title, "2031-05-07")
PAGES = 8
DAY = dt.timedelta(days=1)
PAGED = "{kind: links, next: 'p{n}.html', first_next: 2, max_pages: 20}"


class LongList:
    """200 notices about nothing, 25 a page; each page has a counter, so that none is ever the same."""

    def __init__(self, site) -> None:
        self.site = site
        self.rows = [
            (f"/a/{number}.html", f"湖泊科普活动报名通知第{number}批", "2031-01-02")
            for number in range(25 * PAGES)
        ]
        self.visits = 0
        for page in range(1, PAGES + 1):
            path = "/col/" if page == 1 else f"/col/p{page}.html"
            self.site.route(path, lambda seen, page=page: self._answer(page))
        site.page("/a/2031.html", PLAN.page())

    def _answer(self, page: int) -> Answer:
        self.visits += 1
        rows = self.rows[25 * (page - 1) : 25 * page]
        return Answer(column(rows, more=f"<p>访问 {self.visits}</p>"))

    def asked(self) -> list[str]:
        """The pages of the list that were asked for since the last time."""
        paths = [seen.path for seen in self.site.log if seen.path.startswith("/col/")]
        self.site.forget()
        return paths


@pytest.fixture
def notices(publisher):
    return LongList(publisher)


@pytest.fixture
def seen(notices, watch):
    watch = watch(list_source(notices.site.url("/col/"), adapter=PAGED))
    watch.poll("column")
    assert len(notices.asked()) >= PAGES
    return watch


def test_two_hundred_rows_that_concern_nobody_are_one_request_a_poll(seen, notices):
    for _ in range(3):
        assert seen.poll("column").outcome == "listed"
        assert notices.asked() == ["/col/"]
    assert (seen.versions(), seen.events()) == ([], [])


def test_a_new_article_is_found_and_only_what_moved_is_read(seen, notices):
    notices.rows.insert(0, PLAN_ROW)
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]
    # The last row of the first page stands on the second now; there it ends.
    assert notices.asked() == ["/col/", "/col/p2.html"]


def test_more_news_than_a_page_holds_is_read_to_its_end(seen, notices):
    news = [(f"/b/{n}.html", f"湖泊志愿者名单之{n}", "2031-05-08") for n in range(60)]
    notices.rows[0:0] = [*news, PLAN_ROW]
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]


def test_a_row_that_is_renamed_is_judged_again_at_once(seen, notices):
    address, _, day = notices.rows[7]
    notices.site.page(address, PLAN.page())
    notices.rows[7] = (address, PLAN.title, day)
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]


def test_a_row_that_becomes_likely_is_asked_about(seen, notices):
    address, _, day = notices.rows[7]
    notices.rows[7] = (address, "湖泊事业行动计划", day)
    seen.poll("column")
    assert [review.reason for review in seen.reviews()] == ["identity_unsure"]
    assert seen.events() == ["review_waiting"]
    seen.poll("column")
    assert seen.events() == ["review_waiting"], "once"


def test_a_paper_that_is_put_where_its_day_belongs_is_found_within_a_day(seen, notices):
    notices.rows.insert(60, PLAN_ROW)
    found = [look.outcome for _ in range(4) for look in seen.poll("column").looks]
    assert found == ["new_version"]


def test_a_row_far_down_that_is_renamed_is_found_within_a_day(seen, notices):
    address, _, day = notices.rows[160]
    notices.site.page(address, PLAN.page())
    notices.rows[160] = (address, PLAN.title, day)
    found = [look.outcome for _ in range(4) for look in seen.poll("column").looks]
    assert found == ["new_version"]


def test_the_day_is_counted_from_the_last_time_that_all_was_read(seen, notices):
    for _ in range(2):
        for _ in range(3):
            seen.poll("column")
            assert notices.asked() == ["/col/"]
        seen.poll("column")
        assert len(notices.asked()) >= PAGES


def test_what_new_patterns_fit_is_found_at_the_next_look_even_where_nothing_changed(
    publisher, watch
):
    publisher.page("/col/", column([("/a/2031.html", "湖泊要点2031", "2031-05-07")]))
    publisher.page("/a/2031.html", PLAN.page())
    source = list_source(publisher.url("/col/"))
    watch = watch(source)
    watch.poll("column")
    assert watch.poll("column").outcome == "not_modified"
    watch.head = HEAD.replace(
        "title_patterns: [", "title_patterns: ['湖泊要点(?P<edition>20\\d\\d)', "
    )
    watch.configure(source)
    assert [look.outcome for look in watch.poll("column").looks] == ["new_version"]
    assert watch.poll("column").outcome == "not_modified"


def test_a_list_that_breaks_off_is_used_as_far_as_it_goes(seen, notices):
    notices.rows.insert(0, PLAN_ROW)
    notices.site.answer("/col/p2.html", Answer(status=500))
    poll = seen.poll("column")
    assert (poll.outcome, poll.ok) == ("server_error", False)
    assert [look.outcome for look in poll.looks] == ["new_version"]
    assert seen.events() == ["version_recorded"]


def test_a_clock_that_was_ahead_does_not_put_off_the_reading_of_all(seen, notices):
    seen.clock.advance(400 * DAY)
    seen.poll("column")
    notices.asked()
    seen.clock.advance(-400 * DAY)
    seen.poll("column")
    assert len(notices.asked()) >= PAGES


def test_the_memory_is_the_databases(seen, notices, watch):
    again = watch(list_source(notices.site.url("/col/"), adapter=PAGED), clock=seen.clock)
    again.poll("column")
    assert notices.asked() == ["/col/"]
