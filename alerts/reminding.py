"""Reminds of major alerts that nobody has acknowledged, where the subscription asks for it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

import msgspec
from sqlalchemy.engine import Connection

from alerts.batching import REMINDER_MODE
from alerts.config import SubscriptionConfig
from alerts.payload import payload_from_row
from alerts.timing import due_at
from storage import outbox
from storage.records import Alert, NewAlert, NewDelivery

#: After so many, whoever does not answer will not.
MOST_REMINDERS = 3


def remind(
    conn: Connection, subscriptions: Iterable[SubscriptionConfig], *, now: dt.datetime
) -> tuple[str, ...]:
    """Write the reminders that are due; gives their ids. An acknowledged alert has none."""
    known = {subscription.id: subscription for subscription in subscriptions}
    written: list[str] = []
    for alert in outbox.to_remind(conn, now):
        subscription = known.get(alert.subscription)
        again: dt.datetime | None = None
        if subscription is not None and subscription.remind_after is not None:
            number = _write(conn, alert, subscription, now)
            if number is not None:
                written.append(reminder_id(alert.id, number))
                again = now + subscription.remind_after if number < MOST_REMINDERS else None
        outbox.set_reminder(conn, alert.id, again)
    return tuple(written)


def reminder_id(alert_id: str, number: int) -> str:
    """The key of the ``number``-th reminder (1 is the first) of an alert."""
    return hashlib.sha256(f"{alert_id}\x1freminder\x1f{number}".encode()).hexdigest()[:32]


def _write(
    conn: Connection, alert: Alert, subscription: SubscriptionConfig, now: dt.datetime
) -> int | None:
    due = due_at(now, type(subscription.when)(), subscription.quiet, subscription.zone)
    targets = [
        NewDelivery(channel=channel, due_at=due, mode=REMINDER_MODE)
        for channel in dict.fromkeys(subscription.channels)
    ]
    for number in range(1, MOST_REMINDERS + 1):
        if outbox.add(conn, _reminder(alert, number), targets, now=now):
            return number
    return None


def _reminder(alert: Alert, number: int) -> NewAlert:
    key = reminder_id(alert.id, number)
    payload = payload_from_row(alert.payload)
    message = payload.message
    note = message.says(
        f"Reminder {number}: nobody has acknowledged this alert. "
        f"planwatch alerts ack {alert.id[:12]}",
        f"第{number}次提醒：此条尚无人确认。planwatch alerts ack {alert.id[:12]}",
    )
    headline = message.says("Reminder: ", "提醒：") + message.headline
    reminder = msgspec.structs.replace(
        payload,
        message=msgspec.structs.replace(message, headline=headline, notes=(note, *message.notes)),
        body=payload.body | {"id": key, "headline": headline, "reminder_of": alert.id},
        facts=msgspec.structs.replace(payload.facts, id=key),
        attach=(),
        reminder_of=alert.id,
    )
    return NewAlert(
        id=key,
        event=alert.event,
        subscription=alert.subscription,
        headline=headline,
        payload=reminder.to_row(),
        document_id=alert.document_id,
        version_id=alert.version_id,
        source_id=alert.source_id,
        url=alert.url,
        severity=alert.severity,
    )
