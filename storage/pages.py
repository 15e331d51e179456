"""Pages: the URLs of a source, with what was last accepted from each.

Validators are kept only from what was accepted, in the transaction that keeps what they stand for.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.errors import NotFound, UrlTooLong
from storage.prepared import Prepared
from storage.records import Accepted, Page
from storage.rows import columns, insert, many, one, values
from storage.tables.facts import pages

#: Longer ones cannot be indexed by PostgreSQL and are nobody's article.
URL_LIMIT = 2000

# Made once: they are part of every poll.
_ALL = sa.select(*columns(Page, pages))
_OF_ID = Prepared(_ALL.where(pages.c.id == sa.bindparam("of_page")))
_OF_URL = Prepared(
    _ALL.where(
        pages.c.source_id == sa.bindparam("of_source"), pages.c.url == sa.bindparam("at_url")
    )
)


def ensure(
    conn: Connection,
    source_id: str,
    url: str,
    *,
    now: dt.datetime,
    kind: str = "article",
    document_id: str | None = None,
    title: str = "",
    published_on: dt.date | None = None,
) -> Page:
    """The page of this URL at this source, added where it is new.

    ``kind`` is article, list, attachment … Title, date and document that are given are kept as the
    newest word on the page. Raises UrlTooLong.
    """
    if len(url) > URL_LIMIT:
        raise UrlTooLong(f"source {source_id}: a URL of {len(url)} characters; {URL_LIMIT} at most")
    found = get(conn, source_id, url)
    if found is None:
        number = insert(
            conn,
            pages,
            source_id=source_id,
            url=url,
            kind=kind,
            document_id=document_id,
            title=title,
            published_on=published_on,
            first_seen_at=now,
            gone_visits=0,
        )
        return by_id(conn, number)
    news: dict[str, object] = {}
    if title and title != found.title:
        news["title"] = title
    if published_on is not None and published_on != found.published_on:
        news["published_on"] = published_on
    if document_id is not None and document_id != found.document_id:
        news["document_id"] = document_id
    if not news:
        return found
    conn.execute(pages.update().where(pages.c.id == found.id).values(**news))
    return by_id(conn, found.id)


def get(conn: Connection, source_id: str, url: str) -> Page | None:
    """The page of this URL at this source, None where it was never seen."""
    return one(conn, _OF_URL, Page, {"of_source": source_id, "at_url": url})


def by_id(conn: Connection, page_id: int) -> Page:
    """One page. Raises NotFound."""
    found = one(conn, _OF_ID, Page, {"of_page": page_id})
    if found is None:
        raise NotFound(f"no page {page_id}")
    return found


def list_all(
    conn: Connection,
    *,
    source_id: str | None = None,
    document_id: str | None = None,
    kind: str | None = None,
    limit: int = 10_000,
) -> tuple[Page, ...]:
    """Pages, the longest unvisited first (never visited ones before all others)."""
    asked = {"source_id": source_id, "document_id": document_id, "kind": kind}
    given = {name: value for name, value in asked.items() if value is not None}
    return many(conn, _listing(tuple(given)), Page, given | {"at_most": limit})


@cache
def _listing(names: tuple[str, ...]) -> sa.Select[tuple[object, ...]]:
    """The query narrowed by these columns, made once."""
    query = sa.select(*columns(Page, pages))
    for name in names:
        query = query.where(pages.c[name] == sa.bindparam(name))
    oldest = sa.func.coalesce(pages.c.last_visit_at, pages.c.first_seen_at)
    query = query.order_by(pages.c.last_visit_at.is_not(None), oldest, pages.c.id)
    return query.limit(sa.bindparam("at_most", type_=sa.Integer))


def accept(conn: Connection, page_id: int, accepted: Accepted, now: dt.datetime) -> None:
    """Keep what this URL served and the program believed; it is there, so it is not gone."""
    row = values(accepted, "full") | {
        "accepted_at": now,
        "gone_since": None,
        "gone_visits": 0,
        "withdrawn_told_at": None,
    }
    if accepted.full:
        row["full_fetch_at"] = now
    _accepting(tuple(row)).run(conn, row | {"of_page": page_id})


@cache
def _accepting(names: tuple[str, ...]) -> Prepared:
    """The statement that sets these columns of one page, made once."""
    return Prepared(
        pages.update()
        .where(pages.c.id == sa.bindparam("of_page"))
        .values({name: sa.bindparam(name, type_=pages.c[name].type) for name in names})
    )


def back(conn: Connection, page_id: int) -> None:
    """The page is there again, unchanged."""
    conn.execute(
        pages.update()
        .where(pages.c.id == page_id)
        .values(gone_since=None, gone_visits=0, withdrawn_told_at=None)
    )


def gone(conn: Connection, page_id: int, now: dt.datetime) -> Page:
    """Count one more visit in a row on which the page was not there; gives the page as it is now."""
    since = sa.func.coalesce(pages.c.gone_since, sa.literal(now, pages.c.gone_since.type))
    conn.execute(
        pages.update()
        .where(pages.c.id == page_id)
        .values(gone_since=since, gone_visits=pages.c.gone_visits + 1)
    )
    return by_id(conn, page_id)


def withdrawn_told(conn: Connection, page_id: int, now: dt.datetime) -> None:
    """Remember that people were told that the page is gone, so that they are told once."""
    conn.execute(pages.update().where(pages.c.id == page_id).values(withdrawn_told_at=now))
