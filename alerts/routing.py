"""Routing: which subscription is told which changes of an event. Pure.

The rules:

- Within one filter any value suffices; every filter that is set must agree.
- A change that names a body (a body joins, leaves, changes its role) touches that body alone. Any
  other change touches every body of its tasks, on either side: an added or removed task touches
  all its bodies. Instruments likewise.
- A section stands for all below it. A change touches the sections of its tasks on either side.
- Events beside changes go to all subscribers of their document. Operational ones go to those who
  subscribe to operations.
- Nothing is told of a baseline while the version itself brought nothing of the asked severity:
  what differs from the baseline was then told before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from alerts.config import SubscriptionConfig
from alerts.events import OPERATIONAL_EVENTS, Comparison, Event, alert_id
from alerts.touching import Touched, Wanted, touched, wanted
from plans.model import Change, Severity, Value
from plans.registry.model import Registry

_RANK: dict[Severity, int] = {"editorial": 0, "minor": 1, "major": 2}


class Told(Value, frozen=True, kw_only=True):
    """What of one comparison is told: in full, or (``in_full`` False) as counts.

    ``comparison.changeset.changes`` holds only what the subscription asked for; ``left_out`` counts
    the other changes by severity, so that a message can say that there is more.
    """

    comparison: Comparison
    in_full: bool
    left_out: tuple[tuple[Severity, int], ...] = ()


class AlertDraft(Value, frozen=True, kw_only=True):
    """An alert to be composed: one event for one subscription. ``id`` is the idempotency key."""

    id: str
    event: Event
    subscription: SubscriptionConfig
    told: tuple[Told, ...] = ()

    @property
    def severity(self) -> Severity | None:
        """The highest severity of what is told in full; None where the event is no comparison."""
        severities = [
            change.severity
            for told in self.told
            if told.in_full
            for change in told.comparison.changeset.changes
        ]
        return max(severities, key=_RANK.__getitem__, default=None)


def route(
    event: Event, subscriptions: Iterable[SubscriptionConfig], registry: Registry
) -> tuple[AlertDraft, ...]:
    """The alerts that ``event`` gives rise to: at most one a subscription, in their order."""
    drafts = (_draft(event, subscription, registry) for subscription in subscriptions)
    return tuple(draft for draft in drafts if draft is not None)


def select(
    comparison: Comparison, subscription: SubscriptionConfig, registry: Registry
) -> tuple[Change, ...]:
    """The changes of one comparison that a subscription asks for, in the changeset's order."""
    return _select(comparison, subscription, wanted(subscription, registry), registry)


def _draft(event: Event, subscription: SubscriptionConfig, registry: Registry) -> AlertDraft | None:
    operational = event.kind in OPERATIONAL_EVENTS
    if event.kind == "test" or operational != (subscription.about == "operations"):
        return None
    if subscription.documents and event.document not in subscription.documents:
        return None
    told: tuple[Told, ...] = ()
    if event.comparisons and not operational:
        told = _told(event, subscription, registry)
    if event.kind == "version_recorded":
        if event.comparisons and not told and not _only_an_edition(event, subscription, registry):
            return None
    elif subscription.events is not None and event.kind not in subscription.events:
        return None
    return AlertDraft(
        id=alert_id(event, subscription.id), event=event, subscription=subscription, told=told
    )


def _only_an_edition(event: Event, subscription: SubscriptionConfig, registry: Registry) -> bool:
    """Whether the news is the new edition itself, which says what the last one said, word for word.

    For those who asked for all changes of the document: of what others asked for nothing happened.
    """
    before = event.comparison("predecessor")
    if before is None or before.changeset.changes or subscription.kinds:
        return False
    return (
        before.changeset.old.edition != event.edition
        and not wanted(subscription, registry).anything
    )


def _told(event: Event, subscription: SubscriptionConfig, registry: Registry) -> tuple[Told, ...]:
    before, base = event.comparison("predecessor"), event.comparison("baseline")
    asks = wanted(subscription, registry)
    result: list[Told] = []

    def add(comparison: Comparison, in_full: bool) -> None:
        changes = _select(comparison, subscription, asks, registry)
        if changes:
            result.append(_narrowed(comparison, changes, in_full))

    if before is not None and subscription.against in ("predecessor", "both"):
        add(before, in_full=True)
    if base is None or subscription.against == "predecessor":
        return tuple(result)
    if subscription.against == "baseline":
        if before is None or _reaches(before.changeset.changes, subscription.severity):
            add(base, in_full=True)
    elif before is None:
        add(base, in_full=True)
    elif result and not _same_side(before, base):
        add(base, in_full=False)
    return tuple(result)


def _narrowed(comparison: Comparison, changes: tuple[Change, ...], in_full: bool) -> Told:
    kept = {id(change) for change in changes}
    left = [c.severity for c in comparison.changeset.changes if id(c) not in kept]
    severities: tuple[Severity, ...] = ("major", "minor", "editorial")
    changeset = msgspec.structs.replace(comparison.changeset, changes=changes)
    return Told(
        comparison=msgspec.structs.replace(comparison, changeset=changeset),
        in_full=in_full,
        left_out=tuple((s, left.count(s)) for s in severities if s in left),
    )


def _same_side(one: Comparison, other: Comparison) -> bool:
    left, right = one.changeset.old, other.changeset.old
    if left.version is not None and right.version is not None:
        return (left.document, left.version) == (right.document, right.version)
    return one.old == other.old


def _reaches(changes: Sequence[Change], severity: Severity) -> bool:
    return any(_RANK[change.severity] >= _RANK[severity] for change in changes)


def _select(
    comparison: Comparison,
    subscription: SubscriptionConfig,
    asks: Wanted,
    registry: Registry,
) -> tuple[Change, ...]:
    least = _RANK[subscription.severity]
    result: list[Change] = []
    for change in comparison.changeset.changes:
        if _RANK[change.severity] < least:
            continue
        if subscription.kinds and change.kind not in subscription.kinds:
            continue
        if not asks.anything or asks.met_by(_touched(change, comparison, registry), registry):
            result.append(change)
    return tuple(result)


def _touched(change: Change, comparison: Comparison, registry: Registry) -> Touched:
    return touched(change, comparison.old, comparison.new, registry)
