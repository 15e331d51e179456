"""Compressing, also against texts that resemble what is compressed. Pure.

The first byte says how: a frame of zstandard by itself (0x28), or a mark and a frame. What was once
written stays readable; a new way gets a new mark.
"""

from __future__ import annotations

import threading
import zlib

import zstandard

from storage import dictionary
from storage.relative import absolute, relative

#: Leans on the first dictionary.
_FIRST = b"\x01"
#: Numbers as steps, in the base too.
_STEPS = b"\x02"
#: Numbers as steps, leaning on the second dictionary with the base after it.
_COMMON = b"\x03"
#: Leans on the dictionary of headers.
_HEADERS = b"\x04"

#: Higher ones take twice the time of a write for a hundredth of the space.
_LEVEL = 6
#: Against a base this one finds more, in no more time.
_LEVEL_OF_DIFFERENCES = 9
#: zstandard's most for what is read in one piece: 128 MB.
_WIDEST = 27
_OF_THREAD = threading.local()


def packed(data: bytes, base: bytes = b"") -> bytes:
    """``data`` compressed, leaning on ``base`` where there is one."""
    if data[:1] == b"{":
        steps = relative(data)
        # What came with steps of its own would not come back.
        if steps != data and absolute(steps) == data:
            return _STEPS + _compressed(steps, relative(base))
    return _compressed(data, base)


def packed_as_common(data: bytes, base: bytes = b"", *, checked: bool = False) -> bytes:
    """JSON of the kind that :mod:`storage.dictionary` was made for, leaning on ``base`` as well.

    ``checked`` adds a sum, for what no hash is kept of: a wrong base is found by it.
    """
    steps = relative(data)
    if absolute(steps) != data:
        # Only a text that holds what looks like steps: it is compressed by itself.
        return _compressed(data, b"", checked=checked)
    if base or checked:
        return _COMMON + _compressed(steps, dictionary.second() + relative(base), checked=checked)
    return _COMMON + _common_compressor().compress(steps)


def packed_headers(data: bytes) -> bytes:
    """JSON of headers, with a sum by which a change of any of its bits is found."""
    packed = _compressed(data, dictionary.headers())
    return _HEADERS + zlib.crc32(packed).to_bytes(4) + packed


def unpacked_headers(data: bytes) -> bytes:
    """The JSON again. Raises ValueError where a byte was changed."""
    packed = data[5:]
    if data[:1] != _HEADERS or data[1:5] != zlib.crc32(packed).to_bytes(4):
        raise ValueError("stored headers were changed")
    return _decompressed(packed, dictionary.headers(), 0)


def unpacked(data: bytes, base: bytes = b"", *, size: int = 0) -> bytes:
    """What was packed, with the same ``base``; ``size`` is the most that it may come to, 0: any.

    Raises ``zstandard.ZstdError`` where the bytes are none of these.
    """
    mark = data[:1]
    # Steps may take a few bytes more than the numbers themselves.
    room = size * 2 + 100 if size else 0
    if mark == _FIRST:
        return _decompressed(data[1:], dictionary.first(), size)
    if mark == _STEPS:
        return absolute(_decompressed(data[1:], relative(base), room))
    if mark == _COMMON:
        lean = dictionary.second() + relative(base)
        return absolute(_decompressed(data[1:], lean, room))
    return _decompressed(data, base, size)


def _compressed(data: bytes, base: bytes, *, checked: bool = False) -> bytes:
    reach = len(data) + len(base)
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL_OF_DIFFERENCES if base else _LEVEL,
        window_log=min(max(reach.bit_length(), 10), _WIDEST),
        source_size=len(data),
        dict_size=len(base),
        write_checksum=checked,
    )
    return zstandard.ZstdCompressor(compression_params=parameters, dict_data=_raw(base)).compress(
        data
    )


def _decompressed(data: bytes, base: bytes, size: int) -> bytes:
    # What a frame says of its size is believed without a look at ``max_output_size``.
    if size and zstandard.frame_content_size(data) > size:
        raise zstandard.ZstdError(f"the frame holds more than {size} bytes")
    return zstandard.ZstdDecompressor(
        dict_data=_raw(base), max_window_size=1 << _WIDEST
    ).decompress(data, max_output_size=size)


def _common_compressor() -> zstandard.ZstdCompressor:
    # Working the dictionary in takes longer than compressing: once a thread, since they may not
    # share a compressor.
    made: zstandard.ZstdCompressor | None = getattr(_OF_THREAD, "compressor", None)
    if made is None:
        base = _raw(dictionary.second())
        assert base is not None
        base.precompute_compress(level=_LEVEL_OF_DIFFERENCES)
        made = zstandard.ZstdCompressor(level=_LEVEL_OF_DIFFERENCES, dict_data=base)
        _OF_THREAD.compressor = made
    return made


def _raw(base: bytes) -> zstandard.ZstdCompressionDict | None:
    # A new one each time: its inner tables are made at first use, and threads share what is cached.
    if not base:
        return None
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
