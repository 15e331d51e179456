"""Weeks as publishers live them: what must be stored of each, and who must hear of it.

What is expected was written down before the story was played.
"""

import datetime as dt

import pytest

from tests.monitor.extracting import files
from tests.monitor.invented import Invented, article, column
from tests.monitor.watch import article_source, list_source
from tests.publisher import faults
from tests.publisher.answers import Answer, redirect

PLAN = Invented()
NEXT = Invented(year=2032).with_bodies(1, 1, "最高人民法院、司法部负责")
AFTER = Invented(year=2033).with_bodies(0, 1, "水利部、公安部负责")
AMENDED = PLAN.with_bodies(0, 1, "水利部、司法部负责")
ROW_2031 = ("/a/2031.html", PLAN.title, "2031-05-07")
ROW_2032 = ("/a/2032.html", NEXT.title, "2032-05-08")
DAY = dt.timedelta(days=1)
GONE = Answer(status=404)


@pytest.fixture
def site(publisher):
    publisher.page("/col/", column([ROW_2031]))
    publisher.page("/a/2031.html", PLAN.page())
    publisher.page("/a/2032.html", NEXT.page())
    return publisher


@pytest.fixture
def seen(site, watch):
    """A column that was looked at once."""
    watch = watch(list_source(site.url("/col/")))
    watch.poll("column")
    return watch


def show(site, *rows):
    site.page("/col/", column([*rows, ROW_2031]))


def told(watch):
    """What happened after the first look."""
    return [event for event in watch.events() if event != "now_watching"]


def editions(watch):
    return [version.edition for version in watch.versions()]


def notice(*attachments: tuple[str, str]) -> bytes:
    """A notice of next year's plan that says little itself."""
    links = "".join(f"</p><p><a href='{url}'>{name}</a>" for url, name in attachments)
    return article(
        NEXT.title,
        f"现将《{NEXT.title}》印发给你们，请结合实际认真贯彻执行，有关进展情况请及时报送办公室。",
        f"附件：{links}",
    )


def as_pdf(plan: Invented) -> Answer:
    body = files.pdf(files.set_in_lines(plan.paragraphs()))
    return Answer(body, media_type="application/pdf")


SCAN = Answer(files.scanned_pdf(), media_type="application/pdf")


def test_a_mirror_is_first_and_the_official_page_a_week_later(site, watch):
    watch = watch(
        list_source(site.url("/col/"))
        + list_source(site.url("/copies/"), id="copies", authority="mirror")
    )
    site.page("/copies/", column([("/c/2031.html", PLAN.title, "2031-05-09")]))
    site.page("/c/2031.html", PLAN.page(hits=3))
    watch.poll("column")
    watch.poll("copies")
    site.page("/c/2032.html", NEXT.page(hits=8))
    site.page("/copies/", column([("/c/2032.html", NEXT.title, "2032-05-08")]))
    watch.poll("copies")
    show(site, ROW_2032)
    watch.poll("column", after=7 * DAY)
    assert editions(watch) == ["2031", "2032"]
    assert [version.status for version in watch.versions()] == ["accepted"] * 2
    assert told(watch) == ["mirror_differs", "version_recorded"]


def test_a_correction_that_says_only_what_changes(site, seen):
    row = ("/a/fix.html", f"关于《{PLAN.title}》的更正", "2031-06-20")
    site.page(
        "/a/fix.html", article(row[1], "第2项“水利部负责”更正为“水利部、司法部负责”。特此更正。")
    )
    show(site, row)
    for _ in range(3):
        seen.poll("column")
    assert editions(seen) == ["2031"]
    assert sorted(told(seen)) == ["published_unreadable", "review_waiting"]


def test_a_correction_that_is_the_whole_plan_again(site, seen):
    row = ("/a/fix.html", f"{PLAN.title}（更正）", "2031-06-20")
    site.page("/a/fix.html", AMENDED.page())
    show(site, row)
    for _ in range(3):
        seen.poll("column")
    assert told(seen) == ["version_recorded"]
    changes = seen.changes(seen.versions()[-1])
    assert [(c.kind, c.agency) for c in changes] == [("agency_assigned", "moj")]


