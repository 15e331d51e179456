"""Automatic numbers of Word paragraphs: Word keeps the rule, not the number that it shows."""

from __future__ import annotations

import re
from typing import NamedTuple

from docx.oxml.ns import qn
from lxml import etree

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    suffix: str
    restarts_after: int | None
    #: Every number in it is shown in figures, whatever the levels above are counted in.
    in_figures: bool = False


class Numbering:
    """Counts as Word does: give it the paragraphs in order, it answers the mark of each."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """``numbering`` and ``styles`` are the roots of the parts of these names, None: absent."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._shared: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._styles = {} if styles is None else _styles(styles)
        self._overrides: dict[str, dict[int, int]] = {}
        self._fresh: set[tuple[str, int]] = set()
        if numbering is not None:
            self._load(numbering)

    def _load(self, root: etree._Element) -> None:
        abstract = {
            _attribute(item, "abstractNumId"): {
                int(_attribute(level, "ilvl") or 0): _level(level)
                for level in item.iterfind(qn("w:lvl"))
            }
            for item in root.iterfind(qn("w:abstractNum"))
        }
        # A list may be that of a list style, whose levels stand in another one of the file.
        named = {
            _attribute(link, "val"): _attribute(item, "abstractNumId")
            for item in root.iterfind(qn("w:abstractNum"))
            if (link := item.find(qn("w:styleLink"))) is not None
        }
        for item in root.iterfind(qn("w:abstractNum")):
            link = item.find(qn("w:numStyleLink"))
            of = named.get(_attribute(link, "val")) if link is not None else None
            if of is not None:
                abstract[_attribute(item, "abstractNumId")] = abstract[of]
        for item in root.iterfind(qn("w:num")):
            number = _attribute(item, "numId")
            base = item.find(qn("w:abstractNumId"))
            of = _attribute(base, "val") if base is not None else ""
            levels = dict(abstract.get(of, {}))
            for override in item.iterfind(qn("w:lvlOverride")):
                at = int(_attribute(override, "ilvl") or 0)
                own = override.find(qn("w:lvl"))
                if own is not None:
                    levels[at] = _level(own)
                start = override.find(qn("w:startOverride"))
                if start is not None and at in levels:
                    first = int(_attribute(start, "val") or 1)
                    self._overrides.setdefault(number, {})[at] = first
            self._levels[number] = levels
            # Lists made from one abstract list count on together, unless one starts anew.
            self._shared[number] = of

    def mark(self, paragraph: etree._Element) -> str:
        """The number that Word shows before ``paragraph``, with its separator; often empty."""
        number, depth = self._of(paragraph)
        levels = self._levels.get(number, {})
        level = levels.get(depth)
        if level is None or level.format == "none":
            return ""
        counters = self._counters.setdefault(self._shared[number], {})
        override = self._overrides.get(number, {}).get(depth)
        if override is not None and (number, depth) not in self._fresh:
            self._fresh.add((number, depth))
            counters[depth] = override
        else:
            counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [at for at in counters if at > depth]:
            below = levels.get(deeper)
            if below is None or below.restarts_after is None or below.restarts_after > depth:
                del counters[deeper]
        if level.format == "bullet":
            return "• "

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = levels.get(at)
            if of is None:
                return ""
            return in_words(
                counters.get(at, of.start), "decimal" if level.in_figures else of.format
            )

        text = re.sub(r"%([1-9])", shown, level.text)
        space = {"nothing": "", "space": " "}.get(level.suffix, " ")
        # After a Chinese mark (一、 or （一）) no space shows that would be read as one.
        return (
            text
            if not text or (text[-1] in "、）章条节．." and not text[-1].isascii())
            else text + space
        )

    def _of(self, paragraph: etree._Element) -> tuple[str, int]:
        """List and level of a paragraph: its own, else those of its style."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        number, depth = _reference(own)
        if number is None:
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = _attribute(style, "val") if style is not None else ""
            for _ in range(20):
                found = self._styles.get(name)
                if found is None:
                    break
                number, above, parent = found
                depth = above if depth is None else depth
                if number is not None:
                    break
                name = parent
        return number or "0", depth or 0


def in_words(number: int, form: str) -> str:
    """``number`` in a Word number format (``decimal``, ``chineseCounting`` …)."""
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 8)
        return letter if form == "upperLetter" else letter.lower()
    if form == "decimalZero":
        return f"{number:02d}"
    if form.startswith("decimalEnclosed") and 1 <= number <= 20:
        first = {
            "decimalEnclosedCircle": "①",
            "decimalEnclosedParen": "⑴",
            "decimalEnclosedFullstop": "⒈",
        }
        start = first.get(form, "①" if "Circle" in form else "⑴")
        return chr(ord(start) + number - 1)
    if form == "ideographTraditional" and 1 <= number <= 10:
        return _STEMS[number - 1]
    if form == "ideographZodiac" and 1 <= number <= 12:
        return _BRANCHES[number - 1]
    if form == "decimalFullWidth":
        return str(number).translate({ord("0") + at: ord("０") + at for at in range(10)})
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))
    if form == "chineseLegalSimplified":
        return _chinese(number, _LEGAL, "拾佰仟")
    if form.startswith(("chinese", "japaneseCounting", "taiwaneseCounting", "koreanCounting")):
        return _chinese(number, _DIGITS.replace("〇", "零"), "十百千")
    return str(number)


def _chinese(number: int, digits: str, units: str) -> str:
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    text = str(number)
    for at, digit in enumerate(text):
        place = len(text) - at - 1
        if digit != "0":
            out += digits[int(digit)] + (units[place - 1] if place else "")
        elif out and not out.endswith(digits[0]) and text[at:].strip("0"):
            out += digits[0]
    one_ten = digits[1] + units[0]
    return out[1:] if units[0] == "十" and 10 <= number < 20 and out.startswith(one_ten) else out


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += sign * (number // value)
        number %= value
    return out


def _attribute(element: etree._Element, name: str) -> str:
    return str(element.get(qn(f"w:{name}")) or "")


def _reference(element: etree._Element | None) -> tuple[str | None, int | None]:
    if element is None:
        return None, None
    number, depth = element.find(qn("w:numId")), element.find(qn("w:ilvl"))
    return (
        None if number is None else _attribute(number, "val"),
        None if depth is None else int(_attribute(depth, "val") or 0),
    )


def _level(level: etree._Element) -> _Level:
    def value(name: str, default: str) -> str:
        found = level.find(qn(f"w:{name}"))
        return default if found is None else _attribute(found, "val")

    restart = value("lvlRestart", "")
    return _Level(
        start=int(value("start", "1") or 1),
        format=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        suffix=value("suff", "tab"),
        restarts_after=int(restart) if restart else None,
        in_figures=level.find(qn("w:isLgl")) is not None
        and value("isLgl", "") not in ("0", "false", "off"),
    )


def _styles(root: etree._Element) -> dict[str, tuple[str | None, int | None, str]]:
    """For every paragraph style: its list, its level, and the style that it is based on."""
    found = {}
    for style in root.iterfind(qn("w:style")):
        number, depth = _reference(style.find(f"{qn('w:pPr')}/{qn('w:numPr')}"))
        parent = style.find(qn("w:basedOn"))
        found[_attribute(style, "styleId")] = (
            number,
            depth,
            "" if parent is None else _attribute(parent, "val"),
        )
    return found
