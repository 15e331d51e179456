"""Reviews: what was fetched and not believed, until a person decides."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.errors import NotFound
from storage.prepared import Prepared
from storage.records import NewReview, Review
from storage.rows import columns, insert, many, one, values
from storage.tables.work import reviews

# Made once: it is part of every look that brings a text.
_WAITING = Prepared(
    sa.select(*columns(Review, reviews))
    .where(
        reviews.c.decided_at.is_(None),
        reviews.c.source_id == sa.bindparam("of_source"),
        reviews.c.url == sa.bindparam("at_url"),
    )
    .order_by(reviews.c.id)
)


def hold(conn: Connection, new: NewReview, *, now: dt.datetime) -> tuple[Review, bool]:
    """Open a review; the open one of the same subject, and False, where there is one."""
    known = opened(conn, new.subject)
    if known is not None:
        return known, False
    number = insert(conn, reviews, **values(new), opened_at=now, note="")
    return get(conn, number), True


def opened(conn: Connection, subject: str) -> Review | None:
    """The open review of a subject, None where nothing waits."""
    query = _select().where(reviews.c.subject == subject, reviews.c.decision.is_(None))
    return one(conn, query.order_by(reviews.c.id.desc()).limit(1), Review)


def waiting_at(conn: Connection, source_id: str, url: str) -> tuple[Review, ...]:
    """The open reviews of what one page of a source served, the oldest first."""
    return many(conn, _WAITING, Review, {"of_source": source_id, "at_url": url})


def decided(conn: Connection, subject: str) -> Review | None:
    """The newest decided review of a subject: what a person said once is not asked again."""
    query = _select().where(reviews.c.subject == subject, reviews.c.decision.is_not(None))
    return one(conn, query.order_by(reviews.c.id.desc()).limit(1), Review)


def get(conn: Connection, review_id: int) -> Review:
    """One review. Raises NotFound."""
    found = one(conn, _select().where(reviews.c.id == review_id), Review)
    if found is None:
        raise NotFound(f"no review {review_id}; `planwatch review list` names them")
    return found


def list_all(
    conn: Connection,
    *,
    open_only: bool = True,
    document_id: str | None = None,
    limit: int = 200,
    before_id: int | None = None,
) -> tuple[Review, ...]:
    """Reviews, newest first; ``before_id`` goes on after the last one of a page."""
    query = _select().order_by(reviews.c.id.desc()).limit(limit)
    if open_only:
        query = query.where(reviews.c.decision.is_(None))
    if document_id is not None:
        query = query.where(reviews.c.document_id == document_id)
    if before_id is not None:
        query = query.where(reviews.c.id < before_id)
    return many(conn, query, Review)


def decide(
    conn: Connection,
    review_id: int,
    decision: Literal["accepted", "rejected"],
    *,
    by: str,
    now: dt.datetime,
    note: str = "",
) -> Review:
    """Keep a person's decision; the first one holds. Gives the review as it is now."""
    get(conn, review_id)
    conn.execute(
        reviews.update()
        .where(reviews.c.id == review_id, reviews.c.decision.is_(None))
        .values(decision=decision, decided_at=now, decided_by=by, note=note)
    )
    return get(conn, review_id)


def told(conn: Connection, review_id: int, now: dt.datetime) -> None:
    """Remember when people were last told of it."""
    conn.execute(reviews.update().where(reviews.c.id == review_id).values(told_at=now))


def _select() -> sa.Select[tuple[object, ...]]:
    return sa.select(*columns(Review, reviews))
