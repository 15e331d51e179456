"""Matching the tasks that are not plainly equal: by content first, then by what stands around."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Mapping
from typing import NamedTuple

from plans.comparing.assign import assign
from plans.comparing.candidates import Pair, candidates
from plans.comparing.features import (
    Alike,
    Between,
    Described,
    content_features,
    describe,
    likely,
    swap_features,
)
from plans.comparing.prepare import Layout, Weights
from plans.comparing.score import CONTENT, CONTEXT, Models, context_features
from plans.comparing.sections import match_sections
from plans.comparing.witnesses import SILENT, Witnesses, testimonies
from plans.model import Plan

#: Content log odds and lead over every rival from which a pair is an anchor for the others.
SURE, SURE_LEAD = 1.5, 1.0
#: The content log odds of the rival that a task without any is held against.
NO_RIVAL = -4.0
#: From this share of phrases put in another's place, log odds count for this much at most.
DOUBTFUL_SWAP, DOUBTFUL = 0.17, 1.7
#: Invented pairs flatter: so much is taken off the log odds that become a confidence.
CAUTION = 1.5
SWAPPED = CONTENT.index("swapped")
#: A pair that is less than this part as alike as the best pair of either end is not looked at.
RIVAL = 0.5

#: In the place of the features of a pair that can be neither a link nor a rival to one.
FAR: tuple[float, ...] = ()
Features = dict[Pair, tuple[float, ...]]
Shared = dict[Pair, Between]


class Memory(NamedTuple):
    """What holds whatever words are called, kept from round to round: what pairs share, old tasks
    as they are looked at, and who has which phrase.
    """

    between: Shared
    described: dict[int, Described]
    witnesses: Witnesses


class Matched(NamedTuple):
    """One-to-one links (old -> new position), log odds and content features of all pairs that
    matter, and what the next round need not find again.
    """

    found: dict[int, int]
    scored: dict[Pair, float]
    features: Features
    memory: Memory


def match(
    one: Layout,
    other: Layout,
    weights: Weights,
    old: Plan,
    new: Plan,
    open_old: list[int],
    open_new: list[int],
    linked: Mapping[int, int],
    rejected: Collection[Pair],
    models: Models,
    earlier: Features | None = None,
    memory: Memory | None = None,
) -> Matched:
    """The best one-to-one matching of the open tasks.

    ``linked`` are the tasks that are plainly equal. ``earlier`` are features from a round before:
    ``open_new`` are then matched as all are, but those of the pairs given are taken as they are.
    ``memory`` is what a round before found of what renaming does not touch.
    """
    features = dict(earlier or {})
    known_new = {j for _, j in features}
    fresh = [j for j in open_new if j not in known_new]
    memory = memory or Memory({}, {}, Witnesses(one, other))
    features.update(
        content_of(
            one, other, weights, old, new, open_old, fresh, linked,
            memory.between, memory.described, models,
        )
    )  # fmt: skip
    content = {
        pair: models.content.logit(values)
        for pair, values in sorted(features.items())
        if values and pair not in rejected
    }
    context = context_of(one, other, old, new, content, linked)
    scored = {pair: models.context.logit(values) for pair, values in context.items()}
    found = assign({pair: value - models.link_from for pair, value in scored.items()})
    sure = sure_of(found, scored, linked)
    said = testimonies(one, other, memory.between, found.items(), sure, memory.witnesses)
    for i, j in list(found.items()):
        pair = i, j
        words = said.get(pair, SILENT)
        kept = models.keep.logit((scored[pair], *features[pair], *context[pair][1:], *words))
        # A whole phrase put in another's place may be another subject: that is for a person to say.
        doubtful = features[pair][SWAPPED] > DOUBTFUL_SWAP
        scored[pair] = min(kept, DOUBTFUL) if doubtful else kept - CAUTION
        if kept < models.keep_from:
            del found[i]
    return Matched(found, scored, features, memory)


def remembered(
    before: Matched, one: Layout, was: Layout, other: Layout, settled: Mapping[int, int]
) -> tuple[Features, Memory]:
    """The features and the memory of a round that still hold when the new plan, laid out as
    ``was``, has its words renamed in ``other``, and the ``settled`` tasks are out.
    """
    out = set(settled.values())
    same = {j for j, now in enumerate(other.traits) if now is was.traits[j] and j not in out}
    features = {
        (i, j): values
        for (i, j), values in before.features.items()
        if j in same and i not in settled
    }
    learned = other.known - was.known
    described = {
        i: task for i, task in before.memory.described.items() if learned.isdisjoint(task.grams)
    }
    return features, before.memory._replace(described=described)


def least_content(models: Models) -> float:
    """The log odds by content, phrases in one another's place not counted, below which a pair
    changes nothing.

    At ``NO_RIVAL`` and below a pair is no rival (see :func:`leads_of`) and no anchor. Nor is it
    linked, if it is not even where everything around speaks for it: its leads are then 0 at most,
    and every other context feature lies between 0 and 1. Without such a bound, minus infinity.
    """
    weights = dict(zip(CONTEXT, models.context.weights, strict=True))
    most = models.context.bias + weights["content"] * NO_RIVAL
    most += max(0.0, weights["both_weak"]) * -NO_RIVAL / 4
    most += sum(max(0.0, -weights[lead]) for lead in ("lead_old", "lead_new"))
    most += sum(max(0.0, weights[name]) for name in ("same_section", "other_section", "near"))
    # Further down both_weak grows: it must not make up for what the content loses.
    if most >= models.link_from or weights["content"] < max(0.0, weights["both_weak"]) / 4:
        return -math.inf
    # A grain more: the same sum in another order may differ in its last digit.
    return NO_RIVAL - sum(max(0.0, w) for w in models.content.weights[SWAPPED:]) - 1e-9


def sure_of(
    found: Mapping[int, int], scored: Mapping[Pair, float], linked: Mapping[int, int]
) -> dict[int, int]:
    """The links that may witness: equal texts, and pairs of which the context left no doubt."""
    sure = {i: j for i, j in found.items() if scored[i, j] >= SURE}
    return {**linked, **sure}


def content_of(
    one: Layout,
    other: Layout,
    weights: Weights,
    old: Plan,
    new: Plan,
    open_old: list[int],
    open_new: list[int],
    linked: Mapping[int, int],
    between: Shared | None = None,
    described: dict[int, Described] | None = None,
    models: Models | None = None,
) -> Features:
    """The content features of every candidate pair that is alike at all.

    ``between`` and ``described`` grow by what was found of pairs, and of old tasks, apart from how
    words are called. With ``models``, pairs that these would neither link nor take for rivals are
    ``FAR``: the search for phrases in one another's place is the dearest, and about half of all
    pairs need none.
    """
    between = {} if between is None else between
    described_old = {} if described is None else described
    least = least_content(models) if models else -math.inf
    found: Features = {}
    sections = sections_of(old, new, linked)
    described_new: dict[int, Described] = {}
    alike: dict[Pair, Alike] = {}
    best_old: dict[int, float] = {}
    best_new: dict[int, float] = {}
    for pair in candidates(one, other, weights, open_old, open_new, sections):
        i, j = pair
        before = described_old.get(i)
        if before is None:
            before = described_old[i] = describe(one, other, weights, i)
        after = described_new.get(j)
        if after is None:
            after = described_new[j] = describe(other, one, weights, j)
        close = likely(before, after, weights)
        if close is not None:
            alike[pair] = close
            similarity = close.similarity
            if similarity > best_old.get(i, 0.0):
                best_old[i] = similarity
            if similarity > best_new.get(j, 0.0):
                best_new[j] = similarity
    for pair, close in alike.items():
        i, j = pair
        # Far behind the best of both its ends, a pair is neither a link nor a rival to one.
        if close.similarity < RIVAL * min(best_old[i], best_new[j]):
            continue
        apart = between.get(pair)
        if apart is None:
            apart = between[pair] = Between(one, other, i, j)
        before, after = described_old[i], described_new[j]
        values = content_features(before, after, close, apart, weights)
        # What is left to find adds nothing to the log odds that ``least`` does not allow for.
        if models and models.content.logit(values) < least:
            found[pair] = FAR
            continue
        found[pair] = values + swap_features(before, after, close, apart, one.known, other.known)
    return found


def context_of(
    one: Layout,
    other: Layout,
    old: Plan,
    new: Plan,
    content: Mapping[Pair, float],
    linked: Mapping[int, int],
) -> dict[Pair, tuple[float, ...]]:
    """The context features of pairs whose content log odds are known."""
    leads = leads_of(content)
    sure = dict(linked)
    for (i, j), value in content.items():
        if value >= SURE and min(leads[i, j]) >= SURE_LEAD:
            sure[i] = j
    sections = sections_of(old, new, sure)
    nearness = Nearness(sure, len(old.tasks), len(new.tasks))
    found: dict[Pair, tuple[float, ...]] = {}
    for (i, j), value in content.items():
        section = one.sections[i]
        continued = sections.get(section) if section is not None else None
        same = continued is not None and continued == other.sections[j]
        elsewhere = continued is not None and not same
        found[i, j] = context_features(value, *leads[i, j], same, elsewhere, nearness.of(i, j))
    return found


def sections_of(old: Plan, new: Plan, linked: Mapping[int, int]) -> dict[str, str]:
    """The map of sections, given these links (positions)."""
    return match_sections(
        old, new, [(old.tasks[i].section, new.tasks[j].section) for i, j in linked.items()]
    )


def leads_of(content: Mapping[Pair, float]) -> dict[Pair, tuple[float, float]]:
    """By how much each pair beats the best other pair of its old and of its new task.

    A task without a rival leads as if over a pair of the log odds ``NO_RIVAL``.
    """
    best: dict[tuple[int, int], tuple[float, float]] = {}
    for (i, j), value in content.items():
        for end in ((0, i), (1, j)):
            first, second = best.get(end, (NO_RIVAL, NO_RIVAL))
            if value > first:
                best[end] = (value, first)
            else:
                best[end] = (first, max(second, value))
    leads: dict[Pair, tuple[float, float]] = {}
    for (i, j), value in content.items():
        lead = []
        for end in ((0, i), (1, j)):
            first, second = best[end]
            lead.append(value - (second if value == first else first))
        leads[i, j] = (lead[0], lead[1])
    return leads


class Nearness:
    """How close a pair lies to where the order of sure links would put it."""

    def __init__(self, sure: Mapping[int, int], size_old: int, size_new: int) -> None:
        self._rows = sorted(sure)
        self._columns = [sure[i] for i in self._rows]
        self._scale = size_new / max(1, size_old)

    def of(self, i: int, j: int) -> float:
        """1 beside the nearest sure links, falling with the distance; without any, by share."""
        at = bisect_left(self._rows, i)
        if not self._rows:
            return 1 / (1 + abs(j - i * self._scale) / 2)
        # The distance from the place that the link before, or the one behind, would put it at.
        before = self._columns[at - 1] - self._rows[at - 1] if at else None
        behind = self._columns[at] - self._rows[at] if at < len(self._rows) else before
        shift = j - i
        away = abs(shift - behind) if behind is not None else 0
        if before is not None:
            away = min(away, abs(shift - before))
        return 1 / (1 + away / 2)
