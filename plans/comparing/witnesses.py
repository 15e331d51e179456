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
    # Both by the old position: a link is one witness, whichever side of it has the word.
    in_old = Having({i: one.traits[i].printed & wanted for i in sure})
    in_new = Having({i: other.traits[j].printed & wanted for i, j in sure.items()})
    found: dict[Pair, Testimony] = {}
    for (i, j), words in swapped.items():
        against = behind = 0
        for gone, come, size in words:
            before, after = in_old.of(gone), in_new.of(come)
            if _meet(before, after, i):
                behind += size
            elif (
                len(before) - (i in before) >= ENOUGH
                or len(after) - (i in after) >= ENOUGH
                or _meet(before, in_new.of(gone), i)
                or _meet(after, in_old.of(come), i)
            ):
                against += size
        shorter = min(len(one.traits[i].core), len(other.traits[j].core)) or 1
        found[i, j] = Testimony(against / shorter, behind / shorter)
    return found


def _meet(one: set[int], other: set[int], itself: int) -> bool:
    """Whether any link but the one that is judged is in both."""
    if one.isdisjoint(other):
        return False
    return itself not in one or itself not in other or len(one & other) > 1


def _grams(phrase: str) -> Grams:
    """The two-character grams of a phrase."""
    return frozenset(map(add, phrase, phrase[1:]))


class Having:
    """Which links have most of a phrase on one side; ``grams`` are those of each link."""

    def __init__(self, grams: Mapping[int, Grams]) -> None:
        self._holders: dict[str, list[int]] = {}
        for i, known in grams.items():
            for gram in known:
                self._holders.setdefault(gram, []).append(i)
        self._found: dict[Grams, set[int]] = {}

    def of(self, phrase: Grams) -> set[int]:
        """The links that have most of the phrase. A phrase is looked for once."""
        found = self._found.get(phrase)
        if found is None:
            holders = [self._holders[gram] for gram in phrase if gram in self._holders]
            counts = Counter(chain.from_iterable(holders))
            least = (len(phrase) + 1) // 2
            if least <= 1:
                found = set(counts)
            else:
                found = {i for i, count in counts.items() if count >= least}
            self._found[phrase] = found
        return found
