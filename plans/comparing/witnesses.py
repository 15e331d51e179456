"""What other links say of a word that stands in another's place.

A plan keeps to its word for a thing. Where 滩涂 stands for 湿地 in one pair and in other links too,
the plan calls the thing by a new name; where 湿地 goes on as 湿地 in all other links, or 滩涂 was
滩涂 before, the pair is the same sentence about another object.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import add
from typing import NamedTuple

from plans.comparing.features import Between
from plans.comparing.prepare import Layout

#: So many links that have one of two words and not the other speak against the two being one.
ENOUGH = 2

Pair = tuple[int, int]
Grams = frozenset[str]


class Testimony(NamedTuple):
    """Shares of the shorter text, 0 to 1: the words put for others though other links keep one of
    the two or know nothing of the other, and those that other links put in one another's place as well.
    """

    against: float
    behind: float


SILENT = Testimony(0.0, 0.0)


def testimonies(
    one: Layout,
    other: Layout,
    between: Mapping[Pair, Between],
    pairs: Iterable[Pair],
    sure: Mapping[int, int],
) -> dict[Pair, Testimony]:
    """What the ``sure`` links (old -> new position) say of the ``pairs``; those without any word
    put for another are left out.
    """
    swapped: dict[Pair, list[tuple[Grams, Grams, int]]] = {}
    wanted_old: set[str] = set()
    wanted_new: set[str] = set()
    for i, j in pairs:
        swaps = between[i, j].swapped if (i, j) in between else None
        for was, now, size in swaps or ():
            gone, come = _grams(was), _grams(now)
            swapped.setdefault((i, j), []).append((gone, come, size))
            wanted_old |= gone
            wanted_new |= come
    if not swapped:
        return {}
    wanted = frozenset(wanted_old | wanted_new)
    having_old = _holders(one, sure, wanted)
    having_new = _holders(other, sure.values(), wanted)
    back = {j: i for i, j in sure.items()}
    found: dict[Pair, Testimony] = {}
    for (i, j), words in swapped.items():
        against = behind = 0
        for gone, come, size in words:
            before = _having(gone, having_old) - {i}
            after = {back[k] for k in _having(come, having_new) - {j}}
            if before & after:
                behind += size
                continue
            still = {back[k] for k in _having(gone, having_new) - {j}}
            already = _having(come, having_old) - {i}
            if before & still or after & already or len(before) >= ENOUGH or len(after) >= ENOUGH:
                against += size
        shorter = min(len(one.traits[i].core), len(other.traits[j].core)) or 1
        found[i, j] = Testimony(against / shorter, behind / shorter)
    return found


def _grams(phrase: str) -> Grams:
    """The two-character grams of a phrase."""
    return frozenset(map(add, phrase, phrase[1:]))


def _holders(layout: Layout, linked: Iterable[int], wanted: frozenset[str]) -> dict[str, set[int]]:
    """Gram -> the linked tasks that have it."""
    holders: dict[str, set[int]] = {}
    for i in linked:
        for gram in layout.traits[i].printed & wanted:
            holders.setdefault(gram, set()).add(i)
    return holders


def _having(phrase: Grams, holders: Mapping[str, set[int]]) -> set[int]:
    """The tasks that have most of a phrase."""
    counts = Counter(chain.from_iterable(holders.get(gram, ()) for gram in phrase))
    return {i for i, count in counts.items() if 2 * count >= len(phrase)}
