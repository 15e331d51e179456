"""A changeset put in reading order: the document as such, then section by section, task by task.

All formats show the same outline. Everything about one link stands in one item; tasks of which only
the number changed are gathered as runs, so that they never drown what matters.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from plans.model import Change, ChangeKind, Changeset, Plan, Section, Severity, Task
from plans.registry.model import Registry
from reports.align import differences
from reports.facts import Facts, change_key, text_of
from reports.inline import Segments
from reports.names import number
from reports.options import ReportOptions
from reports.places import Place, Places
from reports.select import SEVERITIES, select
from reports.summary import Summary, summarise
from reports.wording import Wording, sign


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One change in words."""

    sign: str
    text: str
    kind: ChangeKind
    severity: Severity


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """All that happened to the tasks of one link, or to the document.

    ``redlines`` hold texts with their differences; where there are none, ``removed`` and ``added``
    are whole texts of either side, and ``unchanged`` the text of a task that kept its words.
    ``bodies`` are the keys of all bodies concerned, ``number`` reads "17 → 18".
    """

    anchor: str
    number: str
    severity: Severity
    changes: tuple[Change, ...]
    lines: tuple[Line, ...]
    old: tuple[Task, ...] = ()
    new: tuple[Task, ...] = ()
    redlines: tuple[Segments, ...] = ()
    removed: tuple[Task, ...] = ()
    added: tuple[Task, ...] = ()
    unchanged: tuple[Task, ...] = ()
    bodies: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """The kinds of its changes, each once, in their order."""
        return tuple(dict.fromkeys(change.kind for change in self.changes))


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The items of one section. ``path`` is empty for tasks outside any section.

    ``gone`` marks a section of the old side that the comparison found removed.
    """

    anchor: str
    path: tuple[Section, ...]
    items: tuple[Item, ...]
    renumbered: tuple[str, ...] = ()
    gone: bool = False


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report, before it takes a form."""

    summary: Summary
    document: tuple[Item, ...]
    groups: tuple[Group, ...]
    unmatched_old: tuple[Task, ...] = ()
    unmatched_new: tuple[Task, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """An outline with what a format needs to put it into words."""

    facts: Facts
    options: ReportOptions
    wording: Wording
    outline: Outline


def prepare(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> Report:
    """Filter, summarise and order: what every format does first."""
    chosen = select(changeset, old, new, registry, options)
    facts = Facts(chosen, old, new, registry, whole=changeset)
    return Report(
        facts=facts,
        options=options,
        wording=Wording(facts, options),
        outline=make_outline(facts, options),
    )


def make_outline(facts: Facts, options: ReportOptions) -> Outline:
    """The outline of the changes in ``facts.changeset``."""
    wording = Wording(facts, options)
    document: list[Change] = []
    by_section: dict[str, list[Change]] = {}
    by_link: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Change]] = {}
    places = Places(facts)
    for change in facts.changeset.changes:
        if change.kind.startswith("section_"):
            by_section.setdefault(_section_key(change, places), []).append(change)
        elif not any(facts.tasks(change)) or change.kind == "agency_renamed":
            document.append(change)
        else:
            by_link.setdefault(places.of(change), []).append(change)
    groups: dict[str, list[tuple[Place, Item]]] = {}
    renumbered: dict[str, list[tuple[Place, Item]]] = {}
    for (old, new), changes in by_link.items():
        item = _item(facts, wording, old, new, changes)
        section, place = places.place(old, new)
        alone = all(change.kind == "task_renumbered" for change in changes)
        (renumbered if alone else groups).setdefault(section, []).append((place, item))
    for section, changes in by_section.items():
        item = _section_item(wording, section, changes)
        groups.setdefault(section, []).append(((-1.0,), item))
    unmatched = facts.changeset.unmatched
    told = unmatched if isinstance(unmatched, msgspec.Struct) else None
    return Outline(
        summary=summarise(facts, options),
        document=tuple(_document_items(wording, document)),
        groups=tuple(
            Group(
                anchor=f"section-{key.replace('.', '-').replace(':', '-') or 'none'}",
                path=places.path(key),
                items=tuple(item for _, item in sorted(groups.get(key, ()), key=lambda p: p[0])),
                renumbered=_runs(item for _, item in sorted(renumbered.get(key, ()), key=_first)),
                gone=places.is_gone(key),
            )
            for key in sorted({*groups, *renumbered}, key=places.section_place)
        ),
        unmatched_old=facts.old.tasks_of(told.old) if told else (),
        unmatched_new=facts.new.tasks_of(told.new) if told else (),
    )


def _first(pair: tuple[Place, Item]) -> Place:
    return pair[0]


def _section_key(change: Change, places: Places) -> str:
    if change.new:
        return change.new[0]
    return places.heir(change.old[0]) if change.old else ""


