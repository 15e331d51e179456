"""One task that became several, several that became one.

After one-to-one matching, a task that is still open may be a part of one that is linked: its own
text lies inside the whole, and it covers what the linked part left uncovered. Splits and merges
are one problem seen from two sides, so the code speaks of a ``whole`` and its ``parts``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from plans.comparing.prepare import Layout, Weights
from plans.comparing.score import Model, agreement

#: A whole has at most this many parts; more is a new list under an old heading, not a split.
MOST_PARTS = 5
#: Below this share of its own text inside the whole, an open task is no part of it.
LEAST_INSIDE = 0.15
#: A part is looked at with this many wholes, found by grams that no more wholes than this have.
MOST_WHOLES, COMMON = 5, 60

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
    subject = parts.traits[j].subject
    return (
        inside_mass / parts.mass[j],
        gain,
        unit_gain,
        bodies,
        1.0 if same_section else 0.0,
        2.0 / (1 + distance),
        1.0 if titles else 0.0,
        already,
        sum(map(weight, subject & whole.traits[i].objects)) / (sum(map(weight, subject)) or 1e-9),
    )


class Attached(NamedTuple):
    """A part that a whole was given, with the log odds."""

    whole: int
    part: int
    logit: float


class Finder:
    """Finds the wholes that open parts belong to.

    ``groups`` (whole -> parts) grows in place; ``sections`` maps a section of the whole's side to
    that of the parts' side.
    """

    def __init__(
        self,
        whole: Layout,
        parts: Layout,
        weights: Weights,
        model: Model,
        groups: dict[int, list[int]],
        open_parts: Collection[int],
        sections: Mapping[str, str],
    ) -> None:
        self._whole, self._parts, self._weights = whole, parts, weights
        self._model, self._groups, self._sections = model, groups, sections
        self._open = sorted(open_parts)
        holders = self._holders()
        self._likely = {j: self._wholes_of(j, holders) for j in self._open}
        self._odds: dict[tuple[int, int], tuple[int, float]] = {}

    def attach(self, threshold: float, rejected: Rejected) -> list[Attached]:
        """Give open parts to wholes that they cover, best first."""
        ranked: list[tuple[float, int, int]] = []
        for j in self._open:
            for i in self._likely[j]:
                if not rejected(i, j):
                    logit = self._logit(i, j)
                    if logit > threshold:
                        ranked.append((-logit, i, j))
        attached: list[Attached] = []
        used: set[int] = set()
        for _, i, j in sorted(ranked):
            if j in used or len(self._groups[i]) >= MOST_PARTS:
                continue
            # Another part may have covered the same ground since: look again.
            logit = self._logit(i, j)
            if logit > threshold:
                used.add(j)
                self._groups[i].append(j)
                attached.append(Attached(i, j, logit))
        self._open = [j for j in self._open if j not in used]
        return attached

    def chances(self) -> Iterator[tuple[int, float]]:
        """For every part that is still open, the wholes that it might belong to, with log odds."""
        for j in self._open:
            for i in self._likely[j]:
                yield i, self._logit(i, j)

    def neighbours(self) -> Iterator[int]:
        """Wholes with a clause that no part carries on, beside whose parts a task of their bodies
        is open. A part may be reworded until no word of it is left: then only its place speaks.
        """
        whole, parts, weight = self._whole, self._parts, self._weights.__getitem__
        still_open = set(self._open)
        near = {j + step for j in still_open for step in (-2, -1, 1, 2)}
        for i, taken in self._groups.items():
            if near.isdisjoint(taken) or len(whole.traits[i].units) < 2:
                continue
            places = {k + step for k in taken for step in (-2, -1, 1, 2)} & still_open
            if not any(agreement(whole.agencies[i], parts.agencies[k])[0] > 0 for k in places):
                continue
            covered = frozenset[str]().union(*(parts.traits[k].grams for k in taken))
            for unit in whole.traits[i].units:
                if sum(map(weight, unit & covered)) < 0.35 * sum(map(weight, unit)):
                    yield i
                    break

    def _logit(self, i: int, j: int) -> float:
        """The log odds that ``j`` is one more part of ``i``, as far as that has grown."""
        taken = self._groups[i]
        size, logit = self._odds.get((i, j), (0, 0.0))
        if size != len(taken):
            parts, section = self._parts, self._parts.sections[j]
            same = section is not None and (
                self._sections.get(self._whole.sections[i] or "") == section
                or any(parts.sections[k] == section for k in taken)
            )
            logit = self._model.logit(
                split_features(self._whole, parts, self._weights, i, taken, j, same)
            )
            self._odds[i, j] = len(taken), logit
        return logit

    def _holders(self) -> dict[str, list[int]]:
        """Gram of an open part -> the wholes that have it."""
        traits = self._parts.traits
        wanted = frozenset[str]().union(*(traits[j].grams for j in self._open))
        holders: dict[str, list[int]] = {gram: [] for gram in wanted}
        for i in sorted(self._groups):
            for gram in self._whole.traits[i].grams & wanted:
                holders[gram].append(i)
        return holders

    def _wholes_of(self, j: int, holders: Mapping[str, list[int]]) -> list[int]:
        """The wholes that hold most of part ``j``."""
        shared: dict[int, float] = {}
        for gram in self._parts.traits[j].grams:
            found = holders[gram]
            if 0 < len(found) <= COMMON:
                weight = self._weights[gram]
                for i in found:
                    shared[i] = shared.get(i, 0.0) + weight
        least = LEAST_INSIDE * self._parts.mass[j]
        ranked = sorted([(-value, i) for i, value in shared.items() if value >= least])
        return [i for _, i in ranked[:MOST_WHOLES]]
