"""What a change touches (bodies, sections, instruments, words), and what a subscription asks for.

Pure; the rules stand in :mod:`alerts.routing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import msgspec

from alerts.config import SubscriptionConfig
from plans.model import Actor, Change, Instrument, Plan, Section, Task
from plans.registry.model import Registry, name_key, title_key

_SECTION_KINDS = frozenset(
    {"section_added", "section_removed", "section_retitled", "section_moved"}
)
_ASCII_WORD = re.compile(r"[a-z0-9]")


class Touched(msgspec.Struct, frozen=True):
    """What one change touches. ``words`` are texts in which keywords are looked for."""

    bodies: frozenset[str]
    sections: tuple[Section, ...]
    instruments: frozenset[str]
    words: tuple[str, ...]


class Wanted(msgspec.Struct, frozen=True):
    """The filters of a subscription, in the form in which they are compared."""

    bodies: frozenset[str]
    sections: tuple[str, ...]
    instruments: frozenset[str]
    keywords: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether any filter is set."""
        return bool(self.bodies or self.sections or self.instruments or self.keywords)

    def met_by(self, touched: Touched, registry: Registry) -> bool:
        """Whether every filter that is set finds something that it asks for."""
        return (
            (not self.bodies or _any_body(self.bodies, touched.bodies, registry))
            and (not self.sections or _any_section(self.sections, touched.sections))
            and (not self.instruments or bool(self.instruments & touched.instruments))
            and (not self.keywords or _any_keyword(self.keywords, touched.words))
        )


def wanted(subscription: SubscriptionConfig, registry: Registry) -> Wanted:
    """The filters of ``subscription``, names resolved by the registry.

    A keyword that the registry knows in one language stands for the other language's word too.
    """
    keywords: dict[str, None] = {}
    for keyword in subscription.keywords:
        for form in (keyword, *_other_forms(keyword, registry)):
            keywords[name_key(form)] = None
    return Wanted(
        bodies=frozenset(_body_key(name, registry) for name in subscription.agencies),
        sections=tuple(name_key(title) for title in subscription.sections),
        instruments=frozenset(_instrument_key(t, registry) for t in subscription.instruments),
        keywords=tuple(keywords),
    )


def touched(change: Change, old: Plan, new: Plan, registry: Registry) -> Touched:
    """What ``change``, which is one from ``old`` to ``new``, touches."""
    tasks: tuple[Task, ...] = ()
    if change.kind not in _SECTION_KINDS:  # whose ids are those of sections
        tasks = (*_tasks(old, change.old), *_tasks(new, change.new))
    sections = tuple(_sections_of(change, old, new))
    named_body = change.agency or change.name
    if named_body is not None:
        bodies = {_body_key(named_body, registry)}
    else:
        bodies = {_actor_key(a, registry) for task in tasks for a in task.assignments}
    named = [title for title in (change.instrument_id, change.instrument) if title]
    if named:
        instruments = {_instrument_key(title, registry) for title in named}
    else:
        instruments = {_key_of(i, registry) for task in tasks for i in task.instruments}
    return Touched(
        bodies=frozenset(bodies),
        sections=sections,
        instruments=frozenset(instruments),
        words=tuple(name_key(text) for text in _texts(change, tasks, sections, registry)),
    )


# --- what a change is about -------------------------------------------------------------------


def task_of(plan: Plan, task_id: str) -> Task | None:
    """The task of this id; None where the plan has none."""
    return _task_index(plan).get(task_id)


def section_path(plan: Plan, section_id: str | None) -> tuple[Section, ...]:
    """A section with those above it, outermost first; empty where the plan has no such section."""
    index = _section_index(plan)
    path: list[Section] = []
    while section_id is not None and (section := index.get(section_id)) is not None:
        if section in path:
            break
        path.append(section)
        section_id = section.parent
    return tuple(reversed(path))


class _ById:
    """A plan as a key of the caches: by identity, since hashing all its text is slow."""

    __slots__ = ("plan",)

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.plan is self.plan


@lru_cache(maxsize=16)
def _tasks_by_id(key: _ById) -> dict[str, Task]:
    return {task.id: task for task in key.plan.tasks}


@lru_cache(maxsize=16)
def _sections_by_id(key: _ById) -> dict[str, Section]:
    return {section.id: section for section in key.plan.sections}


def _task_index(plan: Plan) -> dict[str, Task]:
    return _tasks_by_id(_ById(plan))


