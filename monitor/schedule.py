"""When a source is looked at next. Pure: a schedule and a moment in, a moment out.

Schedules are wall-clock times of Asia/Shanghai, where the publishers are. The random draw that
spreads looks is an argument, so that a schedule can be replayed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec
from apscheduler.triggers.cron import CronTrigger

SHANGHAI = ZoneInfo("Asia/Shanghai")

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY_ITEM = re.compile(r"(?P<first>\w+)(?:-(?P<last>\w+))?(?:/(?P<step>\d+))?")


class Season(msgspec.Struct, frozen=True, kw_only=True):
    """Months (1 to 12, both ends included) in which a shorter interval holds."""

    first_month: int
    last_month: int
    every: dt.timedelta


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """By interval (``every``) or by ``cron``, within ``hours`` of the day, spread by ``jitter``.

    ``hours`` are (opening, closing) in Asia/Shanghai; a closing before the opening means the next
    day's. ``jitter`` is the longest delay that is added to a due time.
    """

    every: dt.timedelta | None = None
    cron: str | None = None
    hours: tuple[dt.time, dt.time] | None = None
    jitter: dt.timedelta = dt.timedelta(0)
    season: Season | None = None


def cron_trigger(expression: str) -> CronTrigger:
    """The trigger of a five-field cron expression in Asia/Shanghai.

    Weekdays are cron's own: 0 and 7 are Sunday, names are taken too. (The library counts from
    Monday, so that numbers would mean other days; they are written as names here.) Raises
    :class:`ValueError`, naming what is wrong, for anything else.
    """
    fields = expression.split()
    if len(fields) != 5:
        raise ValueError(f"a cron expression has five fields, {expression!r} has {len(fields)}")
    fields[4] = _named_days(fields[4])
    return CronTrigger.from_crontab(" ".join(fields), timezone=SHANGHAI)


def _named_days(field: str) -> str:
    if field == "*":
        return field
    days: list[str] = []
    for item in field.split(","):
        match = _DAY_ITEM.fullmatch(item.replace("*", "0-6"))
        if match is None:
            raise ValueError(f"{item!r} is no day of the week; write mon-fri or 1-5")
        first = _day_number(match["first"])
        last = _day_number(match["last"]) if match["last"] else first
        if match["last"] and last < first:
            last += 7
        step = int(match["step"] or 1)
        if step == 0:
            raise ValueError(f"{item!r}: a step of 0 never comes to an end")
        days.extend(_DAYS[day % 7] for day in range(first, last + 1, step))
    return ",".join(dict.fromkeys(days))


def _day_number(word: str) -> int:
    if word.isdigit() and int(word) <= 7:
        return int(word)
    try:
        return _DAYS.index(word.lower()[:3])
    except ValueError:
        raise ValueError(f"{word!r} is no day of the week; write sun to sat, or 0 to 7") from None


def next_due(schedule: Schedule, after: dt.datetime, *, draw: float) -> dt.datetime:
    """The first moment after ``after`` (aware) at which ``schedule`` wants a look, in UTC.

    ``draw`` in [0, 1) is the share of the jitter to add. Raises :class:`ValueError` for a schedule
    with neither interval nor cron, and for a cron expression that never comes due.
    """
    if schedule.cron is not None:
        fired = cron_trigger(schedule.cron).get_next_fire_time(
            None, after + dt.timedelta(microseconds=1)
        )
        if fired is None:
            raise ValueError(f"the cron expression {schedule.cron!r} never comes due")
        due = fired
    elif schedule.every is not None:
        due = after + _interval(schedule, schedule.every, after)
    else:
        raise ValueError("a schedule needs either an interval or a cron expression")
    due = _within_hours(schedule.hours, due)
    jittered = due + schedule.jitter * draw
    if _within_hours(schedule.hours, jittered) == jittered:
        due = jittered
    return due.astimezone(dt.UTC)


#: How soon a source is tried again after the first of a row of passing failures; twice that after
#: the second, and so on: a site that is down at the morning's look is not left until the evening's.
FIRST_RETRY = dt.timedelta(minutes=10)


def next_try(schedule: Schedule, after: dt.datetime, *, failures: int, draw: float) -> dt.datetime:
    """When to look again after ``failures`` (1 or more) passing failures in a row, in UTC.

    Never later than ``schedule`` wants a look anyway, never outside its hours. ``draw`` and errors
    as with :func:`next_due`.
    """
    regular = next_due(schedule, after, draw=draw)
    doublings = min(failures - 1, 16)
    soon = after + FIRST_RETRY * 2**doublings * (1 + draw / 2)
    return min(regular, _within_hours(schedule.hours, soon).astimezone(dt.UTC))


def _interval(schedule: Schedule, every: dt.timedelta, after: dt.datetime) -> dt.timedelta:
    season = schedule.season
    if season is None:
        return every
    month = after.astimezone(SHANGHAI).month
    first, last = season.first_month, season.last_month
    inside = first <= month <= last if first <= last else month >= first or month <= last
    return min(every, season.every) if inside else every


def _within_hours(hours: tuple[dt.time, dt.time] | None, moment: dt.datetime) -> dt.datetime:
    """``moment``, or the next opening where it falls outside ``hours``."""
    if hours is None or hours[0] == hours[1]:
        return moment
    opening, closing = hours
    local = moment.astimezone(SHANGHAI)
    clock = local.time()
    if opening < closing:
        if opening <= clock <= closing:
            return moment
        day = local.date() if clock < opening else local.date() + dt.timedelta(days=1)
    else:
        if clock >= opening or clock <= closing:
            return moment
        day = local.date()
    return dt.datetime.combine(day, opening, tzinfo=SHANGHAI)


def spread_overdue(
    sources: Sequence[str], now: dt.datetime, *, at_once: int, step: dt.timedelta
) -> dict[str, dt.datetime]:
    """New due times for sources that all became overdue while the daemon was down or asleep.

    The first ``at_once`` are due now, each further one ``step`` after the one before it: every
    source is polled once, and the network is not hit by all of them in one moment.
    """
    return {
        source: now + step * max(0, place - at_once + 1) for place, source in enumerate(sources)
    }
