"""The sources: taken over from the configuration, with the state of their rounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import leases
from storage.errors import NotFound
from storage.prepared import Prepared
from storage.records import Source, SourceSpec, SyncResult
from storage.rows import build, columns, values
from storage.tables.facts import source_documents, sources
from storage.tables.work import leases as lease_table

LEASE_PREFIX = "source:"

#: A row for each document that it names, or one without.
_ONE = Prepared(
    sa.select(*columns(Source, sources), source_documents.c.document_id)
    .outerjoin(source_documents, source_documents.c.source_id == sources.c.id)
    .where(sources.c.id == sa.bindparam("source"))
    .order_by(source_documents.c.document_id)
)


def sync(conn: Connection, specs: Sequence[SourceSpec], now: dt.datetime) -> SyncResult:
    """Make the sources those of ``specs``; the documents that they name must be there.

    A new or changed source is due at once; one that is left out is marked removed and keeps its
    history; state (first round, failures) outlives a change of settings.
    """
    known = {source.id: source for source in list_all(conn, removed=True)}
    added, changed = [], []
    for spec in specs:
        row = values(spec, "documents")
        old = known.pop(spec.id, None)
        if old is None:
            conn.execute(
                sources.insert().values(
                    **row,
                    added_at=now,
                    next_due_at=now,
                    last_outcome="",
                    last_detail="",
                    failure_streak=0,
                )
            )
            _set_documents(conn, spec)
            added.append(spec.id)
        elif old.removed_at is not None or _settings(spec) != _settings(old):
            conn.execute(
                sources.update()
                .where(sources.c.id == spec.id)
                .values(**row, removed_at=None, next_due_at=now)
            )
            _set_documents(conn, spec)
            changed.append(spec.id)
    removed = [source.id for source in known.values() if source.removed_at is None]
    conn.execute(
        sources.update().where(sources.c.id.in_(removed)).values(removed_at=now, next_due_at=None)
    )
    return SyncResult(added=tuple(added), changed=tuple(changed), removed=tuple(removed))


def get(conn: Connection, source_id: str) -> Source:
    """One source. Raises NotFound."""
    rows = _ONE.all(conn, {"source": source_id})
    if not rows:
        raise NotFound(f"no source {source_id!r}; `planwatch sources list` names them")
    named = tuple(row.document_id for row in rows if row.document_id is not None)
    return build(Source, rows[0], documents=named)


def list_all(conn: Connection, *, removed: bool = False) -> tuple[Source, ...]:
    """All sources by id; with ``removed`` also those that left the configuration."""
    query = _select().order_by(sources.c.id)
    if not removed:
        query = query.where(sources.c.removed_at.is_(None))
    return _load(conn, query)


def due(conn: Connection, now: dt.datetime, limit: int = 100) -> tuple[Source, ...]:
    """Sources whose time has come and that nobody is polling, the longest waiting first."""
    held = sa.exists().where(
        lease_table.c.name == sa.literal(LEASE_PREFIX) + sources.c.id, lease_table.c.until > now
    )
    query = (
        _select()
        .where(
            sources.c.enabled == sa.literal(True, sources.c.enabled.type),
            sources.c.removed_at.is_(None),
            sources.c.next_due_at <= now,
            ~held,
        )
        .order_by(sources.c.next_due_at, sources.c.id)
        .limit(limit)
    )
    return _load(conn, query)


def next_due(conn: Connection) -> dt.datetime | None:
    """When the next enabled source is due; None where none is."""
    query = sa.select(sa.func.min(sources.c.next_due_at)).where(
        sources.c.enabled == sa.literal(True, sources.c.enabled.type),
        sources.c.removed_at.is_(None),
    )
    return conn.execute(query).scalar()


def claim_due(
    conn: Connection, holder: str, *, now: dt.datetime, until: dt.datetime, limit: int = 100
) -> tuple[Source, ...]:
    """Lease up to ``limit`` due sources to ``holder`` and give them."""
    found = due(conn, now, limit)
    return tuple(s for s in found if claim(conn, s.id, holder, now=now, until=until))


def claim(
    conn: Connection, source_id: str, holder: str, *, now: dt.datetime, until: dt.datetime
) -> bool:
    """Lease one source, due or not; False where another holder is at it."""
    return leases.claim(conn, LEASE_PREFIX + source_id, holder, now=now, until=until)


def release(conn: Connection, source_id: str, holder: str) -> None:
    """Give a source back without a result."""
    leases.release(conn, LEASE_PREFIX + source_id, holder)


def record_result(
    conn: Connection,
    source_id: str,
    *,
    now: dt.datetime,
    outcome: str,
    ok: bool,
    next_due_at: dt.datetime | None,
    detail: str = "",
    holder: str | None = None,
    first_round_done: bool = False,
    moved: bool = False,
) -> None:
    """Keep how a round ended, and release the lease of ``holder``.

    ``ok`` ends a streak of failures, otherwise it grows; ``moved``: its list or text had news;
    ``first_round_done`` holds from the first time on.
    """
    _result(ok, moved, first_round_done).run(
        conn,
        {
            "source": source_id,
            "now": now,
            "outcome": outcome,
            "detail": detail,
            "due": next_due_at,
        },
    )
    if holder is not None:
        release(conn, source_id, holder)


@cache
def _result(ok: bool, moved: bool, first_round_done: bool) -> Prepared:
    """The statement of one kind of result, made once: it is part of every poll."""
    now = sa.bindparam("now", type_=sources.c.last_visit_at.type)
    change: dict[str, object] = {
        "last_visit_at": now,
        "last_outcome": sa.bindparam("outcome"),
        "last_detail": sa.bindparam("detail"),
        "next_due_at": sa.bindparam("due"),
    }
    if ok:
        change |= {
            "last_success_at": now,
            "failure_streak": 0,
            "failing_since": None,
            "failure_told_at": None,
        }
    else:
        change |= {
            "failure_streak": sources.c.failure_streak + 1,
            "failing_since": sa.func.coalesce(sources.c.failing_since, now),
        }
    if moved:
        change["moved_at"] = now
    if first_round_done:
        change["first_round_done_at"] = sa.func.coalesce(sources.c.first_round_done_at, now)
    return Prepared(sources.update().where(sources.c.id == sa.bindparam("source")).values(**change))


def failure_told(conn: Connection, source_id: str, now: dt.datetime) -> None:
    """Remember that people were told of the present streak, so that they are told once."""
    conn.execute(sources.update().where(sources.c.id == source_id).values(failure_told_at=now))


def set_due(conn: Connection, source_id: str, next_due_at: dt.datetime | None) -> None:
    """Move the next round of a source."""
    conn.execute(sources.update().where(sources.c.id == source_id).values(next_due_at=next_due_at))


def _settings(spec: SourceSpec) -> dict[str, object]:
    names = SourceSpec.__struct_fields__
    return {n: getattr(spec, n) for n in names} | {"documents": sorted(set(spec.documents))}


def _select() -> sa.Select[tuple[object, ...]]:
    return sa.select(*columns(Source, sources))


def _load(conn: Connection, query: sa.Select[tuple[object, ...]]) -> tuple[Source, ...]:
    rows = conn.execute(query).all()
    if not rows:
        return ()
    named: dict[str, list[str]] = {row.id: [] for row in rows}
    links = sa.select(source_documents).order_by(source_documents.c.document_id)
    if len(rows) < 500:
        links = links.where(source_documents.c.source_id.in_(list(named)))
    for link in conn.execute(links):
        if link.source_id in named:
            named[link.source_id].append(link.document_id)
    return tuple(build(Source, row, documents=tuple(named[row.id])) for row in rows)


def _set_documents(conn: Connection, spec: SourceSpec) -> None:
    conn.execute(source_documents.delete().where(source_documents.c.source_id == spec.id))
    for document_id in sorted(set(spec.documents)):
        conn.execute(source_documents.insert().values(source_id=spec.id, document_id=document_id))
