"""Snapshots: the bytes that one URL served at one moment, with the facts of the fetch."""

from __future__ import annotations

import datetime as dt

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import blobs, evidence
from storage.errors import BytesReleased, CorruptSnapshot, NotFound
from storage.prepared import Prepared
from storage.records import NewSnapshot, Snapshot
from storage.rows import columns, insert, many, one, values
from storage.storable import storable
from storage.tables.facts import snapshots

_ALL = sa.select(*columns(Snapshot, snapshots))
_OF_ID = Prepared(_ALL.where(snapshots.c.id == sa.bindparam("of_snapshot")))


def pack_body(conn: Connection, url: str, body: bytes) -> blobs.Packed:
    """Make what ``url`` served ready for :func:`store`, before the write; reads only."""
    return blobs.pack(conn, body, lineage=f"url:{storable(url)}")


def store(
    conn: Connection, new: NewSnapshot, body: bytes | blobs.Packed, *, now: dt.datetime
) -> int:
    """Keep the bytes and facts of one fetch, chained into the evidence; gives the number.

    ``now`` is when it is recorded; when it was fetched stands in the record.
    """
    new = msgspec.structs.replace(
        new,
        url=storable(new.url),
        final_url=storable(new.final_url or new.url),
        hops=tuple(storable(hop) for hop in new.hops),
        headers=tuple((storable(name), storable(value)) for name, value in new.headers),
        media_type=storable(new.media_type),
        fetched_at=new.fetched_at.astimezone(dt.UTC),
    )
    ready = body if isinstance(body, blobs.Packed) else pack_body(conn, new.url, body)
    blob_id, size = blobs.put(conn, ready), len(ready.data)
    row = values(new) | {"sha256": ready.sha256, "size": size, "blob_id": blob_id}
    number = insert(conn, snapshots, **row)
    stored = Snapshot(**row, id=number)
    evidence.append(conn, "snapshot", number, evidence.snapshot_facts(stored), now)
    return number


def get(conn: Connection, snapshot_id: int) -> Snapshot:
    """The facts of one snapshot. Raises NotFound."""
    found = one(conn, _OF_ID, Snapshot, {"of_snapshot": snapshot_id})
    if found is None:
        raise NotFound(f"no snapshot {snapshot_id}")
    return found


def body(conn: Connection, snapshot_id: int) -> bytes:
    """The bytes as served. Raises NotFound, BytesReleased, CorruptSnapshot."""
    found = get(conn, snapshot_id)
    if found.blob_id is None:
        raise BytesReleased(
            f"the bytes of snapshot {snapshot_id} ({found.url}) were not kept, as its text was "
            "unchanged; its hash and headers are, and the first and latest bytes of that text"
        )
    data = blobs.get(conn, found.blob_id)
    if blobs.digest(data) != found.sha256:
        raise CorruptSnapshot(f"snapshot {snapshot_id} points at other bytes than its own")
    return data


def of_url(conn: Connection, url: str, limit: int = 1000) -> tuple[Snapshot, ...]:
    """All snapshots of a URL, newest first."""
    query = _ALL.where(snapshots.c.url == url)
    return many(conn, query.order_by(snapshots.c.id.desc()).limit(limit), Snapshot)


def kept_of_url(conn: Connection, url: str) -> tuple[Snapshot, ...]:
    """The snapshots of a URL of which the bytes are kept, in the order in which they were recorded."""
    query = _ALL.where(snapshots.c.url == url, snapshots.c.blob_id.is_not(None))
    return many(conn, query.order_by(snapshots.c.id), Snapshot)


def release_body(conn: Connection, snapshot_id: int) -> bool:
    """Let go of bytes that need not be kept; facts and hash stay. False where they were gone."""
    found = get(conn, snapshot_id)
    if found.blob_id is None:
        return False
    conn.execute(snapshots.update().where(snapshots.c.id == snapshot_id).values(blob_id=None))
    blobs.release(conn, found.blob_id)
    return True
