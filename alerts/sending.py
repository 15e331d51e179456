"""Sends one batch through one channel and records what came of it.

The attempt is committed before anything is sent. What the far end accepted is committed right after,
with the further parts that then have to follow. In between lies the one moment in which a process
that dies does not know whether the alert arrived: it is sent again, under the same key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import msgspec
import structlog
from sqlalchemy.engine import Connection

from alerts.attaching import has_reports, reports_of, within_limit
from alerts.backoff import retry_at
from alerts.batching import PART_MARK, PART_MODE, Batch, base_channel, part_of
from alerts.channels.base import FILES_PART, Channel, DeliveryError, Outgoing, Receipt
from alerts.composing.digest import merge
from alerts.composing.mail import Attached
from alerts.composing.message import Message
from alerts.config import SubscriptionConfig
from alerts.events import Event
from alerts.payload import Payload, payload_from_row
from alerts.record import record
from alerts.translating.translate import Translations
from plans.model import Value
from plans.registry.model import Registry
from storage import outbox
from storage.database import Database
from storage.errors import LeaseLost, StorageError
from storage.records import Alert, Delivery, NewDelivery

log = structlog.get_logger(__name__)

_LONGEST_ERROR = 500
#: A claim that ends sooner is given back: no other process may begin while we still send.
_LEAST_CLAIM = dt.timedelta(minutes=4)


class Outcome(Value, frozen=True, kw_only=True):
    """What came of a batch. ``pause`` asks the channel to be left alone for so many seconds."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    pause: float = 0.0


