"""What goes wrong with one article of a list, or with the list alone, and what is seen all the same."""

import datetime as dt

import pytest

from monitor.extracting.extract import extract
from monitor.polling.tools import Tools
from plans.registry.load import shipped_registry
from tests.monitor.invented import Invented, column
from tests.monitor.watch import list_source
from tests.publisher import faults
from tests.publisher.answers import Answer

PLAN = Invented()
NEXT = Invented(year=2032).with_bodies(1, 1, "最高人民法院、司法部负责")
ROW_2031 = ("/a/2031.html", PLAN.title, "2031-05-07")
ROW_2032 = ("/a/2032.html", NEXT.title, "2032-05-08")
DEAD = ("/a/dead.html", "2030年湖泊创新强国建设推进计划", "2030-05-07")
DAY = dt.timedelta(days=1)

FAULTS = {
    "gone": (Answer(status=404), "gone"),
    "walled": (faults.wall_412(), "challenge"),
    "silent": (faults.hang, "timeout"),
    "down": (Answer(status=500), "server_error"),
    "hung up": (faults.hang_up, "connection_error"),
    "a shell": (faults.shell(PLAN.title), "shell"),
    "a picture": (Answer(b"\x89PNG\r\n\x1a\n" + bytes(99), media_type="image/png"), "wrong_type"),
    "a broken file": (Answer(b"%PDF-1.7 and no more", media_type="application/pdf"), "unreadable"),
}


@pytest.fixture
def site(publisher):
    publisher.page("/col/", column([ROW_2031]))
    publisher.page("/a/2031.html", PLAN.page())
    publisher.page("/a/2032.html", NEXT.page())
    return publisher


@pytest.fixture
def seen(site, watch):
    watch = watch(list_source(site.url("/col/")))
    watch.poll("column")
    return watch


def editions(watch):
    return sorted(version.edition for version in watch.versions())


@pytest.mark.parametrize("fault", FAULTS)
def test_one_article_that_fails_stops_no_other(site, seen, fault):
    answer, outcome = FAULTS[fault]
    early = ("/a/bad.html", "2030年湖泊创新强国建设推进计划", "2030-05-07")
    site.answer("/a/bad.html", answer)
    site.page("/col/", column([ROW_2032, early, ROW_2031]))
    poll = seen.poll("column")
    assert sorted(look.outcome for look in poll.looks) == sorted([outcome, "new_version"])
    assert (poll.outcome, poll.ok) == ("listed", True)
    assert editions(seen) == ["2031", "2032"]
    assert "version_recorded" in seen.events()
    if outcome != "unreadable":  # that is kept, and waits for a person
        detail = seen.source("column").last_detail
        assert "1 of 2 articles failed" in detail
        assert site.url("/a/bad.html") in detail


@pytest.mark.parametrize("fault", FAULTS)
def test_in_a_first_round_too(site, watch, fault):
    answer, _ = FAULTS[fault]
    early = ("/a/bad.html", "2030年湖泊创新强国建设推进计划", "2030-05-07")
    site.answer("/a/bad.html", answer)
    site.page("/col/", column([ROW_2032, early, ROW_2031]))
    watch = watch(list_source(site.url("/col/")))
    assert watch.poll("column").outcome == "listed"
    assert editions(watch) == ["2031", "2032"]
    assert "now_watching" in watch.events()


def test_a_fault_of_our_own_at_one_article_stops_no_other(site, watch):
    def breaks(body, **fields):
        if fields["url"].endswith("/bad.html"):
            raise RuntimeError("a page that nobody foresaw")
        return extract(body, **fields)

    tools = Tools(registry=shipped_registry(), extract=breaks)
    watch = watch(list_source(site.url("/col/")), tools=tools)
    watch.poll("column")
    early = ("/a/bad.html", "2030年湖泊创新强国建设推进计划", "2030-05-07")
    site.page("/a/bad.html", PLAN.page())
    site.page("/col/", column([ROW_2032, early, ROW_2031]))
    poll = watch.poll("column")
    assert editions(watch) == ["2031", "2032"]
    assert (poll.outcome, poll.ok) == ("program_fault", False)
    assert "nobody foresaw" in watch.source("column").last_detail


def test_a_dead_link_is_no_trouble_with_its_list(site, seen):
    site.page("/col/", column([DEAD, ROW_2031]))
    for _ in range(8):
        assert seen.poll("column").ok
    assert len(site.asked(DEAD[0])) == 8
    assert "source_failing" not in seen.events()


def test_articles_that_are_walled_off_are_trouble_though_their_list_is_not(site, seen):
    site.answer("/a/2031.html", faults.wall_412())
    seen.poll("column", after=8 * DAY)
    for _ in range(4):
        seen.poll("column")
    assert seen.source("column").last_outcome == "challenge"
    assert "source_failing" in seen.events()


