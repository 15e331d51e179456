"""Words of a text for the search index: two-character pieces of Chinese, whole words of the rest.

Both databases get the same words, so that they find the same; neither needs an extension. The last
character of a Chinese run is a word too, so that every single character begins some word.
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

_CHINESE = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"([{_CHINESE}]+)|((?:(?![{_CHINESE}])[^\W_])+)")
#: Longer runs of letters are no words of a plan.
_WORD_LIMIT = 64


def folded(text: str) -> str:
    """The text with width, case and compatibility forms folded: what searching compares."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> frozenset[str]:
    """The index words of a text."""
    found: set[str] = set()
    for chinese, other in _RUNS.findall(folded(text)):
        if chinese:
            found.update(map(add, chinese, chinese[1:]))
            found.add(chinese[-1])
        else:
            found.add(other[:_WORD_LIMIT])
    return frozenset(found)


def query_words(query: str) -> tuple[tuple[str, bool], ...]:
    """The words that a text must have to hold ``query``; True where a beginning is enough."""
    found: dict[tuple[str, bool], None] = {}
    for chinese, other in _RUNS.findall(folded(query)):
        if not chinese:
            found[(other[:_WORD_LIMIT], True)] = None
        elif len(chinese) == 1:
            found[(chinese, True)] = None
        else:
            found.update({(chinese[i : i + 2], False): None for i in range(len(chinese) - 1)})
    return tuple(found)


def holds(text: str, query: str) -> bool:
    """Whether a text has every run of characters of the query, wherever they stand."""
    whole = "".join(folded(text).split())
    runs = [chinese or other for chinese, other in _RUNS.findall(folded(query))]
    return bool(runs) and all(run in whole for run in runs)
