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
    in_old, in_new = heard.old.of, heard.new.of
    links = _Sure(sure)
    found: dict[Pair, Testimony] = {}
    for i, j in pairs:
        swaps = between[i, j].swapped if (i, j) in between else None
        if not swaps:
            continue
        against = behind = 0
        for was, now, size in swaps:
            gone, come = _grams(was), _grams(now)
            before, after = in_old(gone), in_new(come)
            if links.meet(before, after, i):
                behind += size
            elif (
                _enough(before, sure, i)
                or _enough(after, links.old_of, sure.get(i, -1))
                or links.meet(before, in_new(gone), i)
                or links.meet(in_old(come), after, i)
            ):
                against += size
        shorter = min(len(one.traits[i].core), len(other.traits[j].core)) or 1
        found[i, j] = Testimony(against / shorter, behind / shorter)
    return found


class _Sure:
    """The sure links, asked from either side. Phrases of two grams stand in a good part of a large
    plan: so the search ends with the first link that answers it.
    """

    def __init__(self, sure: Mapping[int, int]) -> None:
        self._new_of = sure
        self.old_of = {j: i for i, j in sure.items()}

    def meet(self, old: frozenset[int], new: frozenset[int], itself: int) -> bool:
        """Whether any link, but that of the old task ``itself``, has ends in both sets."""
        if len(old) <= len(new):
            new_of = self._new_of
            return any(i in new_of and new_of[i] in new and i != itself for i in old)
        old_of = self.old_of
        return any(j in old_of and old_of[j] in old and old_of[j] != itself for j in new)


def _enough(tasks: frozenset[int], linked: Mapping[int, int], itself: int) -> bool:
    """Whether so many of the tasks are linked, not counting ``itself``."""
    found = 0
    for task in tasks:
        if task in linked and task != itself:
            found += 1
            if found == ENOUGH:
                return True
    return False


def _grams(phrase: str) -> Grams:
    """The two-character grams of a phrase."""
    return frozenset(map(add, phrase, phrase[1:]))
