"""What is composed before the write, when no row has a number yet, is what would be composed in it."""

import msgspec
import pytest

from alerts.record import prepare, settle
from tests.alerts.examples import REGISTRY, comparison, event, subscription

SUBSCRIPTIONS = {
    "both": subscription(against="both"),
    "baseline": subscription(against="baseline"),
    "one body": subscription(agencies=["samr"], severity="major"),
    "Chinese": subscription(language="zh", remind_after="48h"),
}


def numbered(before: int, base: int):
    """The same news with its rows' numbers, as the write knows them."""
    return event(
        msgspec.structs.replace(comparison("predecessor"), id=before),
        msgspec.structs.replace(comparison("baseline", old_version=7), id=base),
        version_id=12,
        chain_head="ab" * 32,
    )


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
def test_settled_alerts_are_those_composed_with_the_numbers_known(name):
    wanted = [SUBSCRIPTIONS[name]]
    known = numbered(31, 32)
    foreseen = event(
        comparison("predecessor"),
        comparison("baseline", old_version=7),
        version_id=None,
        chain_head=None,
    )
    early = prepare(foreseen, wanted, REGISTRY, now=known.at)
    assert early
    assert settle(early, known) == prepare(known, wanted, REGISTRY, now=known.at)
    assert early[0].alert.changeset_ids == ()


def test_only_the_changesets_that_a_subscription_is_told_of_are_named():
    known = numbered(31, 32)
    wanted = [subscription(against="baseline")]
    early = prepare(numbered(1, 2), wanted, REGISTRY, now=known.at)
    assert [one.alert.changeset_ids for one in settle(early, known)] == [(32,)]
