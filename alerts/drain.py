"""Empties the outbox: a worker for each channel claims what is due and sends it.

Channels do not wait for each other. Any number of processes may drain one outbox: claims are rows,
and what one holds no other gets before the claim runs out.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

import structlog

from alerts.batching import Batch, base_channel, batches
from alerts.channels.base import Channel
from alerts.config import SubscriptionConfig
from alerts.reminding import remind
from alerts.sending import Outcome, Sender
from alerts.translating.translate import Translations
from plans.registry.model import Registry
from storage import outbox
from storage.database import Database
from storage.errors import StorageError
from storage.records import Alert, Delivery

log = structlog.get_logger(__name__)

#: How long a claim lasts: far longer than a channel needs for what it claims at a time.
CLAIM = dt.timedelta(minutes=10)
MOST_CLAIMED = 20
#: How long a worker sleeps when nothing wakes it, so that alerts of other processes go out too.
LOOK_SECONDS = 0.5
#: How often due reminders are looked for.
REMIND_SECONDS = 30.0
#: How long a channel rests where the database failed it.
REST_SECONDS = 10.0


class Drainer:
    """Sends through ``channels`` (by id) what is due.

    :meth:`drain` empties what is due now and returns; :meth:`start` keeps a thread for each channel
    until :meth:`stop`, and :meth:`kick` wakes them. ``clock`` gives aware datetimes.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        subscriptions: Sequence[SubscriptionConfig],
        registry: Registry,
        *,
        holder: str,
        clock: Callable[[], dt.datetime],
        chance: Callable[[], float] = random.random,
        translations: Translations | None = None,
    ) -> None:
        self._database = database
        self._channels = dict(channels)
        self._subscriptions = tuple(subscriptions)
        self._holder = holder
        self._clock = clock
        self._translations = translations
        self._sender = Sender(
            database,
            subscriptions,
            registry,
            holder=holder,
            clock=clock,
            chance=chance,
            translations=translations,
        )
        self._bursts = {s.id: s.burst for s in subscriptions}
        self._paused: dict[str, dt.datetime] = {}
        self._unknown: frozenset[str] = frozenset()
        self._wake = {name: threading.Event() for name in self._channels}
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    # --- once ---------------------------------------------------------------------------------

    def drain(self, *, patience: float | None = None) -> Outcome:
        """Send all that is due now, every channel in a thread of its own; gives what came of it.

        With ``patience`` (seconds) it returns no later than that; a channel that hangs goes on in
        the background.
        """
        self.remind()
        outcomes: list[Outcome] = []
        threads = [
            threading.Thread(
                target=lambda name=name: outcomes.append(self._empty(name)),
                name=f"drain-{name}",
                daemon=True,
            )
            for name in self._due()
        ]
        for thread in threads:
            thread.start()
        until = None if patience is None else time.monotonic() + patience
        for thread in threads:
            thread.join(None if until is None else max(0.0, until - time.monotonic()))
        return _total(outcomes)

    def remind(self) -> tuple[str, ...]:
        """Write the reminders that are due; the next drain sends them."""
        now = self._clock()
        with self._database.reading() as conn:
            if not outbox.to_remind(conn, now):
                return ()
        with self._database.writing() as conn:
            return remind(conn, self._subscriptions, now=now)

    def catch_up(self) -> None:
        """Ask for translations that came too late for their alerts, for the pages that show them."""
        if self._translations is not None:
            self._translations.catch_up()

    # --- all the time -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to send whatever becomes due, reminders too."""
        watcher = threading.Thread(target=self._watch, name="drain-reminders", daemon=True)
        self._threads.append(watcher)
        watcher.start()
        for name in self._channels:
            thread = threading.Thread(
                target=self._work, args=(name,), name=f"drain-{name}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def kick(self) -> None:
        """Alerts were written: look now."""
        for event in self._wake.values():
            event.set()

    def stop(self, patience: float = 20.0) -> bool:
        """Finish the message in hand and stop; False where a channel still hangs after that."""
        self._stop.set()
        self.kick()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                if self.remind():
                    self.kick()
                self._due()
                self.catch_up()
            except StorageError as error:
                log.error("reminders cannot be looked for", error=str(error))
            self._stop.wait(REMIND_SECONDS)

    def _work(self, name: str) -> None:
        while not self._stop.is_set():
            try:
                self._empty(name)
                pause = LOOK_SECONDS
            except StorageError as error:
                log.error("outbox cannot be used", channel=name, error=str(error))
                pause = REST_SECONDS
            except Exception:
                # A fault of ours: seen in the log with its place. The worker goes on, for alerts
                # that do not cause it must still go out; claims in hand run out by themselves.
                log.exception("sending failed unexpectedly", channel=name)
                pause = REST_SECONDS
            self._wake[name].wait(pause)
            self._wake[name].clear()

    # --- one channel --------------------------------------------------------------------------

    def _due(self) -> tuple[str, ...]:
        """The channels with something to send, by their own names; unknown ones are told of."""
        with self._database.reading() as conn:
            due = {base_channel(name) for name in outbox.channels_due(conn, self._clock())}
        unknown = frozenset(due - self._channels.keys())
        if unknown != self._unknown:
            self._unknown = unknown
            log.warning("alerts for channels not configured wait", channels=sorted(unknown))
        return tuple(sorted(due & self._channels.keys()))

    def _empty(self, name: str) -> Outcome:
        """Send what is due through one channel until nothing is left or it asks to be let alone."""
        channel = self._channels[name]
        outcomes: list[Outcome] = []
        while not self._stop.is_set():
            if (paused := self._paused.get(name)) is not None and self._clock() < paused:
                break
            claimed, alerts = self._claim(name)
            if not claimed:
                break
            if channel.merges:
                claimed = self._held_back(name, claimed, alerts)
            sizes = {key: burst.alerts for key, burst in self._bursts.items()}
            waiting = deque(batches(claimed, alerts, sizes, merges=channel.merges))
            while waiting:
                outcome = self._sender.send(waiting.popleft(), alerts, channel)
                outcomes.append(outcome)
                if outcome.pause:
                    self._paused[name] = self._clock() + dt.timedelta(seconds=outcome.pause)
                if self._stop.is_set() or outcome.pause:
                    self._give_back(waiting)
                    break
        return _total(outcomes)

    def _claim(self, name: str) -> tuple[list[Delivery], dict[str, Alert]]:
        now = self._clock()
        with self._database.reading() as conn:
            names = [n for n in outbox.channels_due(conn, now) if base_channel(n) == name]
        if not names:
            return [], {}
        claimed: list[Delivery] = []
        with self._database.writing() as conn:
            for each in names:
                claimed += outbox.claim(
                    conn,
                    self._holder,
                    now=now,
                    until=now + CLAIM,
                    channel=each,
                    limit=MOST_CLAIMED - len(claimed),
                )
                if len(claimed) >= MOST_CLAIMED:
                    break
            alerts = {d.alert_id: outbox.get(conn, d.alert_id) for d in claimed}
        return claimed, alerts

    def _give_back(self, waiting: Sequence[Batch] | deque[Batch]) -> None:
        if not waiting:
            return
        with self._database.writing() as conn:
            for batch in waiting:
                for delivery in batch.deliveries:
                    outbox.give_back(conn, delivery.id, self._holder)

    # --- bursts -------------------------------------------------------------------------------

    def _held_back(
        self, name: str, claimed: Sequence[Delivery], alerts: Mapping[str, Alert]
    ) -> list[Delivery]:
        """What may go now. From a burst's size on, further alerts wait to come as one digest.

        What went out lately is asked of the outbox, so that it holds over a restart and for all
        processes that send.
        """
        now = self._clock()
        fresh = {d.id for d in claimed if self._is_fresh(d, alerts[d.alert_id])}
        if not fresh:
            return list(claimed)
        lately = self._lately(name, {alerts[d.alert_id].subscription for d in claimed}, now)
        kept: list[Delivery] = []
        late: list[tuple[Delivery, dt.datetime]] = []
        for delivery in claimed:
            subscription = alerts[delivery.alert_id].subscription
            burst, sent = self._bursts.get(subscription), lately.get(subscription, [])
            if delivery.id in fresh and burst is not None and len(sent) >= burst.alerts:
                late.append((delivery, sent[0] + burst.within))
            else:
                kept.append(delivery)
        if late:
            with self._database.writing() as conn:
                for delivery, due in late:
                    outbox.give_back(conn, delivery.id, self._holder, due_at=due)
        return kept

    def _is_fresh(self, delivery: Delivery, alert: Alert) -> bool:
        """Whether it is on its first way, and was not held back before."""
        return (
            delivery.mode == "at_once"
            and not delivery.attempt_count
            and delivery.due_at <= alert.created_at
        )

    def _lately(
        self, name: str, subscriptions: set[str], now: dt.datetime
    ) -> dict[str, list[dt.datetime]]:
        """When alerts went out within each subscription's time of a burst, the first first."""
        spans = {id: self._bursts[id].within for id in subscriptions if id in self._bursts}
        if not spans:
            return {}
        with self._database.reading() as conn:
            sent = outbox.sent_since(conn, name, now - max(spans.values()))
        return {
            id: [at for subscription, at in sent if subscription == id and at > now - span]
            for id, span in spans.items()
        }


def _total(outcomes: Sequence[Outcome]) -> Outcome:
    return Outcome(
        sent=sum(outcome.sent for outcome in outcomes),
        failed=sum(outcome.failed for outcome in outcomes),
        dead=sum(outcome.dead for outcome in outcomes),
    )
