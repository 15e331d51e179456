"""One page over time: what is kept of it and who hears of it."""

import datetime as dt

import msgspec
import pytest

from monitor.stopping import Stopping
from storage import versions
from tests.monitor.invented import Invented, article
from tests.monitor.watch import article_source
from tests.publisher.answers import Answer, Page, html, redirect
from tests.publisher.faults import busy, shell, truncated, wall_200, wall_412, wall_521

PLAN = Invented()
AMENDED = PLAN.with_bodies(0, 1, "水利部、司法部负责")
DAY = dt.timedelta(days=1)


@pytest.fixture
def site(publisher):
    publisher.page("/plan.html", PLAN.page())
    return publisher


@pytest.fixture
def seen(site, watch):
    """A watch that has had its first look."""
    watch = watch(article_source(site.url("/plan.html")))
    watch.poll()
    return watch


def serve(site, body, **more):
    site.page("/plan.html", body, **more)


def test_the_first_look_is_kept_and_tells_only_that_it_is_watched(seen):
    (version,) = seen.versions()
    assert (version.number, version.edition, version.nature) == (1, "2031", "official")
    assert len(seen.plan(version).tasks) == 12
    assert seen.events() == ["now_watching"]
    assert seen.source().first_round_done_at is not None


def test_a_poll_with_nothing_new_ends_at_304_and_changes_nothing(seen, site):
    before = site.asked("/plan.html")
    again = seen.poll()
    assert again.outcome == "not_modified"
    assert len(site.asked("/plan.html")) == len(before) + 1
    assert len(seen.versions()) == 1
    assert seen.events() == ["now_watching"]


def test_a_body_that_joins_a_task_is_told_once(seen, site):
    serve(site, AMENDED.page())
    poll = seen.poll()
    assert (poll.outcome, poll.ok) == ("new_version", True)
    first, second = seen.versions()
    assert second.predecessor_id == first.id
    assert [(c.kind, c.agency) for c in seen.changes(second)] == [("agency_assigned", "moj")]
    assert seen.events() == ["now_watching", "version_recorded"]
    assert seen.poll().outcome == "not_modified"
    assert len(seen.alerts()) == 2


def test_counters_and_share_widgets_are_no_other_text(seen, site):
    for hits in range(2, 6):
        serve(site, PLAN.page(hits=hits, noise=f"分享 {hits}"))
        assert seen.poll().outcome == "same_text"
    assert len(seen.versions()) == 1
    assert seen.events() == ["now_watching"]


def test_an_older_text_again_is_told_as_reverted(seen, site):
    serve(site, AMENDED.page())
    seen.poll()
    serve(site, PLAN.page())
    assert seen.poll().outcome == "reverted"
    assert len(seen.versions()) == 2
    assert seen.events() == ["now_watching", "version_recorded", "reverted"]
    serve(site, AMENDED.page())
    assert seen.poll().outcome == "reverted"
    assert seen.events().count("reverted") == 2


def test_next_years_plan_at_the_same_address_follows_this_years(seen, site):
    serve(site, Invented(year=2032).with_words(1, 1, "制定涉湖技术秘密案件审理指引。").page())
    assert seen.poll().outcome == "new_version"
    old, new = seen.versions()
    assert (new.edition, new.predecessor_id) == ("2032", old.id)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (wall_521(), "challenge"),
        (wall_412(), "challenge"),
        (wall_200(PLAN.title), "challenge"),
        (shell(PLAN.title), "shell"),
        (Answer(b""), "empty"),
        (truncated(PLAN.page()[:900]), "truncated"),
        (redirect("/"), "moved_home"),
        (Answer(status=404), "gone"),
        (Answer(status=500), "server_error"),
        (Answer(b"\x89PNG\r\n\x1a\n" * 40, media_type="image/png"), "wrong_type"),
    ],
)
def test_what_is_no_text_is_never_a_version(seen, site, fault, outcome):
    site.answer("/plan.html", fault)
    site.answer("/", html("<html><body>首页</body></html>"))
    assert seen.poll().outcome == outcome
    assert len(seen.versions()) == 1
    assert seen.events() == ["now_watching"]
    serve(site, PLAN.page())
    assert seen.poll().outcome in ("same_text", "not_modified")


def test_validators_of_a_fault_are_not_kept(seen, site):
    """A wall that answers with an ETag must not make the wall the thing that is not modified."""
    serve(site, wall_200(PLAN.title).body)
    assert seen.poll().outcome == "challenge"
    assert seen.poll().outcome == "challenge"
    serve(site, AMENDED.page())
    assert seen.poll().outcome == "new_version"


def test_a_server_whose_etag_lies_is_found_out_within_a_week(site, watch):
    page = Page(PLAN.page(), lying=True)
    site.route("/plan.html", page)
    watch = watch(article_source(site.url("/plan.html")))
    watch.poll()
    page.body = AMENDED.page()
    outcomes = [watch.poll(after=DAY).outcome for _ in range(7)]
    assert outcomes == ["not_modified"] * 6 + ["new_version"]


