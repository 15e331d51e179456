"""The documents that are followed, taken over from the configuration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from difflib import get_close_matches

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.errors import NotFound
from storage.prepared import Prepared
from storage.records import Document, DocumentSpec, SyncResult
from storage.rows import columns, many, one, values
from storage.tables.facts import documents

_ALL = sa.select(*columns(Document, documents))
_OF_ID = Prepared(_ALL.where(documents.c.id == sa.bindparam("of_document")))


def sync(conn: Connection, specs: Sequence[DocumentSpec], now: dt.datetime) -> SyncResult:
    """Make the documents those of ``specs``. One that is left out is marked removed, never erased."""
    known = {document.id: document for document in list_all(conn, removed=True)}
    added, changed = [], []
    for spec in specs:
        old = known.pop(spec.id, None)
        if old is None:
            conn.execute(documents.insert().values(**values(spec), added_at=now))
            added.append(spec.id)
        elif old.removed_at is not None or values(spec).items() - values(old).items():
            conn.execute(
                documents.update()
                .where(documents.c.id == spec.id)
                .values(**values(spec), removed_at=None)
            )
            changed.append(spec.id)
    removed = [document.id for document in known.values() if document.removed_at is None]
    conn.execute(documents.update().where(documents.c.id.in_(removed)).values(removed_at=now))
    return SyncResult(added=tuple(added), changed=tuple(changed), removed=tuple(removed))


def ensure(conn: Connection, spec: DocumentSpec, now: dt.datetime) -> Document:
    """The document of this id, added where it is not known (an import may come before any source)."""
    if one(conn, _OF_ID, Document, {"of_document": spec.id}) is None:
        conn.execute(documents.insert().values(**values(spec), added_at=now))
    return get(conn, spec.id)


def get(conn: Connection, document_id: str) -> Document:
    """One document. Raises NotFound."""
    found = one(conn, _OF_ID, Document, {"of_document": document_id})
    if found is None:
        like = _alike(conn, document_id)
        told = f"did you mean {like}? " if like else ""
        raise NotFound(f"no document {document_id!r}; {told}`planwatch documents` lists them")
    return found


def list_all(conn: Connection, *, removed: bool = False) -> tuple[Document, ...]:
    """All documents by id; with ``removed`` also those that are no longer followed."""
    query = _ALL.order_by(documents.c.id)
    if not removed:
        query = query.where(documents.c.removed_at.is_(None))
    return many(conn, query, Document)


def _alike(conn: Connection, document_id: str) -> str | None:
    """The known id that is most like this one, if any is."""
    known = conn.execute(sa.select(documents.c.id)).scalars().all()
    return next(iter(get_close_matches(document_id[:200], known, n=1)), None)
