"""When a failed delivery is tried again. Pure: chance is an argument."""

from __future__ import annotations

import datetime as dt

FIRST_SECONDS = 15.0
LONGEST_SECONDS = 86_400.0
#: With waits that grow to a day, the last attempt is about eight to eleven days after the first.
MOST_ATTEMPTS = 18


def retry_at(
    now: dt.datetime, attempts: int, chance: float, retry_after: float | None = None
) -> dt.datetime | None:
    """The moment of the next attempt after ``attempts`` made so far; None: give up.

    Waits quadruple from 15 seconds up to a day; ``chance`` (0 to 1) takes up to half of that off,
    so that many do not come back at once. Where the far end asked for ``retry_after`` seconds, it is
    never sooner.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    longest = min(FIRST_SECONDS * 4.0 ** min(attempts - 1, 16), LONGEST_SECONDS)
    seconds = longest * (1.0 - chance / 2)
    if retry_after is not None:
        seconds = max(seconds if attempts > 1 else 0.0, retry_after) + chance
    return now + dt.timedelta(seconds=seconds)
