"""Which rows of a list need not be judged again: those that concern no document. Pure.

A list of notices is hundreds of rows of which one a year matters. A row is remembered by all that it
was listed with, so that one under another title, day or number is judged anew; and everything is
judged anew when the rules change, and once in a while.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

import msgspec

from monitor.config.documents import DocumentConfig
from monitor.config.sources import SourceConfig
from monitor.discovering.listing import Row
from monitor.discovering.score import JUDGING_VERSION
from storage.records import JudgedRows

#: Beyond this many only the rows of the last look are remembered: a list that invents rows at every
#: look must not fill the database.
MOST_ROWS = 5000


class RowMemory(msgspec.Struct, frozen=True, kw_only=True):
    """``idle`` are the digests of rows that concern nobody; ``whole`` that this look is to read the
    list as far as it is ever read, and to judge all of it anew.
    """

    judged_by: str
    idle: frozenset[str] = frozenset()
    whole_at: dt.datetime | None = None
    whole: bool = True

    def knows(self, row: Row) -> bool:
        """Whether ``row`` was judged, as it is listed now, and need not be judged again."""
        return not self.whole and digest_of(row) in self.idle

    def after(self, idle: Iterable[Row], *, complete: bool, now: dt.datetime) -> JudgedRows:
        """What to keep after a look that judged the rows ``idle`` to concern nobody.

        ``complete``: the list was read as far as was wanted.
        """
        seen = frozenset(map(digest_of, idle))
        replaced = self.whole and complete
        digests = seen if replaced or len(seen | self.idle) > MOST_ROWS else seen | self.idle
        return JudgedRows(
            judged_by=self.judged_by,
            whole_at=now if replaced else self.whole_at,
            digests=tuple(sorted(digests)),
        )


def recalled(
    kept: JudgedRows | None, judged_by: str, now: dt.datetime, again_after: dt.timedelta
) -> RowMemory:
    """The memory at the start of a look; empty where it was made by other rules."""
    if kept is None or kept.judged_by != judged_by:
        return RowMemory(judged_by=judged_by)
    # A time that is to come was written by a clock that was ahead.
    due = kept.whole_at is None or abs(now - kept.whole_at) >= again_after
    return RowMemory(
        judged_by=judged_by, idle=frozenset(kept.digests), whole_at=kept.whole_at, whole=due
    )


def rules_of(source: SourceConfig, documents: Iterable[DocumentConfig]) -> str:
    """A digest of all that bears on whether a row of ``source`` belongs to one of ``documents``."""
    parts = [JUDGING_VERSION, source.nature, source.listing.model_dump_json()]
    parts += [document.model_dump_json() for document in documents]
    return _digest(parts, size=16)


def digest_of(row: Row) -> str:
    """A digest of everything that a list says of one article."""
    day = row.published_on.isoformat() if row.published_on else ""
    parts = [row.url, row.title, day, row.number or "", row.issuer or "", "cut" if row.cut else ""]
    return _digest(parts, size=8)


def _digest(parts: Iterable[str], *, size: int) -> str:
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(whole, digest_size=size).hexdigest()
