"""What is said of a source over many visits: the beginning and the end of a trouble, once each."""

import datetime as dt

import pytest

from monitor.health import (
    Absence,
    Health,
    absence,
    after_visit,
    missing_edition,
    stalled,
)
from monitor.outcomes import OUTCOMES, SEEN, in_words

START = dt.datetime(2031, 5, 7, 1, 0, tzinfo=dt.UTC)


def say(outcomes, every=dt.timedelta(hours=6)):
    """The events that a run of outcomes gives, as (number of the visit, event, reason)."""
    health = Health()
    said = []
    for number, outcome in enumerate(outcomes):
        health, turn = after_visit(health, outcome, START + every * number)
        if turn:
            said.append((number, turn.event, turn.reason))
    return said


def test_a_short_trouble_is_not_told():
    assert say(["same_text", "timeout", "server_error", "same_text", "timeout", "same_text"]) == []


def test_a_long_trouble_is_told_once_and_its_end_once():
    said = say(["same_text"] + ["timeout"] * 40 + ["not_modified"] * 5)
    assert [(number, event) for number, event, _ in said] == [
        (5, "source_failing"),
        (41, "source_recovered"),
    ]
    assert "24 hours" in said[0][2]
    assert "timeout" in said[0][2]
    assert "40 failures" in said[1][2]


def test_a_second_trouble_is_told_again():
    once = ["dns_error"] * 6 + ["same_text"]
    assert [event for _, event, _ in say(once * 2)] == ["source_failing", "source_recovered"] * 2


def test_a_wall_is_told_before_a_day_has_gone():
    said = say(["same_text", "challenge", "challenge", "challenge", "challenge"])
    assert [(number, event) for number, event, _ in said] == [(3, "source_failing")]
    assert "walled off" in said[0][2]


def test_one_visit_a_week_does_not_make_a_long_trouble_of_one_failure():
    assert say(["timeout", "timeout"], every=dt.timedelta(days=7)) == []


def test_what_waits_for_a_person_is_no_trouble_of_the_source():
    assert say(["held", "unreadable", "not_a_plan"] * 10) == []


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_either_seen_or_a_failure_and_has_words(outcome):
    health, _ = after_visit(Health(), outcome, START)
    assert (health.failures == 0) == (outcome in SEEN)
    assert "_" not in in_words(outcome)


def follow(outcomes, hours=10):
    state = Absence()
    news = []
    for number, outcome in enumerate(outcomes):
        state, new = absence(state, outcome, START + dt.timedelta(hours=hours * number))
        news.append(new)
    return news


def test_a_page_is_withdrawn_after_three_looks_over_a_day():
    assert follow(["gone"] * 6) == [None, None, None, "withdrawn", None, None]


def test_three_looks_within_a_day_are_not_enough():
    assert follow(["gone"] * 4, hours=2) == [None] * 4


def test_a_page_that_comes_back_after_it_was_told_is_news():
    assert follow(["moved_home"] * 4 + ["same_text", "same_text"])[3:] == [
        "withdrawn",
        "published_again",
        None,
    ]


def test_a_timeout_says_nothing_about_a_page():
    assert follow(["gone", "timeout", "gone", "timeout", "gone"])[-1] == "withdrawn"
    assert follow(["gone", "gone", "same_text", "gone", "gone", "gone"]) == [None] * 6


def dates(*days):
    return [dt.date(2031, 1, 1) + dt.timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("rows", "others", "today", "tells"),
    [
        ((0, 7, 14, 21), (85,), 90, True),
        ((0, 7, 14, 21), (20,), 90, False),  # nobody else publishes either
        ((0, 7, 14, 60), (85,), 90, False),
        ((0, 60, 120, 180), (300,), 300, False),  # its usual gap is two months
        ((0, 60, 120, 180), (450,), 450, True),
        ((0, 7), (85,), 90, False),  # too few rows to know a rhythm
    ],
)
def test_a_list_that_stands_still_while_others_move(rows, others, today, tells):
    assert bool(stalled(dates(*rows), dates(*others), dates(today)[0])) is tells


@pytest.mark.parametrize(
    ("editions", "on", "missing"),
    [
        (["2030"], "2031-07-31T23:00+08:00", None),
        (["2030"], "2031-08-01T00:10+08:00", "2031"),
        (["2030"], "2031-07-31T16:10+00:00", "2031"),  # already August in Shanghai
        (["2030", "2031"], "2031-08-01T00:10+08:00", None),
        (["2030-2032"], "2031-08-01T00:10+08:00", None),
        ([], "2031-12-31T00:10+08:00", "2031"),
    ],
)
def test_an_edition_that_did_not_come_by_its_day(editions, on, missing):
    assert missing_edition((7, 31), editions, dt.datetime.fromisoformat(on)) == missing


def test_a_document_without_a_day_misses_nothing():
    assert missing_edition(None, [], START) is None
