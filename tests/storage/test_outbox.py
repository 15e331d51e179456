"""The outbox: an alert is written once, sent by one, tried again, and never lost."""

import msgspec
import pytest
import sqlalchemy as sa

from plans.model import Changeset, Link, Side
from storage import evidence, outbox, readings
from storage.database import Database
from storage.errors import CorruptSnapshot, LeaseLost, NotFound
from storage.records import Delivery, NewAlert, NewDelivery
from storage.tables.work import alerts
from tests.storage.examples import DOCUMENT, NOW, followed, hours, read_as, text

ALERT = NewAlert(
    id="k1",
    event="version_recorded",
    subscription="counsel",
    headline="茶叶计划 2025",
    payload={"changes": [1, {"kind": "task_added"}]},
    document_id=DOCUMENT,
    severity="major",
    remind_at=hours(24),
)
SIDE = Side(ref="x", title="茶叶计划", language="zh-Hans")
TARGETS = [NewDelivery(channel="mail", due_at=NOW), NewDelivery(channel="slack", due_at=hours(1))]


@pytest.fixture
def filled(database: Database) -> Database:
    """One alert, to mail now and to Slack in an hour."""
    with database.writing() as conn:
        followed(conn)
        text(conn, "k")
        assert outbox.add(conn, ALERT, TARGETS, now=NOW)
    return database


def claim(conn, holder: str = "p", hour: float = 0, **more: object) -> tuple[Delivery, ...]:
    return outbox.claim(conn, holder, now=hours(hour), until=hours(hour + 0.5), **more)


def test_an_alert_is_written_once(filled: Database):
    with filled.writing() as conn:
        assert not outbox.add(conn, ALERT, TARGETS, now=hours(1))
        kept = outbox.get(conn, "k1")
        assert (kept.created_at, kept.payload) == (NOW, ALERT.payload)
        assert kept.chain_head == evidence.head(conn)
        assert [d.channel for d in outbox.deliveries_of(conn, "k1")] == ["mail", "slack"]
        assert not outbox.add_delivery(conn, "k1", TARGETS[0])
        assert outbox.add_delivery(conn, "k1", NewDelivery(channel="file", due_at=NOW))
        with pytest.raises(NotFound, match="alerts list"):
            outbox.get(conn, "k2")


def test_the_payload_comes_back_with_the_changesets_that_it_tells_of(database: Database):
    """It is packed against the first of them and against its own row."""
    changes = Changeset(old=SIDE, new=SIDE, links=(Link(old=("1",), new=("2",)),))
    payload = {"body": msgspec.to_builtins(changes), "said": "茶叶计划 2025"}
    with database.writing() as conn:
        followed(conn)
        old, new = text(conn, "k"), text(conn, "l", at=hours(1))
        number = readings.store_changeset(
            conn,
            changes,
            old_plan_id=read_as(conn, old),
            new_plan_id=read_as(conn, new),
            against="predecessor",
            comparer="c1",
            registry="g1",
            now=NOW,
        )
        # What no database can hold is replaced in the columns, which the payload leans on.
        told = {"payload": payload, "changeset_ids": (number,), "headline": "tea\x00", "url": "u"}
        outbox.add(conn, msgspec.structs.replace(ALERT, **told), TARGETS, now=NOW)
        early = outbox.ready(msgspec.structs.replace(ALERT, **told, id="k2"), changes)
        outbox.add(conn, early, TARGETS, now=NOW)
        # Made ready against another changeset than is kept by now: packed anew.
        other = msgspec.structs.replace(changes, links=())
        early = outbox.ready(msgspec.structs.replace(ALERT, **told, id="k3"), other)
        outbox.add(conn, early, TARGETS, now=NOW)
        early = outbox.ready(msgspec.structs.replace(ALERT, **told, id="k4"), None)
        outbox.add(conn, early, TARGETS, now=NOW)
        plain = msgspec.json.decode(msgspec.json.encode(payload))
        assert [alert.payload for alert in outbox.list_all(conn)] == [plain] * 4
        outbox.settle(conn, "k1", payload | {"settled": True})
        assert outbox.get(conn, "k1").payload == plain | {"settled": True}


def test_a_payload_that_was_changed_is_named(filled: Database):
    with filled.writing() as conn:
        packed = conn.execute(sa.select(alerts.c.payload)).scalar_one()
        spoilt = packed[:-1] + bytes([packed[-1] ^ 1])
        conn.execute(alerts.update().values(payload=spoilt))
        with pytest.raises(CorruptSnapshot, match=r"the payload of alert k1 .* restore a backup"):
            outbox.get(conn, "k1")


def test_sent_is_sent(filled: Database):
    with filled.writing() as conn:
        [delivery] = claim(conn, limit=5)
        assert (delivery.channel, delivery.holder) == ("mail", "p")
        assert claim(conn, "q", 0.2) == ()
        attempt = outbox.attempt(conn, delivery.id, "p", now=hours(0.1))
        outbox.sent(conn, attempt, now=hours(0.2), receipt="250 OK")
        done = outbox.delivery(conn, delivery.id)
        assert (done.state, done.attempt_count, done.receipt) == ("sent", 1, "250 OK")
        assert outbox.counts(conn) == {"pending": 1, "sent": 1, "dead": 0, "dropped": 0}
        assert claim(conn, hour=0.9) == ()
        assert outbox.channels_due(conn, hours(1)) == ("slack",)


