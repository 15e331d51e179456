"""Dates as lists print them, and as article addresses carry them. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) {_NAMED},? ((?:19|20)\d\d)\b", re.I)
_MONTH_FIRST = re.compile(rf"\b{_NAMED} (\d{{1,2}}),? ((?:19|20)\d\d)\b", re.I)
_IN_ADDRESS = (
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d"),  # TRS: t20260317_962958.html
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"),  # JCMS: /art/2022/1/5/
)
#: What stands alone beside a title and is a date, though not one in full or not in one piece.
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_DAY_APART = re.compile(r"(\d{1,2})[日\s]\s*((?:19|20)\d\d)[-/.年](\d{1,2})月?")
_SHORT = re.compile(r"(?:\d\d[-/.])?(\d{1,2})[-/.月](\d{1,2})日?")
_MONTH_ALONE = re.compile(r"(?:19|20)\d\d[-/.年](\d{1,2})月?")
_AROUND = " \t\r\n[]()【】·•|:-"


def date_in(text: str) -> dt.date | None:
    """The first date in ``text``, None where there is none that exists."""
    text = unicodedata.normalize("NFKC", text)
    match = _DATE.search(text)
    if match:
        return _date(*match.groups())
    if match := _DAY_FIRST.search(text):
        return _date(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.search(text):
        return _date(match[3], _month(match[1]), match[2])
    return None


def date_alone(text: str) -> tuple[bool, dt.date | None]:
    """Whether ``text`` is nothing but a date, and which day that is.

    Lists also print a date without its year, or the day above its month. A day whose year is not
    printed is not known: none is guessed.
    """
    text = unicodedata.normalize("NFKC", text).strip(_AROUND)
    if len(text) > 40:
        return False, None
    if match := _COMPACT.fullmatch(text):
        day = _date(*match.groups())
        return day is not None, day
    if match := _DAY_APART.fullmatch(text):
        day = _date(match[2], match[3], match[1])
        return day is not None, day
    if match := _SHORT.fullmatch(text):
        return _date("2000", match[1], match[2]) is not None, None
    if match := _MONTH_ALONE.fullmatch(text):
        return 1 <= int(match[1]) <= 12, None
    return False, None


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


def _month(name: str) -> str:
    return str(_MONTHS.index(name.lower()) + 1)


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
