"""Which deliveries go out as one message; and that nothing leaves a channel with a secret in it."""

import datetime as dt

import pytest
from pydantic import SecretStr

from alerts.batching import MOST_IN_DIGEST, batches
from alerts.channels.base import DeliveryError, Receipt
from alerts.channels.make import Guarded, UnexpectedDeliveryError
from storage.records import Alert, Delivery
from tests.alerts.examples import NOW

BURST = {"counsel": 4, "press": 4}


def alert(name: str, subscription: str = "counsel") -> Alert:
    return Alert(
        id=name,
        event="version_recorded",
        subscription=subscription,
        headline="",
        payload={},
        document_id=None,
        version_id=None,
        source_id=None,
        url=None,
        severity="major",
        chain_head=None,
        created_at=NOW,
        acknowledged_at=None,
        acknowledged_by=None,
        remind_at=None,
    )


def delivery(number: int, mode="at_once", tried=0, due=0.0, name: str | None = None) -> Delivery:
    return Delivery(
        id=number,
        alert_id=name or f"a{number}",
        channel="post",
        state="pending",
        due_at=NOW + dt.timedelta(minutes=due),
        mode=mode,
        holder=None,
        held_until=None,
        attempt_count=tried,
        last_error=None,
        finished_at=None,
        receipt=None,
    )


def grouped(deliveries, merges=True, press=()):
    known = {
        d.alert_id: alert(d.alert_id, "press" if d.id in press else "counsel") for d in deliveries
    }
    found = batches(deliveries, known, BURST, merges=merges)
    return [[d.id for d in batch.deliveries] for batch in found]


def test_two_alerts_of_a_digest_are_one_message():
    assert grouped([delivery(1, "daily"), delivery(2, "daily")]) == [[1, 2]]
    assert grouped([delivery(1, "weekly"), delivery(2, "weekly")]) == [[1, 2]]


def test_alerts_at_once_go_by_themselves_until_they_are_a_burst():
    three = [delivery(n) for n in range(1, 4)]
    assert grouped(three) == [[1], [2], [3]]
    assert grouped([*three, delivery(4)]) == [[1, 2, 3, 4]]


def test_subscriptions_are_never_mixed():
    four = [delivery(n, "daily") for n in range(1, 5)]
    assert grouped(four, press={2, 4}) == [[1, 3], [2, 4]]


def test_what_was_tried_together_is_tried_together_and_nothing_joins_it():
    tried = [delivery(1, tried=1, due=2), delivery(2, tried=1, due=2)]
    fresh = [delivery(3), delivery(4)]
    assert grouped([*tried, *fresh]) == [[1, 2], [3], [4]]
    daily = [delivery(1, "daily", tried=1, due=2), delivery(2, "daily", due=1)]
    assert grouped(daily) == [[1], [2]]


def test_what_was_held_back_comes_together():
    assert grouped([delivery(1, due=60), delivery(2, due=60)]) == [[1, 2]]
    assert grouped([delivery(1, due=60), delivery(2)]) == [[1], [2]]


def test_parts_reminders_and_machines_get_single_messages():
    assert grouped([delivery(n, "part") for n in range(1, 6)]) == [[1], [2], [3], [4], [5]]
    assert grouped([delivery(n, "reminder", due=60) for n in (1, 2)]) == [[1], [2]]
    assert grouped([delivery(n, "daily") for n in (1, 2)], merges=False) == [[1], [2]]


def test_a_digest_is_no_longer_than_can_be_read():
    sizes = [len(group) for group in grouped([delivery(n, "daily") for n in range(1, 25)])]
    assert sizes == [MOST_IN_DIGEST, MOST_IN_DIGEST, 4]


def test_the_key_of_a_digest_hangs_on_its_alerts_alone():
    one, two = delivery(1, "daily"), delivery(2, "daily")
    known = {d.alert_id: alert(d.alert_id) for d in (one, two)}
    (forth,) = batches([one, two], known, BURST)
    (back,) = batches([two, one], known, BURST)
    (single,) = batches([one], known, BURST)
    assert forth.id == back.id
    assert single.id == "a1"


# --- what leaves a channel --------------------------------------------------------------------

TOKEN = "https://hooks.example/services/T0AAAAA/B0BBBBB/secret-part"


class Talkative:
    merges = True

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    def send(self, out):
        if self.error is not None:
            raise self.error
        return Receipt(detail=f"accepted at {TOKEN}")


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (DeliveryError(f"no route to {TOKEN}", retry_after=3.0), DeliveryError),
        (RuntimeError("/services/T0AAAAA/B0BBBBB/secret-part"), UnexpectedDeliveryError),
    ],
)
def test_an_error_leaves_a_channel_without_its_secret(error, raised):
    with pytest.raises(raised) as caught:
        Guarded(Talkative(error), [SecretStr(TOKEN)]).send(None)
    assert "secret-part" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert getattr(caught.value, "retry_after", None) == getattr(error, "retry_after", None)


def test_a_receipt_leaves_a_channel_without_its_secret():
    receipt = Guarded(Talkative(None), [SecretStr(TOKEN)]).send(None)
    assert receipt.detail == "accepted at [hidden]"
