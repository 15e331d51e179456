"""What the texts and bodies of two tasks share, as figures from about 0 to 1.

What is the same for every pair of a task (its masses, what the other plan knows of it) is found
once for the task; what renaming words does not touch is found once for the pair.
"""

from __future__ import annotations

import math
from operator import add
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from plans.comparing.prepare import Layout, Weights, masses_of
from plans.comparing.score import agreement, relation
from plans.comparing.traits import FRAME_MARK

#: Least similarity, or least share of the shorter text inside the other, of a pair.
LEAST_ALIKE, LEAST_INSIDE = 0.12, 0.2
#: Phrases put in one another's place: least similarity of the texts to look for them, least length
#: of a phrase, greatest length of a text (an article of a law is judged by its sentences).
SWAP_FROM, SWAP_LEAST, SWAP_LENGTH = 0.2, 3, 200

#: A phrase of the old text, the one in its place in the new, and by how many characters they differ.
#: Two words for one thing mostly share a character (渔港, 渔业码头), two things mostly do not.
Swap = tuple[str, str, int]


class Described(NamedTuple):
    """One task as its pairs are looked at. Masses are sums of gram weights, never 0.

    ``units`` come with their masses; ``known_mass`` and ``subject_known`` are those of the grams
    that stand anywhere in the other plan.
    """

    core: str
    clauses: tuple[str, ...]
    grams: frozenset[str]
    mass: float
    units: tuple[tuple[frozenset[str], float], ...]
    objects: frozenset[str]
    subject: frozenset[str]
    subject_mass: float
    known_mass: float
    subject_known: float


def describe(layout: Layout, other: Layout, weights: Weights, i: int) -> Described:
    """Task ``i`` of a layout, against the plan that is laid out as ``other``."""
    weight = weights.__getitem__
    one, masses = layout.traits[i], masses_of(layout, weights, i)
    return Described(
        core=one.core,
        clauses=one.clauses,
        grams=one.grams,
        mass=layout.mass[i],
        units=masses.units,
        objects=one.objects,
        subject=one.subject,
        subject_mass=masses.subject,
        known_mass=sum(map(weight, one.grams & other.known)),
        subject_known=sum(map(weight, one.subject & other.known)),
    )


class Between:
    """What one pair shares whatever its words are called: found once, kept over renamings."""

    __slots__ = ("bodies", "exact", "letters", "name", "numbers", "swapped", "title")

    def __init__(self, old: Layout, new: Layout, i: int, j: int) -> None:
        one, other = old.traits[i], new.traits[j]
        self.letters = Indel.normalized_similarity(one.core, other.core)
        self.title = relation(old.titles[i], new.titles[j])
        self.name = relation(old.named[i], new.named[j])
        self.bodies, self.exact = agreement(old.agencies[i], new.agencies[j])
        self.numbers = not one.numbers.isdisjoint(other.numbers)
        self.swapped: tuple[Swap, ...] | None = None


class Alike(NamedTuple):
    """The grams that two tasks share, their mass, and the cosine of both texts."""

    shared: frozenset[str]
    common: float
    similarity: float


def likely(one: Described, other: Described, weights: Weights) -> Alike | None:
    """What two tasks share, or None where that is too little for any link.

    With no word in common but those that any task may use, the same bodies at the same place are
    no continuation.
    """
    shared = one.grams & other.grams
    common = sum(map(weights.__getitem__, shared))
    similarity = common / math.sqrt(one.mass * other.mass)
    if similarity < LEAST_ALIKE and common < LEAST_INSIDE * min(one.mass, other.mass):
        return None
    for gram in shared:
        if gram[0] != FRAME_MARK:
            return Alike(shared, common, similarity)
    return None


def content_features(
    one: Described,
    other: Described,
    alike: Alike,
    between: Between,
    weights: Weights,
) -> tuple[float, ...]:
    """The content features of a pair, in the order of ``plans.comparing.score.CONTENT``, but for
    the last two, which :func:`swap_features` finds.
    """
    weight = weights.__getitem__
    shared, common, similarity = alike
    head_one, kept_one, best_one, later_one = _units(one, shared, weights)
    head_other, kept_other, best_other, later_other = _units(other, shared, weights)
    said_one = sum(map(weight, one.subject & other.objects))
    said_other = sum(map(weight, other.subject & one.objects))
    subject_one, subject_other = said_one / one.subject_mass, said_other / other.subject_mass
    title, name = between.title, between.name
    return (
        similarity,
        common / min(one.mass, other.mass),
        between.letters,
        max(head_one, head_other),
        min(head_one, head_other),
        max(best_one, best_other),
        max(0.0, title),
        max(0.0, -title) * (1 - min(later_one, later_other)),
        max(0.0, name),
        max(0.0, -name),
        between.bodies,
        1.0 if between.numbers else 0.0,
        between.exact,
        similarity * similarity,
        *_other_subject(one, other, common, said_one, said_other),
        max(subject_one, subject_other),
        min(subject_one, subject_other),
        max(kept_one, kept_other),
        _known_share(one, other, common),
    )


