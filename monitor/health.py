"""Whether all is well, from what the visits came to. Pure: state and a visit in, state out.

One operational event when a source begins to fail for long and one when it recovers, however many
polls lie between: the state remembers what was said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

import msgspec

from monitor.outcomes import ABSENT, SEEN, WALLED, in_words
from monitor.schedule import SHANGHAI


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long is long. ``walled_visits`` refusals in a row make a wall; a failing source is told
    after ``failing_for`` and ``failing_visits``; a page is withdrawn after ``absent_visits`` over
    ``absent_for``; a list stalls after ``stalled_gaps`` of its usual gaps, and ``stalled_for``.
    """

    failing_for: dt.timedelta = dt.timedelta(hours=24)
    failing_visits: int = 3
    walled_visits: int = 3
    absent_for: dt.timedelta = dt.timedelta(hours=24)
    absent_visits: int = 3
    stalled_gaps: float = 4.0
    stalled_for: dt.timedelta = dt.timedelta(days=45)


PATIENCE = Patience()


class Health(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered of one source; ``told_at`` is when its present trouble was told."""

    outcome: str | None = None
    last_visit_at: dt.datetime | None = None
    last_success_at: dt.datetime | None = None
    failing_since: dt.datetime | None = None
    failures: int = 0
    told_at: dt.datetime | None = None


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A source became ill, or well again; ``reason`` is one English sentence without a full stop."""

    event: Literal["source_failing", "source_recovered"]
    reason: str


def after_visit(
    health: Health, outcome: str, now: dt.datetime, patience: Patience = PATIENCE
) -> tuple[Health, Turn | None]:
    """The health after one round that came to ``outcome``, and what there is to say of it."""
    if outcome in SEEN:
        well = Health(outcome=outcome, last_visit_at=now, last_success_at=now)
        if health.told_at is None:
            return well, None
        since = health.failing_since or now
        return well, Turn(
            event="source_recovered",
            reason=f"it works again after {_span(now - since)} and {health.failures} failures",
        )
    since = health.failing_since or now
    ill = msgspec.structs.replace(
        health,
        outcome=outcome,
        last_visit_at=now,
        failing_since=since,
        failures=health.failures + 1,
    )
    if ill.told_at is not None:
        return ill, None
    reason = _trouble(ill, outcome, now - since, patience)
    if reason is None:
        return ill, None
    return msgspec.structs.replace(ill, told_at=now), Turn(event="source_failing", reason=reason)


def _trouble(health: Health, outcome: str, failing: dt.timedelta, patience: Patience) -> str | None:
    if outcome in WALLED and health.failures >= patience.walled_visits:
        return f"it is walled off: {in_words(outcome)} after {health.failures} failures in a row"
    if failing >= patience.failing_for and health.failures >= patience.failing_visits:
        return f"no look has succeeded for {_span(failing)}; the last one: {in_words(outcome)}"
    return None


def _span(span: dt.timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"


class Absence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How long a page that once had a text has had none; ``told`` once it was said."""

    since: dt.datetime | None = None
    visits: int = 0
    told: bool = False


def absence(
    before: Absence, outcome: str, now: dt.datetime, patience: Patience = PATIENCE
) -> tuple[Absence, Literal["withdrawn", "published_again"] | None]:
    """The absence after one look at a page, and what became news by it.

    A failure that says nothing about the page (a time-out, a challenge) neither adds to an absence
    nor ends it.
    """
    if outcome in ABSENT:
        since = before.since or now
        after = Absence(since=since, visits=before.visits + 1, told=before.told)
        long = after.visits >= patience.absent_visits and now - since >= patience.absent_for
        if long and not before.told:
            return msgspec.structs.replace(after, told=True), "withdrawn"
        return after, None
    if outcome in SEEN:
        return Absence(), "published_again" if before.told else None
    return before, None


def stalled(
    published: Sequence[dt.date],
    others_newest: Iterable[dt.date],
    today: dt.date,
    patience: Patience = PATIENCE,
) -> str | None:
    """Why a list seems to stand still, or None.

    ``published`` are the dates of the list's rows, ``others_newest`` the newest date of each other
    list that is watched: where none of those moves either, there is nothing to publish (a holiday).
    """
    if len(published) < 3:
        return None
    days = sorted(set(published))
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    quiet = (today - days[-1]).days
    limit = max(patience.stalled_for.days, patience.stalled_gaps * median(gaps or [1]))
    if quiet <= limit or not any((today - newest).days <= limit for newest in others_newest):
        return None
    return (
        f"its list has shown nothing newer than {days[-1].isoformat()} for {quiet} days, "
        "while other lists move"
    )


def missing_edition(
    expects_by: tuple[int, int] | None, editions: Iterable[str], now: dt.datetime
) -> str | None:
    """The edition that should have come out by now and did not.

    ``expects_by`` is (month, day), the last day on which each year's edition is expected, in
    Asia/Shanghai; ``editions`` those that are known, spans (``2021-2022``) among them.
    """
    if expects_by is None:
        return None
    today = now.astimezone(SHANGHAI).date()
    if (today.month, today.day) <= expects_by:
        return None
    covered: set[int] = set()
    for edition in editions:
        years = [int(year) for year in edition.replace("–", "-").split("-") if year.isdigit()]
        if years:
            covered.update(range(years[0], years[-1] + 1))
    return None if today.year in covered else str(today.year)
