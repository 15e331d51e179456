"""Bytes kept for good: each content once, compressed, near-identical ones as differences.

A lineage is a row of contents that resemble each other: the bodies of one URL, the plans of one
document. Its first content is a keyframe; the next twenty are kept as their difference from it, one
hop to read, until one differs so much that it becomes the next keyframe.
"""

from __future__ import annotations

import hashlib
import zlib
from itertools import pairwise
from typing import Any

import msgspec
import sqlalchemy as sa
import zstandard
from sqlalchemy.engine import Connection

from storage import packing
from storage.errors import CorruptSnapshot, NotFound
from storage.prepared import Prepared
from storage.rows import insert
from storage.tables.facts import blobs, keyframes

#: Differences from one keyframe before there is a new one: bounds what one lost row can take along.
DELTAS_PER_KEYFRAME = 20
#: A difference of more than this share of the content is better kept as a keyframe.
WORTHWHILE = 0.25
#: A keyframe of a derived lineage may lean on its source, a delta on that keyframe: never deeper.
MAX_HOPS = 4
#: A source is worth leaning on where it takes this share off; before that is tried, what the content
#: takes by itself is not known, so it is compared with this share of the content.
_LEANING = 0.2


def _number_of(sha256: str) -> sa.ScalarSelect[int]:
    return sa.select(blobs.c.id).where(blobs.c.sha256 == sa.bindparam(sha256)).scalar_subquery()


#: All that is asked before bytes are made ready or kept, in one question: their own number where they
#: are known, that of the bytes that they lean on, and the keyframe of their lineage.
_SITUATION = Prepared(
    sa.select(
        _number_of("of_sha256").label("known"),
        _number_of("base_sha256").label("base"),
        keyframes.c.blob_id.label("frame"),
        sa.func.coalesce(keyframes.c.deltas, 0).label("deltas"),
    ).select_from(
        sa.select(sa.literal(1).label("one"))
        .subquery("always")
        .outerjoin(keyframes, keyframes.c.lineage == sa.bindparam("of_lineage"))
    )
)
_KNOWN = Prepared(sa.select(blobs.c.id).where(blobs.c.sha256 == sa.bindparam("of_sha256")))
_OF_ID = Prepared(sa.select(blobs).where(blobs.c.id == sa.bindparam("of_blob")))


def _bases() -> Prepared:
    """What a blob leans on, what that leans on, and so on: each may lean, or not."""
    rows = [blobs.alias(f"hop{hop}") for hop in range(MAX_HOPS)]
    joined: sa.FromClause = rows[0]
    for nearer, farther in pairwise(rows):
        joined = joined.outerjoin(farther, farther.c.id == nearer.c.base_id)
    query = sa.select(*(row.c.base_id.label(f"base{n}") for n, row in enumerate(rows)))
    return Prepared(query.select_from(joined).where(rows[0].c.id == sa.bindparam("of_blob")))


_BASES = _bases()
_NEW_FRAME = Prepared(keyframes.insert(), ("lineage", "blob_id", "deltas"))
_SET_FRAME = Prepared(
    keyframes.update()
    .where(keyframes.c.lineage == sa.bindparam("of_lineage"))
    .values(blob_id=sa.bindparam("frame"), deltas=sa.bindparam("count"))
)