def test_after_a_correction_elsewhere_the_first_page_is_no_news(site, seen):
    site.page("/a/fix.html", AMENDED.page())
    show(site, ("/a/fix.html", f"{PLAN.title}（更正）", "2031-06-20"))
    seen.poll("column")
    for _ in range(3):
        seen.poll("column", after=8 * DAY)
    assert told(seen) == ["version_recorded"]


def test_a_notice_that_loses_its_attachment_and_gets_it_back(site, seen):
    site.page("/a/2032.html", notice(("/f/plan.pdf", "计划.pdf")))
    site.answer("/f/plan.pdf", as_pdf(NEXT))
    show(site, ROW_2032)
    seen.poll("column")
    site.page("/a/2032.html", notice())
    seen.poll("column", after=8 * DAY)
    assert editions(seen) == ["2031", "2032"]
    assert told(seen)[0] == "version_recorded"
    assert "review_waiting" in told(seen)
    before = told(seen)
    site.page("/a/2032.html", notice(("/f/plan.pdf", "计划.pdf")) + b"<!-- again -->")
    seen.poll("column", after=8 * DAY)
    assert editions(seen) == ["2031", "2032"]
    assert told(seen) == before
    assert seen.reviews() == (), "nobody need decide what mended itself"


def test_half_of_the_plan_for_a_day(site, watch):
    """The publisher puts the very same file back: the server says that nothing changed."""
    whole = site.page("/plan.html", PLAN.page())
    watch = watch(article_source(site.url("/plan.html")))
    watch.poll()
    site.page("/plan.html", PLAN.without(*((2, n) for n in range(5))).page())
    assert watch.poll().outcome == "held"
    assert len(watch.reviews()) == 1
    before = told(watch)
    site.route("/plan.html", whole)
    assert watch.poll().outcome == "not_modified"
    assert (editions(watch), told(watch), watch.reviews()) == (["2031"], before, ())


def test_one_edition_at_two_offices_on_two_days(site, watch):
    watch = watch(list_source(site.url("/col/")) + list_source(site.url("/two/"), id="two"))
    site.page("/two/", column([("/t/2031.html", PLAN.title, "2031-05-20")]))
    site.page("/t/2031.html", PLAN.page(hits=2))
    watch.poll("column")
    watch.poll("two")
    site.page("/t/2032.html", NEXT.page(hits=2).replace(b"2032-05-07", b"2032-05-20"))
    site.page("/two/", column([("/t/2032.html", NEXT.title, "2032-05-20")]))
    show(site, ROW_2032)
    watch.poll("column")
    watch.poll("two", after=12 * DAY)
    assert editions(watch) == ["2031", "2032"]
    assert told(watch) == ["version_recorded"]


def test_an_article_that_the_list_shows_for_an_hour(site, seen):
    show(site, ROW_2032)
    seen.poll("column", after=dt.timedelta(hours=1))
    show(site)
    for _ in range(4):
        seen.poll("column", after=8 * DAY)
    assert editions(seen) == ["2031", "2032"]
    assert told(seen) == ["version_recorded"]


def test_it_is_listed_for_an_hour_and_its_page_comes_the_day_after(site, seen):
    site.answer("/a/2032.html", GONE)
    show(site, ROW_2032)
    seen.poll("column", after=dt.timedelta(hours=1))
    show(site)
    seen.poll("column", after=dt.timedelta(minutes=30))
    site.page("/a/2032.html", NEXT.page())
    seen.poll("column", after=DAY)
    assert editions(seen) == ["2031", "2032"]
    assert told(seen) == ["version_recorded"]


def test_an_address_that_is_given_to_another_text(site, seen):
    site.page(
        "/a/2031.html",
        article(
            "湖泊科普基地评选结果公示",
            *[f"第{n}号基地，评选结果为合格，予以公示。" for n in range(40)],
        ),
    )
    for _ in range(2):
        seen.poll("column", after=8 * DAY)
    assert editions(seen) == ["2031"]
    assert told(seen) == ["review_waiting"]


