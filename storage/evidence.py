"""The evidence chain: hashes over what was fetched and which version it belongs to.

Each link holds the hash of one fact and of the link before it, so that a changed byte anywhere
breaks the chain from there on. Alerts carry the chain's head, so that a cut-off end shows too.
Readings are no part of it: they may be made again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.prepared import Prepared
from storage.records import Evidence, Part, Snapshot, Version
from storage.rows import columns, one
from storage.tables.facts import evidence

_LAST = Prepared(
    sa.select(*columns(Evidence, evidence)).order_by(evidence.c.sequence.desc()).limit(1)
)
_APPEND = Prepared(evidence.insert(), Evidence.__struct_fields__)

#: Where a connection remembers its transaction and the link that it appended last.
_LAST_OF = "planwatch.last_link"

#: What the first link holds as the hash of the one before it.
ORIGIN = "0" * 64


def append(conn: Connection, kind: str, subject: int, facts: bytes, now: dt.datetime) -> str:
    """Chain one fact; gives the new head. ``kind`` is snapshot, version, confirmed or witness."""
    last = _last(conn)
    sequence = 1 if last is None else last.sequence + 1
    previous = ORIGIN if last is None else last.hash
    facts_hash = hashlib.sha256(facts).hexdigest()
    now = now.astimezone(dt.UTC)
    link = link_hash(sequence, kind, subject, facts_hash, previous, now)
    row: dict[str, Any] = {
        "sequence": sequence,
        "kind": kind,
        "subject": subject,
        "facts_hash": facts_hash,
        "hash": link,
        "at": now,
    }
    _APPEND.run(conn, row)
    conn.info[_LAST_OF] = (conn.get_transaction(), Evidence(**row))
    return link


def head(conn: Connection) -> str | None:
    """The hash of the newest link, None where nothing was kept yet."""
    last = _last(conn)
    return None if last is None else last.hash


def link_hash(
    sequence: int, kind: str, subject: int, facts_hash: str, previous: str, at: dt.datetime
) -> str:
    """The hash of a link with these contents."""
    return hashlib.sha256(
        _canonical([sequence, kind, subject, facts_hash, previous, at.isoformat()])
    ).hexdigest()


def snapshot_facts(snapshot: Snapshot) -> bytes:
    """What the chain says of a snapshot: all but whether its bytes are still kept."""
    return _canonical(_without(snapshot, "blob_id"))


def version_facts(
    version: Version, parts: Sequence[tuple[Part, str]], *, confirmed: bool = False
) -> bytes:
    """What the chain says of a version and its parts, each with the sha256 of its snapshot.

    A variant that was ``confirmed`` since has a link of its own for that; this one says variant.
    """
    members = [[part.kind, part.snapshot_id, sha256] for part, sha256 in parts]
    facts = _without(version, "status") | {"parts": members}
    return _canonical(facts | {"status": "variant" if confirmed else version.status})


def confirmed_facts(version: Version) -> bytes:
    """What the chain says of a variant that was confirmed."""
    return _canonical(
        {"confirmed": version.id, "text_key": version.text_key, "status": version.status}
    )


def witness_facts(version_id: int, url: str, source_id: str | None, snapshot_id: int) -> bytes:
    """What the chain says of a witness: which URL served a version's text first in which snapshot.

    When it did so first and last is bookkeeping.
    """
    return _canonical(
        {"version": version_id, "url": url, "source": source_id, "snapshot": snapshot_id}
    )


def _without(record: msgspec.Struct, name: str) -> dict[str, object]:
    return {f: getattr(record, f) for f in record.__struct_fields__ if f != name}


def _canonical(value: object) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def _last(conn: Connection) -> Evidence | None:
    # Writers take turns: what this transaction has appended is the newest until it ends.
    of, last = conn.info.get(_LAST_OF, (None, None))
    if of is not None and of is conn.get_transaction():
        known: Evidence = last
        return known
    return one(conn, _LAST, Evidence)
