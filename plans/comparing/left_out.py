"""Tasks whose words a text leaves out: 3.（略）. What became of them is unknown, not that they left.

Such a task says nothing to be matched by: only its number and its place between tasks that are
linked tell which one it may be, and no link of it is sure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from plans.comparing.link import Group, Linking, link
from plans.comparing.normalise import text_key
from plans.comparing.numbering import number_key
from plans.comparing.pinned import judged
from plans.comparing.verdicts import Verdicts
from plans.model import Plan
from plans.registry.model import Registry

_LEFT_OUT = frozenset(("略", "从略", "此略", "omitted"))
#: Confidence of a link that stands on number and place, and on the place alone.
BY_NUMBER, BY_PLACE = 0.5, 0.3
#: Of so many open tasks the place of one is looked for: a text of nothing but such marks is hostile.
MOST_LOOKED_AT = 100


def is_left_out(text: str) -> bool:
    """Whether a task's text is no more than a mark that its words are not printed."""
    return len(text) < 16 and text_key(text) in _LEFT_OUT


def link_printed(old: Plan, new: Plan, registry: Registry, verdicts: Verdicts) -> Linking:
    """Link the tasks of two plans in one language, those without their words by number and place.

    Everything else is linked as if these tasks were not there (:func:`~plans.comparing.link.link`).
    """
    here = [i for i, task in enumerate(old.tasks) if not is_left_out(task.text)]
    there = [j for j, task in enumerate(new.tasks) if not is_left_out(task.text)]
    if len(here) == len(old.tasks) and len(there) == len(new.tasks):
        return link(old, new, registry, verdicts)
    linking = link(_only(old, here), _only(new, there), registry, verdicts)
    groups = [
        Group(tuple(here[i] for i in g.old), tuple(there[j] for j in g.new), g.confidence)
        for g in linking.groups
    ]
    rejected, confirmed = judged(old, new, verdicts)
    partner = {i: g.new[0] for g in groups for i in g.old}
    taken = {j for g in groups for j in g.new}
    for i, j in sorted(confirmed):
        if i not in partner and j not in taken:
            groups.append(Group((i,), (j,), 1.0))
            partner[i] = j
            taken.add(j)
    places = _Places(old, new, partner, taken)
    for i, j, confidence in places.pairs(rejected):
        groups.append(Group((i,), (j,), confidence))
    groups.sort(key=lambda group: (group.new[0], group.old[0]))
    return Linking(tuple(groups), linking.sections)


def _only(plan: Plan, kept: Sequence[int]) -> Plan:
    return msgspec.structs.replace(plan, tasks=tuple(plan.tasks[i] for i in kept))


class _Places:
    """The tasks of both plans that are in no link, by the linked tasks around them."""

    def __init__(self, old: Plan, new: Plan, partner: dict[int, int], taken: set[int]) -> None:
        self._old, self._new = old.tasks, new.tasks
        self._partner = dict(partner)
        self._open = [j for j in range(len(new.tasks)) if j not in taken]
        self._numbered: dict[str, list[int]] = {}
        for j in self._open:
            number = number_key(new.tasks[j].number)
            if number:
                self._numbered.setdefault(number, []).append(j)

    def pairs(self, rejected: set[tuple[int, int]]) -> Iterator[tuple[int, int, float]]:
        """Pairs of which one has no words, with their confidence; each task at most once.

        First those of one number between the same links, then the rest there in order, then those
        of one number wherever they stand.
        """
        gone: set[int] = set()
        for by_number, in_place in ((True, True), (False, True), (True, False)):
            for i, (first, last) in self._gaps():
                if not in_place:
                    first, last = -1, len(self._new)
                for j in self._candidates(i, first, by_number):
                    if j >= last:
                        break
                    if j in gone or j <= first or (i, j) in rejected or not self._unsaid(i, j):
                        continue
                    gone.add(j)
                    self._partner[i] = j
                    yield i, j, BY_NUMBER if by_number and in_place else BY_PLACE
                    break

    def _candidates(self, i: int, first: int, by_number: bool) -> Sequence[int]:
        if by_number:
            return self._numbered.get(number_key(self._old[i].number) or "", ())[:MOST_LOOKED_AT]
        at = bisect_right(self._open, first)
        return self._open[at : at + MOST_LOOKED_AT]

    def _unsaid(self, i: int, j: int) -> bool:
        return is_left_out(self._old[i].text) or is_left_out(self._new[j].text)

    def _gaps(self) -> list[tuple[int, tuple[int, int]]]:
        """Every open old task with the places that its linked neighbours leave between them."""
        found: list[tuple[int, tuple[int, int]]] = []
        above: int = -1
        below = [len(self._new)] * (len(self._old) + 1)
        for i in range(len(self._old) - 1, -1, -1):
            below[i] = self._partner.get(i, below[i + 1])
        for i in range(len(self._old)):
            if i in self._partner:
                above = self._partner[i]
            else:
                found.append((i, (above, below[i])))
        return found
