"""Which claimed deliveries go out as one message. Pure.

- A daily or weekly subscription gets what is due as one digest.
- So does any subscription of whose alerts as many are due as make a burst, or of which several were
  held back (quiet hours, an earlier burst, a stop of the program).
- What was tried together is tried together again, so that the digest keeps its identity.
- Parts of a message and reminders go by themselves.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from plans.model import Value
from storage.records import Alert, Delivery

_DIGESTS = frozenset({"daily", "weekly"})
PART_MARK = "#"
PART_MODE = "part"
REMINDER_MODE = "reminder"
#: More alerts than that are several digests: a message has to be read, and Slack takes 50 blocks.
MOST_IN_DIGEST = 10
#: Due so much later than recorded means held back.
HELD_BACK = dt.timedelta(minutes=1)


class Batch(Value, frozen=True, kw_only=True):
    """Deliveries through one channel to one subscription that go out as one message."""

    deliveries: tuple[Delivery, ...]

    @property
    def id(self) -> str:
        """The idempotency key: an alert's own, or one made of those of all alerts in a digest."""
        ids = sorted({delivery.alert_id for delivery in self.deliveries})
        if len(ids) == 1:
            return ids[0]
        return hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:32]


def base_channel(name: str) -> str:
    """The channel of a delivery, without the part of a message that it is."""
    return name.partition(PART_MARK)[0]


def part_of(name: str) -> str | None:
    """The part that a delivery is; None for a whole message."""
    _, mark, part = name.partition(PART_MARK)
    return part if mark else None


def batches(
    deliveries: Sequence[Delivery],
    alerts: Mapping[str, Alert],
    burst_of: Mapping[str, int],
    *,
    merges: bool = True,
) -> tuple[Batch, ...]:
    """The deliveries, which all go through one channel, as batches in their order.

    ``burst_of`` is the size of a burst for each subscription; without an entry only digests merge.
    With ``merges`` False every delivery goes by itself.
    """
    groups: dict[tuple[object, ...], list[Delivery]] = {}
    for delivery in deliveries:
        alert = alerts[delivery.alert_id]
        key: tuple[object, ...] = (delivery.id,)
        if merges and delivery.mode not in (PART_MODE, REMINDER_MODE):
            tried = delivery.due_at if delivery.attempt_count else None
            key = (alert.subscription, delivery.mode, tried)
        groups.setdefault(key, []).append(delivery)
    result: list[Batch] = []
    for group in groups.values():
        if _is_digest(group, alerts, burst_of):
            result += [
                Batch(deliveries=tuple(group[start : start + MOST_IN_DIGEST]))
                for start in range(0, len(group), MOST_IN_DIGEST)
            ]
        else:
            result += [Batch(deliveries=(delivery,)) for delivery in group]
    return tuple(result)


def _is_digest(
    group: Sequence[Delivery], alerts: Mapping[str, Alert], burst_of: Mapping[str, int]
) -> bool:
    if len(group) == 1:
        return True
    first = group[0]
    if first.mode in _DIGESTS or first.attempt_count:
        return True
    burst = burst_of.get(alerts[first.alert_id].subscription)
    if burst is not None and len(group) >= burst:
        return True
    return all(d.due_at - alerts[d.alert_id].created_at >= HELD_BACK for d in group)
