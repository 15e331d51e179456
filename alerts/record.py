"""Writes the alerts of an event into the outbox, in the transaction of what they tell of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import msgspec
from sqlalchemy.engine import Connection

from alerts.composing.body import alert_body
from alerts.composing.compose import LinkMaker, compose
from alerts.composing.templates import AlertFacts
from alerts.config import SubscriptionConfig
from alerts.events import Against, Event
from alerts.payload import Payload
from alerts.routing import AlertDraft, route
from alerts.timing import due_at
from plans.model import Changeset, Value
from plans.registry.model import Registry
from storage import outbox
from storage.records import NewAlert, NewDelivery


class Prepared(Value, frozen=True, kw_only=True):
    """An alert ready to be written: made outside of the transaction, for composing takes time."""

    alert: NewAlert
    targets: tuple[NewDelivery, ...]


def prepare(
    event: Event,
    subscriptions: Iterable[SubscriptionConfig],
    registry: Registry,
    *,
    now: dt.datetime,
    links: LinkMaker | None = None,
    without_channel: str | None = None,
) -> tuple[Prepared, ...]:
    """Route and compose ``event``. Pure; ``without_channel`` is one that nothing may go through."""
    prepared = (
        _prepare(draft, registry, now, links, without_channel)
        for draft in route(event, subscriptions, registry)
    )
    return tuple(one for one in prepared if one.targets)


def write(conn: Connection, prepared: Sequence[Prepared], *, now: dt.datetime) -> tuple[str, ...]:
    """Write prepared alerts; gives the ids of those that were not known before."""
    return tuple(
        one.alert.id for one in prepared if outbox.add(conn, one.alert, one.targets, now=now)
    )


def settle(prepared: Sequence[Prepared], event: Event) -> tuple[Prepared, ...]:
    """``prepared`` with what is known of ``event`` only where it is written: the numbers of its
    version and changesets. The head of the evidence chain is put into the body when it is sent.
    """
    numbers = {comparison.against: comparison.id for comparison in event.comparisons}
    return tuple(_settled(one, event, numbers) for one in prepared)


def ahead(
    event: Event,
    subscriptions: Iterable[SubscriptionConfig],
    registry: Registry,
    *,
    links: LinkMaker | None = None,
) -> Callable[[Connection, Event], None]:
    """Compose ``event`` now, before its transaction; gives what writes it there.

    That is given the same event, with what only the transaction knows (see :func:`settle`).
    """
    prepared = prepare(event, subscriptions, registry, now=event.at, links=links)
    changesets = {one.against: one.changeset for one in event.comparisons}
    prepared = tuple(_made_ready(one, changesets) for one in prepared)

    def tell(conn: Connection, known: Event) -> None:
        write(conn, settle(prepared, known), now=known.at)

    return tell


def record(
    conn: Connection,
    event: Event,
    subscriptions: Iterable[SubscriptionConfig],
    registry: Registry,
    *,
    now: dt.datetime,
    links: LinkMaker | None = None,
    without_channel: str | None = None,
) -> tuple[str, ...]:
    """:func:`prepare` and :func:`write` in one; for events that are quick to compose."""
    prepared = prepare(
        event, subscriptions, registry, now=now, links=links, without_channel=without_channel
    )
    return write(conn, prepared, now=now)


def _made_ready(one: Prepared, changesets: Mapping[Against, Changeset]) -> Prepared:
    told = cast(dict[str, Any], one.alert.payload["body"])["against"]
    changeset = changesets[told[0]] if told else None
    return msgspec.structs.replace(one, alert=outbox.ready(one.alert, changeset))


def _settled(one: Prepared, event: Event, numbers: Mapping[Against, int | None]) -> Prepared:
    body = cast(dict[str, Any], one.alert.payload["body"])
    told = (numbers[against] for against in body["against"])
    alert = msgspec.structs.replace(
        one.alert,
        version_id=event.version_id,
        changeset_ids=tuple(number for number in told if number is not None),
    )
    return msgspec.structs.replace(one, alert=alert)


def _prepare(
    draft: AlertDraft,
    registry: Registry,
    now: dt.datetime,
    links: LinkMaker | None,
    without_channel: str | None,
) -> Prepared:
    event, subscription = draft.event, draft.subscription
    message = compose(draft, registry, links)
    payload = Payload(
        message=message,
        # The chain's head is a column of the alert, and put in when it is sent.
        body=alert_body(draft, message.headline) | {"chain_head": None},
        facts=AlertFacts(
            id=draft.id,
            subscription=subscription.id,
            event=event.kind,
            document=event.document,
            version=event.version,
        ),
        attach=subscription.attach,
    )
    due = due_at(now, subscription.when, subscription.quiet, subscription.zone)
    remind = None
    if subscription.remind_after is not None and draft.severity == "major":
        remind = due + subscription.remind_after
    comparisons = (told.comparison for told in draft.told)
    alert = NewAlert(
        id=draft.id,
        event=event.kind,
        subscription=subscription.id,
        headline=message.headline,
        payload=payload.to_row(),
        document_id=event.document,
        version_id=event.version_id,
        source_id=event.source,
        url=event.url,
        severity=draft.severity or "minor",
        changeset_ids=tuple(c.id for c in comparisons if c.id is not None),
        remind_at=remind,
    )
    targets = tuple(
        NewDelivery(channel=channel, due_at=due, mode=subscription.when.rhythm)
        for channel in dict.fromkeys(subscription.channels)
        if channel != without_channel
    )
    return Prepared(alert=alert, targets=targets)
