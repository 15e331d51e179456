"""Links between two plans of one language: which new task continues which old one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from plans.comparing.candidates import Pair
from plans.comparing.covering import body_key
from plans.comparing.look_alikes import other_head, other_object, unnamed_title
from plans.comparing.matching import match, remembered, sections_of
from plans.comparing.normalise import text_key
from plans.comparing.pinned import Pinned, judged, pin
from plans.comparing.prepare import Layout, Weights, lay_out
from plans.comparing.renaming import renamed, with_names
from plans.comparing.score import Models, models, probability
from plans.comparing.sections import match_sections
from plans.comparing.splits import Finder
from plans.comparing.verdicts import NO_VERDICTS, Verdicts
from plans.model import Plan, Task
from plans.registry.model import Registry

#: Log odds from which a link may teach which words were renamed.
SURE_LINK = 1.0
#: Log odds from which a pair is not looked at again when words turn out to be renamed. Higher values
#: link generated pairs no better, and take longer.
SETTLED = 2.5
#: Log odds below which a link gives way to a whole that its new (or old) task is a part of, if the
#: odds of that are better by so much.
LOOSE, BETTER_PART = 2.0, 1.0
#: The doubt about a link that left a clause behind while a new task stands open beside it.
NEIGHBOUR_DOUBT = 0.15
#: Where a side names no body, only words speak for a pair: it is none below this similarity, unless
#: so much of the shorter text is in the other. The continuations in old and new laws have .4 or more.
WORDS_ALONE, INSIDE_ALONE = 0.2, 0.4
#: How often renamed words are looked for; a third round found nothing more.
RENAMING_ROUNDS = 2


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
        latest = match(
            one, other, weights, old, new, open_old, open_new, linked, rejected, with_models
        )
        found, scored = latest.found, latest.scored
        settled = dict(linked)
        names: Mapping[str, str] = {}
        for _ in range(RENAMING_ROUNDS):
            sure = {i: j for i, j in found.items() if scored[i, j] >= SURE_LINK}
            renaming = renamed(one, other, weights, sure)
            if not renaming:
                break
            names = renaming
            before, other = other, with_names(other, names, weights)
            settled.update((i, j) for i, j in sure.items() if scored[i, j] >= SETTLED)
            taken = set(settled.values())
            open_old = [i for i in open_old if i not in settled]
            open_new = [j for j in open_new if j not in taken]
            latest = match(
                one, other, weights, old, new, open_old, open_new, settled, rejected, with_models,
                *remembered(latest, one, before, other, settled),
            )  # fmt: skip
            found = {i: j for i, j in settled.items() if i not in linked} | latest.found
            scored = scored | latest.scored
        look_alike = {
            (i, j)
            for i, j in found.items()
            if other_object(one.traits[i], other.traits[j], names)
            or _by_place_alone(one, other, i, j, latest.features.get((i, j)))
        }
        for i, j in found.items():
            # Doubtful, but not so loose that another whole may take its task.
            if scored[i, j] > LOOSE and (
                other_head(one.traits[i], other.traits[j], names)
                or unnamed_title(old.tasks[i].text, new.tasks[j].text)
            ):
                scored[i, j] = LOOSE
        rejected = rejected | look_alike
        linked.update((i, j) for i, j in found.items() if (i, j) not in look_alike)
        sections = sections_of(old, new, linked)
        groups = _with_parts(
            one, other, weights, linked, scored, sections, rejected, pinned, with_models
        )
    else:
        groups = [Group((i,), (j,), 1.0) for i, j in linked.items()]
    groups.extend(Group(a, b, 1.0) for a, b in pinned.groups)
    groups.sort(key=lambda group: (group.new[0], group.old[0]))
    pairs = [(old.tasks[g.old[0]].section, new.tasks[g.new[0]].section) for g in groups]
    return Linking(tuple(groups), match_sections(old, new, pairs))


def _by_place_alone(
    one: Layout, other: Layout, i: int, j: int, content: Sequence[float] | None
) -> bool:
    """Whether hardly more than its place makes one task the other: a side without bodies, and few
    words in common. ``content`` are the pair's content features, None where it was settled before.
    """
    if content is None or (one.agencies[i] and other.agencies[j]):
        return False
    return content[0] < WORDS_ALONE and content[1] < INSIDE_ALONE


def _exact(old: Plan, new: Plan, settled: set[Pair]) -> dict[int, int]:
    """Tasks of equal text. Where a text stands several times, those of the same bodies go together,
    then those of the same section, then in order.
    """
    waiting: dict[str, list[int]] = {}
    for i, task in enumerate(old.tasks):
        waiting.setdefault(text_key(task.text), []).append(i)
    ends_old, ends_new = {i for i, _ in settled}, {j for _, j in settled}
    arriving: dict[str, list[int]] = {}
    for j, task in enumerate(new.tasks):
        key = text_key(task.text)
        if key in waiting and j not in ends_new:
            arriving.setdefault(key, []).append(j)
    linked: dict[int, int] = {}
    for key, come in arriving.items():
        free = [i for i in waiting[key] if i not in ends_old]
        if len(free) == len(come) == 1:
            linked[free[0]] = come[0]
            continue
        for alike in (_duties_here, _duties, _section, _anything):
            _pair_off(old, new, free, come, alike, linked)
    return dict(sorted(linked.items(), key=itemgetter(1)))


def _pair_off(
    old: Plan,
    new: Plan,
    free: list[int],
    come: list[int],
    alike: Callable[[Task], object],
    linked: dict[int, int],
) -> None:
    """Link those of equal text that are ``alike``, in order; they leave ``free`` and ``come``."""
    waiting: dict[object, list[int]] = {}
    for i in reversed(free):
        waiting.setdefault(alike(old.tasks[i]), []).append(i)
    left: list[int] = []
    for j in come:
        found = waiting.get(alike(new.tasks[j]))
        if found:
            linked[found.pop()] = j
        else:
            left.append(j)
    come[:] = left
    free[:] = [i for i in free if i not in linked]


def _duties(task: Task) -> object:
    return frozenset((body_key(a), a.role) for a in task.assignments)


def _duties_here(task: Task) -> object:
    return _duties(task), task.section


def _section(task: Task) -> object:
    return task.section


def _anything(task: Task) -> object:
    return None


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
    loose = {(i, j): scored[i, j] for i, j in linked.items() if scored.get((i, j), LOOSE) < LOOSE}
    split: dict[int, list[int]] = {i: [j] for i, j in linked.items()}
    taken_new = {*linked.values(), *pinned.new}
    open_new = [j for j in range(len(other.tasks)) if j not in taken_new]
    odds: dict[int, float] = {}
    model, least = with_models.split, with_models.split_from
    forward = Finder(one, other, weights, model, split, open_new, sections)
    held = {j: (i, value + BETTER_PART) for (i, j), value in loose.items()}
    for i, _, logit in forward.attach(least, lambda i, j: (i, j) in rejected, held):
        odds[i] = min(odds.get(i, logit), logit)
    # A whole that was split cannot also be a part of a merge: many to many is no link.
    merged: dict[int, list[int]] = {js[0]: [i] for i, js in split.items() if len(js) == 1}
    open_old = [i for i in range(len(one.tasks)) if i not in split and i not in pinned.old]
    back = {after: before for before, after in sections.items()}
    backward = Finder(other, one, weights, model, merged, open_old, back)
    held = {
        i: (j, value + BETTER_PART)
        for (i, j), value in loose.items()
        if i in split and merged.get(j) == [i]
    }
    for j, _, logit in backward.attach(least, lambda j, i: (i, j) in rejected, held):
        odds[-1 - j] = min(odds.get(-1 - j, logit), logit)
    split = {i: js for i, js in split.items() if len(js) > 1}
    doubt = _doubts(forward, backward)
    groups: list[Group] = []
    for i, js in split.items():
        sure = min(confidence[i], probability(odds[i]))
        groups.append(Group((i,), tuple(sorted(js)), sure * (1 - doubt.get((0, i), 0.0))))
    for j, olds in merged.items():
        sure = confidence[olds[0]]
        if len(olds) > 1:
            sure = min(sure, probability(odds[-1 - j]))
        sure *= (1 - doubt.get((0, olds[0]), 0.0)) * (1 - doubt.get((1, j), 0.0))
        groups.append(Group(tuple(sorted(olds)), (j,), sure))
    return groups


def _doubts(forward: Finder, backward: Finder) -> dict[tuple[int, int], float]:
    """How likely a task that stayed open is one more part of a link: (side, whole) -> probability.

    A link may be right and still not be the whole of it; its confidence is that of both.
    """
    doubts: dict[tuple[int, int], float] = {}
    for side, finder in ((0, forward), (1, backward)):
        for k, logit in finder.chances():
            doubts[side, k] = max(doubts.get((side, k), 0.0), probability(logit))
        for k in finder.neighbours():
            doubts[side, k] = max(doubts.get((side, k), 0.0), NEIGHBOUR_DOUBT)
    return doubts
