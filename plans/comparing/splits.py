"""One task that became several, several that became one.

After one-to-one matching, a task that is still open may be a part of one that is linked: its own
text lies inside the whole, and it covers what the linked part left uncovered. Splits and merges
are one problem seen from two sides, so the code speaks of a ``whole`` and its ``parts``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plans.comparing.prepare import Layout, Weights, masses_of
from plans.comparing.score import Model, agreement

#: A whole has at most this many parts; more is a new list under an old heading, not a split.
MOST_PARTS = 5
#: Below this share of its own text inside the whole, an open task is no part of it.
LEAST_INSIDE = 0.15
#: A part is looked at with this many wholes, found by grams that no more wholes than this have.
MOST_WHOLES, COMMON = 5, 60

#: Log odds of a part all of whose clauses stand in the whole, word for word, and in no other part.
WORD_FOR_WORD = 1.5

Rejected = Callable[[int, int], bool]
#: Part -> the whole that a loose link ties it to, and the log odds that another one must exceed.
Held = Mapping[int, tuple[int, float]]


class Unit(NamedTuple):
    """One unit of a whole that parts do not cover wholly: its grams, their mass, its verb, how much
    of it parts cover, and how much is still open.
    """

    grams: frozenset[str]
    mass: float
    verb: str
    done: float
    still: float


class Left(NamedTuple):
    """What parts leave open of a whole: the grams that they have not, the share of it that they
    cover, the units of which something is open.
    """

    taken: tuple[int, ...]
    grams: frozenset[str]
    already: float
    units: list[Unit]


class Sides:
    """The side of the wholes and that of their parts, and how rare each title is among both."""

    def __init__(self, whole: Layout, parts: Layout, weights: Weights) -> None:
        self.whole, self.parts, self.weights = whole, parts, weights
        self._whole_titles = Counter(title for named in whole.titles for title in named)
        self._part_titles = Counter(title for named in parts.titles for title in named)
        self._open: dict[int, Left] = {}

    def features(
        self, i: int, taken: Collection[int], j: int, *, same_section: bool
    ) -> tuple[float, ...]:
        """What says that part ``j`` belongs to whole ``i``, which continues in parts ``taken``.

        In the order of ``plans.comparing.score.SPLIT``.
        """
        whole, parts = self.whole, self.parts
        weight = self.weights.__getitem__
        left = self._left(i, tuple(taken))
        inside = whole.traits[i].grams & parts.traits[j].grams
        bodies, exact = agreement(whole.agencies[i], parts.agencies[j])
        subject, masses = parts.traits[j].subject, masses_of(parts, self.weights, j)
        said = subject & whole.traits[i].objects
        return (
            sum(map(weight, inside)) / parts.mass[j],
            sum(map(weight, inside & left.grams)) / whole.mass[i] if left.grams else 0.0,
            *_by_units(left, inside, masses.units, parts.traits[j].verbs, weight),
            bodies,
            exact,
            1.0 if same_section else 0.0,
            2.0 / (1 + min([abs(j - k) for k in taken])),
            1.0 if j - 1 in taken and j + 1 in taken else 0.0,
            *self._titles(i, taken, j),
            left.already,
            sum(map(weight, said)) / masses.subject,
        )

    def _left(self, i: int, taken: tuple[int, ...]) -> Left:
        """What the parts that are ``taken`` leave open of whole ``i``; kept until these change."""
        known = self._open.get(i)
        if known is not None and known.taken == taken:
            return known
        weight, parts = self.weights.__getitem__, self.parts
        covered = parts.traits[taken[0]].grams
        if len(taken) > 1:
            covered = covered.union(*(parts.traits[k].grams for k in taken[1:]))
        one = self.whole.traits[i]
        grams = one.grams - covered
        units: list[Unit] = []
        already = 1.0
        # A task that goes on word for word leaves nothing open, and most links are of that kind.
        if grams or not one.grams:
            for (unit, mass), verb in zip(
                masses_of(self.whole, self.weights, i).units, one.verbs, strict=True
            ):
                if not unit <= covered:
                    done = sum(map(weight, unit & covered)) / mass
                    units.append(Unit(unit, mass, verb, done, max(0.0, 1 - done)))
            already = sum(map(weight, one.grams & covered)) / self.whole.mass[i]
        self._open[i] = found = Left(taken, grams, already, units)
        return found

    def _titles(self, i: int, taken: Collection[int], j: int) -> tuple[float, float]:
        """How plainly the part goes on with an instrument of the whole that no other part names: 1
        where no other task names it; and whether the part names instruments, but none of the whole.
        """
        named = self.parts.titles[j]
        if not named:
            return 0.0, 0.0
        shared = self.whole.titles[i] & named
        free = shared.difference(*(self.parts.titles[k] for k in taken))
        rarest = min(
            (self._whole_titles[title] * self._part_titles[title] for title in free), default=0
        )
        return 1 / rarest if rarest else 0.0, 0.0 if shared else 1.0


def _by_units(
    whole: Left,
    inside: frozenset[str],
    part: Sequence[tuple[frozenset[str], float]],
    verbs: Sequence[str],
    weight: Callable[[str], float],
) -> tuple[float, float, float, float, float]:
    """How one unit of the whole, left open by other parts, goes on in the part.

    The greatest share of a unit that the part adds to what is covered; how far one unit of either
    side is the other, over all units and over the first of the part; whether an open unit and one
    of the part begin with the same verb; how far some unit of the whole is left open at all.
    ``inside`` are the grams that whole and part share; ``part`` are the part's units with their
    masses, ``verbs`` what they begin with.
    """
    added = mutual = head = verb = left = 0.0
    for unit in whole.units:
        still = unit.still
        if still > left:
            left = still
        if still > verb and unit.verb and unit.verb in verbs:
            verb = still
        shared = unit.grams & inside
        if not shared:
            continue
        added = max(added, sum(map(weight, shared)) / unit.mass - unit.done)
        if still <= mutual and still <= head:
            continue
        for k, (other, mass) in enumerate(part):
            both = still * sum(map(weight, shared & other)) / max(unit.mass, mass)
            if both > mutual:
                mutual = both
            if k == 0 and both > head:
                head = both
    return added, mutual, head, verb, left


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
        self._sides = Sides(whole, parts, weights)
        self._model, self._groups, self._sections = model, groups, sections
        self._open = sorted(open_parts)
        self._likely: dict[int, list[int]] = {}
        self._odds: dict[tuple[int, int], tuple[int, float]] = {}
        self._shared = [0.0] * len(whole.tasks)

    def attach(
        self, threshold: float, rejected: Rejected, held: Held | None = None
    ) -> list[Attached]:
        """Give open parts to wholes that they cover, best first.

        ``held`` are tasks that a loose link holds, with the whole at its other end and the log
        odds that another whole must offer: such a task leaves its link, whose other end is then
        open again and no longer among the groups.
        """
        held = held or {}
        likely = self.likely({*self._open, *held})
        ranked: list[tuple[float, int, int]] = []
        for j, wholes in sorted(likely.items()):
            own, least = held.get(j, (-1, threshold))
            for i in wholes:
                if i != own and not rejected(i, j):
                    logit = self._logit(i, j)
                    if logit > max(least, threshold):
                        ranked.append((-logit, i, j))
        attached: list[Attached] = []
        used: set[int] = set()
        for _, i, j in sorted(ranked):
            own, least = held.get(j, (-1, threshold))
            if j in used or len(self._groups.get(i, ())) not in range(1, MOST_PARTS):
                continue
            # A loose link that has grown since is no longer loose.
            if own >= 0 and self._groups.get(own) != [j]:
                continue
            # Another part may have covered the same ground since: look again.
            logit = self._logit(i, j)
            if logit > max(least, threshold):
                used.add(j)
                if own >= 0:
                    del self._groups[own]
                self._groups[i].append(j)
                attached.append(Attached(i, j, logit))
        self._open = [j for j in self._open if j not in used]
        self._likely = {j: likely[j] for j in self._open}
        return attached

    def chances(self) -> Iterator[tuple[int, float]]:
        """For every part that is still open, the wholes that it might belong to, with log odds."""
        for j in self._open:
            for i in self._likely[j]:
                if i in self._groups:
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
            if not any(self._half_agree(i, k) for k in places):
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
            features = self._sides.features(i, taken, j, same_section=same)
            logit = self._model.logit(features)
            if logit < WORD_FOR_WORD and self._stands_in(i, taken, j):
                logit = WORD_FOR_WORD
            self._odds[i, j] = len(taken), logit
        return logit

    def _stands_in(self, i: int, taken: Collection[int], j: int) -> bool:
        """Whether every clause of ``j`` is one of the whole's that no other part has, and all of its
        bodies are bodies of the whole. (Weights learned on long clauses doubt short ones.)
        """
        clauses, bodies = self._parts.traits[j].clauses, self._parts.agencies[j]
        if not bodies or not bodies <= self._whole.agencies[i] or not all(clauses):
            return False
        whole = self._whole.traits[i].clauses
        if len(whole) <= len(clauses) or any(clause not in whole for clause in clauses):
            return False
        return not any(clause in self._parts.traits[k].clauses for k in taken for clause in clauses)

    def likely(self, sought: Collection[int]) -> dict[int, list[int]]:
        """For each part that is sought the wholes to look at: those that hold most of it, those
        that name its instruments, and those with its bodies beside whose parts it stands.
        """
        holders = self._holders(sought)
        naming = _naming(self._whole.titles, self._groups)
        beside: dict[int, set[int]] = {}
        for i, taken in self._groups.items():
            for k in taken:
                beside.setdefault(k, set()).add(i)
        found: dict[int, list[int]] = {}
        for j in sought:
            wholes = self._wholes_of(j, holders)
            more = {i for title in self._parts.titles[j] for i in naming.get(title, ())}
            for k in (j - 2, j - 1, j + 1, j + 2):
                more |= {i for i in beside.get(k, ()) if self._agree(i, j)}
            found[j] = [*wholes, *sorted(more.difference(wholes))]
        return found

    def _half_agree(self, i: int, j: int) -> bool:
        """Whether half of the bodies are common: a part often keeps only its own."""
        one, other = self._whole.agencies[i], self._parts.agencies[j]
        return 2 * len(one & other) >= len(one | other) > 0

    def _agree(self, i: int, j: int) -> bool:
        """Whether a whole and a part have more bodies in common than not."""
        return agreement(self._whole.agencies[i], self._parts.agencies[j])[0] > 0

    def _holders(self, sought: Iterable[int]) -> dict[str, list[int]]:
        """Gram of a part that is sought -> the wholes that have it, where few enough do."""
        traits = self._parts.traits
        wanted = frozenset[str]().union(*(traits[j].grams for j in sought))
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for i in self._groups:
            for gram in self._whole.traits[i].grams & wanted:
                holders[gram].append(i)
        return {gram: found for gram, found in holders.items() if len(found) <= COMMON}

    def _wholes_of(self, j: int, holders: Mapping[str, list[int]]) -> list[int]:
        """The wholes that hold most of part ``j``."""
        shared, touched = self._shared, set[int]()
        for gram in self._parts.traits[j].grams & holders.keys():
            weight, found = self._weights[gram], holders[gram]
            touched.update(found)
            for i in found:
                shared[i] += weight
        least = LEAST_INSIDE * self._parts.mass[j]
        ranked = sorted([(-shared[i], i) for i in touched if shared[i] >= least])
        for i in touched:
            shared[i] = 0.0
        return [i for _, i in ranked[:MOST_WHOLES]]


def _naming(
    titles: Sequence[frozenset[str]], groups: Mapping[int, Sequence[int]]
) -> dict[str, list[int]]:
    """Title -> the wholes that name it, where few enough do."""
    naming: dict[str, list[int]] = {}
    for i in sorted(groups):
        for title in titles[i]:
            naming.setdefault(title, []).append(i)
    return {title: found for title, found in naming.items() if len(found) <= MOST_WHOLES}
