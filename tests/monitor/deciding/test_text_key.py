"""Which differences between two copies make another text."""

import pytest

from monitor.text_key import text_key


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