@pytest.mark.parametrize("fault", ["gone", "walled", "hung up", "a shell"])
def test_an_edition_that_is_listed_and_cannot_be_had_is_told_the_same_day(site, seen, fault):
    site.answer("/a/2032.html", FAULTS[fault][0])
    site.page("/col/", column([ROW_2032, ROW_2031]))
    seen.poll("column")
    assert seen.events() == ["now_watching"], "a first failure may pass"
    seen.poll("column")
    assert sorted(seen.events()[1:]) == ["published_unreadable", "review_waiting"]
    (alert,) = [a for a in seen.alerts() if a.event == "published_unreadable"]
    assert (alert.document_id, alert.url) == ("lakes", site.url("/a/2032.html"))
    (review,) = seen.reviews()
    assert (review.reason, review.title) == ("unfetched", NEXT.title)
    for _ in range(6):
        seen.poll("column")
    assert seen.events().count("published_unreadable") == 1, "once"
    for _ in range(6):
        seen.poll("column")
    assert seen.events().count("published_unreadable") == 2, "and again while it stays"
    site.page("/a/2032.html", NEXT.page())
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]
    assert seen.events()[-1] == "version_recorded"
    assert seen.reviews() == ()


def test_a_failure_that_passes_is_told_nobody(site, seen):
    site.answer("/a/2032.html", Answer(status=500))
    site.page("/col/", column([ROW_2032, ROW_2031]))
    seen.poll("column")
    site.page("/a/2032.html", NEXT.page())
    seen.poll("column")
    assert seen.events() == ["now_watching", "version_recorded"]


def test_dead_links_never_take_the_place_of_what_is_new(site, seen):
    dead = [
        (f"/a/dead{n}.html", f"20{n}年湖泊创新强国建设推进计划", "2019-01-01")
        for n in range(30, 80)
    ]
    site.page("/col/", column([*dead, ROW_2031]))
    for _ in range(3):
        seen.poll("column")
    site.page("/col/", column([*dead, ROW_2031, ROW_2032]))
    assert "new_version" in [look.outcome for look in seen.poll("column").looks]


def test_a_first_failure_is_told_nobody_however_long_the_article_waited(site, seen):
    """More articles than a round takes: the last one is asked for only the day after."""
    dead = [
        (f"/a/dead{n}.html", f"20{n}年湖泊创新强国建设推进计划", "2019-01-01")
        for n in range(32, 72)
    ]
    site.answer("/a/last.html", Answer(status=500))
    site.page("/col/", column([*dead, ("/a/last.html", NEXT.title, "2032-05-08"), ROW_2031]))
    seen.poll("column")
    assert not site.asked("/a/last.html")
    site.page("/col/", column([ROW_2031]))
    seen.poll("column", after=DAY)
    assert site.asked("/a/last.html")
    assert site.url("/a/last.html") not in [review.url for review in seen.reviews()]


def test_a_link_that_never_worked_is_asked_for_less_and_less(site, seen):
    site.page("/col/", column([DEAD, ROW_2031]))
    for _ in range(31):
        seen.poll("column", after=DAY)
    site.forget()
    for _ in range(14):
        seen.poll("column", after=DAY)
    assert len(site.asked(DEAD[0])) == 2


@pytest.mark.parametrize("fault", ["gone", "down", "a list of nothing"])
def test_articles_are_looked_at_though_their_list_is_broken(site, seen, fault):
    answers = {"a list of nothing": Answer(b"<html><body><ul></ul></body></html>")}
    site.answer("/col/", answers.get(fault) or FAULTS[fault][0])
    site.page("/a/2031.html", PLAN.with_bodies(0, 0, "司法部负责").page())
    poll = seen.poll("column", after=8 * DAY)
    assert [look.outcome for look in poll.looks] == ["new_version"]
    assert not poll.ok
    assert seen.events() == ["now_watching", "version_recorded"]


@pytest.mark.parametrize("fault", ["walled", "silent"])
def test_a_host_that_does_not_answer_is_asked_once(site, seen, fault):
    site.answer("/col/", FAULTS[fault][0])
    assert seen.poll("column", after=8 * DAY).looks == ()


NEAR = ("/a/near.html", "湖泊事业行动计划", "2032-05-08")


def test_a_row_that_was_unsure_and_is_sure_now_asks_nobody_any_more(site, seen):
    site.page("/a/near.html", NEXT.page())
    site.page("/col/", column([NEAR, ROW_2031]))
    seen.poll("column")
    (review,) = seen.reviews()
    site.page("/col/", column([(NEAR[0], NEXT.title, NEAR[2]), ROW_2031]))
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]
    assert seen.reviews() == ()
    decided = seen.review(review.id)
    assert (decided.decision, decided.decided_by) == ("accepted", "planwatch")
    assert NEXT.title in decided.note


def test_a_row_that_a_person_took_is_looked_at_when_it_is_listed_anew(site, seen):
    site.page("/a/near.html", NEXT.page())
    site.page("/col/", column([NEAR, ROW_2031]))
    seen.poll("column")
    seen.accept(seen.reviews()[0].id)
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]
    site.page("/a/near.html", NEXT.with_bodies(0, 0, "司法部负责").page())
    site.page("/col/", column([(*NEAR[:2], "2032-06-01"), ROW_2031]))
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]


def test_an_article_that_was_followed_stays_so_under_a_title_that_says_nothing(site, seen):
    site.page("/a/2031.html", PLAN.with_bodies(0, 0, "司法部负责").page())
    site.page("/col/", column([("/a/2031.html", "关于更正有关附件的通知", "2031-06-20")]))
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]