def swap_features(
    one: Described,
    other: Described,
    alike: Alike,
    between: Between,
    known_old: frozenset[str],
    known_new: frozenset[str],
) -> tuple[float, float]:
    """The last two content features: how much of the texts are phrases put in one another's place.

    ``known_old`` and ``known_new`` are the grams of the whole plans.
    """
    if alike.similarity < SWAP_FROM:
        return 0.0, 0.0
    if between.swapped is None:
        between.swapped = _swaps(one, other)
    if not between.swapped:
        return 0.0, 0.0
    return _swapped(one, other, between.swapped, known_old, known_new)


def _units(
    one: Described, shared: frozenset[str], weights: Weights
) -> tuple[float, float, float, float]:
    """How well the units of a task stand in the other: the share of the first unit, the share of
    the task's mass in units that stand there wholly, the best share of any unit, and of any unit
    but the first.
    """
    weight = weights.__getitem__
    head = kept = later = 0.0
    first = True
    for unit, whole in one.units:
        if shared.isdisjoint(unit):  # so it is with most units of most pairs
            first = False
            continue
        share = sum(map(weight, unit & shared)) / whole
        if share > 0.9:
            kept += whole
        if first:
            head, first = share, False
        elif share > later:
            later = share
    return head, kept / one.mass, max(head, later), later


def _other_subject(
    one: Described, other: Described, common: float, said_one: float, said_other: float
) -> tuple[float, float, float]:
    """How far two tasks are one frame around two subjects, each 0 (no) to 1 (wholly).

    What is left of each head when the shared grams are out must be heavy on both sides; in a
    rewording that adds or drops words one of the two is light. The second figure asks whether what
    is left stands elsewhere in the other plan: a plan keeps to its words for a thing, so words
    that both plans know are two things rather than two words for one. The third asks the same of
    the whole texts. ``said_one`` is the mass of one's subject among the other's objects; what both
    share is known to both, so that masses can be taken off each other.
    """
    lighter = min(1 - said_one / one.subject_mass, 1 - said_other / other.subject_mass)
    known = min((one.known_mass - common) / one.mass, (other.known_mass - common) / other.mass)
    if lighter <= 0.05:
        return 0.0, 0.0, known
    known_head = min(
        (one.subject_known - said_one) / one.subject_mass,
        (other.subject_known - said_other) / other.subject_mass,
    )
    return lighter, known_head, known


def _known_share(one: Described, other: Described, common: float) -> float:
    """The share of what is not common that both plans know, rather than of the whole text."""
    rest_one, rest_other = one.mass - common, other.mass - common
    if rest_one <= 0.1 * one.mass or rest_other <= 0.1 * other.mass:
        return 0.0
    return min((one.known_mass - common) / rest_one, (other.known_mass - common) / rest_other)


def _swaps(one: Described, other: Described) -> tuple[Swap, ...]:
    """The phrases of two texts that stand in one another's place in clauses that go together.

    A phrase counts where at least three characters stand for three others; a single character that
    both have parts no phrases. Texts too long for that, as articles of laws are, have none.
    """
    least, most = sorted((len(one.core), len(other.core)))
    if not 0 < least <= SWAP_LENGTH or most > 2 * SWAP_LENGTH:
        return ()
    found: list[Swap] = []
    for (unit, _), clause in zip(one.units, one.clauses, strict=True):
        shared, place = 0, clause
        for (grams, _), candidate in zip(other.units, other.clauses, strict=True):
            common = len(unit & grams)
            if common > shared:
                shared, place = common, candidate
        if place == clause:  # word for word, or nothing in common with any
            continue
        start_one = start_other = 0
        blocks = Levenshtein.editops(clause, place).as_matching_blocks()
        for block in blocks:
            if block.size == 1 and block.a + 1 < len(clause) and block.b + 1 < len(place):
                continue
            gone, come = clause[start_one : block.a], place[start_other : block.b]
            if min(len(gone), len(come)) >= SWAP_LEAST:
                shorter, longer = (gone, come) if len(gone) <= len(come) else (come, gone)
                same = sum(map(longer.__contains__, shorter))
                found.append((gone, come, len(shorter) - same))
            start_one, start_other = block.a + block.size, block.b + block.size
    return tuple(found)


def _swapped(
    one: Described,
    other: Described,
    swaps: tuple[Swap, ...],
    known_old: frozenset[str],
    known_new: frozenset[str],
) -> tuple[float, float]:
    """How much of the texts are phrases put in one another's place: 0 none to 1 all.

    The second figure counts only phrases that both plans know as words of their own.
    """
    swapped = known = 0
    for gone, come, size in swaps:
        swapped += size
        if _is_known(gone, known_new) and _is_known(come, known_old):
            known += size
    shorter = min(len(one.core), len(other.core))
    return min(1.0, swapped / shorter), min(1.0, known / shorter)


def _is_known(phrase: str, grams: frozenset[str]) -> bool:
    """Whether most of a phrase stands somewhere in a plan."""
    found = sum(map(grams.__contains__, map(add, phrase, phrase[1:])))
    return 2 * found >= len(phrase) - 1
