"""Search over the wordings of all versions: any two characters of Chinese, any beginning of a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import Connection

from storage.bigrams import holds, query_words
from storage.records import TaskHit
from storage.tables.facts import versions
from storage.tables.readings import assignments, plans, task_contents, task_instruments, tasks

#: Wordings that are looked at for one page: two-character pieces may stand apart in a text.
_ROUNDS = 8


class TaskPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of hits, newest wording first; ``before`` asks for the next page, None: no more."""

    hits: tuple[TaskHit, ...]
    before: int | None


def find_tasks(
    conn: Connection,
    wanted: Sequence[str] = (),
    *,
    document_id: str | None = None,
    actors: Sequence[str] = (),
    instruments: Sequence[str] = (),
    limit: int = 50,
    before: int | None = None,
) -> TaskPage:
    """Wordings that hold (all words of) any one of ``wanted``, are given to any of ``actors``, name any of
    ``instruments``; what is left empty does not narrow.

    The caller gives a name in both languages and all its forms through ``wanted``. ``actors`` and
    ``instruments`` are keys as in plans.model: a registry id, else the name.
    """
    hits: list[TaskHit] = []
    for _ in range(_ROUNDS):
        found = _candidates(conn, wanted, document_id, actors, instruments, limit, before)
        texts = {row.id: row.text for row in found if _wanted(row.text, wanted)}
        hits += _hits(conn, texts, document_id)
        if len(found) < limit:
            return TaskPage(hits=tuple(hits[:limit]), before=_more(hits, limit, None))
        before = found[-1].id
        if len(hits) >= limit:
            break
    return TaskPage(hits=tuple(hits[:limit]), before=_more(hits, limit, before))


def _wanted(text: str, wanted: Sequence[str]) -> bool:
    """The index knows pairs of characters; whether they stand together only the text tells."""
    return not wanted or any(holds(text, words) for words in wanted)


def _more(hits: list[TaskHit], limit: int, before: int | None) -> int | None:
    return hits[limit - 1].content_id if len(hits) > limit else before


def _candidates(
    conn: Connection,
    wanted: Sequence[str],
    document_id: str | None,
    actors: Sequence[str],
    instruments: Sequence[str],
    limit: int,
    before: int | None,
) -> Sequence[sa.Row[Any, Any]]:
    content = task_contents.c.id
    query: sa.Select[Any] = sa.select(task_contents.c.id, task_contents.c.text)
    narrowed = False
    if document_id is not None:
        of_document = (
            sa.select(tasks.c.content_id)
            .join(plans, plans.c.id == tasks.c.plan_id)
            .join(versions, versions.c.id == plans.c.version_id)
            .where(versions.c.document_id == document_id)
        )
        query, narrowed = query.where(content.in_(of_document)), True
    else:
        used = sa.select(sa.literal(1)).where(tasks.c.content_id == content)
        query = query.where(used.exists())
    if actors:
        given = sa.select(assignments.c.list_id).where(assignments.c.actor.in_(actors))
        query, narrowed = query.where(task_contents.c.list_id.in_(given)), True
    if instruments:
        named = sa.select(task_instruments.c.content_id).where(
            task_instruments.c.instrument.in_(instruments)
        )
        query, narrowed = query.where(content.in_(named)), True
    if wanted:
        expression = _expression(conn, wanted)
        if expression is None:
            return ()
        if conn.dialect.name == "sqlite" and not narrowed:
            return _streamed(conn, query, expression, limit, before)
        query = query.where(content.in_(_matching(conn, expression)))
    if before is not None:
        query = query.where(content < before)
    # Counted as an expression, the order does not tempt PostgreSQL to walk all wordings backwards
    # until it has met enough of a document that may be an old one.
    walked = document_id is None or conn.dialect.name == "sqlite"
    order = content if walked else content + 0
    return conn.execute(query.order_by(order.desc()).limit(limit)).all()


_words = sa.table("task_words", sa.column("rowid"), sa.column("content_id"), sa.column("words"))


def _matching(conn: Connection, expression: str) -> sa.Select[Any]:
    """The numbers of all wordings that the index has for an expression."""
    if conn.dialect.name == "sqlite":
        return sa.select(_words.c.rowid).where(_matches(expression))
    matches = _words.c.words.bool_op("@@")(sa.cast(sa.literal(expression), TSQUERY))
    return sa.select(_words.c.content_id).where(matches)


def _streamed(
    conn: Connection, query: sa.Select[Any], expression: str, limit: int, before: int | None
) -> Sequence[sa.Row[Any, Any]]:
    """A page read off the index's end: FTS5 gives its rows in order, so that a word which half of
    all wordings have costs no more than a rare one.
    """
    query = query.join(_words, _words.c.rowid == task_contents.c.id).where(_matches(expression))
    if before is not None:
        query = query.where(_words.c.rowid < before)
    return conn.execute(query.order_by(_words.c.rowid.desc()).limit(limit)).all()


def _matches(expression: str) -> sa.ColumnElement[bool]:
    return sa.literal_column("task_words").op("MATCH", is_comparison=True)(expression)


def _expression(conn: Connection, wanted: Sequence[str]) -> str | None:
    """The index's way of asking for any of ``wanted``; None where nothing in them can be searched."""
    groups = [group for group in map(query_words, wanted) if group]
    if not groups:
        return None
    if conn.dialect.name == "sqlite":
        return " OR ".join(
            "(" + " AND ".join(f'"{w}"' + "*" * begins for w, begins in group) + ")"
            for group in groups
        )
    return " | ".join(
        "(" + " & ".join(f"'{w}'" + ":*" * begins for w, begins in group) + ")" for group in groups
    )


def _hits(conn: Connection, texts: dict[int, str], document_id: str | None) -> list[TaskHit]:
    if not texts:
        return []
    newest = sa.select(
        tasks.c.content_id,
        sa.func.max(tasks.c.plan_id).label("plan_id"),
        sa.func.count().label("versions"),
    ).where(tasks.c.content_id.in_(list(texts)))
    if document_id is not None:
        newest = (
            newest.join(plans, plans.c.id == tasks.c.plan_id)
            .join(versions, versions.c.id == plans.c.version_id)
            .where(versions.c.document_id == document_id)
        )
    found = newest.group_by(tasks.c.content_id).subquery()
    query = (
        sa.select(
            found.c.content_id,
            found.c.versions,
            tasks.c.task_id,
            tasks.c.number,
            tasks.c.section,
            versions.c.id.label("version_id"),
            versions.c.document_id,
            versions.c.number.label("version_number"),
            versions.c.edition,
        )
        .join(
            tasks,
            sa.and_(tasks.c.content_id == found.c.content_id, tasks.c.plan_id == found.c.plan_id),
        )
        .join(plans, plans.c.id == found.c.plan_id)
        .join(versions, versions.c.id == plans.c.version_id)
        .order_by(found.c.content_id.desc(), tasks.c.ordinal)
    )
    hits: dict[int, TaskHit] = {}
    for row in conn.execute(query):
        if row.content_id not in hits:
            values = dict(row._mapping) | {"edition": row.edition or None}
            hits[row.content_id] = TaskHit(**values, text=texts[row.content_id])
    return list(hits.values())
