"""Where the tasks of each section went from edition to edition: counted, for a picture and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from plans.comparing.trace import Edition
from plans.model import Changeset, Plan, Section, Task, Unmatched, Value
from plans.registry.model import title_key

#: The band of tasks that stand under no heading.
NO_SECTION = ""


class Band(Value, frozen=True, kw_only=True):
    """One section of the outermost level in one edition; ``section`` is None for ``NO_SECTION``."""

    key: str
    section: Section | None
    tasks: int


class Stream(Value, frozen=True, kw_only=True):
    """The tasks that came from one section into another (or the same): their ids on both sides.

    A split has more on the newer side, a merge more on the older one. ``moved`` says that the two
    are not the same section under its older and newer heading.
    """

    source: str
    target: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    moved: bool


class Passage(Value, frozen=True, kw_only=True):
    """From one edition to the next: streams, and by section what is new and what is gone.

    Where one of the two covers part of a plan, what it does not mention is neither.
    """

    streams: tuple[Stream, ...]
    new: dict[str, tuple[str, ...]]
    gone: dict[str, tuple[str, ...]]


class Stage(Value, frozen=True, kw_only=True):
    """One edition with its bands in the order of the text; ``passage`` leads to it, None at first."""

    name: str
    plan: Plan
    bands: tuple[Band, ...]
    passage: Passage | None


def flow_of(editions: Sequence[Edition]) -> tuple[Stage, ...]:
    """The stages of these editions, oldest first, each with its changes since the one before."""
    stages: list[Stage] = []
    before: Plan | None = None
    for edition in editions:
        passage = None
        if before is not None and edition.since is not None:
            passage = _passage(before, edition.plan, edition.since)
        stages.append(
            Stage(name=edition.name, plan=edition.plan, bands=_bands(edition.plan), passage=passage)
        )
        before = edition.plan
    return tuple(stages)


def _bands(plan: Plan) -> tuple[Band, ...]:
    counts = Counter(outermost(plan).values())
    bands = [
        Band(key=section.id, section=section, tasks=counts[section.id])
        for section in plan.sections
        if counts[section.id]
    ]
    if counts[NO_SECTION]:
        bands.insert(0, Band(key=NO_SECTION, section=None, tasks=counts[NO_SECTION]))
    return tuple(bands)


def outermost(plan: Plan) -> dict[str, str]:
    """The id of the outermost section of each task, by the task's id."""
    parents = {section.id: section.parent for section in plan.sections}
    return {task.id: _top(task, parents) for task in plan.tasks}


def _top(task: Task, parents: dict[str, str | None]) -> str:
    here = task.section if task.section in parents else None
    # Bounded by the number of sections: a plan that somebody made may go round in a circle.
    for _ in parents:
        above = parents[here] if here is not None else None
        if above is None or above not in parents:
            break
        here = above
    return here or NO_SECTION


def _passage(old: Plan, new: Plan, since: Changeset) -> Passage:
    olds, news = outermost(old), outermost(new)
    pairs: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    seen_old: set[str] = set()
    seen_new: set[str] = set()
    for link in since.links:
        before = [task for task in link.old if task in olds and task not in seen_old]
        after = [task for task in link.new if task in news and task not in seen_new]
        if not before or not after:
            continue
        seen_old.update(before)
        seen_new.update(after)
        for place, task in enumerate(before):
            target = news[after[min(place, len(after) - 1)]]
            pairs.setdefault((olds[task], target), ([], []))[0].append(task)
        for place, task in enumerate(after):
            source = olds[before[min(place, len(before) - 1)]]
            pairs.setdefault((source, news[task]), ([], []))[1].append(task)
    unmatched = since.unmatched or Unmatched()
    same = _same_sections(old, new, {key: len(sides[0]) for key, sides in pairs.items()})
    return Passage(
        streams=tuple(
            Stream(
                source=source,
                target=target,
                old=tuple(before),
                new=tuple(after),
                moved=same.get(source) != target,
            )
            for (source, target), (before, after) in sorted(pairs.items())
        ),
        new=_by_section(news, seen_new | set(unmatched.new)),
        gone=_by_section(olds, seen_old | set(unmatched.old)),
    )


def _same_sections(old: Plan, new: Plan, tasks: dict[tuple[str, str], int]) -> dict[str, str]:
    """Which newer section each older one is: the one of the same heading, else of most of its tasks."""
    headings = {title_key(band.section.title): band.key for band in _bands(new) if band.section}
    same: dict[str, str] = {}
    for band in _bands(old):
        named = headings.get(title_key(band.section.title)) if band.section else NO_SECTION
        most = max(
            ((count, target) for (source, target), count in tasks.items() if source == band.key),
            default=(0, ""),
        )
        if named is not None and (band.section is None or named):
            same[band.key] = named
        elif most[0]:
            same[band.key] = most[1]
    return same


def _by_section(sections: dict[str, str], known: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for task, section in sections.items():
        if task not in known:
            found.setdefault(section, []).append(task)
    return {section: tuple(tasks) for section, tasks in found.items()}