def test_https_and_a_redesign_in_one_week(site, publishers, authority, watch):
    watch = watch(list_source(site.url("/col/"), ca_file=f"'{authority.ca_file}'"))
    watch.poll("column")
    secure = publishers(tls=authority.server("127.0.0.1"))
    body = "".join(f"<p class='x'>　　{line}</p>" for line in PLAN.paragraphs())
    secure.page(
        "/a/2031.html",
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{PLAN.title}-新版网站</title></head>"
        f"<body><main><h2>{PLAN.title}</h2><div class='TRS_Editor'>{body}</div></main>"
        "<footer>版权所有</footer></body></html>",
    )
    secure.page("/col/", column([("/a/2031.html", PLAN.title, "2031-05-07")]))
    site.answer("/a/2031.html", redirect(secure.url("/a/2031.html"), 301))
    site.answer("/col/", redirect(secure.url("/col/"), 301))
    for _ in range(3):
        assert watch.poll("column", after=4 * DAY).ok
    assert editions(watch) == ["2031"]
    assert told(watch) == []


def test_the_clock_goes_back_an_hour_on_the_day_of_publication(site, seen):
    seen.clock.advance(-dt.timedelta(hours=1))
    show(site, ROW_2032)
    seen.poll("column", after=dt.timedelta(minutes=5))
    seen.poll("column", after=dt.timedelta(minutes=70))
    assert editions(seen) == ["2031", "2032"]
    assert told(seen) == ["version_recorded"]


def test_asleep_for_three_days_while_it_came_and_went_and_came_back(site, seen):
    show(site, ROW_2032)
    site.answer("/a/2031.html", GONE)
    seen.poll("column", after=3 * DAY)
    site.page("/a/2031.html", PLAN.page())
    seen.poll("column", after=5 * DAY)
    seen.poll("column", after=8 * DAY)
    assert editions(seen) == ["2031", "2032"]
    assert told(seen) == ["version_recorded"]


def test_two_editions_after_a_year_of_sleep(site, seen):
    site.page("/a/2033.html", AFTER.page())
    show(site, ("/a/2033.html", AFTER.title, "2033-05-09"), ROW_2032)
    seen.poll("column", after=800 * DAY)
    assert editions(seen) == ["2031", "2032", "2033"]
    first, second, third = seen.versions()
    assert (second.predecessor_id, third.predecessor_id) == (first.id, second.id)
    assert told(seen) == ["version_recorded"] * 2


def test_a_plan_that_is_a_pdf_alone(site, seen):
    site.page("/a/2032.html", notice(("/f/plan.pdf", "计划.pdf")))
    site.answer("/f/plan.pdf", as_pdf(NEXT))
    show(site, ROW_2032)
    seen.poll("column")
    assert editions(seen) == ["2031", "2032"]
    assert told(seen) == ["version_recorded"]
    assert len(seen.plan(seen.versions()[-1]).tasks) == 12


def test_a_list_that_links_the_pdf_itself(site, seen):
    site.answer("/f/2032.pdf", as_pdf(NEXT))
    show(site, ("/f/2032.pdf", NEXT.title, "2032-05-08"))
    seen.poll("column")
    assert editions(seen) == ["2031", "2032"]
    assert told(seen) == ["version_recorded"]


def test_a_scan_first_and_the_text_a_week_later(site, seen):
    site.page("/a/2032.html", notice(("/f/plan.pdf", "计划.pdf")))
    site.answer("/f/plan.pdf", SCAN)
    show(site, ROW_2032)
    for _ in range(4):
        seen.poll("column")
    assert editions(seen) == ["2031"]
    assert sorted(told(seen)) == ["published_unreadable", "review_waiting"]
    site.answer("/f/plan.pdf", as_pdf(NEXT))
    seen.poll("column", after=7 * DAY)
    assert editions(seen) == ["2031", "2032"]
    assert told(seen)[-1] == "version_recorded"
    assert seen.reviews() == (), "nobody need decide what can be read now"


