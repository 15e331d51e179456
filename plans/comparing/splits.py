"""One task that became several, several that became one.

After one-to-one matching, a task that is still open may be a part of one that is linked: its own
text lies inside the whole, and it covers what the linked part left uncovered. Splits and merges
are one problem seen from two sides, so the code speaks of a ``whole`` and its ``parts``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from plans.comparing.prepare import Layout, Weights
from plans.comparing.score import Model, agreement

#: A whole has at most this many parts; more is a new list under an old heading, not a split.
MOST_PARTS = 5
#: Below this share of its own text inside the whole, an open task is no part of it.
LEAST_INSIDE = 0.15

Rejected = Callable[[int, int], bool]


def split_features(
    whole: Layout,
    parts: Layout,
    weights: Weights,
    i: int,
    taken: Collection[int],
    j: int,
    same_section: bool,
) -> tuple[float, ...]:
    """What says that part ``j`` belongs to whole ``i``, which continues in parts ``taken``."""
    weight = weights.__getitem__
    all_of, one = whole.traits[i].grams, parts.traits[j].grams
    covered = frozenset[str]().union(*(parts.traits[k].grams for k in taken))
    inside = all_of & one
    inside_mass = sum(map(weight, inside))
    gain = sum(map(weight, inside - covered)) / whole.mass[i]
    unit_gain = 0.0
    for unit in whole.traits[i].units:
        mass = sum(map(weight, unit))
        share = sum(map(weight, unit & one)) - sum(map(weight, unit & covered))
        unit_gain = max(unit_gain, share / mass)
    bodies, _ = agreement(whole.agencies[i], parts.agencies[j])
    distance = min(abs(j - k) for k in taken)
    titles = (whole.titles[i] & parts.titles[j]).difference(*(parts.titles[k] for k in taken))
    already = sum(map(weight, all_of & covered)) / whole.mass[i]
    return (
        inside_mass / parts.mass[j],
        gain,
        unit_gain,
        bodies,
        1.0 if same_section else 0.0,
        2.0 / (1 + distance),
        1.0 if titles else 0.0,
        already,
        sum(map(weight, parts.traits[j].subject & whole.traits[i].objects)) / parts.subject_mass[j],
    )


def attach(
    whole: Layout,
    parts: Layout,
    weights: Weights,
    model: Model,
    threshold: float,
    groups: dict[int, list[int]],
    open_parts: Collection[int],
    sections: Mapping[str, str],
    rejected: Rejected,
) -> list[tuple[int, int, float]]:
    """Give open parts to wholes that they cover: ``groups`` (whole -> parts) grows in place.

    ``sections`` maps a section of the whole's side to that of the parts' side. Returns what was
    attached as (whole, part, log odds), best first.
    """
    holders = _holders(whole, groups, parts, open_parts)
    ranked: list[tuple[float, int, int]] = []
    for j in sorted(open_parts):
        for i in _likely(holders, parts, weights, j):
            if not rejected(i, j):
                logit = model.logit(_features(whole, parts, weights, groups, sections, i, j))
                if logit > threshold:
                    ranked.append((-logit, i, j))
    attached: list[tuple[int, int, float]] = []
    used: set[int] = set()
    for _, i, j in sorted(ranked):
        if j in used or len(groups[i]) >= MOST_PARTS:
            continue
        # Another part may have covered the same ground since: look again.
        logit = model.logit(_features(whole, parts, weights, groups, sections, i, j))
        if logit > threshold:
            used.add(j)
            groups[i].append(j)
            attached.append((i, j, logit))
    return attached


def likely_parts(
    whole: Layout,
    parts: Layout,
    weights: Weights,
    model: Model,
    groups: Mapping[int, list[int]],
    open_parts: Collection[int],
    sections: Mapping[str, str],
) -> Iterator[tuple[int, float]]:
    """For every open part, the wholes that it might belong to, with the log odds."""
    holders = _holders(whole, groups, parts, open_parts)
    for j in sorted(open_parts):
        for i in _likely(holders, parts, weights, j):
            yield i, model.logit(_features(whole, parts, weights, groups, sections, i, j))


def neighbours(
    whole: Layout,
    parts: Layout,
    weights: Weights,
    groups: Mapping[int, list[int]],
    open_parts: Collection[int],
) -> Iterator[int]:
    """Wholes with a clause that no part carries on, beside whose parts a task of their bodies is open.

    A part may be reworded until no word of it is left: then only its place speaks for it.
    """
    still_open = set(open_parts)
    for i, taken in groups.items():
        if len(whole.traits[i].units) < 2:
            continue
        places = {k + step for k in taken for step in (-2, -1, 1, 2)} & still_open
        if not any(agreement(whole.agencies[i], parts.agencies[k])[0] > 0 for k in places):
            continue
        covered = frozenset[str]().union(*(parts.traits[k].grams for k in taken))
        for unit in whole.traits[i].units:
            mass = sum(weights[gram] for gram in unit)
            if sum(weights[gram] for gram in unit & covered) < 0.35 * mass:
                yield i
                break


def _features(
    whole: Layout,
    parts: Layout,
    weights: Weights,
    groups: Mapping[int, list[int]],
    sections: Mapping[str, str],
    i: int,
    j: int,
) -> tuple[float, ...]:
    section = parts.sections[j]
    same = section is not None and (
        sections.get(whole.sections[i] or "") == section
        or any(parts.sections[k] == section for k in groups[i])
    )
    return split_features(whole, parts, weights, i, groups[i], j, same)


def _holders(
    whole: Layout, groups: Mapping[int, list[int]], parts: Layout, open_parts: Collection[int]
) -> dict[str, list[int]]:
    """Gram of an open part -> the wholes that have it."""
    wanted = frozenset[str]().union(*(parts.traits[j].grams for j in open_parts))
    holders: dict[str, list[int]] = {}
    for i in sorted(groups):
        for gram in whole.traits[i].grams & wanted:
            holders.setdefault(gram, []).append(i)
    return holders


def _likely(holders: Mapping[str, list[int]], parts: Layout, weights: Weights, j: int) -> list[int]:
    """Up to five wholes that hold most of part ``j``."""
    shared: dict[int, float] = {}
    for gram in parts.traits[j].grams:
        found = holders.get(gram, ())
        if len(found) <= 60:
            for i in found:
                shared[i] = shared.get(i, 0.0) + weights[gram]
    least = LEAST_INSIDE * parts.mass[j]
    ranked = sorted((-value, i) for i, value in shared.items() if value >= least)
    return [i for _, i in ranked[:5]]
