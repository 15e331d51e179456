"""Visits: each look at a page, equal ones in a row as one row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.prepared import Prepared
from storage.records import NewVisit, Visit
from storage.rows import columns, insert, many
from storage.tables.facts import pages, visits

# Made once: with nothing changed these are most of what a poll costs.
_LAST = Prepared(
    sa.select(visits)
    .join(pages, pages.c.last_visit_id == visits.c.id)
    .where(pages.c.id == sa.bindparam("of_page"))
)
_ONCE_MORE = Prepared(
    visits.update()
    .where(visits.c.id == sa.bindparam("of_visit"))
    .values(
        last_at=sa.bindparam("at"),
        count=visits.c.count + 1,
        milliseconds=sa.bindparam("took"),
    )
)
_NEWS = Prepared(
    pages.update()
    .where(pages.c.id == sa.bindparam("of_page"))
    .values(last_visit_at=sa.bindparam("at"), last_visit_id=sa.bindparam("of_visit"))
)
_VISITED = Prepared(
    pages.update()
    .where(pages.c.id == sa.bindparam("of_page"))
    .values(last_visit_at=sa.bindparam("at"))
)


def record(conn: Connection, visit: NewVisit) -> int:
    """Keep one look, as one more of the last row or as a new row; gives the row's number."""
    last = _LAST.first(conn, {"of_page": visit.page_id})
    if last is not None and _same(last, visit):
        number = int(last.id)
        _ONCE_MORE.run(conn, {"of_visit": number, "at": visit.at, "took": visit.milliseconds})
        _VISITED.run(conn, {"of_page": visit.page_id, "at": visit.at})
        return number
    number = insert(
        conn,
        visits,
        page_id=visit.page_id,
        outcome=visit.outcome,
        detail=visit.detail,
        status=visit.status,
        sha256=visit.sha256,
        first_at=visit.at,
        last_at=visit.at,
        count=1,
        milliseconds=visit.milliseconds,
    )
    _NEWS.run(conn, {"of_page": visit.page_id, "at": visit.at, "of_visit": number})
    return number


def of_page(conn: Connection, page_id: int, limit: int = 100) -> tuple[Visit, ...]:
    """The visits of a page, newest first."""
    query = sa.select(*columns(Visit, visits)).where(visits.c.page_id == page_id)
    return many(conn, query.order_by(visits.c.id.desc()).limit(limit), Visit)


def of_source(
    conn: Connection,
    source_id: str,
    *,
    since: dt.datetime | None = None,
    limit: int = 100,
    before: tuple[dt.datetime, int] | None = None,
) -> tuple[Visit, ...]:
    """The visits of a source's pages, newest first.

    ``before`` goes on after the last one of a page: its last moment and its number.
    """
    query = (
        sa.select(*columns(Visit, visits))
        .join(pages, pages.c.id == visits.c.page_id)
        .where(pages.c.source_id == source_id)
    )
    if since is not None:
        query = query.where(visits.c.last_at >= since)
    if before is not None:
        at, number = before
        rest = sa.or_(visits.c.last_at < at, visits.c.id < number)
        query = query.where(visits.c.last_at <= at, rest)
    return many(
        conn, query.order_by(visits.c.last_at.desc(), visits.c.id.desc()).limit(limit), Visit
    )


def _same(last: Any, visit: NewVisit) -> bool:
    return (last.outcome, last.detail, last.status, last.sha256) == (
        visit.outcome,
        visit.detail,
        visit.status,
        visit.sha256,
    )
