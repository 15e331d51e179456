"""An official page and two mirrors over time: what their readers are told, and how often.

Each walk is a row of looks, a day apart: at which page, what stands there, and the first line of
what the document's subscribers were told of it (None: nothing).
"""

import datetime as dt

import pytest

from tests.monitor.invented import Invented
from tests.monitor.watch import article_source
from tests.publisher.answers import Answer

PLAN = Invented()
JUSTICE = PLAN.with_bodies(0, 1, "水利部、司法部负责")
FINANCE = PLAN.with_bodies(0, 1, "水利部、财政部负责")
NEXT = Invented(year=2032)
NEXT_JUSTICE = NEXT.with_bodies(0, 1, "水利部、司法部负责")
GONE = Answer(status=404)

JOINS = "1 duty changed. Task 2: Ministry of Justice joins (responsible)"
COPY = "unconfirmed: a copy differs from the official text: "
AHEAD = "unconfirmed: so far seen at an unofficial site only"
OLDER = "the page shows an earlier text again: 1 duty changed. Task 2: "
LEAVES = "Ministry of Justice is no longer named (before: responsible)"
MONEY = "1 duty changed. Task 2: Ministry of Finance joins (responsible)"
SAME = "the new edition is out, and says what the one before it said"

WALKS = {
    "mirrors follow the official page": [
        ("official", JUSTICE, JOINS),
        ("mirror", JUSTICE, None),
        ("copy", JUSTICE, None),
    ],
    "a mirror is first, and the official page agrees": [
        ("mirror", JUSTICE, COPY + JOINS),
        ("copy", JUSTICE, None),
        ("official", JUSTICE, JOINS),
        ("copy", JUSTICE, None),
    ],
    "two mirrors differ, and one of them was right": [
        ("mirror", JUSTICE, COPY + JOINS),
        ("copy", FINANCE, COPY + MONEY),
        ("official", JUSTICE, JOINS),
        ("copy", JUSTICE, None),
    ],
    "a mirror was wrong, and the official page says a third thing": [
        ("mirror", JUSTICE, COPY + JOINS),
        ("official", FINANCE, MONEY),
        ("mirror", FINANCE, None),
    ],
    "a mirror is mended, and slips again": [
        ("mirror", JUSTICE, COPY + JOINS),
        ("mirror", PLAN, None),
        ("mirror", JUSTICE, None),
    ],
    "a mirror lags behind": [
        ("official", JUSTICE, JOINS),
        ("mirror", PLAN, None),
        ("mirror", JUSTICE, None),
        ("mirror", PLAN, None),
    ],
    "the official page goes back, and forward": [
        ("official", JUSTICE, JOINS),
        ("official", PLAN, OLDER + LEAVES),
        ("official", JUSTICE, OLDER + "Ministry of Justice joins (responsible)"),
    ],
    "the official page is gone, and there again": [
        ("official", GONE, None),
        ("official", GONE, None),
        ("official", GONE, "the official page is gone"),
        ("official", GONE, None),
        ("official", PLAN, "the official page is there again"),
        ("official", PLAN, None),
    ],
    "the next edition comes out at a mirror": [
        ("mirror", NEXT_JUSTICE, f"{AHEAD}: {JOINS}"),
        ("copy", NEXT_JUSTICE, None),
        ("official", NEXT_JUSTICE, JOINS),
    ],
    "the next edition says what this one says": [
        ("mirror", NEXT, AHEAD),
        ("official", NEXT, SAME),
        ("mirror", PLAN, None),
    ],
}


@pytest.fixture
def pages(publisher, watch):
    """Sets what stands at a page and polls it; gives what readers were told of that look."""
    names = {"official": "official", "mirror": "mirror", "copy": "mirror"}
    for name in names:
        publisher.page(f"/{name}.html", PLAN.page())
    watch = watch(
        "".join(
            article_source(publisher.url(f"/{name}.html"), id=name, authority=authority)
            for name, authority in names.items()
        )
    )
    for name in names:
        watch.poll(name)

    def look(name, served):
        if isinstance(served, Invented):
            publisher.page(f"/{name}.html", served.page())
        else:
            publisher.answer(f"/{name}.html", served)
        before = {alert.id for alert in watch.alerts("readers")}
        watch.poll(name, after=dt.timedelta(days=1))
        return [
            alert.headline.partition(": ")[2]
            for alert in watch.alerts("readers")
            if alert.id not in before
        ]

    return look


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_it_is_told_rightly_and_once(pages, walk):
    told = [(name, served, pages(name, served)) for name, served, _ in walk]
    assert told == [(name, served, [line] if line else []) for name, served, line in walk]


def test_a_page_that_comes_back_with_another_text_is_both(pages):
    for _ in range(3):
        pages("official", GONE)
    assert pages("official", JUSTICE) == ["the official page is there again", JOINS]
