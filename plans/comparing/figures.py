"""Figures in one writing: 二十件 and 20件, 百分之三十 and 30%, 1万 and 10000 are the same number.

For grading a rewording only: what is shown is the text as published. Figures that mean different
things stay apart, also where :func:`~plans.comparing.normalise.text_key` would let them run
together: 第1、2类 is not 第12类, and ≤30日 is not ≥30日.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from plans.comparing.normalise import fold, is_chinese, text_key
from plans.comparing.numbering import chinese_number

_D = "一二三四五六七八九两"
#: A numeral up to 9999 that is written out in full: 一百零五 and 一百五十, but not 一百五 (which is
#: 150) and not 三五 (which is three to five).
_BELOW = (
    f"(?:[{_D}]千(?:[{_D}]百(?:[{_D}]十[{_D}]?|零[{_D}])?|零(?:[{_D}]?十[{_D}]?|[{_D}]))?"
    f"|[{_D}]百(?:[{_D}]十[{_D}]?|零[{_D}])?|[{_D}]?十[{_D}]?|[{_D}])"
)
_CHINESE = "〇零一二三四五六七八九十百千万亿两点"
_HAN = re.compile(f"(?<![{_CHINESE}])[{_CHINESE}]{{1,32}}(?![{_CHINESE}])")
_WHOLE = re.compile(
    f"(?:(?P<most>{_BELOW})亿)?(?:零?(?P<more>{_BELOW})万)?(?:零?(?P<rest>{_BELOW}))?"
)
#: Figure by figure, as years are written: 二〇二五. Four of them, or with a zero among them.
_SPELT = re.compile("[〇零一二三四五六七八九]{4}|(?=.*[〇零])[〇零一二三四五六七八九]{2,8}")
_EACH = str.maketrans("〇零一二三四五六七八九两", "001234567892")

_SPACE = re.compile(r"\s+")
#: A blank inside a number or before one is layout; Latin words are parted by blanks.
_STRAY = re.compile(rf"(?<=[{_CHINESE}\d]) (?=[{_CHINESE}\d])")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_PART_OF = re.compile(rf"(百|千|万)分之([{_CHINESE}]{{1,12}}|\d+(?:\.\d+)?)")
_SIGN = {"百": "%", "千": "‰", "万": "‱"}
_TIMES = re.compile(r"(?<![\d.])(\d{1,15}(?:\.\d{1,9})?)(十|百|千|万亿|万|亿)(?=(?P<more>.)?)")
_FACTOR = {"十": 10, "百": 100, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_ZEROS = re.compile(r"(?<![\d.])0+(?=\d+[月日])")
_YEAR_END = re.compile("年(?=年[底末])")
_PER_CENT = re.compile(r"(?<=\d) ?per ?cent\b")
#: Marks that say something beside a figure. Between two figures any mark keeps them apart.
_TELLING = re.compile(r"[<>≤≥±¥$€£](?=\d)")
_BETWEEN = re.compile(r"(?<=\d)(?:(?P<ratio>[/:])|[^\w.%‰‱]+)(?=\d)")
#: What stands for them: private characters, which no published text and no rule of layout knows.
_MARKS = {mark: f"x{number}x" for number, mark in enumerate("<>≤≥±¥$€£/:‰‱")}


def same_figures(one: str, other: str) -> bool:
    """Whether two texts differ at most in layout, punctuation, width, script or in how a number is
    written.
    """
    return one == other or _key(one) == _key(other)


# A text is graded again with every comparison of its plan; a dozen substitutions make its key.
@lru_cache(maxsize=16384)
def _key(text: str) -> str:
    return text_key(plain_figures(text))


def plain_figures(text: str) -> str:
    """The folded text with every number in figures, and the marks that tell something as words."""
    plain = _SPACE.sub(" ", fold(text))
    if is_chinese(plain):
        plain = _YEAR_END.sub("", _STRAY.sub("", plain))
        plain = _PART_OF.sub(lambda m: _in_figures(m[2]) + _SIGN[m[1]], plain)
        plain = _HAN.sub(lambda m: _in_figures(m[0]), plain)
    plain = _THOUSANDS.sub(lambda m: m[0].replace(",", ""), plain)
    plain = _TIMES.sub(_multiplied, plain)
    plain = _ZEROS.sub("", _PER_CENT.sub("%", plain))
    plain = _TELLING.sub(lambda m: _MARKS[m[0]], plain)
    plain = _BETWEEN.sub(lambda m: _MARKS.get(m["ratio"] or "", "x"), plain)
    return plain.replace("‰", _MARKS["‰"]).replace("‱", _MARKS["‱"])


def _in_figures(numeral: str) -> str:
    """A Chinese numeral in figures; what is none, or could be read in two ways, as it stands."""
    whole, point, decimals = numeral.partition("点")
    if point and (not decimals or re.search("[十百千万亿点]", decimals)):
        return numeral
    if _SPELT.fullmatch(whole):
        value = whole.translate(_EACH)
    elif (match := _WHOLE.fullmatch(whole)) is not None and any(match.groups()):
        parts = [chinese_number(part or "零") or 0 for part in match.group("most", "more", "rest")]
        value = str(parts[0] * 10**8 + parts[1] * 10**4 + parts[2])
    else:
        return numeral
    return f"{value}.{decimals.translate(_EACH)}" if point else value


def _multiplied(match: re.Match[str]) -> str:
    """1.5万 as 15000. What goes on behind it (3万5千) is no single number and stays."""
    if match["more"] and (match["more"].isdigit() or match["more"] in "十百千万亿"):
        return match[0]
    value = Decimal(match[1]) * _FACTOR[match[2]]
    return f"{value.normalize():f}"
