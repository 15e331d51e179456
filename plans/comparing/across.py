"""Links between plans in two languages: by bodies, instruments, programmes and the glossary.

No word of one text stands in the other, so a pair is judged by the concepts that both speak of,
weighted by how few tasks speak of them. A body alone is no evidence: it has a dozen tasks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from plans.comparing.assign import assign
from plans.comparing.candidates import Pair
from plans.comparing.concepts import Concepts, Said, concepts_of
from plans.comparing.link import Group, Linking
from plans.comparing.memo import ByVersion
from plans.comparing.numbering import number_key
from plans.comparing.pinned import judged, pin
from plans.comparing.prepare import heirs_of
from plans.comparing.score import agreement, probability
from plans.comparing.sections import match_sections
from plans.comparing.verdicts import NO_VERDICTS, Verdicts
from plans.model import Plan, Task
from plans.registry.model import Registry

#: Weights of the hand-made score; measured in bench/compare/languages.py.
CONCEPTS, INSTRUMENT, OTHER_INSTRUMENT, PROGRAMME, BODIES, NUMBER = 7.0, 2.5, -1.5, 2.0, 1.6, 1.5
BIAS = -3.0
#: Least share of the concepts of a text that a pair must have in common.
LEAST = 0.12


class Outline(NamedTuple):
    """What a task says beyond its wording. ``concepts`` are all that it names, ``mass`` is that of
    those that do not stand inside a longer one.
    """

    concepts: frozenset[str]
    mass: float
    bodies: frozenset[str]
    number: str | None


def link_across(
    old: Plan, new: Plan, registry: Registry, verdicts: Verdicts = NO_VERDICTS
) -> Linking:
    """Link the tasks of two plans in different languages, one to one.

    Numbers count only where both sides are whole plans of the same size: a translation keeps them.
    Deterministic.
    """
    finder = _finder(ByVersion(registry))
    heirs = heirs_of(registry)
    found_old = [concepts_of(task, finder) for task in old.tasks]
    found_new = [concepts_of(task, finder) for task in new.tasks]
    weights = _weigh(found_old, found_new)
    one = _outlines(old.tasks, found_old, weights, heirs)
    other = _outlines(new.tasks, found_new, weights, heirs)
    numbered = not (old.covers_part or new.covers_part) and len(one) == len(other)
    rejected, confirmed = judged(old, new, verdicts)
    pinned = pin(confirmed, {})
    scored = {
        (i, j): score(one[i], other[j], weights, numbered)
        for i, j in _candidates(one, other)
        if (i, j) not in rejected and i not in pinned.old and j not in pinned.new
    }
    linked = assign(scored)
    groups = [Group((i,), (j,), probability(scored[i, j])) for i, j in linked.items()]
    groups.extend(Group(before, after, 1.0) for before, after in pinned.groups)
    groups.sort(key=lambda group: (group.new[0], group.old[0]))
    pairs = [(old.tasks[g.old[0]].section, new.tasks[g.new[0]].section) for g in groups]
    return Linking(tuple(groups), match_sections(old, new, pairs))


def score(one: Outline, other: Outline, weights: dict[str, float], numbered: bool) -> float:
    """The log odds that two tasks in two languages are one measure."""
    shared = one.concepts & other.concepts
    common = math.fsum(weights[concept] for concept in shared)
    similarity = min(1.0, common / math.sqrt(one.mass * other.mass)) if shared else 0.0
    same_number = numbered and one.number is not None and one.number == other.number
    if similarity < LEAST and not same_number:
        return -9.0
    bodies, _ = agreement(one.bodies, other.bodies)
    laws_one = {concept for concept in one.concepts if concept[0] == "i"}
    laws_other = {concept for concept in other.concepts if concept[0] == "i"}
    value = BIAS + CONCEPTS * similarity + BODIES * 2 * bodies
    if laws_one & laws_other:
        value += INSTRUMENT
    elif laws_one and laws_other:
        value += OTHER_INSTRUMENT
    if any(concept[0] == "p" for concept in shared):
        value += PROGRAMME
    return value + (NUMBER if same_number else 0.0)


@lru_cache(maxsize=4)
def _finder(holder: ByVersion) -> Concepts:
    return Concepts(holder.registry)


def _weigh(old: Sequence[Said], new: Sequence[Said]) -> dict[str, float]:
    """Inverse frequency by the side on which a concept is more frequent; names count double."""
    counts_old = Counter(concept for found in old for concept in found.said | found.inside)
    counts_new = Counter(concept for found in new for concept in found.said | found.inside)
    weights: dict[str, float] = {}
    for concept in {*counts_old, *counts_new}:
        share = max(
            counts_old[concept] / max(len(old), 10), counts_new[concept] / max(len(new), 10)
        )
        weight = math.log(1 + 1 / share) / 2
        weights[concept] = weight if concept[0] == "t" else 2 * weight
    return weights


def _outlines(
    tasks: Sequence[Task],
    found: Sequence[Said],
    weights: dict[str, float],
    heirs: dict[str, str],
) -> list[Outline]:
    return [
        Outline(
            concepts.said | concepts.inside,
            math.fsum(weights[concept] for concept in concepts.said) or 1e-9,
            frozenset(heirs.get(a.agency, a.agency) for a in task.assignments if a.agency),
            number_key(task.number),
        )
        for task, concepts in zip(tasks, found, strict=True)
    ]


def _candidates(one: Sequence[Outline], other: Sequence[Outline]) -> list[Pair]:
    holders: dict[str, list[int]] = {}
    for i, outline in enumerate(one):
        for concept in outline.concepts:
            holders.setdefault(concept, []).append(i)
        if outline.number is not None:
            holders.setdefault("#" + outline.number, []).append(i)
    pairs: set[Pair] = set()
    for j, outline in enumerate(other):
        keys = [*outline.concepts, *(["#" + outline.number] if outline.number else [])]
        for key in keys:
            pairs.update((i, j) for i in holders.get(key, ())[:200])
    return sorted(pairs)
