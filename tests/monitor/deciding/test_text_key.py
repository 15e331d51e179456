"""Which differences between two copies make another text."""

import random
import unicodedata

import pytest

from monitor.text_key import ONLY_ALONE, nfkc, text_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.推进条例修改。（司法部负责）", "1.推进条例修改。(司法部负责)"),
        ("一、健全制度\n1.推进", "一、健全制度\r\n\u30001. 推进\n"),
        ("推进\u200b条例\ufeff", "推进条例"),
        ("in force　2031", "in force 2031"),
    ],
)
def test_layout_and_width_make_no_other_text(one, other):
    assert text_key(one) == text_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("推进条例修改", "加快条例修改"),
        ("（司法部负责）", "（司法部、商务部负责）"),
        ("推进、", "推进，"),
        ("109项", "110项"),
        ("", "。"),
    ],
)
def test_words_numbers_and_punctuation_do(one, other):
    assert text_key(one) != text_key(other)


def test_the_quick_way_folds_as_unicode_does() -> None:
    every = [c for n in range(0x20000) if ONLY_ALONE.fullmatch(c := chr(n))]
    assert len(every) > 21_000
    chance = random.Random(3)
    texts = ["".join(every), "".join(reversed(every))]
    texts += ["".join(chance.choices(every, k=200)) for _ in range(200)]
    # Beside marks, syllables in pieces and letters that join, the general way is gone.
    joining = ["e\u0301", "か\u3099", "\u1100\u1161", "\u2017\u0301\u0316", "ﬁ", "Ⅳ", "①"]
    texts += [chance.choice(every) + mark + chance.choice(every) for mark in joining]
    for text in texts:
        assert nfkc(text) == unicodedata.normalize("NFKC", text)


def test_what_the_quick_way_takes_can_join_with_nothing_beside_it() -> None:
    for number in range(0x20000):
        if ONLY_ALONE.fullmatch(char := chr(number)):
            folded = unicodedata.normalize("NFKC", char)
            assert not any(unicodedata.combining(one) for one in folded), hex(number)
