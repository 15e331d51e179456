"""Numbers at the start of English lines, headings told from tasks, and a plan on one line unfolded."""

from __future__ import annotations

import itertools
import re

from plans.reading.lines import MOST_LINES, Line
from plans.reading.numbering import (
    ARABIC,
    ARABIC_BRACKET,
    CHAPTER,
    HAN,
    HAN_BRACKET,
    PART,
    Number,
)
from plans.reading.passage import Passage

_NUMBER = re.compile(
    r"(?P<square>\[[A-Z][^\[\]]{2,80}\]$)"
    r"|Part (?P<part>[IVX]{1,5}|\d{1,2})[.: ]+|Chapter (?P<chapter>[IVX]{1,5}|\d{1,2})[.: ]+"
    r"|(?P<roman>[IVX]{1,5}|[Ⅰ-Ⅻ])[.、] ?|\((?P<romanb>[IVX]{1,5}|[Ⅰ-Ⅻ])\) ?|\((?P<small>[ivx]{1,5})\) ?(?=[A-Z][^.;:]{2,100}$)|(?P<arabic>\d{1,4})[.)] ?(?!\d)"
    r"|\((?P<bracket>\d{1,3})\) ?"
)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_ROMAN_CHARACTERS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
#: A longer line is no heading.
_LONGEST_HEAD = 120
#: Shorter lines are one paragraph each.
_LONG = 400
_MARKER = re.compile(
    r"(?P<ara>\d{1,3})\. ?(?=[A-Z“\"])|\((?P<brk>\d{1,2})\) ?(?=[A-Z])|(?P<rom>[IVX]{1,4})\. (?=[A-Z])"
)
_SECTION_AHEAD = re.compile(r"[^.()]{4,140}\((?:1|I)\) ?[A-Z]")


def number_lines(lines: list[Line]) -> list[Line]:
    """The lines with their numbers; where headings and tasks are numbered in one style, headings
    (1. with (1) below it, (1) with 1. below it) take the ranks above the tasks'.
    """
    lines = [part for line in lines for part in _unfolded(line)]
    squares = 0
    for line in lines:
        text = line.passage.text
        line.number = None if line.cells else number_of_line(text, squares)
        squares += text.startswith("[") and line.number is not None
    for line, following in itertools.pairwise(lines):
        number, below = line.number, following.number
        if number is None or below is None or not _is_heading(line, number):
            continue
        if number.rank == ARABIC and below.rank == ARABIC_BRACKET and below.value == 1:
            line.number = number._replace(rank=HAN)
        elif number.rank == ARABIC_BRACKET and below.rank == ARABIC:
            line.number = number._replace(rank=HAN_BRACKET)
    _lift_brackets(lines)
    return lines


def _lift_brackets(lines: list[Line]) -> None:
    """(1) straight under a heading that was lifted, and its siblings, are headings as well."""
    lifted = any(line.number and line.number.rank == HAN_BRACKET for line in lines)
    if not lifted:
        return
    for line in lines:
        number = line.number
        if number and number.rank == ARABIC_BRACKET and _is_heading(line, number):
            line.number = number._replace(rank=HAN_BRACKET)


def _is_heading(line: Line, number: Number) -> bool:
    text = line.passage.text[number.end :]
    return len(text) <= _LONGEST_HEAD and not text.endswith((".", ")", ";", ":"))


def number_of_line(text: str, squares: int) -> Number | None:
    """The number that begins an English line; ``squares`` headings in [] stood before it."""
    match = _NUMBER.match(text)
    if match is None:
        return None
    kind, end = match.lastgroup, match.end()
    value = match[kind or 0]
    if kind == "square":
        return Number(PART, squares + 1, 1)
    if kind in ("part", "chapter"):
        return Number(CHAPTER, int(value) if value.isdigit() else _roman(value), end)
    if kind == "roman":
        return Number(HAN, _roman(value), end)
    if kind in ("romanb", "small"):
        # (i) counts only over a heading: else it enumerates inside a task.
        return Number(HAN_BRACKET, _roman(value.upper()), end)
    if kind == "arabic":
        return Number(ARABIC, int(value), end)
    return Number(ARABIC_BRACKET, int(value), end)


def _roman(numeral: str) -> int:
    if numeral in _ROMAN_CHARACTERS:
        return _ROMAN_CHARACTERS.index(numeral) + 1
    total = 0
    for one, following in zip(numeral, [*numeral[1:], "I"], strict=True):
        total += -_ROMAN[one] if _ROMAN[one] < _ROMAN[following] else _ROMAN[one]
    return total


# --- a plan on one line ---------------------------------------------------------------------------


def _unfolded(line: Line) -> list[Line]:
    text = line.passage.text
    if len(text) <= _LONG or line.cells:
        return [line]
    cuts = _cuts(text)
    if len(cuts) < 4:
        return [line]
    parts: list[Passage] = [line.passage.cut(0, cuts[0])] if cuts[0] else []
    parts += [line.passage.cut(a, b) for a, b in zip(cuts, [*cuts[1:], None], strict=True)]
    return [Line(part.stripped(" ")) for part in parts if part.text.strip()]


def _cuts(text: str) -> list[int]:
    """Where numbers stand that carry on: sections, their (1), and tasks counted on their own."""
    cuts: list[int] = []
    section = task = bracket = roman = 1
    for match in _MARKER.finditer(text):
        if len(cuts) >= MOST_LINES:
            break
        at = _number_start(text, match, task, section)
        if match["rom"]:
            if _roman(match["rom"]) != roman:
                continue
            roman, bracket = roman + 1, 1
        elif match["brk"]:
            if int(match["brk"]) not in (bracket, 1):
                continue
            bracket = int(match["brk"]) + 1
        else:
            value = int(text[at : match.start("ara") + len(match["ara"])])
            if value == section and _SECTION_AHEAD.match(text, match.end()):
                section, bracket = section + 1, 1
            elif value == task:
                task += 1
            else:
                continue
        cuts.append(at)
    return cuts


def _number_start(text: str, match: re.Match[str], task: int, section: int) -> int:
    """A number glued to the year before it (in 20201. Deepen) begins later than its digits do."""
    if not match["ara"]:
        return match.start()
    start, end = match.span("ara")
    while start > 0 and text[start - 1].isdigit():
        start -= 1
    digits = text[start:end]
    for expected in (str(task), str(section)):
        if len(digits) > len(expected) and len(digits) > 3 and digits.endswith(expected):
            return end - len(expected)
    return start
