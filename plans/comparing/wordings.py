"""The thesaurus of the field's wordings: which words stand for each other, which say little."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from plans.comparing.normalise import fold


class Wordings(NamedTuple):
    """The thesaurus, ready for use on folded text.

    ``pattern`` finds the longest known word at a place; ``frame`` and ``same`` give the name of
    its group.
    """

    pattern: re.Pattern[str]
    frame: dict[str, str]
    same: dict[str, str]


@lru_cache(maxsize=1)
def wordings() -> Wordings:
    """The shipped thesaurus (data/wordings.txt)."""
    text = (resources.files("plans.comparing") / "data" / "wordings.txt").read_text("utf-8")
    return parse_wordings(text)


def parse_wordings(text: str) -> Wordings:
    """Read a thesaurus. Raises ``ValueError`` with the line where a line is not understood."""
    frame: dict[str, str] = {}
    same: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, *words = line.split()
        group = {"frame": frame, "same": same}.get(kind)
        if group is None or not words:
            raise ValueError(
                f"wordings, line {number}: expected 'frame' or 'same' and at least one word"
            )
        for word in words:
            group.setdefault(fold(word), fold(words[0]))
    longest_first = sorted({*frame, *same}, key=lambda word: (-len(word), word))
    return Wordings(re.compile("|".join(map(re.escape, longest_first))), frame, same)