class Sender:
    """Sends batches; ``clock`` gives the moment, ``chance`` a number from 0 to 1."""

    def __init__(
        self,
        database: Database,
        subscriptions: Sequence[SubscriptionConfig],
        registry: Registry,
        *,
        holder: str,
        clock: Callable[[], dt.datetime],
        chance: Callable[[], float],
        translations: Translations | None = None,
    ) -> None:
        self._database = database
        self._translations = translations
        self._subscriptions = subscriptions
        self._registry = registry
        self._holder = holder
        self._clock = clock
        self._chance = chance

    def send(self, batch: Batch, alerts: Mapping[str, Alert], channel: Channel) -> Outcome:
        """Send one batch; gives what came of it. Raises only where the database fails."""
        name = batch.deliveries[0].channel
        held = self._begin(batch)
        if not held:
            return Outcome()
        batch = Batch(deliveries=tuple(delivery for delivery, _ in held))
        attempts = [attempt for _, attempt in held]
        chosen = [alerts[delivery.alert_id] for delivery in batch.deliveries]
        try:
            receipt = channel.send(self._outgoing(batch, chosen, channel))
        except DeliveryError as error:
            return self._failed(batch, attempts, chosen, error)
        except Exception as error:
            # A fault of ours: it is seen in the log and on the delivery, and holds up nobody.
            log.error("delivery failed unexpectedly", channel=name, error=f"{error}"[:300])
            unexpected = DeliveryError(f"unexpected: {error}")
            return self._failed(batch, attempts, chosen, unexpected)
        return self._sent(batch, attempts, chosen, receipt)

    # --- before -------------------------------------------------------------------------------

    def _begin(self, batch: Batch) -> list[tuple[Delivery, int]]:
        now = self._clock()
        held: list[tuple[Delivery, int]] = []
        with self._database.writing() as conn:
            for delivery in batch.deliveries:
                if delivery.held_until is None or delivery.held_until - now < _LEAST_CLAIM:
                    outbox.give_back(conn, delivery.id, self._holder)
                    continue
                try:
                    attempt = outbox.attempt(conn, delivery.id, self._holder, now=now)
                except LeaseLost:
                    # Another process has taken it over, or a person has sent it.
                    continue
                held.append((delivery, attempt))
        return held

    def _outgoing(self, batch: Batch, alerts: Sequence[Alert], channel: Channel) -> Outgoing:
        payloads = [payload_from_row(alert.payload) for alert in alerts]
        first, payload = alerts[0], payloads[0]
        part = part_of(batch.deliveries[0].channel)
        facts = payload.facts
        if len(alerts) > 1:
            facts = type(facts)(id=batch.id, subscription=first.subscription, event=first.event)
            message = merge([payload.message for payload in payloads])
            if self._translations is not None and channel.merges:
                message = self._translations.add_to(message)
        else:
            message = self._settled(first, payload, channel)
        thread = None
        files: list[Attached] = []
        with self._database.reading() as conn:
            if part is not None:
                thread = _thread(outbox.deliveries_of(conn, first.id), batch.deliveries[0].channel)
            for alert, its in zip(alerts, payloads, strict=True):
                if part not in (None, FILES_PART):
                    break
                files += self._files(conn, alert, its)
        return Outgoing(
            alert=facts,
            message=message,
            body=payload.body | {"chain_head": first.chain_head},
            at=first.created_at,
            now=self._clock(),
            files=within_limit(files),
            part=part,
            thread=thread,
        )

    def _settled(self, alert: Alert, payload: Payload, channel: Channel) -> Message:
        """The message with what translations there were when it first went out.

        They are kept with the alert: every channel, attempt and further part says the same.
        """
        if self._translations is None or not channel.merges or payload.settled:
            return payload.message
        message = self._translations.add_to(payload.message)
        mine = msgspec.structs.replace(payload, message=message, settled=True)
        with self._database.writing() as conn:
            kept = payload_from_row(outbox.get(conn, alert.id).payload)
            if kept.settled:
                return kept.message
            outbox.settle(conn, alert.id, mine.to_row())
        return message

    def _files(self, conn: Connection, alert: Alert, payload: Payload) -> tuple[Attached, ...]:
        try:
            return reports_of(conn, alert, payload, self._registry)
        except StorageError:
            raise
        except Exception:
            # A report that cannot be made must not hold up the alert that it was to go with.
            log.exception("report could not be made", alert=alert.id)
            return ()

    # --- after --------------------------------------------------------------------------------

    def _sent(
        self, batch: Batch, attempts: Sequence[int], alerts: Sequence[Alert], receipt: Receipt
    ) -> Outcome:
        now = self._clock()
        first = batch.deliveries[0]
        kept = receipt.thread or receipt.detail
        with self._database.writing() as conn:
            for attempt in attempts:
                outbox.sent(conn, attempt, now=now, receipt=kept[:_LONGEST_ERROR])
            for alert in alerts:
                for part in _further(conn, alert, receipt, alone=len(alerts) == 1):
                    target = NewDelivery(
                        channel=f"{base_channel(first.channel)}{PART_MARK}{part}",
                        due_at=now,
                        mode=PART_MODE,
                    )
                    outbox.add_delivery(conn, alert.id, target)
            for problem in receipt.problems:
                self._tell(conn, first, alerts[0], problem, now)
        return Outcome(sent=len(attempts))

    def _failed(
        self,
        batch: Batch,
        attempts: Sequence[int],
        alerts: Sequence[Alert],
        error: DeliveryError,
    ) -> Outcome:
        now = self._clock()
        text = str(error)[:_LONGEST_ERROR]
        tried = max(delivery.attempt_count for delivery in batch.deliveries) + 1
        again = None
        if not error.permanent:
            again = retry_at(now, tried, self._chance(), error.retry_after)
        with self._database.writing() as conn:
            for attempt in attempts:
                if again is None:
                    outbox.dead(conn, attempt, now=now, error=text)
                else:
                    outbox.failed(conn, attempt, now=now, error=text, retry_at=again)
            if again is None:
                self._tell(conn, batch.deliveries[0], alerts[0], text, now)
        channel = batch.deliveries[0].channel
        log.warning(
            "delivery failed", channel=channel, error=text, retry_at=again and again.isoformat()
        )
        if again is None:
            return Outcome(dead=len(attempts))
        return Outcome(failed=len(attempts), pause=error.retry_after or 0.0)

    def _tell(
        self, conn: Connection, delivery: Delivery, alert: Alert, why: str, now: dt.datetime
    ) -> None:
        """Raise an operational alert, once a day for one reason, through other channels."""
        channel = base_channel(delivery.channel)
        event = Event(
            kind="delivery_failed",
            at=now,
            channel=channel,
            reason=f"Channel {channel}: {why} (alert {alert.id[:12]} to {alert.subscription}).",
            occasion=f"{now:%Y-%m-%d} {why}",
        )
        told = record(
            conn,
            event,
            self._subscriptions,
            self._registry,
            now=now,
            without_channel=channel,
        )
        if not told:
            log.error("alerts can no longer be delivered", channel=channel, error=why)


def _further(conn: Connection, alert: Alert, receipt: Receipt, *, alone: bool) -> tuple[str, ...]:
    """The parts that have to follow a message. A digest is one message and no more, for its parts
    could not be made again from one alert; but each of its alerts has reports of its own.
    """
    if alone:
        return receipt.further
    wanted = FILES_PART in receipt.further and has_reports(
        conn, alert, payload_from_row(alert.payload)
    )
    return (FILES_PART,) if wanted else ()


def _thread(deliveries: Sequence[Delivery], part: str) -> str | None:
    """The receipt of the first part of the same message: where the others belong."""
    whole = base_channel(part)
    return next((d.receipt for d in deliveries if d.channel == whole and d.receipt), None)