def test_a_plan_that_lost_a_third_of_its_tasks_waits_for_a_person(seen, site):
    half = PLAN.without(*((2, n) for n in range(5)))
    serve(site, half.page())
    assert seen.poll().outcome == "held"
    assert len(seen.versions()) == 1
    (review,) = seen.reviews()
    assert review.reason == "lost_tasks"
    assert sorted(seen.events()) == ["now_watching", "published_unreadable", "review_waiting"]
    assert seen.poll().outcome == "held"
    assert len(seen.reviews()) == 1
    assert len(seen.events()) == 3
    serve(site, AMENDED.page())
    assert seen.poll().outcome == "new_version"


def test_a_page_that_names_the_plan_and_has_no_text_is_told_as_not_yet_readable(seen, site):
    words = "本计划正文将于近日公布，请各有关单位关注后续通知，并提前做好落实准备工作。" * 5
    serve(site, article(Invented(year=2032).title, words))
    assert seen.poll().outcome in ("unreadable", "held")
    assert "published_unreadable" in seen.events()
    assert len(seen.versions()) == 1


def test_a_page_that_is_gone_for_a_day_is_withdrawn_and_its_return_is_told(seen, site):
    site.answer("/plan.html", Answer(status=404))
    for _ in range(5):
        assert seen.poll(after=dt.timedelta(hours=8)).outcome == "gone"
    assert [e for e in seen.events() if e != "source_failing"] == ["now_watching", "withdrawn"]
    serve(site, PLAN.page())
    seen.poll()
    assert "reverted" in seen.events()


def test_a_host_that_fails_for_days_is_told_once_and_its_recovery_once(seen, site):
    site.answer("/plan.html", Answer(status=503))
    for _ in range(12):
        seen.poll()
    serve(site, PLAN.page())
    seen.poll()
    seen.poll()
    assert seen.events() == ["now_watching", "source_failing", "source_recovered"]


NOTICE = article("关于印发推进计划的通知", "现予印发，请认真组织实施，计划全文见附件。").replace(
    b"</div></div>", "<p>附件：<a href='/f/plan.txt'>计划.txt</a></p></div></div>".encode()
)


def attach(site, plan):
    text = Answer(plan.text.encode(), media_type="text/plain; charset=utf-8")
    site.answer("/f/plan.txt", text)


@pytest.fixture
def attached(publisher, watch):
    """A watch of a notice whose plan is its attachment."""
    publisher.page("/notice.html", NOTICE)
    attach(publisher, PLAN)
    watch = watch(article_source(publisher.url("/notice.html")))
    assert watch.poll().outcome == "new_version"
    return watch


def test_an_article_whose_text_is_its_attachment(attached):
    (version,) = attached.versions()
    assert len(attached.plan(version).tasks) == 12
    with attached.database.reading() as conn:
        assert [part.kind for part in versions.parts_of(conn, version.id)] == ["page", "attachment"]


def test_an_attachment_that_changes_behind_the_same_page_is_found_within_a_week(
    attached, publisher
):
    attach(publisher, AMENDED)
    outcomes = [attached.poll(after=DAY).outcome for _ in range(7)]
    assert outcomes == ["not_modified"] * 6 + ["new_version"]
    attached.poll(after=DAY)
    assert attached.events() == ["now_watching", "version_recorded"]


def test_an_end_between_page_and_attachment_leaves_nothing_half_done(publisher, watch):
    publisher.page("/notice.html", NOTICE)
    attach(publisher, PLAN)
    watch = watch(article_source(publisher.url("/notice.html")))
    running = watch.runtime
    watch.runtime = msgspec.structs.replace(running, stopping=lambda: True)
    with pytest.raises(Stopping):
        watch.poll()
    assert not publisher.asked("/f/plan.txt")
    assert (watch.versions(), watch.source().last_visit_at) == ([], None)
    watch.runtime = running
    assert watch.poll().outcome == "new_version"


def test_an_attachment_that_cannot_be_fetched_is_no_version(attached, publisher):
    publisher.page("/notice.html", NOTICE + b"<!-- moved -->")
    publisher.answer("/f/plan.txt", Answer(status=500))
    assert attached.poll().outcome not in ("new_version", "same_text")
    assert len(attached.versions()) == 1
    attach(publisher, PLAN)
    assert attached.poll().outcome == "same_text"


@pytest.mark.parametrize(("asked", "hours"), [("43200", 12), ("99999999", 24), (None, 6)])
def test_a_server_that_asks_for_a_pause_gets_it(seen, site, asked, hours):
    site.answer("/plan.html", busy(429, asked))
    seen.poll()
    wait = seen.source().next_due_at - seen.clock.now()
    assert dt.timedelta(hours=hours - 1) < wait <= dt.timedelta(hours=hours + 9)
    assert wait >= dt.timedelta(hours=hours) or asked is None


