"""Words that one plan uses for what the other calls by another name.

A plan keeps to its word for a thing. Where links that are sure of each other show one word leave
and another come again and again (滩涂 for 湿地), the two are taken for one in the pairs that are
not sure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import product

from plans.comparing.prepare import Layout, Weights
from plans.comparing.traits import FRAME_MARK, Traits

#: A pair of grams must change together this often, and in this share of all their changes.
OFTEN, SHARE = 2, 0.55
#: Links whose texts differ by more grams than this teach nothing.
MOST_GRAMS = 40


def renamed(
    one: Layout, other: Layout, weights: Weights, sure: Mapping[int, int]
) -> dict[str, str]:
    """New gram -> the old gram whose place it takes. ``sure`` are linked positions."""
    left: Counter[str] = Counter()
    came: Counter[str] = Counter()
    known_old, known_new = one.known, other.known
    changed: list[tuple[list[str], list[str]]] = []
    for i, j in sure.items():
        before, after = one.traits[i].grams, other.traits[j].grams
        gone = [g for g in before - after if g[0] != FRAME_MARK and len(g) > 1]
        come = [g for g in after - before if g[0] != FRAME_MARK and len(g) > 1]
        if not gone or not come or len(gone) > MOST_GRAMS or len(come) > MOST_GRAMS:
            continue
        left.update(gone)
        came.update(come)
        changed.append((gone, come))
    together: Counter[tuple[str, str]] = Counter()
    for gone, come in changed:
        # What left or came less often alone cannot have changed together that often.
        often_gone = [g for g in gone if left[g] >= OFTEN]
        often_come = [g for g in come if came[g] >= OFTEN]
        together.update(product(often_gone, often_come))
    best: dict[str, tuple[float, int, str]] = {}
    for (a, b), count in together.items():
        if count < OFTEN:
            continue
        share = 2 * count / (left[a] + came[b])
        if share >= SHARE:
            # A gram that stays in use on its own side is less likely to have been replaced.
            value = share - (0.15 if a in known_new else 0.0) - (0.15 if b in known_old else 0.0)
            if value >= SHARE:
                best[b] = max(best.get(b, (0.0, 0, "")), (value, count, a))
    return {b: a for b, (_, _, a) in sorted(best.items())}


def with_names(layout: Layout, names: Mapping[str, str], weights: Weights) -> Layout:
    """The layout with its grams renamed."""
    weight = weights.__getitem__
    described = list(layout.traits)
    mass = list(layout.mass)
    keys = frozenset(names)
    for number, traits in enumerate(layout.traits):
        hit = traits.grams & keys
        if hit:
            described[number] = one = _with_names(traits, hit, names)
            mass[number] = sum(map(weight, one.grams)) or 1e-9
    untouched = {i: found for i, found in layout.masses.items() if described[i] is layout.traits[i]}
    return layout._replace(
        masses=untouched,
        traits=described,
        mass=mass,
        known=layout.known.union([names[gram] for gram in layout.known & keys]),
    )


def _with_names(traits: Traits, hit: frozenset[str], names: Mapping[str, str]) -> Traits:
    """The traits with those of their grams that are ``hit`` renamed."""

    def rename(grams: frozenset[str]) -> frozenset[str]:
        own = grams & hit
        return (grams - own).union([names[gram] for gram in own]) if own else grams

    return traits._replace(
        units=tuple([rename(unit) for unit in traits.units]),
        grams=rename(traits.grams),
        objects=rename(traits.objects),
        subject=rename(traits.subject),
    )
