"""Links between two plans of one language: which new task continues which old one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from plans.comparing.assign import assign
from plans.comparing.candidates import Pair, candidates
from plans.comparing.normalise import text_key
from plans.comparing.pinned import Pinned, judged, pin
from plans.comparing.prepare import Layout, Weights, lay_out
from plans.comparing.score import (
    Models,
    content_features,
    context_features,
    models,
    probability,
)
from plans.comparing.sections import match_sections
from plans.comparing.splits import attach
from plans.comparing.verdicts import NO_VERDICTS, Verdicts
from plans.model import Plan
from plans.registry.model import Registry

#: Content log odds and lead over every rival from which a pair is an anchor for the others.
SURE, SURE_LEAD = 1.5, 1.0


class Group(NamedTuple):
    """Old tasks and the new ones that continue them, by position; one side has one task only."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    confidence: float


class Linking(NamedTuple):
    """The outcome: groups in the order of the new plan, and old section -> new section."""

    groups: tuple[Group, ...]
    sections: Mapping[str, str]


def link(
    old: Plan,
    new: Plan,
    registry: Registry,
    verdicts: Verdicts = NO_VERDICTS,
    chosen: Models | None = None,
) -> Linking:
    """Link the tasks of two plans in one language.

    Equal texts are linked first; they fix the map of sections and the order around the rest, which
    is matched so that the sum of all scores is greatest. ``chosen`` are other models than the
    shipped ones, for training. Deterministic.
    """
    with_models = chosen or models()
    rejected, confirmed = judged(old, new, verdicts)
    linked = _exact(old, new, rejected | confirmed)
    pinned = pin(confirmed, linked)
    scored: dict[Pair, float] = {}
    open_old = [i for i in range(len(old.tasks)) if i not in linked and i not in pinned.old]
    done = {*linked.values(), *pinned.new}
    open_new = [j for j in range(len(new.tasks)) if j not in done]
    if open_old or open_new:
        one, other, weights = lay_out(old, new, registry)
        sure = dict(linked)
        found, scored = _match(
            one, other, weights, old, new, open_old, open_new, sure, rejected, with_models
        )
        linked.update(found)
        sections = _sections(old, new, linked)
        groups = _with_parts(
            one, other, weights, linked, scored, sections, rejected, pinned, with_models
        )
    else:
        groups = [Group((i,), (j,), 1.0) for i, j in linked.items()]
    groups.extend(Group(a, b, 1.0) for a, b in pinned.groups)
    groups.sort(key=lambda group: (group.new[0], group.old[0]))
    pairs = [(old.tasks[g.old[0]].section, new.tasks[g.new[0]].section) for g in groups]
    return Linking(tuple(groups), match_sections(old, new, pairs))


def _exact(old: Plan, new: Plan, settled: set[Pair]) -> dict[int, int]:
    """Tasks of equal text, in order where a text stands several times."""
    waiting: dict[str, list[int]] = {}
    for i, task in enumerate(old.tasks):
        waiting.setdefault(text_key(task.text), []).append(i)
    ends_old, ends_new = {i for i, _ in settled}, {j for _, j in settled}
    linked: dict[int, int] = {}
    for j, task in enumerate(new.tasks):
        same = waiting.get(text_key(task.text))
        if not same or j in ends_new:
            continue
        free = [i for i in same if i not in ends_old]
        if not free:
            continue
        section = task.section
        i = next((i for i in free if old.tasks[i].section == section), free[0])
        linked[i] = j
        same.remove(i)
    return linked


def _sections(old: Plan, new: Plan, linked: Mapping[int, int]) -> dict[str, str]:
    return match_sections(
        old, new, [(old.tasks[i].section, new.tasks[j].section) for i, j in linked.items()]
    )


