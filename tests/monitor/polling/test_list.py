"""A column page over time: which of its articles are looked at, and what becomes of them."""

import datetime as dt

import pytest

from tests.monitor.invented import Invented, article, column
from tests.monitor.watch import article_source, list_source
from tests.publisher.answers import Answer
from tests.publisher.faults import wall_200

PLAN = Invented()
NEXT = Invented(year=2032).with_bodies(1, 1, "最高人民法院、司法部负责")
OLD = Invented(year=2030)
ROW_2030 = ("/a/2030.html", OLD.title, "2030-05-06")
ROW_2031 = ("/a/2031.html", PLAN.title, "2031-05-07")
ROW_2032 = ("/a/2032.html", NEXT.title, "2032-05-08")
NEWS = ("/a/news.html", "湖泊保护志愿活动启动", "2031-05-01")
DAY = dt.timedelta(days=1)


@pytest.fixture
def site(publisher):
    publisher.page("/col/", column([ROW_2031, NEWS, ROW_2030]))
    publisher.page("/a/2030.html", OLD.page())
    publisher.page("/a/2031.html", PLAN.page())
    publisher.page("/a/2032.html", NEXT.page())
    publisher.page("/a/news.html", article("湖泊保护志愿活动启动", "活动于今日启动。"))
    return publisher


@pytest.fixture
def seen(site, watch):
    watch = watch(list_source(site.url("/col/")))
    watch.poll("column")
    return watch


def editions(watch):
    return [version.edition for version in watch.versions()]


def test_the_first_round_takes_what_is_there_and_tells_one_notice(seen, site):
    assert sorted(editions(seen)) == ["2030", "2031"]
    assert seen.events() == ["now_watching"]
    assert "2031" in seen.told()[0][1] or "2031" in str(seen.alerts()[0].payload)
    assert not site.asked("/a/news.html")


def test_a_new_article_is_found_and_told_against_the_year_before(seen, site):
    site.page("/col/", column([ROW_2032, ROW_2031, NEWS, ROW_2030]))
    poll = seen.poll("column")
    assert poll.outcome == "listed"
    assert [look.outcome for look in poll.looks] == ["new_version"]
    newest = seen.versions()[-1]
    assert newest.edition == "2032"
    assert [(c.kind, c.agency) for c in seen.changes(newest) if c.severity == "major"] == [
        ("agency_assigned", "moj")
    ]
    assert seen.events() == ["now_watching", "version_recorded"]


def test_a_list_that_did_not_change_is_one_request(seen, site):
    site.forget()
    assert seen.poll("column").outcome == "not_modified"
    assert [seen.path for seen in site.log] == ["/col/"]


def test_known_articles_are_looked_at_again_after_a_week(seen, site):
    site.page("/a/2031.html", PLAN.without((0, 0)).page())
    assert all(not seen.poll("column", after=DAY).looks for _ in range(6))
    looks = seen.poll("column", after=DAY).looks
    assert sorted(look.outcome for look in looks) == ["new_version", "same_text"]
    assert seen.events() == ["now_watching", "version_recorded"]


@pytest.mark.parametrize(
    "row",
    [
        ("/a/2031.html", PLAN.title, "2031-06-20"),
        ("/a/2031.html", f"{PLAN.title}（更正）", "2031-05-07"),
    ],
    ids=["another day", "another title"],
)
def test_an_article_that_is_listed_anew_is_looked_at_at_once(seen, site, row):
    site.page("/a/2031.html", PLAN.without((0, 0)).page())
    site.page("/col/", column([row, NEWS, ROW_2030]))
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]
    assert not seen.poll("column").looks, "once"


def test_one_text_at_an_address_that_changes_is_one_version(seen, site):
    site.page("/b/2031.html", PLAN.page(hits=5))
    site.page("/col/", column([("/b/2031.html", PLAN.title, "2031-05-07"), NEWS, ROW_2030]))
    assert [look.outcome for look in seen.poll("column").looks] == ["witnessed"]
    assert (len(seen.versions()), seen.events()) == (2, ["now_watching"])


def test_a_list_that_shrinks_loses_nothing(seen, site):
    site.page("/col/", column([NEWS]))
    assert seen.poll("column").outcome == "listed"
    looks = seen.poll("column", after=8 * DAY).looks
    assert [look.outcome for look in looks] == ["same_text"] * 2
    assert seen.events() == ["now_watching"]


