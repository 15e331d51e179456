"""When an alert goes out: at once, in a daily or weekly digest, and not in quiet hours.

Pure. Local times are of the subscription's own time zone (Asia/Shanghai unless it says otherwise);
moments are aware datetimes, returned in UTC.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Rhythm = Literal["at_once", "daily", "weekly"]

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DURATION = re.compile(r"(\d{1,5})\s*(m|min|h|d)")
_SECONDS = {"m": 60, "min": 60, "h": 3600, "d": 86400}


class When(msgspec.Struct, frozen=True):
    """How often a subscription is told. ``at`` and ``weekday`` (0 is Monday) as the rhythm needs."""

    rhythm: Rhythm = "at_once"
    at: dt.time | None = None
    weekday: int | None = None

    def __str__(self) -> str:
        if self.rhythm == "at_once" or self.at is None:
            return "at_once"
        clock = self.at.strftime("%H:%M")
        if self.weekday is None:
            return f"daily {clock}"
        return f"weekly {WEEKDAYS[self.weekday]} {clock}"


class QuietHours(msgspec.Struct, frozen=True):
    """A span of every day in which nothing is sent, ``start`` included; it may cross midnight."""

    start: dt.time
    end: dt.time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def parse_when(text: str) -> When:
    """Read ``at_once``, ``daily HH:MM`` or ``weekly mon HH:MM``; ValueError names what is allowed."""
    words = text.lower().split()
    match words:
        case ["at_once"]:
            return When()
        case ["daily", clock]:
            return When("daily", parse_clock(clock))
        case ["weekly", day, clock] if day in WEEKDAYS:
            return When("weekly", parse_clock(clock), WEEKDAYS.index(day))
    raise ValueError(
        f"{text!r} is no time to tell; write at_once, 'daily HH:MM' or 'weekly mon HH:MM' "
        f"(days: {', '.join(WEEKDAYS)})"
    )


def parse_clock(text: str) -> dt.time:
    """Read ``HH:MM``; ValueError names what is allowed."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no time of day; write HH:MM, from 00:00 to 23:59")
    return dt.time(int(match[1]), int(match[2]))


def parse_quiet(text: str) -> QuietHours:
    """Read ``HH:MM-HH:MM``; ValueError names what is allowed."""
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"{text!r} are no quiet hours; write HH:MM-HH:MM, as 20:00-07:30")
    hours = QuietHours(parse_clock(start), parse_clock(end))
    if hours.start == hours.end:
        raise ValueError(f"{text!r} begins and ends at the same time; write two different times")
    return hours


def parse_duration(text: str) -> dt.timedelta:
    """Read ``30m``, ``24h`` or ``2d``; ValueError names what is allowed, which is not ``0m``."""
    span = parse_delay(text)
    if not span:
        raise ValueError(f"{text!r} is no length of time here; write more than 0, as 24h")
    return span


def parse_delay(text: str) -> dt.timedelta:
    """As :func:`parse_duration`, where ``0m`` means: not at all."""
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"{text!r} is no length of time; write a number with m, h or d, as 24h")
    return dt.timedelta(seconds=int(match[1]) * _SECONDS[match[2]])


def format_duration(span: dt.timedelta) -> str:
    """``span`` as :func:`parse_duration` reads it, in the largest unit that fits, to the minute."""
    minutes = round(span.total_seconds() / 60)
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes and minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def due_at(now: dt.datetime, when: When, quiet: QuietHours | None, zone: ZoneInfo) -> dt.datetime:
    """The first moment, not before ``now``, at which an alert recorded ``now`` may be sent."""
    local = now.astimezone(zone)
    if when.rhythm != "at_once" and when.at is not None:
        local = _next(local, when.at, when.weekday)
    return _after_quiet(local, quiet).astimezone(dt.UTC)


def _next(local: dt.datetime, at: dt.time, weekday: int | None) -> dt.datetime:
    slot = dt.datetime.combine(local.date(), at, tzinfo=local.tzinfo)
    if weekday is not None:
        slot += dt.timedelta(days=(weekday - local.weekday()) % 7)
    if slot < local:
        slot += dt.timedelta(days=1 if weekday is None else 7)
    return slot


def _after_quiet(local: dt.datetime, quiet: QuietHours | None) -> dt.datetime:
    if quiet is None:
        return local
    clock = local.time()
    if quiet.start < quiet.end:
        if quiet.start <= clock < quiet.end:
            return dt.datetime.combine(local.date(), quiet.end, tzinfo=local.tzinfo)
        return local
    if clock >= quiet.start:
        tomorrow = local.date() + dt.timedelta(days=1)
        return dt.datetime.combine(tomorrow, quiet.end, tzinfo=local.tzinfo)
    if clock < quiet.end:
        return dt.datetime.combine(local.date(), quiet.end, tzinfo=local.tzinfo)
    return local