def _item(
    facts: Facts,
    wording: Wording,
    old_ids: tuple[str, ...],
    new_ids: tuple[str, ...],
    changes: list[Change],
) -> Item:
    old, new = facts.old.tasks_of(old_ids), facts.new.tasks_of(new_ids)
    ordered = _by_severity(changes)
    redlines = tuple(
        change.segments for change in ordered if change.segments and change.kind != "part_moved"
    )
    kinds = {change.kind for change in changes}
    apart = (
        len(old) != 1
        or len(new) != 1
        or not facts.one_language
        or ("task_reworded" in kinds and not redlines)
    )
    texts = apart and not redlines
    return Item(
        anchor="task-" + _slug(new_ids or old_ids, "new" if new_ids else "old"),
        number=_numbers(old, new),
        severity=ordered[0].severity,
        changes=ordered,
        lines=tuple(
            _line(wording, change)
            for change in ordered
            if change.kind != "task_renumbered"
            and not (change.kind == "task_reworded" and redlines)
        ),
        old=old,
        new=new,
        redlines=redlines,
        removed=old if texts else (),
        added=new if texts else (),
        unchanged=() if texts or redlines else new,
        bodies=_bodies((*old, *new), changes),
    )


def _section_item(wording: Wording, section: str, changes: list[Change]) -> Item:
    ordered = _by_severity(changes)
    return Item(
        anchor=f"heading-{_slug((section,), 'new')}",
        number="§",
        severity=ordered[0].severity,
        changes=ordered,
        lines=tuple(_line(wording, change) for change in ordered),
    )


def _document_items(wording: Wording, changes: Iterable[Change]) -> Iterable[Item]:
    """One item a change; a body that is printed differently in many tasks is told once."""
    told: dict[tuple[object, ...], list[Change]] = {}
    for at, change in enumerate(changes):
        renamed = change.kind == "agency_renamed"
        key = (change_key(change), str(change.before), str(change.after)) if renamed else (at,)
        told.setdefault(key, []).append(change)
    for at, held in enumerate(told.values()):
        first = held[0]
        line = _line(wording, first)
        tasks = [task for change in held for task in wording.facts.tasks(change)[1]]
        if tasks:
            zh = wording.zh
            where = wording.names.tasks(tuple(dict.fromkeys(tasks)))
            text = f"{line.text}（{where}）" if zh else f"{line.text} ({where})"
            line = msgspec.structs.replace(line, text=text)
        yield Item(
            anchor=f"document-{at + 1}",
            number="",
            severity=first.severity,
            changes=tuple(held),
            lines=(line,),
            redlines=_frame_redline(first),
            bodies=_bodies((), held),
        )


def _frame_redline(change: Change) -> tuple[Segments, ...]:
    """The differences of a paragraph of the frame; where only the layout differs none are told."""
    before, after = text_of(change.before), text_of(change.after)
    if change.segments or change.kind != "frame_changed" or not (before or after):
        return (change.segments,) if change.segments else ()
    return (differences(before or "", after or ""),)


def _line(wording: Wording, change: Change) -> Line:
    return Line(
        sign=sign(change),
        text=wording.sentence(change),
        kind=change.kind,
        severity=change.severity,
    )


def _by_severity(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: SEVERITIES.index(change.severity)))


def _bodies(tasks: Iterable[Task], changes: Iterable[Change]) -> tuple[str, ...]:
    keys = [key for key in map(change_key, changes) if key]
    keys += [a.key for task in tasks for a in task.assignments]
    return tuple(dict.fromkeys(keys))


def _numbers(old: tuple[Task, ...], new: tuple[Task, ...]) -> str:
    one, other = (", ".join(number(task) for task in side) for side in (old, new))
    return one if one == other else " → ".join(filter(None, (one, other)))


def _slug(ids: tuple[str, ...], side: str) -> str:
    """An anchor that HTML and Markdown allow; the side keeps old and new ids apart."""
    return "-".join(
        (side, *("".join(c if c.isalnum() else "-" for c in identity) for identity in ids))
    )


def _runs(items: Iterable[Item]) -> tuple[str, ...]:
    """Renumbered tasks as runs: "48–52 → 46–50" where both sides count on together."""
    runs: list[list[Item]] = []
    for item in items:
        if runs and _goes_on(runs[-1][-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return tuple(
        run[0].number
        if len(run) == 1
        else " → ".join(
            f"{number(side[0])}–{number(side[-1])}"
            for side in ([i.old[0] for i in run], [i.new[0] for i in run])
        )
        for run in runs
    )


def _goes_on(one: Item, other: Item) -> bool:
    for before, after in ((one.old, other.old), (one.new, other.new)):
        if len(before) != 1 or len(after) != 1:
            return False
        numbers = number(before[0]), number(after[0])
        if not all(n.isascii() and n.isdecimal() and len(n) < 7 for n in numbers):
            return False
        if int(numbers[1]) != int(numbers[0]) + 1:
            return False
    return True
