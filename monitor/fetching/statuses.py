"""What a status, a media type and a redirect mean. Pure."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

from monitor.fetching.values import FetchOutcome

REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: 5xx that mean "try again"; the others (521 of a wall, 501, 505) will say the same again.
TRANSIENT_STATUSES = frozenset({408, 429, 500, 502, 503, 504})

_HOME = re.compile(r"/?((index|default|home|main)(_\d+)?\.(s?html?|jsp|php|aspx?|do))?", re.I)
_ERROR_PAGE = re.compile(r"/(404|error|errors|notfound|not_found)(\.(s?html?|jsp|php))?/?$", re.I)
_NOT_A_TEXT = ("image/", "video/", "audio/", "font/", "text/css")


def outcome_of(status: int) -> FetchOutcome:
    """The outcome of an answer that is no redirect. 304 is judged by the caller."""
    if status in (200, 201, 202, 203, 204, 205):
        return "ok"
    if status == 206:
        return "truncated"
    if status in (404, 410):
        return "gone"
    if status == 408:
        return "timeout"
    if status == 429:
        return "rate_limited"
    return "server_error" if status >= 500 else "client_error"


def is_wrong_type(media_type: str) -> bool:
    """Whether a media type cannot hold a document or a list of them."""
    return media_type.startswith(_NOT_A_TEXT)


def content_type(value: str) -> tuple[str, str | None]:
    """Split a Content-Type header into the lower-case media type and the charset, if named."""
    message = Message()
    message["Content-Type"] = value or "application/octet-stream"
    charset = message.get_param("charset")
    media_type = message.get_content_type() if value else ""
    return media_type, charset.strip() or None if isinstance(charset, str) else None


def target_of(url: str, location: str) -> str | None:
    """The absolute http(s) address that a redirect points at, or None where it points at none.

    Old servers write raw Chinese into Location, which the client reads as Latin-1: put right here.
    """
    with suppress(UnicodeEncodeError, UnicodeDecodeError):  # then it is what it seems to be
        location = location.encode("latin-1").decode("utf-8")
    try:
        target = urljoin(url, location.strip())
        parts = urlsplit(target)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        return None
    return urlunsplit(parts._replace(fragment=""))


def is_home(url: str) -> bool:
    """Whether an address is the front page of a site."""
    parts = urlsplit(url)
    return not parts.query and _HOME.fullmatch(parts.path) is not None


def is_error_page(url: str) -> bool:
    """Whether an address is, by its name, a site's page for what it does not find."""
    return _ERROR_PAGE.search(urlsplit(url).path) is not None


def retry_after_seconds(value: str | None, now: dt.datetime) -> float | None:
    """Read Retry-After, seconds or a date; None where absent, nonsense or past."""
    if value is None:
        return None
    text = value.strip()
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=dt.UTC)
    seconds = (at - now).total_seconds()
    return seconds if seconds > 0 else None