def _match(
    one: Layout,
    other: Layout,
    weights: Weights,
    old: Plan,
    new: Plan,
    open_old: list[int],
    open_new: list[int],
    sure: dict[int, int],
    rejected: set[Pair],
    with_models: Models,
) -> tuple[dict[int, int], dict[Pair, float]]:
    """The best one-to-one matching of the open tasks, and the log odds of every pair looked at."""
    sections = _sections(old, new, sure)
    pairs = sorted(candidates(one, other, weights, open_old, open_new, sections) - rejected)
    content = {
        (i, j): with_models.content.logit(content_features(one, other, weights, i, j))
        for i, j in pairs
    }
    leads = leads_of(content)
    for (i, j), value in content.items():
        if value >= SURE and min(leads[i, j]) >= SURE_LEAD:
            sure[i] = j
    sections = _sections(old, new, sure)
    nearness = Nearness(sure, len(old.tasks), len(new.tasks))
    scored: dict[Pair, float] = {}
    for (i, j), value in content.items():
        features = pair_context(one, other, sections, nearness, leads[i, j], value, i, j)
        scored[i, j] = with_models.context.logit(features)
    gains = {pair: value - with_models.link_from for pair, value in scored.items()}
    return assign(gains), scored


def pair_context(
    one: Layout,
    other: Layout,
    sections: Mapping[str, str],
    nearness: Nearness,
    lead: tuple[float, float],
    content: float,
    i: int,
    j: int,
) -> tuple[float, ...]:
    """The context features of a pair whose content log odds are known."""
    section_old, section_new = one.sections[i], other.sections[j]
    continued = sections.get(section_old) if section_old is not None else None
    same = continued is not None and continued == section_new
    return context_features(
        content, *lead, same, continued is not None and not same, nearness.of(i, j)
    )


def leads_of(content: Mapping[Pair, float]) -> dict[Pair, tuple[float, float]]:
    """By how much each pair beats the best other pair of its old and of its new task.

    A task without a rival leads as if over a pair at even odds of one to fifty.
    """
    none = -4.0
    best: dict[tuple[int, int], tuple[float, float]] = {}
    for (i, j), value in content.items():
        for end in ((0, i), (1, j)):
            first, second = best.get(end, (none, none))
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
        expected: list[float] = []
        if at > 0:
            expected.append(self._columns[at - 1] + i - self._rows[at - 1])
        if at < len(self._rows):
            expected.append(self._columns[at] - (self._rows[at] - i))
        if not expected:
            expected.append(i * self._scale)
        return 1 / (1 + min(abs(j - place) for place in expected) / 2)


def _with_parts(
    one: Layout,
    other: Layout,
    weights: Weights,
    linked: dict[int, int],
    scored: Mapping[Pair, float],
    sections: Mapping[str, str],
    rejected: set[Pair],
    pinned: Pinned,
    with_models: Models,
) -> list[Group]:
    """One-to-one links plus the open tasks that are parts of them."""
    confidence = {
        i: probability(scored[i, j]) if (i, j) in scored else 1.0 for i, j in linked.items()
    }
    split: dict[int, list[int]] = {i: [j] for i, j in linked.items()}
    taken_new = {*linked.values(), *pinned.new}
    open_new = [j for j in range(len(other.tasks)) if j not in taken_new]
    open_old = [i for i in range(len(one.tasks)) if i not in linked and i not in pinned.old]
    odds: dict[int, float] = {}
    for i, _, logit in attach(
        one, other, weights, with_models.split, with_models.split_from, split, open_new,
        sections, lambda i, j: (i, j) in rejected,
    ):  # fmt: skip
        odds[i] = min(odds.get(i, logit), logit)
    # A whole that was split cannot also be a part of a merge: many to many is no link.
    merged: dict[int, list[int]] = {js[0]: [i] for i, js in split.items() if len(js) == 1}
    back = {after: before for before, after in sections.items()}
    for j, _, logit in attach(
        other, one, weights, with_models.split, with_models.split_from, merged, open_old,
        back, lambda j, i: (i, j) in rejected,
    ):  # fmt: skip
        odds[-1 - j] = min(odds.get(-1 - j, logit), logit)
    groups: list[Group] = []
    for i, js in split.items():
        if len(js) > 1:
            groups.append(Group((i,), tuple(sorted(js)), min(confidence[i], probability(odds[i]))))
    for j, olds in merged.items():
        sure = confidence[olds[0]]
        if len(olds) > 1:
            sure = min(sure, probability(odds[-1 - j]))
        groups.append(Group(tuple(sorted(olds)), (j,), sure))
    return groups
