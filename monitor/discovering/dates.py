"""Dates as lists print them, and as article addresses carry them. Pure."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_IN_ADDRESS = (
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d"),  # TRS: t20260317_962958.html
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"),  # JCMS: /art/2022/1/5/
)


def date_in(text: str) -> dt.date | None:
    """The first date in ``text``, None where there is none that exists."""
    match = _DATE.search(text)
    return _date(*match.groups()) if match else None


def date_in_address(url: str) -> dt.date | None:
    """The day that an article's address carries, None where it carries none."""
    for pattern in _IN_ADDRESS:
        match = pattern.search(url)
        if match:
            return _date(*match.groups())
    return None


def date_of_milliseconds(value: object) -> dt.date | None:
    """The day in Asia/Shanghai of a time in milliseconds since 1970, number or digits."""
    try:
        seconds = int(str(value)) / 1000
        return dt.datetime.fromtimestamp(seconds, SHANGHAI).date()
    except (ValueError, OverflowError, OSError):
        return None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
