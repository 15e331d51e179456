"""Looks at which nothing is new, many at a time: one query before them, one transaction after.

With thousands of sources nearly every look is one of these, and a transaction each would cost more
than the requests. Only pages that already stand as "not modified" are taken: what is written then
is one more of the same, never a change of state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.records import Record
from storage.sources import LEASE_PREFIX
from storage.tables.facts import pages, sources, visits
from storage.tables.work import leases

UNCHANGED = "not_modified"
_AT_ONCE = 200


class QuietPage(Record, frozen=True, kw_only=True):
    """The one page of a source that is well, and whose last look found nothing new."""

    source_id: str
    page_id: int
    visit_id: int
    url: str
    etag: str | None
    last_modified: str | None
    full_fetch_at: dt.datetime


class QuietLook(Record, frozen=True, kw_only=True):
    """One more look at such a page that found nothing new."""

    page: QuietPage
    at: dt.datetime
    milliseconds: int
    next_due_at: dt.datetime


_QUIET = (
    sa.select(
        pages.c.source_id,
        pages.c.id.label("page_id"),
        visits.c.id.label("visit_id"),
        pages.c.url,
        pages.c.etag,
        pages.c.last_modified,
        pages.c.full_fetch_at,
    )
    .join(sources, sa.and_(sources.c.id == pages.c.source_id, sources.c.url == pages.c.url))
    .join(visits, visits.c.id == pages.c.last_visit_id)
    .where(
        sources.c.id.in_(sa.bindparam("ids", expanding=True)),
        sources.c.last_outcome == UNCHANGED,
        sources.c.failing_since.is_(None),
        sources.c.failure_told_at.is_(None),
        sources.c.first_round_done_at.is_not(None),
        visits.c.outcome == UNCHANGED,
        visits.c.detail == "",
        visits.c.status == 304,
        pages.c.kind == "article",
        pages.c.version_id.is_not(None),
        pages.c.full_fetch_at.is_not(None),
        pages.c.gone_since.is_(None),
        pages.c.withdrawn_told_at.is_(None),
        sa.or_(pages.c.etag.is_not(None), pages.c.last_modified.is_not(None)),
    )
)
_ONE_MORE = (
    visits.update()
    .where(visits.c.id == sa.bindparam("visit"))
    .values(
        last_at=sa.bindparam("at"),
        count=visits.c.count + 1,
        milliseconds=sa.bindparam("took"),
    )
)
_SEEN = (
    pages.update()
    .where(pages.c.id == sa.bindparam("page"))
    .values(last_visit_at=sa.bindparam("at"))
)
_DUE = (
    sources.update()
    .where(sources.c.id == sa.bindparam("source"))
    .values(
        last_visit_at=sa.bindparam("at"),
        last_success_at=sa.bindparam("at"),
        next_due_at=sa.bindparam("due"),
    )
)
_GIVE_BACK = leases.delete().where(
    leases.c.name == sa.bindparam("lease"), leases.c.holder == sa.bindparam("held_by")
)


def find(conn: Connection, source_ids: Sequence[str]) -> dict[str, QuietPage]:
    """Those of ``source_ids`` that may be looked at quietly, with what to ask with, by id."""
    found: dict[str, QuietPage] = {}
    for start in range(0, len(source_ids), _AT_ONCE):
        some = list(source_ids[start : start + _AT_ONCE])
        for row in conn.execute(_QUIET, {"ids": some}):
            page = QuietPage(**row._mapping)
            found[page.source_id] = page
    return found


def record(conn: Connection, looks: Sequence[QuietLook], holder: str) -> None:
    """Keep the looks, make the sources due, and give ``holder``'s leases on them back."""
    if not looks:
        return
    conn.execute(
        _ONE_MORE,
        [{"visit": one.page.visit_id, "at": one.at, "took": one.milliseconds} for one in looks],
    )
    conn.execute(_SEEN, [{"page": one.page.page_id, "at": one.at} for one in looks])
    conn.execute(
        _DUE,
        [{"source": one.page.source_id, "at": one.at, "due": one.next_due_at} for one in looks],
    )
    conn.execute(
        _GIVE_BACK,
        [{"lease": LEASE_PREFIX + one.page.source_id, "held_by": holder} for one in looks],
    )


def claim(
    conn: Connection,
    source_ids: Sequence[str],
    holder: str,
    *,
    now: dt.datetime,
    until: dt.datetime,
) -> tuple[str, ...]:
    """Lease many sources at once; gives those that nobody else has, in the order asked."""
    names = {LEASE_PREFIX + id: id for id in source_ids}
    held: set[str] = set()
    stale: list[str] = []
    query = sa.select(leases.c.name, leases.c.holder, leases.c.until)
    for start in range(0, len(names), _AT_ONCE):
        some = list(names)[start : start + _AT_ONCE]
        for row in conn.execute(query.where(leases.c.name.in_(some))):
            if row.holder == holder or row.until <= now:
                stale.append(row.name)
            else:
                held.add(row.name)
    free = [name for name in names if name not in held]
    if stale:
        conn.execute(
            leases.delete().where(leases.c.name == sa.bindparam("lease")),
            [{"lease": name} for name in stale],
        )
    if free:
        conn.execute(
            leases.insert(), [{"name": name, "holder": holder, "until": until} for name in free]
        )
    return tuple(names[name] for name in free)
