"""Two plans laid out for linking: traits, weights of grams, and what the tasks name.

Everything is held by position: the i-th entry of a list speaks of the i-th task.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from plans.comparing.traits import FRAME_MARK, Traits, title_stem, traits
from plans.model import Plan, Task
from plans.registry.model import Registry

#: How much a frame word (推进, 完善, 机制) counts beside a gram of content of the same rarity.
FRAME_WEIGHT = 0.2
#: How much a gram counts that stands in one task of either plan only. Most such grams straddle two
#: words, and none can tell which task continues which.
LONELY = 0.2
#: Weights are whole multiples of one part in this many. Sums of them are then exact, and so the same in
#: whatever order a set gives its members out, which differs from one run of the program to the next.
GRAIN = 2**32
Weights = dict[str, float]
#: Gram -> the positions of the tasks that have it, rising.
Holders = Mapping[str, list[int]]


class Masses(NamedTuple):
    """The units of a task, each with the sum of its gram weights, and that of its subject."""

    units: tuple[tuple[frozenset[str], float], ...]
    subject: float


class Layout(NamedTuple):
    """One plan's tasks, laid out. ``mass`` is the sum of gram weights; ``known`` are the grams of
    the whole plan; ``printed`` are the tasks in which each gram stood before any was renamed;
    ``masses`` fills itself, see :func:`masses_of`.
    """

    tasks: Sequence[Task]
    traits: list[Traits]
    mass: list[float]
    agencies: list[frozenset[str]]
    titles: list[frozenset[str]]
    named: list[frozenset[str]]
    sections: list[str | None]
    known: frozenset[str]
    printed: Holders
    masses: dict[int, Masses]


def lay_out(old: Plan, new: Plan, registry: Registry) -> tuple[Layout, Layout, Weights]:
    """Both plans laid out, and the weight of every gram in this pair of plans."""
    old_traits = [traits(task.text) for task in old.tasks]
    new_traits = [traits(task.text) for task in new.tasks]
    holders_old, holders_new = _holders(old_traits), _holders(new_traits)
    weights = weigh(holders_old, holders_new, max(len(old.tasks), len(new.tasks)))
    heirs = heirs_of(registry)
    return (
        _lay_out(old.tasks, old_traits, holders_old, weights, heirs),
        _lay_out(new.tasks, new_traits, holders_new, weights, heirs),
        weights,
    )


def _holders(described: Iterable[Traits]) -> Holders:
    """The tasks of one plan in which each gram stands."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(described):
        for gram in one.grams:
            holders[gram].append(i)
    return dict(holders)


def weigh(old: Holders, new: Holders, size: int) -> Weights:
    """Inverse frequency of each gram, in plans of ``size`` tasks of which these have it.

    The frequency is the higher one of both sides: a gram that each side has once is as rare as one
    that only one side has.
    """
    size = max(size, 8)
    by_count = [math.log(1 + size / max(count, 1)) for count in range(size + 1)]
    frame = [_grain(FRAME_WEIGHT * weight) for weight in by_count]
    lonely_frame = _grain(FRAME_WEIGHT * (LONELY * by_count[1]))
    plain = [_grain(weight) for weight in by_count]
    lonely = _grain(LONELY * by_count[1])
    weights: Weights = {}
    there = new.get
    for gram, found in old.items():
        count, other = len(found), len(there(gram, ()))
        if count + other == 1:
            weights[gram] = lonely_frame if gram[0] == FRAME_MARK else lonely
        else:
            most = count if count > other else other
            weights[gram] = frame[most] if gram[0] == FRAME_MARK else plain[most]
    for gram in new.keys() - old.keys():
        count = len(new[gram])
        if count == 1:
            weights[gram] = lonely_frame if gram[0] == FRAME_MARK else lonely
        else:
            weights[gram] = frame[count] if gram[0] == FRAME_MARK else plain[count]
    return weights


def _grain(weight: float) -> float:
    return round(weight * GRAIN) / GRAIN


def _lay_out(
    tasks: Sequence[Task],
    described: list[Traits],
    holders: Holders,
    weights: Weights,
    heirs: dict[str, str],
) -> Layout:
    weight = weights.__getitem__
    return Layout(
        tasks=tasks,
        traits=described,
        mass=[sum(map(weight, one.grams)) or 1e-9 for one in described],
        agencies=[_bodies(task, heirs) for task in tasks],
        titles=[
            one.titles.union(title_stem(i.title) for i in task.instruments)
            if task.instruments
            else one.titles
            for one, task in zip(described, tasks, strict=True)
        ],
        named=[
            one.quoted.union(p.key for p in task.programmes) if task.programmes else one.quoted
            for one, task in zip(described, tasks, strict=True)
        ],
        sections=[task.section for task in tasks],
        known=frozenset(holders),
        printed=holders,
        masses={},
    )


def masses_of(layout: Layout, weights: Weights, i: int) -> Masses:
    """What the parts of task ``i`` weigh; found once for a layout."""
    found = layout.masses.get(i)
    if found is None:
        weight, one = weights.__getitem__, layout.traits[i]
        units = tuple([(unit, sum(map(weight, unit))) for unit in one.units])
        found = layout.masses[i] = Masses(units, sum(map(weight, one.subject)) or 1e-9)
    return found


def _bodies(task: Task, heirs: dict[str, str]) -> frozenset[str]:
    """The bodies of a task under their latest ids: a successor counts as the one that it follows."""
    return frozenset(
        heirs.get(a.agency, a.agency) if a.agency else a.name for a in task.assignments
    )


def heirs_of(registry: Registry) -> dict[str, str]:
    """Body that is gone -> the one body that continues it today.

    Where several bodies follow one (cfda: samr and nmpa), none is taken for it.
    """
    followers: dict[str, set[str]] = {}
    for agency in registry.agencies.values():
        for before, _ in agency.predecessors:
            followers.setdefault(before, set()).add(agency.id)
    heirs = {before: min(after) for before, after in followers.items() if len(after) == 1}
    for before in heirs:
        for _ in heirs:  # bounded: a user's own registry could hold a circle
            heirs[before] = heirs.get(heirs[before], heirs[before])
    return heirs
