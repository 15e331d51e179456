"""Traditional and simplified characters, one to one: a table that reading and comparing share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType


@lru_cache(maxsize=1)
def simplified_characters() -> Mapping[str, str]:
    """Each traditional character and the first simplified one of it, from OpenCC's table.

    The table is read rather than the converter called: that one takes a hundred times as long for a
    task, and phrases do not matter where one character stands for one. Characters that are the same
    in both scripts are left out.
    """
    table = resources.files("opencc") / "dictionary" / "TSCharacters.txt"
    pairs: dict[str, str] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        traditional, _, choices = line.partition("\t")
        first = choices.split(" ")[0]
        if len(traditional) == 1 and len(first) == 1 and first != traditional:
            pairs[traditional] = first
    return MappingProxyType(pairs)