def test_failed_is_tried_again_when_its_time_comes(filled: Database):
    with filled.writing() as conn:
        [delivery] = claim(conn, channel="mail")
        first = outbox.attempt(conn, delivery.id, "p", now=NOW)
        outbox.failed(conn, first, now=NOW, error="451 later", retry_at=hours(2))
        assert claim(conn, hour=1.9, channel="mail") == ()
        [again] = claim(conn, hour=2, channel="mail")
        assert (again.last_error, again.attempt_count) == ("451 later", 1)
        outbox.sent(conn, outbox.attempt(conn, again.id, "p", now=hours(2)), now=hours(2))
        story = [(a.outcome, a.error) for a in outbox.attempts_of(conn, delivery.id)]
        assert story == [("failed", "451 later"), ("sent", None)]


def test_a_process_that_died_leaves_its_delivery_to_another(filled: Database):
    with filled.writing() as conn:
        [delivery] = claim(conn)
        outbox.attempt(conn, delivery.id, "p", now=NOW)
        assert claim(conn, "q", 0.4) == ()
        [taken] = claim(conn, "q", 0.5)
        assert taken.id == delivery.id
        with pytest.raises(LeaseLost):
            outbox.attempt(conn, delivery.id, "p", now=hours(0.6))
        [left] = outbox.attempts_of(conn, delivery.id)
        assert (left.outcome, left.ended_at) == ("started", None)


def test_a_late_answer_still_counts(filled: Database):
    """A process that lost its claim, but whose message had been accepted, says so."""
    with filled.writing() as conn:
        [delivery] = claim(conn)
        late = outbox.attempt(conn, delivery.id, "p", now=NOW)
        claim(conn, "q", 0.5)
        outbox.sent(conn, late, now=hours(0.6))
        assert outbox.delivery(conn, delivery.id).state == "sent"
        with pytest.raises(LeaseLost):
            outbox.attempt(conn, delivery.id, "q", now=hours(0.6))


def test_a_late_failure_does_not_undo_what_another_holds_or_sent(filled: Database):
    with filled.writing() as conn:
        [delivery] = claim(conn)
        late = outbox.attempt(conn, delivery.id, "p", now=NOW)
        [taken] = claim(conn, "q", 0.5)
        outbox.failed(conn, late, now=hours(0.6), error="timeout", retry_at=hours(0.7))
        assert outbox.delivery(conn, delivery.id).holder == "q"
        outbox.sent(conn, outbox.attempt(conn, taken.id, "q", now=hours(0.7)), now=hours(0.7))
        outbox.dead(conn, late, now=hours(0.8), error="refused")
        assert outbox.delivery(conn, delivery.id).state == "sent"


def test_dead_waits_for_a_person(filled: Database):
    with filled.writing() as conn:
        [delivery] = claim(conn)
        attempt = outbox.attempt(conn, delivery.id, "p", now=NOW)
        outbox.dead(conn, attempt, now=NOW, error="550 no such box")
        assert claim(conn, hour=100, channel="mail") == ()
        assert [alert.id for alert in outbox.list_all(conn, state="dead")] == ["k1"]
        assert outbox.retry(conn, "k1", now=hours(5)) == 1
        assert [d.channel for d in claim(conn, hour=5, channel="mail")] == ["mail"]


def test_given_back_and_dropped(filled: Database):
    with filled.writing() as conn:
        [delivery] = claim(conn)
        outbox.give_back(conn, delivery.id, "q")
        assert outbox.delivery(conn, delivery.id).holder == "p"
        outbox.give_back(conn, delivery.id, "p", due_at=hours(3))
        assert claim(conn, hour=2, channel="mail") == ()
        outbox.drop(conn, delivery.id, now=hours(2), reason="in a digest")
        assert claim(conn, hour=9, channel="mail") == ()
        assert outbox.delivery(conn, delivery.id).last_error == "in a digest"


def test_a_list_without_payloads_reads_nothing_else(filled: Database):
    with filled.reading() as conn:
        [whole] = outbox.list_all(conn)
        asked: list[str] = []
        sa.event.listen(conn, "before_cursor_execute", lambda *given: asked.append(given[2]))
        [listed] = outbox.list_all(conn, with_payload=False)
    assert whole.payload == ALERT.payload
    assert listed == msgspec.structs.replace(whole, payload={})
    assert len(asked) == 1


def test_a_list_without_payloads_does_not_need_what_they_lean_on(filled: Database):
    with filled.writing() as conn:
        conn.execute(alerts.update().values(payload=b"spoiled"))
    with filled.reading() as conn:
        assert [one.id for one in outbox.list_all(conn, with_payload=False)] == ["k1"]
        with pytest.raises(CorruptSnapshot):
            outbox.list_all(conn)


def test_acknowledged_once_and_reminded_until_then(filled: Database):
    with filled.writing() as conn:
        assert outbox.to_remind(conn, hours(23)) == ()
        assert [alert.id for alert in outbox.to_remind(conn, hours(24))] == ["k1"]
        outbox.set_reminder(conn, "k1", hours(48))
        assert outbox.to_remind(conn, hours(25)) == ()
        assert len(outbox.list_all(conn, unacknowledged=True)) == 1
        assert outbox.acknowledge(conn, "k1", by="ann", now=hours(30))
        assert not outbox.acknowledge(conn, "k1", by="bob", now=hours(31))
        assert outbox.get(conn, "k1").acknowledged_by == "ann"
        assert outbox.to_remind(conn, hours(99)) == ()
        assert outbox.list_all(conn, unacknowledged=True) == ()


def test_what_a_dead_process_had_in_hand_is_free_at_once(filled: Database):
    until = hours(1)
    with filled.writing() as conn:
        held = outbox.claim(conn, "killed", now=NOW, until=until)
        assert held
        assert outbox.claim(conn, "next", now=NOW, until=until) == ()
        assert outbox.give_back_all(conn, "killed") == len(held)
        assert outbox.give_back_all(conn, "killed") == 0
        assert {d.id for d in outbox.claim(conn, "next", now=NOW, until=until)} == {
            d.id for d in held
        }
