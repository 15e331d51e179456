"""The zone of the machine changes nothing: publishers and readers live by Asia/Shanghai.

The days are those on which New York changes its clocks, forward and back.
"""

import datetime as dt
import time

import pytest

from alerts.timing import due_at, parse_quiet, parse_when
from monitor.discovering.dates import date_of_milliseconds
from monitor.health import missing_edition
from monitor.schedule import SHANGHAI, Schedule, next_due
from tests.monitor.invented import Invented
from tests.monitor.watch import ManualClock, article_source

FORWARD = "2031-03-09"
BACK = "2031-11-02"


@pytest.fixture(params=["America/New_York", "Pacific/Kiritimati", "UTC"], autouse=True)
def zone(request, monkeypatch):
    """The zone that the machine is set to; real, for the C library too."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def shown(moment):
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_every_six_hours_are_six_hours(day):
    schedule = Schedule(every=dt.timedelta(hours=6))
    moment, seen = at(f"{day} 00:30"), []
    for _ in range(4):
        moment = next_due(schedule, moment, draw=0.0)
        seen.append(shown(moment).split()[1])
    assert seen == ["06:30", "12:30", "18:30", "00:30"]


@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_opening_hours_and_cron_are_shanghai_s(day):
    office = Schedule(every=dt.timedelta(hours=6), hours=(dt.time(7), dt.time(23)))
    assert shown(next_due(office, at(f"{day} 20:00"), draw=0.0)).endswith("07:00")
    cron = Schedule(cron="30 14 * * *")
    assert shown(next_due(cron, at(f"{day} 12:00"), draw=0.0)) == f"{day} 14:30"


@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_quiet_hours_and_digests_are_shanghai_s(day):
    quiet = parse_quiet("20:00-07:30")
    night = due_at(at(f"{day} 02:15"), parse_when("at_once"), quiet, SHANGHAI)
    assert shown(night) == f"{day} 07:30"
    digest = due_at(at(f"{day} 06:00"), parse_when("daily 08:30"), None, SHANGHAI)
    assert shown(digest) == f"{day} 08:30"


def test_a_day_ends_in_shanghai():
    late = dt.datetime(2031, 7, 31, 15, 59, tzinfo=dt.UTC)
    assert missing_edition((7, 31), ["2030"], late) is None
    assert missing_edition((7, 31), ["2030"], late + dt.timedelta(minutes=1)) == "2031"
    assert date_of_milliseconds(int(late.timestamp() * 1000)) == dt.date(2031, 7, 31)


def test_a_look_is_kept_and_due_alike(publisher, watch):
    publisher.page("/plan.html", Invented().page())
    start = at(f"{FORWARD} 14:00").astimezone(dt.UTC)
    watch = watch(
        article_source(publisher.url("/plan.html"), schedule="{every: 6h}"),
        clock=ManualClock(start),
    )
    watch.poll(after=dt.timedelta(0))
    source = watch.source()
    assert source.last_visit_at == start
    assert shown(source.next_due_at) == f"{FORWARD} 20:00"