def digest(data: bytes) -> str:
    """Hexadecimal sha256."""
    return hashlib.sha256(data).hexdigest()


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes made ready to be kept: compressing takes longer than all else that a write does.

    ``base`` is what they lean on, stored already or to be stored before them; ``frame`` and
    ``deltas`` are the newest keyframe of the lineage, as it was when they were made ready.
    ``packed`` is empty where the same bytes were kept already.
    """

    data: bytes
    sha256: str
    packed: bytes
    lineage: str
    like: int | Packed | None
    common: bool
    base: int | Packed | None
    frame: int | None
    deltas: int


def put(
    conn: Connection,
    data: bytes | Packed,
    *,
    lineage: str = "",
    like: int | None = None,
    common: bool = False,
) -> int:
    """Keep ``data`` and give its number; the same bytes are kept once.

    ``like`` is a blob that the first content of a lineage resembles (an extract its page);
    ``common`` says that it is of the kind that :mod:`storage.dictionary` was made for, and leans
    on nothing else. What was made ready by :func:`pack` says so itself.
    """
    if not isinstance(data, Packed):
        data = pack(conn, data, lineage=lineage, like=like, common=common)
    now = _situation(conn, data.sha256, data.lineage, data.base)
    if now.known is not None:
        return int(now.known)
    if data.common:
        return _insert(conn, data, base_id=None)
    base_id = now.base if isinstance(data.base, Packed) else data.base
    if not _still_so(conn, data, now, base_id):
        stored = _number(conn, data.like) if isinstance(data.like, Packed) else data.like
        data = pack(conn, data.data, lineage=data.lineage, like=stored)
        assert not isinstance(data.base, Packed), "it was packed against what is stored"
        base_id = data.base
    number = _insert(conn, data, base_id=base_id)
    if now.frame is None:
        if data.lineage:
            _NEW_FRAME.run(conn, {"lineage": data.lineage, "blob_id": number, "deltas": 0})
    elif base_id == now.frame:
        _set_frame(conn, data.lineage, now.frame, now.deltas + 1)
    else:
        _set_frame(conn, data.lineage, number, 0)
    return number


def pack(
    conn: Connection,
    data: bytes,
    *,
    lineage: str = "",
    like: int | Packed | None = None,
    common: bool = False,
) -> Packed:
    """Make ``data`` ready for :func:`put`, as the archive is now; reads only.

    ``like`` may be bytes that are made ready themselves and will be kept before these. Where the
    archive has moved until they are kept, they are made ready anew.
    """
    sha256 = digest(data)
    ready = Packed(
        data=data,
        sha256=sha256,
        packed=b"",
        lineage=lineage,
        like=like,
        common=common,
        base=None,
        frame=None,
        deltas=0,
    )
    now = _situation(conn, sha256, lineage, None)
    if now.known is not None:
        return ready
    if common:
        return msgspec.structs.replace(ready, packed=packing.packed_as_common(data))
    if now.frame is not None:
        ready = msgspec.structs.replace(ready, frame=now.frame, deltas=now.deltas)
        if now.deltas < DELTAS_PER_KEYFRAME:
            packed = packing.packed(data, get(conn, now.frame))
            if len(packed) <= len(data) * WORTHWHILE:
                return msgspec.structs.replace(ready, packed=packed, base=now.frame)
    packed, leaning = _keyframe(conn, data, like)
    return msgspec.structs.replace(ready, packed=packed, base=leaning)


def _number(conn: Connection, ready: Packed) -> int | None:
    known = _KNOWN.scalar(conn, {"of_sha256": ready.sha256})
    return None if known is None else int(known)


def _situation(conn: Connection, sha256: str, lineage: str, base: int | Packed | None) -> Any:
    asked = {
        "of_sha256": sha256,
        "base_sha256": base.sha256 if isinstance(base, Packed) else None,
        "of_lineage": lineage,
    }
    return _SITUATION.first(conn, asked)


def _still_so(conn: Connection, ready: Packed, now: Any, base_id: int | None) -> bool:
    """Whether the archive is as it was when these bytes were made ready, and they may be kept so."""
    if not ready.packed or (now.frame, now.deltas) != (ready.frame, ready.deltas):
        return False
    if ready.base is None:
        return True
    return base_id is not None and (base_id == ready.frame or _hops(conn, base_id) < MAX_HOPS - 1)


def _set_frame(conn: Connection, lineage: str, blob_id: int, deltas: int) -> None:
    _SET_FRAME.run(conn, {"of_lineage": lineage, "frame": blob_id, "count": deltas})


def get(conn: Connection, blob_id: int) -> bytes:
    """The bytes of a blob. Raises NotFound, and CorruptSnapshot where they fail their sha256."""
    chain = []
    number: int | None = blob_id
    while number is not None:
        row = _OF_ID.first(conn, {"of_blob": number})
        if row is None:
            raise NotFound(f"no stored bytes {number}")
        chain.append(row)
        if len(chain) > MAX_HOPS:
            raise CorruptSnapshot(f"stored bytes {blob_id} lean on too many others; {_REMEDY}")
        number = row.base_id
    data: bytes | None = None
    for row in reversed(chain):
        packed = bytes(row.data)
        # Some bits of a compressed frame mean nothing: a change there shows in this sum alone.
        if zlib.crc32(packed) != row.crc:
            raise CorruptSnapshot(f"stored bytes {row.id} were changed; {_REMEDY}")
        data = _unpacked(packed, data, row.size, row.id)
        # A wrong base decodes to garbage without a word: only the hash tells.
        if len(data) != row.size or digest(data) != row.sha256:
            raise CorruptSnapshot(f"stored bytes {row.id} are not what was stored; {_REMEDY}")
    assert data is not None
    return data


def release(conn: Connection, blob_id: int) -> bool:
    """Erase bytes that nothing points at or leans on; False where something does."""
    for table in blobs.metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table is blobs:
                column = constraint.columns[0]
                if conn.execute(sa.select(sa.literal(1)).where(column == blob_id).limit(1)).first():
                    return False
    conn.execute(blobs.delete().where(blobs.c.id == blob_id))
    return True


_REMEDY = "restore a backup of the database, then run `planwatch verify`"


def _keyframe(
    conn: Connection, data: bytes, like: int | Packed | None
) -> tuple[bytes, int | Packed | None]:
    """``data`` compressed by itself, or leaning on ``like`` where that is worth it, and on what."""
    if like is not None and (isinstance(like, Packed) or _hops(conn, like) < MAX_HOPS - 1):
        base = like.data if isinstance(like, Packed) else get(conn, like)
        leaning = packing.packed(data, base)
        if len(leaning) < len(data) * _LEANING:
            return leaning, like
    return packing.packed(data), None


def _insert(conn: Connection, ready: Packed, *, base_id: int | None) -> int:
    return insert(
        conn,
        blobs,
        sha256=ready.sha256,
        size=len(ready.data),
        base_id=base_id,
        data=ready.packed,
        crc=zlib.crc32(ready.packed),
    )


def _hops(conn: Connection, blob_id: int) -> int:
    """How many contents are decoded to read this one, itself included."""
    bases = _BASES.first(conn, {"of_blob": blob_id})
    return 1 if bases is None else 1 + sum(base is not None for base in bases)


def _unpacked(packed: bytes, base: bytes | None, size: int, blob_id: int) -> bytes:
    try:
        return packing.unpacked(packed, base or b"", size=size)
    except zstandard.ZstdError as error:
        raise CorruptSnapshot(f"stored bytes {blob_id} do not decode; {_REMEDY}") from error
