"""When the next look is due. Times are written in Asia/Shanghai."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.schedule import (
    SHANGHAI,
    Schedule,
    Season,
    cron_trigger,
    next_due,
    next_try,
    spread_overdue,
)

DAY = (dt.time(7), dt.time(23))


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due(schedule, after, draw=0.0):
    return next_due(schedule, at(after), draw=draw).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2031-05-07 08:00", "2031-05-07 14:00"),
        ("2031-05-07 17:00", "2031-05-07 23:00"),
        ("2031-05-07 17:01", "2031-05-08 07:00"),
        ("2031-05-07 21:00", "2031-05-08 07:00"),
        ("2031-05-07 23:30", "2031-05-08 07:00"),
    ],
)
def test_every_six_hours_of_the_day(after, expected):
    assert due(Schedule(every=dt.timedelta(hours=6), hours=DAY), after) == expected


def test_hours_over_midnight():
    night = Schedule(every=dt.timedelta(hours=1), hours=(dt.time(22), dt.time(2)))
    assert due(night, "2031-05-07 00:30") == "2031-05-07 01:30"
    assert due(night, "2031-05-07 01:30") == "2031-05-07 22:00"


def test_the_season_of_new_plans_is_watched_more_often():
    schedule = Schedule(
        every=dt.timedelta(hours=6),
        season=Season(first_month=4, last_month=7, every=dt.timedelta(hours=1)),
    )
    assert due(schedule, "2031-03-07 08:00") == "2031-03-07 14:00"
    assert due(schedule, "2031-04-07 08:00") == "2031-04-07 09:00"


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("30 9 * * 1-5", "2031-05-12 09:30"),  # 9 May 2031 is a Friday
        ("30 9 * * 0", "2031-05-11 09:30"),
        ("30 9 * * 7", "2031-05-11 09:30"),
        ("30 9 * * sat", "2031-05-10 09:30"),
        ("30 9 * * 5-7", "2031-05-10 09:30"),
        ("0 9 1 * *", "2031-06-01 09:00"),
    ],
)
def test_cron_means_its_own_weekdays(cron, expected):
    assert due(Schedule(cron=cron), "2031-05-09 10:00") == expected


@pytest.mark.parametrize(
    "bad", ["", "* * *", "61 * * * *", "0 9 * * 8", "0 9 * * funday", "0 0 * * */0"]
)
def test_a_bad_cron_is_a_value_error(bad):
    with pytest.raises(ValueError, match=r"."):
        cron_trigger(bad)


@given(
    minutes=st.integers(1, 3000),
    jitter=st.integers(0, 120),
    draw=st.floats(0, 1, exclude_max=True),
    start=st.integers(0, 3 * 365 * 24 * 60),
    hours=st.one_of(st.none(), st.tuples(st.times(), st.times())),
)
def test_due_is_always_later_and_never_outside_the_hours(minutes, jitter, draw, start, hours):
    schedule = Schedule(
        every=dt.timedelta(minutes=minutes), jitter=dt.timedelta(minutes=jitter), hours=hours
    )
    after = at("2030-01-01 00:00") + dt.timedelta(minutes=start)
    moment = next_due(schedule, after, draw=draw)
    assert moment > after
    if hours is not None and hours[0] != hours[1]:
        clock = moment.astimezone(SHANGHAI).time()
        opening, closing = hours
        inside = opening <= clock <= closing
        assert inside or (opening > closing and (clock >= opening or clock <= closing))


@pytest.mark.parametrize(
    ("failures", "expected"),
    [
        (1, "2031-05-09 10:10"),
        (2, "2031-05-09 10:20"),
        (4, "2031-05-09 11:20"),
        (6, "2031-05-09 15:20"),
        (7, "2031-05-09 16:00"),  # the regular look comes first
        (10**6, "2031-05-09 16:00"),
    ],
)
def test_a_passing_failure_is_tried_again_soon_then_less_and_less_often(failures, expected):
    every_six_hours = Schedule(every=dt.timedelta(hours=6))
    moment = next_try(every_six_hours, at("2031-05-09 10:00"), failures=failures, draw=0.0)
    assert moment == at(expected)


def test_a_new_try_keeps_to_the_hours():
    moment = next_try(
        Schedule(cron="0 9 * * *", hours=DAY), at("2031-05-09 22:55"), failures=1, draw=0.0
    )
    assert moment == at("2031-05-10 07:00")


def test_overdue_sources_are_spread():
    now = at("2031-05-09 10:00")
    spread = spread_overdue(["a", "b", "c", "d"], now, at_once=2, step=dt.timedelta(seconds=10))
    assert [(when - now).total_seconds() for when in spread.values()] == [0, 0, 10, 20]
