"""Which subscription is told which changes: a table, and what holds for any subscription."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.events import DOCUMENT_EVENTS, OPERATIONAL_EVENTS
from alerts.routing import route, select
from plans.model import ChangeKind, Severity
from tests.alerts.examples import CHANGES, REGISTRY, comparison, event, subscription

# The thirty changes, as the table below numbers them:
#  1 task 2 gone (MIIT)               11 task 4 split (CNIPA, centre)    21 section 1.2 retitled
#  2 task 11 gone (members)           12 task 5 moved 1.2 to 3 (MIIT)    22 section 培养人才 gone
#  3 task 10 new (CNIPA, GACC)        13 task 5 renumbered               23 section 扩大合作 new
#  4 task 1 reworded (CNIPA MOJ SAMR) 14 task 6 reworded (GACC, CNIPA)   24 addressee MCT new
#  5 task 1: SAMR joins               15 task 6 renumbered               25 addressee SPB gone
#  6 task 1: CNIPA now leads          16 task 6: CNIPA leaves            26 preamble reworded
#  7 task 1: Trademark Law up         17 tasks 7, 8 merged (SAMR CNIPA)  27 task 1: 潮汐 down
#  8 task 3 reworded (MOJ)            18 task 9 renumbered (NFGA)        28 task 6: 网上查验规程 new
#  9 task 3 renumbered                19 task 10 renumbered (CNIPA)      29 task 4: 浮标 dropped
# 10 task 3: deadline (MOJ)           20 task 9: NFGA renamed            30 task 10: part moved (CNIPA)
EDITORIAL = {9, 13, 15, 18, 19, 20}
ALL = set(range(1, 31))

TABLE = [
    ({}, ALL - EDITORIAL),
    ({"severity": "editorial"}, ALL),
    ({"severity": "major"}, {1, 2, 3, 5, 6, 7, 10, 16, 27, 28, 29}),
    ({"agencies": ["cnipa"]}, {3, 4, 6, 7, 11, 14, 16, 17, 27, 28, 29, 30}),
    ({"agencies": ["moj"]}, {4, 7, 8, 10, 27}),
    ({"agencies": ["Ministry of Industry and Information Technology"]}, {1, 12}),
    ({"agencies": ["samr"]}, {4, 5, 7, 17, 27}),
    ({"agencies": ["海岛数据登记中心"]}, {11, 29}),
    ({"agencies": ["spb", "mct"]}, {24, 25}),
    ({"sections": ["1.2"]}, {11, 12, 21, 29}),
    ({"sections": ["培养人才"]}, {2, 22}),
    ({"sections": ["3"]}, {2, 3, 12, 22, 23}),
    ({"sections": ["完善法规"], "severity": "editorial"}, {1, 4, 5, 6, 7, 8, 9, 10, 27}),
    ({"instruments": ["Trademark Law"]}, {4, 5, 6, 7}),
    ({"instruments": ["《潮汐数据登记条例》"]}, {4, 5, 6, 27}),
    ({"keywords": ["侵权"]}, {14, 16, 28}),
    ({"keywords": ["trademark"]}, {4, 5, 6, 7, 27}),
    ({"kinds": ["agency_assigned", "agency_released", "role_changed"]}, {5, 6, 16}),
    (
        {
            "agencies": ["cnipa"],
            "kinds": ["commitment_raised", "commitment_lowered"],
            "severity": "major",
        },
        {7, 27},
    ),
    (
        {"agencies": ["gacc"], "keywords": ["网络"], "severity": "editorial"},
        {14, 15, 28},
    ),
]


def test_the_table_is_of_twenty_subscriptions_and_thirty_changes():
    assert (len(TABLE), len(CHANGES)) == (20, 30)


@pytest.mark.parametrize(("filters", "expected"), TABLE, ids=lambda value: str(value)[:60])
def test_each_subscription_gets_its_changes(filters, expected):
    drafts = route(event(comparison()), [subscription(**filters)], REGISTRY)
    told = [c for draft in drafts for told in draft.told for c in told.comparison.changeset.changes]
    assert [CHANGES.index(change) + 1 for change in told] == sorted(expected)


def test_a_keyword_of_latin_letters_is_a_whole_word():
    assert not route(event(comparison()), [subscription(keywords=["trade"])], REGISTRY)


def test_a_forerunner_of_a_body_reaches_the_subscriber_of_its_successor():
    # The former industry and commerce administration went on in samr in 2018.
    old = CHANGES[4]
    gone = type(old)(kind="agency_released", severity="major", old=("1",), agency="saic")
    chosen = select(comparison(changes=(gone,)), subscription(agencies=["samr"]), REGISTRY)
    assert chosen == (gone,)


# What each value of a filter touches, by the same numbers: read off the two plans by hand.
TOUCHES = {
    "agencies": {
        "cnipa": {3, 4, 6, 7, 11, 14, 15, 16, 17, 19, 27, 28, 29, 30},
        "moj": {4, 7, 8, 9, 10, 27},
        "gacc": {3, 14, 15, 28},
        "samr": {4, 5, 7, 17, 27},
        "miit": {1, 12, 13},
        "nfga": {18, 20},
        "mct": {24},
        "spb": {25},
        "海岛数据登记中心": {11, 29},
        "State Administration of Work Safety": set(),
    },
    "sections": {
        "1": {1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 21, 27, 29},
        "1.1": {1, 4, 5, 6, 7, 8, 9, 10, 27},
        "完善法规": {1, 4, 5, 6, 7, 8, 9, 10, 27},
        "1.2": {11, 12, 13, 21, 29},
        "2": {14, 15, 16, 17, 18, 19, 20, 28, 30},
        "3": {2, 3, 12, 13, 22, 23},
    },
    "instruments": {
        "Trademark Law": {4, 5, 6, 7},
        "潮汐数据登记条例": {4, 5, 6, 27},
        "网上查验规程": {28},
        "浮标登记办法": {29},
        "船载算法指引": {1},
    },
    "keywords": {
        "商标": {4, 5, 6, 7, 27},
        "trademark": {4, 5, 6, 7, 27},
        "侵权": {14, 15, 16, 28},
        "近海": {17},
        "data": {2, 3, 4, 5, 6, 7, 11, 27, 29},
        "数据": {2, 3, 4, 5, 6, 7, 11, 27, 29},
        "trade": set(),
    },
    "documents": {"sea-data": ALL, "another": set()},
    "kinds": {
        kind: {n for n, change in enumerate(CHANGES, 1) if change.kind == kind}
        for kind in get_args(ChangeKind)
    },
}
SEVERE = {
    "editorial": ALL,
    "minor": ALL - EDITORIAL,
    "major": {n for n, change in enumerate(CHANGES, 1) if change.severity == "major"},
}
FILTERS = st.fixed_dictionaries(
    {"severity": st.sampled_from(get_args(Severity))},
    optional={
        name: st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=4, unique=True)
        for name, values in TOUCHES.items()
    },
)


def expected(filters, numbers):
    """Within one filter any value suffices; every filter that is set must agree."""
    for name, values in TOUCHES.items():
        if name in filters:
            numbers = numbers & set().union(*(values[value] for value in filters[name]))
    return numbers & SEVERE[filters["severity"]]


@given(
    filters=FILTERS, against=st.sampled_from(["predecessor", "baseline", "both"]), data=st.data()
)
def test_nothing_asked_for_is_missed_and_nothing_else_is_told(filters, against, data):
    """With any subscription, of any version: of what is new, of what differs from the baseline."""
    some = st.sets(st.sampled_from(sorted(ALL)))
    new, since = sorted(data.draw(some)), sorted(data.draw(some))
    happened = event(
        comparison(changes=[CHANGES[n - 1] for n in new], old_version=5),
        comparison("baseline", changes=[CHANGES[n - 1] for n in since]),
    )
    drafts = route(happened, [subscription(**filters, against=against)], REGISTRY)
    told = {
        t.comparison.against: {CHANGES.index(c) + 1 for c in t.comparison.changeset.changes}
        for draft in drafts
        for t in draft.told
    }
    of_new, of_old = expected(filters, set(new)), expected(filters, set(since))
    wanted = {"predecessor": of_new, "baseline": of_old}
    if against == "predecessor" or (against == "both" and not of_new):
        del wanted["baseline"]
    if against == "baseline":
        del wanted["predecessor"]
        # What differs from the baseline alone was told when it came.
        if not set(new) & SEVERE[filters["severity"]]:
            wanted = {}
    assert told == {name: numbers for name, numbers in wanted.items() if numbers}


@given(
    body=st.sampled_from(["cnipa", "gacc", "miit"]),
    kinds=st.sampled_from([("task_added",), ("task_removed",)]),
)
def test_an_added_or_removed_task_touches_each_of_its_bodies(body, kinds):
    got = select(comparison(), subscription(agencies=[body], kinds=kinds), REGISTRY)
    for change in CHANGES:
        if change.kind in kinds:
            whole = change.after or change.before
            names = {a["agency"] for a in whole["assignments"]}
            assert (change in got) == (body in names)


# --- both comparisons -------------------------------------------------------------------------


def told_by(draft):
    return [
        (t.comparison.against, t.in_full, len(t.comparison.changeset.changes)) for t in draft.told
    ]


def test_one_alert_tells_the_predecessor_in_full_and_the_baseline_as_counts():
    happened = event(comparison(changes=CHANGES[:3], old_version=5), comparison("baseline"))
    (draft,) = route(happened, [subscription()], REGISTRY)
    assert told_by(draft) == [("predecessor", True, 3), ("baseline", False, 24)]


def test_a_baseline_that_is_the_predecessor_is_not_told_twice():
    happened = event(comparison(), comparison("baseline"))
    (draft,) = route(happened, [subscription()], REGISTRY)
    assert told_by(draft) == [("predecessor", True, 24)]


def test_what_differs_from_the_baseline_alone_was_told_before():
    untouched = event(comparison(changes=CHANGES[8:9], old_version=5), comparison("baseline"))
    assert not route(untouched, [subscription()], REGISTRY)
    assert not route(untouched, [subscription(against="baseline")], REGISTRY)
    touched = event(comparison(changes=CHANGES[:1], old_version=5), comparison("baseline"))
    (draft,) = route(touched, [subscription(against="baseline")], REGISTRY)
    assert told_by(draft) == [("baseline", True, 24)]


def test_a_version_without_predecessor_is_held_against_the_baseline_in_full():
    (draft,) = route(event(comparison("baseline")), [subscription()], REGISTRY)
    assert told_by(draft) == [("baseline", True, 24)]
    assert not route(event(comparison("baseline")), [subscription(against="predecessor")], REGISTRY)


def test_what_others_are_told_is_counted():
    (draft,) = route(event(comparison()), [subscription(kinds=["task_added"])], REGISTRY)
    assert draft.told[0].left_out == (("major", 10), ("minor", 13), ("editorial", 6))


# --- events beside changes --------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(DOCUMENT_EVENTS - {"version_recorded"}))
def test_events_beside_changes_go_to_all_subscribers_of_the_document(kind):
    subscriptions = [
        subscription(id="narrow", agencies=["mct"], kinds=["task_moved"], severity="major"),
        subscription(id="other", documents=["another"]),
        subscription(id="deaf", events=[]),
        subscription(id="operators", about="operations"),
    ]
    drafts = route(event(kind=kind), subscriptions, REGISTRY)
    assert [draft.subscription.id for draft in drafts] == ["narrow"]


@pytest.mark.parametrize("kind", sorted(OPERATIONAL_EVENTS))
def test_operational_events_go_to_those_who_subscribe_to_operations(kind):
    subscriptions = [
        subscription(id="all-changes"),
        subscription(id="operators", about="operations"),
        subscription(id="failures", about="operations", events=["source_failing"]),
    ]
    got = [d.subscription.id for d in route(event(kind=kind), subscriptions, REGISTRY)]
    assert got == ["operators", "failures"] if kind == "source_failing" else ["operators"]


def test_a_test_event_is_routed_to_nobody():
    everybody = [subscription(), subscription(id="o", about="operations")]
    assert not route(event(kind="test"), everybody, REGISTRY)


@pytest.mark.parametrize("kind", ["version_recorded", "mirror_differs"])
def test_the_same_text_found_at_a_mirror_has_the_same_key(kind):
    here = event(comparison(), kind=kind)
    there = event(comparison(), kind=kind, source="mirror", url="https://mirror.example/1")
    (one,) = route(here, [subscription()], REGISTRY)
    (other,) = route(there, [subscription()], REGISTRY)
    assert one.id == other.id


def test_two_reversions_are_two_alerts():
    later = event(kind="reverted", occasion="visit-9")
    assert event(kind="reverted", occasion="visit-7").key != later.key
