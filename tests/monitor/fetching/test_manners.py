"""Robots, spacing, waiting: how we behave as a guest."""

import threading

from tests.publisher import faults
from tests.publisher.answers import Answer, html

PAGE = html("<html><body>x</body></html>")


def test_robots_txt_is_obeyed_and_asked_once_a_day(site, ask):
    site.robots("User-agent: *\nDisallow: /private/*.html$\nAllow: /\n")
    site.answer("/private/a.html", PAGE)
    site.answer("/a.html", PAGE)
    result = ask(site.url("/private/a.html"))
    assert result.outcome == "forbidden_by_robots"
    assert "robots.txt" in result.reason
    assert ask(site.url("/a.html")).outcome == "ok"
    assert site.asked("/private/a.html") == []
    assert len(site.asked("/robots.txt")) == 1
    ask.clock.seconds += 25 * 3600
    ask(site.url("/a.html"))
    assert len(site.asked("/robots.txt")) == 2


def test_rules_for_us_by_name_go_before_those_for_all(site, ask):
    site.robots("User-agent: planwatch\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert ask(site.url("/a")).outcome == "forbidden_by_robots"


def test_a_source_with_an_exception_is_fetched_all_the_same(site, ask):
    site.robots("User-agent: *\nDisallow: /\n")
    site.answer("/a", PAGE)
    assert ask(site.url("/a"), obey_robots=False).outcome == "ok"


def test_a_site_without_robots_txt_allows_everything(site, ask):
    site.answer("/a", PAGE)
    for answer in (Answer(status=404), Answer(status=403), html("<html>front page</html>")):
        ask.clock.seconds += 25 * 3600
        site.answer("/robots.txt", answer)
        assert ask(site.url("/a")).outcome == "ok"


def test_a_robots_txt_that_cannot_be_had_forbids_until_it_can(site, ask):
    site.answer("/a", PAGE)
    site.answer("/robots.txt", faults.busy(500))
    assert ask(site.url("/a")).outcome == "server_error"
    assert site.asked("/a") == []
    site.robots("")
    assert ask(site.url("/a")).outcome == "server_error", "kept for some minutes"
    ask.clock.seconds += 301
    assert ask(site.url("/a")).outcome == "ok"


def test_a_wall_before_the_whole_site_shows_itself(site, ask):
    site.answer("/robots.txt", faults.wall_521())
    result = ask(site.url("/a"))
    assert (result.outcome, result.status) == ("server_error", 521)
    assert b"_jsl_clearance_s" in result.body


def test_requests_to_one_host_are_spaced(site, ask):
    site.answer("/a", PAGE)
    for _ in range(3):
        ask(site.url("/a"), spacing=2.0)
    # robots.txt is a request as well: four requests, three pauses.
    assert ask.clock.sleeps == [2.0, 2.0, 2.0]


def test_a_longer_crawl_delay_counts(site, ask):
    site.robots("User-agent: *\nCrawl-delay: 7.5\n")
    site.answer("/a", PAGE)
    ask(site.url("/a"), spacing=2.0)
    ask(site.url("/a"), spacing=2.0)
    assert ask.clock.sleeps == [7.5, 7.5]


def test_an_absurd_crawl_delay_is_cut(site, ask):
    site.robots("User-agent: *\nCrawl-delay: 86400\n")
    site.answer("/a", PAGE)
    ask(site.url("/a"))
    assert ask.clock.sleeps == [120.0]


def test_other_hosts_do_not_wait(site, publishers, ask):
    other = publishers()
    for host in (site, other):
        host.answer("/a", PAGE)
        ask(host.url("/a"), spacing=5.0, obey_robots=False)
    assert ask.clock.sleeps == []


def test_one_request_at_a_time_to_a_host(site, ask):
    inside, most = [], []

    def slow(seen):
        inside.append(seen)
        most.append(len(inside))
        site.stopping.wait(0.05)
        inside.pop()
        return PAGE

    site.route("/a", slow)
    threads = [threading.Thread(target=ask, args=(site.url("/a"),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 6
    assert max(most) == 1


def test_passing_faults_are_tried_again_with_growing_waits(site, ask):
    site.answers("/a", faults.busy(503), faults.busy(502), PAGE)
    result = ask(site.url("/a"), attempts=3, deadline=30)
    assert (result.outcome, result.attempts) == ("ok", 3)
    assert ask.clock.sleeps == [1.0, 2.0]


def test_lasting_ones_are_not(site, ask):
    for path, answer in (("/a", Answer(status=404)), ("/b", faults.wall_521())):
        site.answer(path, answer)
        ask(site.url(path), attempts=3, deadline=30)
        assert len(site.asked(path)) == 1


def test_the_attempts_end(site, ask):
    site.answer("/a", faults.hang_up)
    assert ask(site.url("/a"), attempts=3, deadline=30).attempts == 3
    assert len(site.asked("/a")) == 3


def test_retry_after_is_obeyed_where_there_is_time(site, ask):
    site.answers("/a", faults.busy(429, "4"), PAGE)
    assert ask(site.url("/a"), attempts=3, deadline=30).outcome == "ok"
    assert ask.clock.sleeps == [4.0]


def test_and_handed_on_where_there_is_none(site, ask):
    for value, seconds in (("3600", 3600.0), ("Wed, 07 May 2025 01:00:00 GMT", 3600.0)):
        site.answer("/a", faults.busy(503, value))
        result = ask(site.url("/a"), attempts=3, deadline=30)
        assert (result.attempts, result.retry_after) == (1, seconds)
    assert ask.clock.sleeps == []


def test_nonsense_in_retry_after_does_no_harm(site, ask):
    for value in ("soon", "-5", "99999999999", "Wed, 99 May 2025"):
        site.answers("/a", faults.busy(503, value), PAGE)
        assert ask(site.url("/a"), attempts=2, deadline=30).outcome == "ok"
