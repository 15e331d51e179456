"""The numbers that begin a line, in every style that plans use, and how the styles nest."""

from __future__ import annotations

import re
from typing import NamedTuple

from plans.reading.characters import NUMERAL, number_of

# Ranks of the styles: a smaller rank stands above a greater one.
PART = 0
CHAPTER = 10
DIVISION = 20
HAN = 30
HAN_BRACKET = 40
#: 任务一：, 第一项 with a blank behind it.
WORD = 45
ARABIC = 50
#: 1.1; one more for every further step (1.1.1).
DECIMAL = 60
ARABIC_BRACKET = 70
CIRCLE = 80
ARTICLE = 90


class Number(NamedTuple):
    """A number at the start of a line: its style, its value, and where the words after it begin."""

    rank: int
    value: int
    end: int


# Each alternative is one style of china-ip-plans.md, 2; every repetition is bounded.
_NUMBER = re.compile(
    f"第(?P<big>[{NUMERAL}\\d]{{1,6}})(?P<kind>[编篇章节条]|部分)(?:之[{NUMERAL}])?[：、 ]?"
    f"|(?:重点)?(?:任务|措施|举措|行动|工程|事项|项目)(?:之)?(?P<word>[{NUMERAL}]{{1,3}}|\\d{{1,3}})[：、.](?!\\d)"
    f"|(?P<han>[{NUMERAL}]{{1,5}})[、.]"
    f"|[（〔](?P<hanb>[{NUMERAL}]{{1,5}})[）〕][、.]?"
    r"|(?P<dec>\d{1,2}(?:\.\d{1,2}){1,3})(?![月年])(?=[ \u3400-\u9fff《“])[、.]? ?"
    # 11.121人才计划: a count before a name that begins with figures.
    r"|(?P<ara>\d{1,5}) ?[.、](?!\d(?!\d{3}年|\d?月|\d{2,3}[\u3400-\u9fff])) ?"
    r"|[（〔](?P<arab>\d{1,3})[）〕][、.]? ?"
    r"|(?P<arah>\d{1,3})）[、.]? ?"
    r"|(?P<one>[\u2460-\u2473\u2474-\u2487\u3220-\u3229\u3251-\u325f\u32b1-\u32bf])[、.]?"
)
_KINDS = {"编": PART, "篇": PART, "部分": PART, "章": CHAPTER, "节": DIVISION, "条": ARTICLE}


def number_at(plain: str) -> Number | None:
    """The number that begins a folded line, or None."""
    match = _NUMBER.match(plain)
    if match is None:
        return None
    end = match.end()
    if match["big"]:
        return _of(_KINDS[match["kind"]], match["big"], end)
    if match["word"]:
        return _of(WORD, match["word"], end)
    if match["han"]:
        return _of(HAN, match["han"], end)
    if match["hanb"]:
        return _of(HAN_BRACKET, match["hanb"], end)
    if match["dec"]:
        steps = match["dec"].split(".")
        return Number(DECIMAL + len(steps) - 2, int(steps[-1]), end)
    if match["ara"]:
        return Number(ARABIC, int(match["ara"]), end)
    if match["arab"] or match["arah"]:
        return Number(ARABIC_BRACKET, int(match["arab"] or match["arah"]), end)
    return _single(match["one"], end)


def _of(rank: int, numeral: str, end: int) -> Number | None:
    value = number_of(numeral)
    return None if value is None else Number(rank, value, end)


def _single(character: str, end: int) -> Number:
    code = ord(character)
    for first, last, rank, offset in (
        (0x2460, 0x2473, CIRCLE, 1),
        (0x2474, 0x2487, ARABIC_BRACKET, 1),
        (0x3220, 0x3229, HAN_BRACKET, 1),
        (0x3251, 0x325F, CIRCLE, 21),
    ):
        if first <= code <= last:
            return Number(rank, code - first + offset, end)
    return Number(CIRCLE, code - 0x32B1 + 36, end)


_LOOSE = re.compile(rf"\s*([{NUMERAL}]{{1,3}}|\d{{1,2}})[ \u3000\t]+(?=[\u3400-\u9fff《“])")


_LOOSE_ITEM = re.compile(
    rf"\s*(第([{NUMERAL}]{{1,3}}|\d{{1,3}})项)[ \u3000\t]+(?=[\u3400-\u9fff《“])"
)


def loose_number(raw: str) -> Number | None:
    """The heading number 一 (or 1, or 第一项) that a blank alone sets off.

    ``raw`` still has its white space.
    """
    item = _LOOSE_ITEM.match(raw)
    if item is not None:
        value = number_of(item[2])
        return None if value is None else Number(WORD, value, len(item[1]))
    match = _LOOSE.match(raw)
    if match is None or len(raw) > 60 or "。" in raw or "，" in raw:
        return None
    value = number_of(match[1])
    rank = ARABIC if match[1].isascii() else HAN
    return None if value is None else Number(rank, value, len(match[1]))
