"""Bytes kept for good: each content once, compressed, near-identical ones as differences.

A lineage is a row of contents that resemble each other: the bodies of one URL, the plans of one
document. Its first content is a keyframe; the next twenty are kept as their difference from it, one
hop to read, until one differs so much that it becomes the next keyframe.
"""

from __future__ import annotations

import hashlib
import zlib

import sqlalchemy as sa
import zstandard
from sqlalchemy.engine import Connection

from storage import dictionary
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
#: Higher ones take twice the time of a write for a hundredth of the space.
_LEVEL = 6
#: Against a base this one finds more, in no more time.
_LEVEL_OF_DIFFERENCES = 9
#: A source is worth leaning on where it takes this share off; before that is tried, what the content
#: takes by itself is not known, so it is compared with this share of the content.
_LEANING = 0.2

_KNOWN = Prepared(sa.select(blobs.c.id).where(blobs.c.sha256 == sa.bindparam("of_sha256")))
_OF_ID = Prepared(sa.select(blobs).where(blobs.c.id == sa.bindparam("of_blob")))
_BASE = Prepared(sa.select(blobs.c.base_id).where(blobs.c.id == sa.bindparam("of_blob")))
_FRAME = Prepared(sa.select(keyframes).where(keyframes.c.lineage == sa.bindparam("of_lineage")))
_NEW_FRAME = Prepared(keyframes.insert(), ("lineage", "blob_id", "deltas"))
_SET_FRAME = Prepared(
    keyframes.update()
    .where(keyframes.c.lineage == sa.bindparam("of_lineage"))
    .values(blob_id=sa.bindparam("frame"), deltas=sa.bindparam("count"))
)


def digest(data: bytes) -> str:
    """Hexadecimal sha256."""
    return hashlib.sha256(data).hexdigest()


def put(
    conn: Connection,
    data: bytes,
    *,
    lineage: str = "",
    like: int | None = None,
    common: bool = False,
) -> int:
    """Keep ``data`` and give its number; the same bytes are kept once.

    ``like`` is a blob that the first content of a lineage resembles (an extract its page);
    ``common`` says that it is of the kind that :mod:`storage.dictionary` was made for, and leans
    on nothing else.
    """
    sha256 = digest(data)
    known = _KNOWN.scalar(conn, {"of_sha256": sha256})
    if known is not None:
        return int(known)
    if common:
        return _insert(conn, sha256, data, dictionary.pack(data), base_id=None)
    frame = None
    if lineage:
        frame = _FRAME.first(conn, {"of_lineage": lineage})
    if frame is not None and frame.deltas < DELTAS_PER_KEYFRAME:
        packed = _compressed(data, get(conn, frame.blob_id))
        if len(packed) <= len(data) * WORTHWHILE:
            _set_frame(conn, lineage, frame.blob_id, frame.deltas + 1)
            return _insert(conn, sha256, data, packed, base_id=frame.blob_id)
    number = _keyframe(conn, sha256, data, like)
    if frame is not None:
        _set_frame(conn, lineage, number, 0)
    elif lineage:
        _NEW_FRAME.run(conn, {"lineage": lineage, "blob_id": number, "deltas": 0})
    return number


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
        data = _decompressed(packed, data, row.size, row.id)
        # A wrong base decodes to garbage without a word: only the hash tells.
        if digest(data) != row.sha256:
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


def _keyframe(conn: Connection, sha256: str, data: bytes, like: int | None) -> int:
    if like is not None and _hops(conn, like) < MAX_HOPS - 1:
        leaning = _compressed(data, get(conn, like))
        if len(leaning) < len(data) * _LEANING:
            return _insert(conn, sha256, data, leaning, base_id=like)
    return _insert(conn, sha256, data, _compressed(data, None), base_id=None)


def _insert(conn: Connection, sha256: str, data: bytes, packed: bytes, base_id: int | None) -> int:
    return insert(
        conn,
        blobs,
        sha256=sha256,
        size=len(data),
        base_id=base_id,
        data=packed,
        crc=zlib.crc32(packed),
    )


def _hops(conn: Connection, blob_id: int) -> int:
    hops = 0
    number: int | None = blob_id
    while number is not None and hops <= MAX_HOPS:
        hops += 1
        number = _BASE.scalar(conn, {"of_blob": number})
    return hops


def _compressed(data: bytes, base: bytes | None) -> bytes:
    reach = len(data) + len(base or b"")
    window = min(max(reach.bit_length(), 10), 27)
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL if base is None else _LEVEL_OF_DIFFERENCES,
        window_log=window,
        source_size=len(data),
        dict_size=len(base or b""),
    )
    return zstandard.ZstdCompressor(
        compression_params=parameters, dict_data=_dictionary(base)
    ).compress(data)


def _decompressed(packed: bytes, base: bytes | None, size: int, blob_id: int) -> bytes:
    try:
        if packed[:1] == dictionary.MARK:
            return dictionary.unpack(packed, size)
        return zstandard.ZstdDecompressor(
            dict_data=_dictionary(base), max_window_size=1 << 27
        ).decompress(packed, max_output_size=size)
    except zstandard.ZstdError as error:
        raise CorruptSnapshot(f"stored bytes {blob_id} do not decode; {_REMEDY}") from error


def _dictionary(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    if not base:
        return None
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
