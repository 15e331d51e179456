"""What changesets and alerts have in common, as a dictionary for compressing them.

Most of what they are made of (names of fields, links of tasks that stayed, the program's own
sentences) is the same in each: with an invented one to lean on they take a fifth of the room.

A dictionary never changes: what leans on it could not be read any more. Another one would get
another number and stand beside it.
"""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

import zstandard

#: Stands before what leans on the first dictionary. A frame that leans on none begins with 0x28.
MARK = b"\x01"
_FOLDER = Path(__file__).parent / "dictionaries"
_LEVEL = 9
_OF_THREAD = threading.local()


@cache
def common() -> bytes:
    """The dictionary: an invented changeset and alerts of it, in each language."""
    return (_FOLDER / "1.txt").read_bytes()


def pack(text: bytes) -> bytes:
    """Compress ``text`` with the dictionary."""
    return MARK + _compressor().compress(text)


def unpack(packed: bytes, size: int = 0) -> bytes:
    """What :func:`pack` was given, or an older release's packing without the dictionary.

    ``size`` is the most that it may come to, 0: what it says of itself. Raises
    ``zstandard.ZstdError`` where the bytes are neither.
    """
    if packed[:1] != MARK:
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=size)
    unpacking = zstandard.ZstdDecompressor(dict_data=_raw(), max_window_size=1 << 27)
    return unpacking.decompress(packed[1:], max_output_size=size)


def _compressor() -> zstandard.ZstdCompressor:
    # Working the dictionary in takes longer than compressing: once a thread, since they may not
    # share a compressor.
    made: zstandard.ZstdCompressor | None = getattr(_OF_THREAD, "compressor", None)
    if made is None:
        base = _raw()
        base.precompute_compress(level=_LEVEL)
        made = zstandard.ZstdCompressor(level=_LEVEL, dict_data=base)
        _OF_THREAD.compressor = made
    return made


def _raw() -> zstandard.ZstdCompressionDict:
    # A new one each time: its inner tables are made at first use, and threads share what is cached.
    return zstandard.ZstdCompressionDict(common(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
