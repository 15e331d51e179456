"""When an alert goes out: rhythms, quiet hours, backoff."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.backoff import MOST_ATTEMPTS, retry_at
from alerts.timing import (
    due_at,
    format_duration,
    parse_delay,
    parse_duration,
    parse_quiet,
    parse_when,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "when", "quiet", "expected"),
    [
        # 2026-11-23 is a Monday.
        ("2026-11-23T10:00", "at_once", None, "2026-11-23T10:00"),
        ("2026-11-23T07:00", "daily 08:30", None, "2026-11-23T08:30"),
        ("2026-11-23T08:30", "daily 08:30", None, "2026-11-23T08:30"),
        ("2026-11-23T08:31", "daily 08:30", None, "2026-11-24T08:30"),
        ("2026-11-23T10:00", "weekly mon 08:30", None, "2026-11-30T08:30"),
        ("2026-11-23T10:00", "weekly fri 17:00", None, "2026-11-27T17:00"),
        ("2026-11-23T21:00", "at_once", "20:00-07:30", "2026-11-24T07:30"),
        ("2026-11-23T03:00", "at_once", "20:00-07:30", "2026-11-23T07:30"),
        ("2026-11-23T07:30", "at_once", "20:00-07:30", "2026-11-23T07:30"),
        ("2026-11-23T12:15", "at_once", "12:00-13:00", "2026-11-23T13:00"),
        ("2026-11-23T10:00", "daily 06:00", "20:00-07:30", "2026-11-24T07:30"),
    ],
)
def test_alerts_are_due_in_local_time(now, when, quiet, expected):
    hours = parse_quiet(quiet) if quiet else None
    assert due_at(at(now), parse_when(when), hours, SHANGHAI) == at(expected)


MOMENTS = st.integers(1_600_000_000, 2_200_000_000).map(
    lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)
)


@given(
    now=MOMENTS,
    when=st.sampled_from(["at_once", "daily 08:30", "weekly sun 23:59"]),
    quiet=st.sampled_from([None, "20:00-07:30", "00:00-12:00", "12:00-13:00"]),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
)
def test_nothing_is_due_in_the_past_or_in_quiet_hours(now, when, quiet, zone):
    hours = parse_quiet(quiet) if quiet else None
    due = due_at(now, parse_when(when), hours, ZoneInfo(zone))
    # An hour that a clock change repeats may come at either of its two times.
    assert due >= now - dt.timedelta(hours=1)
    assert due - now <= dt.timedelta(days=8, hours=1)
    if hours is not None:
        clock = due.astimezone(ZoneInfo(zone)).time()
        crosses = hours.start > hours.end
        inside = (
            hours.start <= clock or clock < hours.end
            if crosses
            else hours.start <= clock < hours.end
        )
        assert not inside


@pytest.mark.parametrize("text", ["at_once", "daily 08:30", "weekly thu 00:00"])
def test_a_rhythm_is_written_as_it_was_read(text):
    assert str(parse_when(text)) == text


def test_lengths_of_time():
    assert parse_duration("90m") == dt.timedelta(minutes=90)
    assert parse_duration(" 2d ") == dt.timedelta(days=2)
    with pytest.raises(ValueError, match="24h"):
        parse_duration("00h")
    with pytest.raises(ValueError, match="24h"):
        parse_delay("soon")
    assert parse_delay("0m") == dt.timedelta(0)


@pytest.mark.parametrize("text", ["0m", "20m", "90m", "1h", "36h", "7d"])
def test_a_length_of_time_is_written_as_it_was_read(text):
    assert format_duration(parse_delay(text)) == text


# --- backoff ----------------------------------------------------------------------------------

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def test_waits_grow_to_a_day_and_end():
    waits = [retry_at(NOW, n, 0.0) for n in range(1, MOST_ATTEMPTS)]
    seconds = [(wait - NOW).total_seconds() for wait in waits if wait]
    assert seconds[:3] == [15, 60, 240]
    assert seconds == sorted(seconds)
    assert seconds[-1] == 86_400
    assert retry_at(NOW, MOST_ATTEMPTS, 0.0) is None


@given(attempts=st.integers(1, MOST_ATTEMPTS - 1), chance=st.floats(0, 1), after=st.floats(0, 1e5))
def test_what_the_far_end_asks_for_is_obeyed(attempts, chance, after):
    again = retry_at(NOW, attempts, chance, after)
    assert again is not None
    assert (again - NOW).total_seconds() >= after - 1e-6
