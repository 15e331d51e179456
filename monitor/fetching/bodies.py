"""Reads a body within a cap of bytes, unpacking it ourselves: a bomb stops, a torn stream shows."""

from __future__ import annotations

import zlib
from typing import Literal

import msgspec
from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

BodyState = Literal["whole", "truncated", "too_large", "timeout", "broken", "unknown_encoding"]

_PIECE = 65536
#: What we say that we can unpack; anything else was not asked for.
ACCEPT_ENCODING = "gzip, deflate"


class Body(msgspec.Struct, frozen=True):
    """What came; ``data`` is unpacked and complete only where the state is ``whole``."""

    state: BodyState
    data: bytes = b""
    reason: str = ""


def read_body(response: BaseHTTPResponse, max_bytes: int) -> Body:
    """Read and unpack; the deadline is the connection's. Never raises for what a server does."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    unpacker = _unpacker(encoding)
    if unpacker is None:
        return Body("unknown_encoding", reason=f"the body is packed as {encoding!r}")
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > max_bytes:
        return Body("too_large", reason=f"{announced} bytes announced, {max_bytes} allowed")
    try:
        return _read(response, unpacker, max_bytes)
    except ReadTimeoutError:
        return Body("timeout", reason="the body did not come to its end in time")
    except IncompleteRead as error:
        return Body("truncated", reason=f"the connection ended after {error.partial} bytes")
    except zlib.error as error:
        return Body("truncated", reason=f"the packed body is damaged: {error}")
    except (ProtocolError, HTTPError) as error:
        # A chunked body that ends without its last chunk comes as this, too.
        if "IncompleteRead" in repr(error) or "InvalidChunkLength" in repr(error):
            return Body("truncated", reason="the connection ended before the last piece")
        return Body("broken", reason=str(error))


def _read(response: BaseHTTPResponse, unpacker: _Unpacker, max_bytes: int) -> Body:
    pieces: list[bytes] = []
    packed_size = size = 0
    while True:
        packed = response.read1(_PIECE, decode_content=False)
        if not packed:
            break
        packed_size += len(packed)
        piece = unpacker.unpack(packed, max_bytes - size + 1)
        size += len(piece)
        if size > max_bytes or packed_size > max_bytes:
            return Body("too_large", reason=f"more than {max_bytes} bytes")
        pieces.append(piece)
    data = b"".join(pieces)
    if not unpacker.ended:
        return Body("truncated", data, "the packed body stops in the middle")
    return Body("whole", data)


class _Unpacker:
    """Passes plain bytes through."""

    ended = True

    def unpack(self, packed: bytes, limit: int) -> bytes:
        return packed


class _Inflater(_Unpacker):
    """gzip (of one or several members) and deflate, both in its proper and its usual form."""

    def __init__(self, encoding: str) -> None:
        self._deflate = encoding == "deflate"
        self._engine = zlib.decompressobj(47)
        self._started = False

    @property
    def ended(self) -> bool:  # type: ignore[override]
        return self._engine.eof or not self._started

    def unpack(self, packed: bytes, limit: int) -> bytes:
        if not self._started and self._deflate and (packed[0] & 0x0F) != 8:
            self._engine = zlib.decompressobj(-15)
        self._started = True
        unpacked: list[bytes] = []
        while packed and limit > 0:
            if self._engine.eof:
                # Another member; zero padding after the last one is not.
                if self._deflate or not packed.strip(b"\0"):
                    break
                self._engine = zlib.decompressobj(47)
            piece = self._engine.decompress(packed, limit)
            unpacked.append(piece)
            limit -= len(piece)
            packed = self._engine.unconsumed_tail or self._engine.unused_data
        return b"".join(unpacked)


def _unpacker(encoding: str) -> _Unpacker | None:
    if encoding in ("", "identity"):
        return _Unpacker()
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Inflater(encoding)
    return None