def test_a_new_article_below_others_that_are_pinned_is_found(seen, site):
    site.page("/col/", column([ROW_2030, ROW_2031, NEWS, ROW_2032]))
    assert [look.outcome for look in seen.poll("column").looks] == ["new_version"]


def test_an_older_edition_that_turns_up_later_is_kept_and_told_nobody(seen, site):
    early = Invented(year=2029)
    site.page("/a/2029.html", early.page())
    site.page("/col/", column([ROW_2031, ROW_2030, ("/a/2029.html", early.title, "2029-05-05")]))
    seen.poll("column")
    assert "2029" in editions(seen)
    assert seen.events() == ["now_watching"]


def test_a_row_that_may_be_it_goes_to_a_person(seen, site):
    near = ("/a/near.html", "湖泊事业中长期规划和行动计划", "2031-06-01")
    site.page("/col/", column([near, ROW_2031, ROW_2030]))
    for _ in range(3):
        seen.poll("column")
    (review,) = seen.reviews()
    assert (review.reason, review.url) == ("identity_unsure", site.url("/a/near.html"))
    assert seen.events() == ["now_watching", "review_waiting"]
    assert not site.asked("/a/near.html")


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Answer(b"<html><body><ul></ul></body></html>"), "list_not_understood"),
        (wall_200("工作通知"), "challenge"),
        (Answer(status=502), "server_error"),
    ],
)
def test_a_list_that_is_none_is_never_nothing_new(seen, site, fault, outcome):
    site.answer("/col/", fault)
    poll = seen.poll("column")
    assert (poll.outcome, poll.ok, poll.looks) == (outcome, False, ())
    assert seen.source("column").failure_streak == 1
    assert len(seen.versions()) == 2


def test_an_article_that_failed_in_the_first_round_is_no_news_in_the_second(site, watch):
    site.answer("/a/2031.html", Answer(status=503))
    watch = watch(list_source(site.url("/col/")))
    watch.poll("column")
    assert [version.edition for version in watch.versions()] == ["2030"]
    site.page("/a/2031.html", PLAN.page())
    site.page("/col/", column([ROW_2032, ROW_2031, ROW_2030]))
    watch.poll("column")
    assert editions(watch) == ["2030", "2031", "2032"]
    assert watch.events() == ["now_watching", "version_recorded"]
    assert watch.alerts()[-1].version_id == watch.versions()[-1].id


def test_one_text_at_two_sources_is_one_version_with_two_witnesses(site, watch):
    watch = watch(
        list_source(site.url("/col/"))
        + article_source(site.url("/a/2031.html?from=other"), id="other")
    )
    watch.poll("column")
    assert watch.poll("other").outcome == "witnessed"
    assert len(watch.versions()) == 2


MIRROR = {"id": "mirror", "authority": "mirror"}


@pytest.fixture
def mirrored(site, watch):
    watch = watch(
        list_source(site.url("/col/")) + article_source(site.url("/mirror.html"), **MIRROR)
    )
    site.page("/mirror.html", PLAN.page(hits=9))
    watch.poll("column")
    watch.poll("mirror")
    return watch


def test_a_mirror_with_another_duty_is_told_as_unconfirmed(mirrored, site):
    site.page("/mirror.html", PLAN.with_bodies(0, 1, "水利部、司法部负责").page())
    assert mirrored.poll("mirror").outcome == "variant"
    assert mirrored.versions()[-1].status == "variant"
    assert mirrored.events()[-1] == "mirror_differs"


def test_a_mirror_that_differs_in_words_alone_is_kept_and_told_nobody(mirrored, site):
    before = mirrored.events()
    words = "引导银行机构积极开发湖泊成果质押产品。"
    site.page("/mirror.html", PLAN.with_words(2, 1, words).page())
    assert mirrored.poll("mirror").outcome == "variant"
    assert mirrored.events() == before


def test_an_official_source_confirms_what_a_mirror_had_first(mirrored, site):
    ahead = PLAN.with_bodies(0, 1, "水利部、司法部负责").page()
    site.page("/mirror.html", ahead)
    mirrored.poll("mirror")
    site.page("/a/2031.html", ahead)
    looks = mirrored.poll("column", after=dt.timedelta(days=8)).looks
    assert "confirmed" in [look.outcome for look in looks]
    assert [v.status for v in mirrored.versions()] == ["accepted"] * 3
    assert mirrored.events()[-1] == "version_recorded"
