"""What people decided, laid upon two plans: pairs that are links, pairs that are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from plans.comparing.candidates import Pair
from plans.comparing.verdicts import Verdicts, task_key
from plans.model import Plan


class Pinned(NamedTuple):
    """What people confirmed, as groups, and the positions that these take up."""

    groups: list[tuple[tuple[int, ...], tuple[int, ...]]]
    old: set[int]
    new: set[int]


def judged(old: Plan, new: Plan, verdicts: Verdicts) -> tuple[set[Pair], set[Pair]]:
    """The pairs that people rejected and confirmed, by position."""
    if not verdicts:
        return set(), set()
    at_old: dict[str, list[int]] = {}
    for i, task in enumerate(old.tasks):
        at_old.setdefault(task_key(task), []).append(i)
    at_new: dict[str, list[int]] = {}
    for j, task in enumerate(new.tasks):
        at_new.setdefault(task_key(task), []).append(j)
    judged: dict[str, set[Pair]] = {"rejected": set(), "confirmed": set()}
    for (before, after), verdict in verdicts.items():
        for i in at_old.get(before, ()):
            for j in at_new.get(after, ()):
                judged[verdict].add((i, j))
    return judged["rejected"], judged["confirmed"]


def pin(confirmed: set[Pair], linked: Mapping[int, int]) -> Pinned:
    """Confirmed pairs as groups: several with one end in common are a split or a merge."""
    after: dict[int, set[int]] = {}
    before: dict[int, set[int]] = {}
    for i, j in sorted(confirmed):
        if i in linked or j in linked.values():
            continue
        # A pair that would tie two groups into a web of many to many is left to the score.
        if (
            (i in after and j in before)
            or (i in after and any(len(before[k]) > 1 for k in after[i]))
            or (j in before and any(len(after[k]) > 1 for k in before[j]))
        ):
            continue
        after.setdefault(i, set()).add(j)
        before.setdefault(j, set()).add(i)
    groups: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    for i, ends in after.items():
        starts = before[min(ends)]
        groups.add((tuple(sorted(starts | {i})), tuple(sorted(ends))))
    return Pinned(sorted(groups), set(after), set(before))
