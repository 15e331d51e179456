"""Validators are sent to the address that gave them, and 304 means what was asked."""

import datetime as dt

from monitor.fetching.values import Validators
from tests.publisher.answers import redirect

DATED = dt.datetime(2025, 5, 7, 8, tzinfo=dt.UTC)


def test_an_unchanged_page_answers_304_and_a_changed_one_its_body(site, ask):
    page = site.page("/a", "<p>one</p>", dated=DATED)
    first = ask(site.url("/a"))
    assert first.validators.etag
    assert first.validators.last_modified == "Wed, 07 May 2025 08:00:00 GMT"
    again = ask(site.url("/a"), validators=first.validators)
    assert (again.outcome, again.body) == ("not_modified", b"")
    page.body = b"<p>two</p>"
    assert ask(site.url("/a"), validators=first.validators).body == b"<p>two</p>"


def test_the_date_alone_is_enough(site, ask):
    site.page("/a", "<p>one</p>", etag=False, dated=DATED)
    first = ask(site.url("/a"))
    assert ask(site.url("/a"), validators=first.validators).outcome == "not_modified"


def test_behind_a_redirect_they_go_to_where_they_came_from(site, ask):
    site.page("/b", "<p>one</p>", dated=DATED)
    site.answer("/a", redirect("/b"))
    first = ask(site.url("/a"))
    assert first.validators.url == site.url("/b")
    again = ask(site.url("/a"), validators=first.validators)
    assert again.outcome == "not_modified"
    assert "if-none-match" not in site.asked("/a")[-1].headers


def test_a_redirect_to_another_old_page_is_not_mistaken_for_unchanged(site, ask):
    page = site.page("/a", "<p>the plan</p>", etag=False, dated=DATED)
    first = ask(site.url("/a"))
    site.page("/old", "<p>something else, older</p>", etag=False, dated=page.dated)
    site.answer("/a", redirect("/old"))
    result = ask(site.url("/a"), validators=first.validators)
    assert (result.outcome, result.final_url) == ("ok", site.url("/old"))


def test_nothing_is_kept_of_a_failure(site, ask):
    site.answer("/a", redirect("/"))
    site.page("/", "front page")
    assert ask(site.url("/a"), validators=Validators(etag='"x"')).validators == Validators()
