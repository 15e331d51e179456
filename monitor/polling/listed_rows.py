"""The rows of one look at a list: which become pages, which a person is asked about, which concern nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec
from sqlalchemy.engine import Connection

from alerts.events import Event
from monitor.config.sources import SourceConfig
from monitor.discovering.listing import Row
from monitor.discovering.score import Match, best_match
from monitor.polling.row_memory import RowMemory
from monitor.polling.settling import person_decided, settle
from monitor.runtime import Runtime
from storage import pages, reviews
from storage.errors import UrlTooLong
from storage.records import NewReview, Page


class KeptRows(msgspec.Struct, frozen=True, kw_only=True):
    """``renewed`` are pages that are listed otherwise than before; ``idle`` rows that need nothing
    more while they stay as they are listed.
    """

    renewed: frozenset[int] = frozenset()
    idle: tuple[Row, ...] = ()


def keep_rows(
    conn: Connection,
    runtime: Runtime,
    source: SourceConfig,
    rows: Iterable[Row],
    memory: RowMemory,
    *,
    first_round: bool,
) -> KeptRows:
    """Keep the rows that belong to a document, and ask about those that may, in the caller's transaction.

    An article that is listed under another title or day was published anew: it is looked at now,
    not when its time comes. One that is followed already stays so, whatever it is called now.
    """
    renewed: set[int] = set()
    idle: list[Row] = []
    documents = [runtime.config.document(id) for id in source.documents]
    for row in rows:
        if memory.knows(row):
            idle.append(row)
            continue
        match = best_match(row, documents, nature=source.nature)
        before = pages.get(conn, source.id, row.url)
        followed = before.document_id if before is not None and before.kind == "article" else None
        if match is not None and match.certainty == "sure":
            document = match.document
        elif followed in source.documents:
            document = followed
        else:
            if match is not None:
                _ask(conn, runtime, source, row, match, first_round=first_round)
            idle.append(row)
            continue
        try:
            page = pages.ensure(
                conn,
                source.id,
                row.url,
                now=runtime.now(),
                kind="article",
                document_id=document,
                title=row.title,
                published_on=row.published_on,
            )
        except UrlTooLong:
            if match is not None:
                _ask(conn, runtime, source, row, match, first_round=first_round)
            idle.append(row)
            continue
        note = f"listed as {row.title!r} now, which belongs to {document} without doubt"
        settle(conn, _subject(source, row), "accepted", note, runtime.now())
        if before is not None and _listed(before) != _listed(page):
            renewed.add(page.id)
    return KeptRows(renewed=frozenset(renewed), idle=tuple(idle))


def _listed(page: Page) -> tuple[str, dt.date | None]:
    return page.title, page.published_on


def _subject(source: SourceConfig, row: Row) -> str:
    return f"row:{source.id}:{row.url[:1800]}"


def _ask(
    conn: Connection,
    runtime: Runtime,
    source: SourceConfig,
    row: Row,
    match: Match,
    *,
    first_round: bool,
) -> None:
    """A row that may belong to a document goes to a person, once."""
    now = runtime.now()
    subject = _subject(source, row)
    if person_decided(conn, subject) is not None:
        return
    review, new = reviews.hold(
        conn,
        NewReview(
            subject=subject,
            reason="identity_unsure",
            url=row.url,
            document_id=match.document,
            source_id=source.id,
            title=row.title,
            detail={"score": match.score, "message": "; ".join(match.reasons)},
        ),
        now=now,
    )
    if new and not first_round:
        runtime.tell(
            conn,
            Event(
                kind="review_waiting",
                at=now,
                document=match.document,
                url=row.url,
                source=source.id,
                reason=f"{row.title}: it may belong to {match.document}",
                occasion=f"review {review.id}",
            ),
        )
        reviews.told(conn, review.id, now)