def test_a_site_that_is_down_for_a_moment_is_not_left_until_the_evening(seen, site):
    site.answer("/plan.html", busy(503, None))
    for least, most in ((10, 15), (20, 30), (40, 60)):
        seen.poll(after=dt.timedelta(minutes=10))
        wait = seen.source().next_due_at - seen.clock.now()
        assert dt.timedelta(minutes=least) <= wait <= dt.timedelta(minutes=most)
    site.page("/plan.html", PLAN.page())
    seen.poll(after=dt.timedelta(minutes=10))
    assert seen.source().next_due_at - seen.clock.now() > dt.timedelta(hours=5)


def test_a_watched_folder_is_looked_at_like_a_site(watch, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN.text, encoding="utf-8")
    watch = watch(f"  - {{id: folder, kind: file, documents: [lakes], path: '{folder}'}}\n")
    assert watch.poll("folder").outcome == "new_version"
    assert watch.poll("folder").outcome == "not_modified"
    (folder / "plan.txt").write_text(AMENDED.text, encoding="utf-8")
    assert watch.poll("folder").outcome == "new_version"
    (folder / "plan.txt").unlink()
    (folder / "copy.txt").write_text(AMENDED.text, encoding="utf-8")
    assert watch.poll("folder").outcome == "witnessed"
    assert watch.events() == ["now_watching", "version_recorded"]


def test_a_file_deleted_from_a_watched_folder_is_told_after_a_day_and_once(watch, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("plan.txt", PLAN.text), ("other.txt", Invented(year=2032).text)):
        (folder / name).write_text(text, encoding="utf-8")
    watch = watch(f"  - {{id: folder, kind: file, documents: [lakes], path: '{folder}'}}\n")
    watch.poll("folder")
    (folder / "plan.txt").unlink()
    for _ in range(7):
        polled = watch.poll("folder")
        assert polled.outcome == "not_modified", "the folder itself is well"
    assert watch.events() == ["now_watching", "withdrawn"]
    assert watch.alerts()[-1].url.endswith("/plan.txt")
    (folder / "plan.txt").write_text(PLAN.text, encoding="utf-8")
    watch.poll("folder")
    assert watch.events() == ["now_watching", "withdrawn", "reverted"]


def test_a_watched_folder_that_is_not_there_withdraws_nothing(watch, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN.text, encoding="utf-8")
    watch = watch(f"  - {{id: folder, kind: file, documents: [lakes], path: '{folder}'}}\n")
    watch.poll("folder")
    folder.rename(tmp_path / "elsewhere")
    for _ in range(7):
        assert watch.poll("folder").outcome == "gone"
    assert watch.events() == ["now_watching", "source_failing"]


def test_the_edition_may_stand_in_the_title_alone(publisher, watch):
    """A reprint that says the year in its title and nowhere in its text."""
    lines = [line for line in PLAN.paragraphs() if not line.startswith(("2031年", "为做好2031年"))]
    text = lines[9:] if len(lines) > 20 else lines
    body = [line.replace("2031年", "本年") for line in text if "2031" not in line]
    publisher.page("/reprint.html", article(PLAN.title, *body))
    watch = watch(article_source(publisher.url("/reprint.html")))
    watch.poll()
    assert [version.edition for version in watch.versions()] == ["2031"]


def test_a_text_that_moved_says_where_it_is_now(seen, site):
    site.page("/new/plan.html", PLAN.page(hits=4))
    site.answer("/plan.html", redirect("/new/plan.html", 301))
    (look,) = seen.poll().looks
    assert (look.outcome, look.detail) == (
        "same_text",
        f"moved: served by {site.url('/new/plan.html')}",
    )


def test_a_translation_is_recorded_and_repeats_no_changes(publisher, watch):
    publisher.page("/plan.html", PLAN.page())
    watch = watch(article_source(publisher.url("/plan.html"), authority="translation"))
    watch.poll()
    publisher.page("/plan.html", AMENDED.page())
    assert watch.poll().outcome == "new_version"
    first, second = watch.versions()
    assert (second.nature, second.predecessor_id) == ("translation", first.id)
    assert watch.changes(second) is None


def test_a_first_look_that_failed_is_still_to_come(site, watch):
    site.answer("/plan.html", Answer(status=503))
    watch = watch(article_source(site.url("/plan.html")))
    assert watch.poll().outcome == "server_error"
    assert watch.source().first_round_done_at is None
    assert watch.told() == []
    serve(site, PLAN.page())
    watch.poll()
    assert watch.events() == ["now_watching"]


def test_validators_that_came_by_a_redirect_are_not_kept(site, watch):
    """The same address may lead, or be, something else tomorrow."""
    site.page("/here.html", PLAN.page())
    site.answer("/plan.html", redirect("/here.html"))
    watch = watch(article_source(site.url("/plan.html")))
    watch.poll()
    assert watch.poll().outcome == "same_text"
    asked = [*site.asked("/plan.html"), *site.asked("/here.html")]
    assert not [seen for seen in asked if "if-none-match" in seen.headers]
