"""Characters: widths and scripts folded one to one, Chinese numerals, the language of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from plans.model import Language
from plans.scripts import simplified_characters

CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
NUMERAL = "一二三四五六七八九十百〇零两"

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}

# Full width is the form that the official pages use; reprints and foreign copies use ASCII.
_WIDTHS = {
    "(": "（",
    ")": "）",
    "[": "（",
    "]": "）",
    "［": "（",
    "］": "）",
    "【": "（",
    "】": "）",
    "﹝": "〔",
    "﹞": "〕",
    ",": "，",
    ":": "：",
    ";": "；",
    "«": "《",
    "»": "》",
    "｡": "。",
    "．": ".",
    "－": "-",
    "—": "-",
    "–": "-",
    "―": "-",
    "～": "~",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "〖": "（",
    "〗": "）",
}


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Traditional character to its first simplified one.

    著 is left alone: it is right in 著作权, and the wrong 着作权 is mended by :func:`fold`.
    """
    return {old: new for old, new in simplified_characters().items() if old not in "著乾"}


@lru_cache(maxsize=1)
def _folding() -> tuple[re.Pattern[str], dict[str, str]]:
    """What is folded, and to what. Few characters of a text are, and the pattern skips the others."""
    table = dict(_simplified())
    table.update(_WIDTHS)
    table.update({chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0x21 + i).isalnum()})
    return _one_of(table), table


def _one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of them, or any beyond the first plane.

    The engine looks a character of the first plane up in a table, and would compare those of the
    others one by one: of these it is told a range.
    """
    usual = re.escape("".join(one for one in characters if one <= "\uffff"))
    return re.compile(f"[{usual}\U00010000-\U0010ffff]")


#: Some offices end sentences with ．; behind a figure or numeral it belongs to a number.
_WIDE_STOP = re.compile(
    r"(?<=[\u3400-\u9fff])(?<![〇零一二三四五六七八九十百章节条])．(?!\d)|(?<=[）)》”])．(?=\s|$)"
)

#: Others end them with the ASCII stop: 修建码头.疏浚航道. A figure or numeral before it is a number,
#: and between two bodies (甲部.乙局) a scanner made it of 、.
_NARROW_STOP = re.compile(
    r"\.(?<=[\u3400-\u9fff）)》”]\.)(?<![〇零一二三四五六七八九十百章节条]\.)"
    r"(?=[《“（(]|\s|$|(?<![部委局署院会厅办]\.)[\u3400-\u9fff])"
)


def fold(text: str) -> str:
    """``text`` for matching: simplified script, one width; every character keeps its place."""
    if "．" in text:
        text = _WIDE_STOP.sub("。", text)
    if "." in text:
        text = _NARROW_STOP.sub("。", text)
    pattern, table = _folding()
    folded = pattern.sub(lambda match: table.get(match[0], match[0]), text)
    return folded.replace("着作", "著作").replace("着名商标", "著名商标")


def number_of(numeral: str) -> int | None:
    """The value of a Chinese or Arabic numeral (二十一, 〇, 21); None where it is none."""
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else None
    total = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
        elif character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            return None
    return total + digit


_LATIN = re.compile("[A-Za-z]+")
#: So many characters say which script a text is in.
_SAMPLE = 1500
#: Characters that both scripts use, in one sense or another, and that say nothing.
_SHARED = frozenset("后里干面台范余郁云系几才卷制准据回向布志于发复历钟")


@lru_cache(maxsize=1)
def _scripts() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    pairs = _simplified()
    simplified = frozenset(new for new in pairs.values() if new not in pairs)
    any_traditional = _one_of(pairs)
    return frozenset(pairs), simplified - _SHARED, any_traditional


def language_of(text: str) -> Language:
    """The language that most of the text is in."""
    middle = len(text) // 2
    sample = text[:_SAMPLE] + text[max(middle, _SAMPLE) : middle + _SAMPLE]
    latin = sum(map(len, _LATIN.findall(sample)))
    han = sum(1 for character in sample if "\u3400" <= character <= "\u9fff") if latin else 1
    # A Chinese character says as much as a word of some five letters.
    if han * 5 < latin:
        return "en"
    traditional, simplified, any_traditional = _scripts()
    if any_traditional.search(sample) is None:
        return "zh-Hans"
    counts = Counter(sample)
    many = sum(counts[character] for character in traditional.intersection(counts))
    few = sum(counts[character] for character in simplified.intersection(counts))
    return "zh-Hant" if many > few else "zh-Hans"
