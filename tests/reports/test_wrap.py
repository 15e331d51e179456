"""Lines break where a typesetter would break them."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from reports.wrap import wrap


def lines(text, width):
    return [line.plain for line in wrap(Text(text), width)]


def test_chinese_breaks_anywhere_but_before_closing_punctuation():
    assert lines("推进《海图法》修改，完成。", 12) == ["推进《海图", "法》修改，完", "成。"]


def test_no_line_ends_with_an_opening_bracket():
    assert lines("加快推进《海图法》", 10) == ["加快推进", "《海图法》"]


def test_latin_words_stay_whole():
    assert lines("Ministry of Justice 司法部 joins", 14) == [
        "Ministry of",
        "Justice 司法部",
        "joins",
    ]


def test_styles_stay_with_their_text():
    text = Text.assemble("甲乙丙", ("丁戊", "red"))
    first, second = wrap(text, 8)
    assert [first.plain, second.plain] == ["甲乙丙丁", "戊"]
    assert [span.style for span in second.spans] == ["red"]


@given(st.text(alphabet="甲乙（）《》，。ab c-1[]", max_size=80), st.integers(4, 30))
def test_no_line_is_too_wide_and_nothing_but_space_is_lost(text, width):
    wrapped = lines(text, width)
    assert all(cell_len(line) <= width for line in wrapped)
    assert "".join(wrapped).replace(" ", "") == text.replace(" ", "")
