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
from plans.comparing.prepare import Holders, Layout

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


class Having:
    """Which tasks have most of a phrase, as it was printed; ``holders`` are those of each gram.

    What was printed is the same in all rounds of linking, so a phrase is looked for once.
    """

    def __init__(self, holders: Holders) -> None:
        self._holders = holders
        self._found: dict[Grams, frozenset[int]] = {}

    def of(self, phrase: Grams) -> frozenset[int]:
        """The tasks that have most of the phrase, by position."""
        found = self._found.get(phrase)
        if found is None:
            holders = [self._holders[gram] for gram in phrase if gram in self._holders]
            least = (len(phrase) + 1) // 2
            if least <= 1:
                found = frozenset(chain.from_iterable(holders))
            else:
                counts = Counter(chain.from_iterable(holders))
                found = frozenset([i for i, count in counts.items() if count >= least])
            self._found[phrase] = found
        return found


class Witnesses:
    """All tasks of two plans, old and new, by the phrases that they have."""

    def __init__(self, one: Layout, other: Layout) -> None:
        self.old, self.new = Having(one.printed), Having(other.printed)


def testimonies(
    one: Layout,
    other: Layout,
    between: Mapping[Pair, Between],
    pairs: Iterable[Pair],
    sure: Mapping[int, int],
    witnesses: Witnesses | None = None,
) -> dict[Pair, Testimony]:
    """What the ``sure`` links (old -> new position) say of the ``pairs``; those without any word
    put for another are left out. ``witnesses`` are those of the two plans, kept from a round before.
    """
    heard = witnesses or Witnesses(one, other)
    # Both by the old position: a link is one witness, whichever side of it has the word.
    old_of = {j: i for i, j in sure.items()}

    def in_old(phrase: Grams) -> set[int]:
        return sure.keys() & heard.old.of(phrase)

    def in_new(phrase: Grams) -> set[int]:
        return {old_of[j] for j in heard.new.of(phrase) if j in old_of}

    found: dict[Pair, Testimony] = {}
    for i, j in pairs:
        swaps = between[i, j].swapped if (i, j) in between else None
        if not swaps:
            continue
        against = behind = 0
        for was, now, size in swaps:
            gone, come = _grams(was), _grams(now)
            before, after = in_old(gone), in_new(come)
            if _meet(before, after, i):
                behind += size
            elif (
                len(before) - (i in before) >= ENOUGH
                or len(after) - (i in after) >= ENOUGH
                or _meet(before, in_new(gone), i)
                or _meet(after, in_old(come), i)
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
