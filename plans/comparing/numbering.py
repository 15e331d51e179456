"""Printed numbers: 第十八条, 18., （十八） are one number in three styles."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_WRAPPING = re.compile(r"^[\s(\[【第]+|[\s.、,:)\]】条章节款项]+$")


def number_key(number: str | None) -> str | None:
    """A printed number without its style: two keys are equal where only the style differs."""
    if number is None:
        return None
    bare = _WRAPPING.sub("", unicodedata.normalize("NFKC", number))
    value = chinese_number(bare)
    return str(value) if value is not None else bare.lower()


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral below a hundred million, None where it is none."""
    if not text:
        return None
    total = below = 0
    digit: int | None = None
    for character in text:
        if character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character] or None
        elif character in _UNITS:
            unit = _UNITS[character]
            if unit == 10_000:
                total += (below + (digit or 0)) * unit
                below = 0
            else:
                below += (1 if digit is None else digit) * unit
            digit = None
        else:
            return None
    return total + below + (digit or 0)
