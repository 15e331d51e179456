"""Lines of mixed Chinese and Latin text for a terminal, broken where a typesetter would.

A Chinese character takes two cells and a line may break beside it; a Latin word stays whole; no
line begins with closing punctuation, none ends with an opening bracket.
"""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len
from rich.text import Text

# One unit that is never broken: Chinese with the punctuation that holds on to it, or a Latin word.
_UNIT = re.compile(r"[^\S\n]+|[A-Za-z0-9_.,:;@/%+\-'’()&]+|.", re.DOTALL)
_NO_START = frozenset("，。、；：！？）》〉”’」』】〕…—,.;:!?)]}-+·⟩")
_NO_END = frozenset("（《〈“‘「『【〔([{+-⟨")


def wrap(text: Text, width: int) -> list[Text]:
    """``text`` as lines of at most ``width`` cells, with its styles; never fewer than one line."""
    lines: list[Text] = []
    start, used, end = 0, 0, 0
    for unit_start, unit_end in _units(text.plain, max(width, 2)):
        cells = cell_len(text.plain[unit_start:unit_end])
        if used + cells > max(width, 2) and end > start:
            lines.append(_line(text, start, end))
            start, used = unit_start, 0
            if text.plain[unit_start:unit_end].isspace():
                start, end = unit_end, unit_end
                continue
        used += cells
        end = unit_end
    lines.append(_line(text, start, len(text.plain)))
    return lines


def _line(text: Text, start: int, end: int) -> Text:
    line = text[start:end]
    line.rstrip()
    return line


def _units(plain: str, width: int) -> list[tuple[int, int]]:
    """Spans that stay together, none wider than ``width``."""
    units: list[tuple[int, int]] = []
    for match in _UNIT.finditer(plain):
        start, end = match.span()
        if units and _clings(plain, units[-1], start):
            before = units[-1][0]
            if cell_len(plain[before:end]) <= width:
                units[-1] = (before, end)
                continue
        while cell_len(plain[start:end]) > width:
            cut = start + max(1, width // 2)
            units.append((start, cut))
            start = cut
        units.append((start, end))
    return units


def _clings(plain: str, before: tuple[int, int], start: int) -> bool:
    """Whether the unit that starts at ``start`` may not be parted from the one before it."""
    first, last = plain[start], plain[before[1] - 1]
    if last.isspace() or first.isspace():
        return False
    return first in _NO_START or last in _NO_END or unicodedata.combining(first) > 0
