"""What every channel takes and gives back.

A channel makes one call to the far end for each ``send``, so that what was accepted is recorded
before anything more is sent. What needs further calls (a long message's next part, files in a
thread) is named in the receipt, and becomes a delivery of its own.
"""

from __future__ import annotations

import datetime as dt
import email.utils
from typing import Any, Protocol

from alerts.composing.mail import Attached
from alerts.composing.message import Message
from alerts.composing.templates import AlertFacts
from plans.model import Value

#: The further part that is an alert's reports, where they cannot go with the message itself.
FILES_PART = "files"
#: No far end puts us off for longer than this.
LONGEST_WAIT = 86_400.0
_TRANSIENT_STATUS = frozenset({408, 409, 425, 429})


class DeliveryError(Exception):
    """A delivery that failed. The text is for people and holds no secret.

    ``permanent``: trying again cannot help (a revoked webhook, an unknown address).
    ``retry_after``: seconds for which the far end asked to be left alone.
    """

    def __init__(
        self, text: str, *, permanent: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(text)
        self.permanent = permanent
        self.retry_after = retry_after


class Outgoing(Value, frozen=True, kw_only=True):
    """What is to be sent: the message for people, ``body`` for machines, ``files`` along with it.

    ``at`` is the alert's moment and the same on every attempt; ``now`` that of this attempt.
    ``part`` names a further part (see :class:`Receipt`), with ``thread`` from the first receipt.
    """

    alert: AlertFacts
    message: Message
    body: dict[str, Any]
    at: dt.datetime
    now: dt.datetime
    files: tuple[Attached, ...] = ()
    part: str | None = None
    thread: str | None = None


class Receipt(Value, frozen=True, kw_only=True):
    """The far end has accepted. ``detail`` is what it said, for people.

    ``thread`` is where further parts go; ``further`` names them; ``problems`` are recipients that
    the far end refused for good while it took the message for others.
    """

    detail: str
    thread: str | None = None
    further: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Channel(Protocol):
    """One way to reach somebody. ``merges``: several alerts may come as one digest."""

    merges: bool

    def send(self, out: Outgoing) -> Receipt:
        """Send one alert or one part; raises :class:`DeliveryError` where it was not accepted."""
        ...


def failed_status(status: int, said: str, retry_after: str | None) -> DeliveryError:
    """The error for an HTTP answer that is no success."""
    permanent = 300 <= status < 500 and status not in _TRANSIENT_STATUS
    text = f"HTTP {status}" + (f": {' '.join(said.split())[:200]}" if said.strip() else "")
    if 300 <= status < 400:
        text += " (redirects are not followed: give the final address)"
    return DeliveryError(text, permanent=permanent, retry_after=seconds_of(retry_after))


def seconds_of(retry_after: str | None, now: dt.datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for; a date counts from ``now`` and needs it."""
    if retry_after is None:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        if now is None or moment.tzinfo is None:
            return None
        seconds = (moment - now).total_seconds()
    if seconds != seconds:  # "nan" is a float too
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)