def _section_index(plan: Plan) -> dict[str, Section]:
    return _sections_by_id(_ById(plan))


def _tasks(plan: Plan, ids: tuple[str, ...]) -> tuple[Task, ...]:
    return tuple(task for key in ids if (task := task_of(plan, key)) is not None)


def _sections_of(change: Change, old: Plan, new: Plan) -> Iterable[Section]:
    for plan, ids in ((old, change.old), (new, change.new)):
        for key in ids:
            if change.kind in _SECTION_KINDS:
                yield from section_path(plan, key)
            elif (task := task_of(plan, key)) is not None:
                yield from section_path(plan, task.section)


def _texts(
    change: Change, tasks: tuple[Task, ...], sections: tuple[Section, ...], registry: Registry
) -> Iterable[str]:
    yield from (section.title for section in sections)
    for task in tasks:
        yield task.text
        for actor in task.assignments:
            yield from _agency_words(actor.agency, actor.name, registry)
        for instrument in task.instruments:
            yield from _instrument_words(instrument.id, instrument.title, registry)
        for programme in task.programmes:
            entry = registry.programmes.get(programme.id or "")
            yield from (programme.name, *((entry.zh, entry.en) if entry else ()))
    if change.agency or change.name:
        yield from _agency_words(change.agency, change.name or "", registry)
    if change.instrument or change.instrument_id:
        yield from _instrument_words(change.instrument_id, change.instrument or "", registry)
    yield from (value for value in (change.before, change.after) if isinstance(value, str))
    yield "".join(text for op, text in change.segments if op != "insert")
    yield "".join(text for op, text in change.segments if op != "delete")


def _agency_words(agency_id: str | None, name: str, registry: Registry) -> Iterable[str]:
    agency = registry.agencies.get(agency_id or "")
    yield name
    if agency is not None:
        yield from (agency.zh, agency.zh_short, agency.en, agency.en_short)


def _instrument_words(key: str | None, title: str, registry: Registry) -> Iterable[str]:
    entry = registry.instruments.get(key or "") or registry.find_instrument(title)
    yield title
    if entry is not None:
        yield from (entry.zh, entry.en)


# --- keys -------------------------------------------------------------------------------------


def _body_key(name: str, registry: Registry) -> str:
    if name in registry.agencies:
        return name
    agency = registry.find_agency(name)
    return agency.id if agency else name_key(name)


def _actor_key(actor: Actor, registry: Registry) -> str:
    return actor.agency or _body_key(actor.name, registry)


def _instrument_key(title: str, registry: Registry) -> str:
    if title in registry.instruments:
        return title
    entry = registry.find_instrument(title)
    return entry.id if entry else title_key(title)


def _key_of(instrument: Instrument, registry: Registry) -> str:
    return _instrument_key(instrument.id or instrument.title, registry)


def _other_forms(keyword: str, registry: Registry) -> Iterable[str]:
    key = name_key(keyword)
    for term in registry.terms:
        if key == name_key(term.en):
            yield term.zh
        elif key == name_key(term.zh):
            yield term.en
    agency = registry.find_agency(keyword)
    if agency is not None:
        yield from (agency.zh_short, agency.en)
    for find in (registry.find_instrument, registry.find_programme):
        entry = find(keyword)
        if entry is not None:
            yield from (title for title in (entry.zh, entry.en) if title)


# --- meeting ----------------------------------------------------------------------------------


def _any_body(asked: frozenset[str], found: frozenset[str], registry: Registry) -> bool:
    # A subscriber of a body hears of its forerunners too: an older plan names those.
    return bool(asked & found) or any(
        registry.continues(newer, older) for newer in asked for older in found
    )


def _any_section(asked: tuple[str, ...], found: tuple[Section, ...]) -> bool:
    return any(
        want in (section.id, name_key(section.number)) or want in name_key(section.title)
        for want in asked
        for section in found
    )


def _any_keyword(asked: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    return any(_finder(keyword)(text) for keyword in asked for text in texts)


@lru_cache(maxsize=512)
def _finder(keyword: str) -> Callable[[str], object]:
    """Finds whole words of Latin script (``art`` is not in ``start``), any place in Chinese."""
    if not keyword.isascii():
        return lambda text: keyword in text
    before = r"(?<![a-z0-9])" if _ASCII_WORD.match(keyword[:1]) else ""
    after = r"(?![a-z0-9])" if _ASCII_WORD.match(keyword[-1:]) else ""
    return re.compile(before + re.escape(keyword) + after).search