def test_a_scan_that_stays_is_told_again_and_text_at_another_office_ends_it(site, watch):
    watch = watch(list_source(site.url("/col/")) + list_source(site.url("/two/"), id="two"))
    site.page("/two/", column([("/t/2031.html", PLAN.title, "2031-05-20")]))
    site.page("/t/2031.html", PLAN.page(hits=2))
    watch.poll("column")
    watch.poll("two")
    site.answer("/a/2032.html", SCAN)
    show(site, ROW_2032)
    watch.poll("column")
    assert "published_unreadable" in told(watch)
    site.page("/t/2032.html", NEXT.page())
    site.page("/two/", column([("/t/2032.html", NEXT.title, "2032-05-20")]))
    watch.poll("two")
    assert told(watch)[-1] == "version_recorded"


def test_a_page_that_is_withdrawn_and_comes_back_changed(site, seen):
    site.answer("/a/2031.html", GONE)
    for _ in range(6):
        seen.poll("column", after=8 * DAY)
    assert told(seen) == ["withdrawn"]
    site.page("/a/2031.html", AMENDED.page())
    seen.poll("column", after=8 * DAY)
    assert told(seen).count("version_recorded") == 1
    assert told(seen).count("withdrawn") == 1
    assert [version.edition for version in seen.versions()] == ["2031", "2031"]
    assert len(told(seen)) <= 3


def test_a_second_attachment_that_is_a_form(site, seen):
    site.page("/a/2032.html", notice(("/f/plan.pdf", "计划.pdf")))
    site.answer("/f/plan.pdf", as_pdf(NEXT))
    show(site, ROW_2032)
    seen.poll("column")
    form = files.pdf(files.set_in_lines(["联络员信息表", "单位名称", "联系人姓名", "联系电话"]))
    site.answer("/f/form.pdf", Answer(form, media_type="application/pdf"))
    site.page(
        "/a/2032.html", notice(("/f/plan.pdf", "计划.pdf"), ("/f/form.pdf", "联络员信息表.pdf"))
    )
    seen.poll("column", after=8 * DAY)
    assert {version.edition for version in seen.versions()} == {"2031", "2032"}
    for version in seen.versions()[2:]:
        assert [c for c in seen.changes(version) if c.severity == "major"] == []


def test_a_title_that_the_list_cuts_and_then_shows(site, seen):
    cut = ("/a/2032.html", "2032年湖泊创新强国建设推...", "2032-05-08")
    show(site, cut)
    seen.poll("column")
    assert told(seen) == ["review_waiting"]
    show(site, ROW_2032)
    seen.poll("column")
    assert editions(seen) == ["2031", "2032"]
    assert told(seen) == ["review_waiting", "version_recorded"]
    assert seen.reviews() == ()


def test_addresses_that_carry_the_day(site, seen):
    for day in range(6):
        path = f"/d{day}/2031.html"
        site.page(path, PLAN.page(hits=day))
        site.page("/col/", column([(path, PLAN.title, "2031-05-07")]))
        site.answer(f"/d{day - 1}/2031.html", GONE)
        seen.poll("column", after=DAY)
    assert editions(seen) == ["2031"]
    assert "version_recorded" not in told(seen)
    assert "reverted" not in told(seen)


def test_a_wall_for_a_week_in_which_the_plan_comes_out(site, seen):
    site.answer("/col/", faults.wall_412())
    site.answer("/a/2031.html", faults.wall_412())
    for _ in range(8):
        seen.poll("column", after=DAY)
    show(site, ROW_2032)
    site.page("/a/2031.html", PLAN.page())
    seen.poll("column", after=DAY)
    assert editions(seen) == ["2031", "2032"]
    assert sorted(told(seen)) == ["source_failing", "source_recovered", "version_recorded"]
