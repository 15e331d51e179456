"""Whatever is packed comes back to the byte; numbers that only moved take no room."""

import hashlib
import json

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from storage import dictionary, packing
from storage.relative import absolute, relative

#: What the two forms could be confused by: marks, numbers as JSON does and does not write them.
PIECES = st.sampled_from(
    [
        *('"at":[', '"old":["', '"new":["', '"at":[3,9]', '"old":["12"]', "]", '"', ",", "{", "-"),
        *("0", "7", "00", "-0", "12", "999999999", "1234567890", "-5", "1.1", "项", "\\"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode())


def spans(*lengths: int, start: int = 0) -> bytes:
    """Tasks of these lengths, one after the other, as a plan has them."""
    tasks, at = [], start
    for length in lengths:
        tasks.append({"text": "x", "at": [at, at + length]})
        at += length + 1
    return json.dumps({"tasks": tasks}, separators=(",", ":")).encode()


def test_a_plan_in_which_all_moved_differs_in_one_number_when_told_as_steps():
    before, after = relative(spans(5, 8, 13, 21)), relative(spans(5, 8, 13, 21, start=300))
    assert (
        before
        == b'{"tasks":['
        + b",".join(
            b'{"text":"x","at":[%d,%d]}' % step for step in ((0, 5), (1, 8), (1, 13), (1, 21))
        )
        + b"]}"
    )
    assert after == before.replace(b"[0,5]", b"[300,5]")


def test_links_of_tasks_that_stayed_are_all_the_same_when_told_as_steps():
    links = [{"old": [str(n)], "new": [str(n + 2), "99"]} for n in (4, 5, 6)]
    text = json.dumps(links, separators=(",", ":")).encode()
    assert relative(text).count(b'{"old":["1"],"new":["1","99"]}') == 2
    assert absolute(relative(text)) == text


def test_what_is_no_number_of_json_is_left_alone():
    for text in (
        b'"at":[01,2]',
        b'"at":[1234567890,2]',
        b'"at":[1,2,3]',
        b'"old":["1.1"]',
        b'"at":[',
    ):
        assert relative(text) == text


@given(text=TEXTS, base=TEXTS)
def test_everything_comes_back(text: bytes, base: bytes):
    for data in (text, b"{" + text):
        assert packing.unpacked(packing.packed(data, base), base, size=len(data)) == data
        assert packing.unpacked(packing.packed_as_common(data, base), base, size=len(data)) == data
        checked = packing.packed_as_common(data, base, checked=True)
        assert packing.unpacked(checked, base) == data


def test_a_plan_in_which_all_moved_takes_hardly_more_room_than_the_same_again():
    lengths = [20 + n * n % 37 for n in range(200)]
    base, moved = spans(*lengths), spans(*lengths, start=5000)
    assert len(packing.packed(moved, base)) < len(packing.packed(base, base)) + 20


def test_what_was_packed_with_the_first_dictionary_is_still_read():
    lean = zstandard.ZstdCompressionDict(
        dictionary.first(), dict_type=zstandard.DICT_TYPE_RAWCONTENT
    )
    text = b'{"old":["7"],"at":[3,4]}' * 20
    packed = b"\x01" + zstandard.ZstdCompressor(dict_data=lean).compress(text)
    assert packing.unpacked(packed, size=len(text)) == text


def test_what_was_packed_without_a_mark_is_still_read():
    packed = zstandard.ZstdCompressor().compress(b'{"old":["7"],"at":[3,4]}')
    assert packing.unpacked(packed) == b'{"old":["7"],"at":[3,4]}'


def test_a_wrong_base_and_a_changed_byte_are_found_by_the_sum():
    text, base = spans(*range(5, 60)), spans(*range(5, 60), start=9)
    packed = packing.packed_as_common(text, base, checked=True)
    with pytest.raises(zstandard.ZstdError):
        packing.unpacked(packed, base.replace(b'"x"', b'"y"'))
    with pytest.raises(zstandard.ZstdError):
        packing.unpacked(packed[:-1] + bytes([packed[-1] ^ 1]), base)


def test_headers_take_little_room_and_no_changed_bit_goes_unseen():
    text = (
        b'[["Server","nginx"],["Content-Type","text/html;charset=UTF-8"],["Content-Length","812"]]'
    )
    packed = packing.packed_headers(text)
    assert packing.unpacked_headers(packed) == text
    assert len(packed) < len(text) // 2
    for bit in range(8 * len(packed)):
        changed = bytearray(packed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ValueError, match="were changed"):
            packing.unpacked_headers(bytes(changed))


def test_more_than_was_said_is_not_unpacked():
    packed = packing.packed(b"{" + b"a" * 100_000)
    with pytest.raises(zstandard.ZstdError):
        packing.unpacked(packed, size=1000)


def test_no_dictionary_has_changed():
    """What leans on one could not be read any more."""
    texts = (dictionary.first(), dictionary.second(), dictionary.headers())
    assert tuple(beginning_of_hash(text) for text in texts) == (
        "ee39ed3625d7f4a7",
        "334fc42121f5e63a",
        "e64983ce4a6e8bc9",
    )


def beginning_of_hash(text: bytes) -> str:
    """Enough of its sha256 to tell it."""
    return hashlib.sha256(text).hexdigest()[:16]
