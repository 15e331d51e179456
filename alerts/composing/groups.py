"""The groups of a message: one changeset sorted by what a reader must act on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alerts.composing.headline import place_of, placed
from alerts.composing.message import Group, Item
from alerts.composing.safety import plain, unlinked
from plans.model import Change, ChangeKind, SegmentOp, Task
from reports.clean import clean
from reports.facts import Facts
from reports.names import number
from reports.options import ReportLanguage, ReportOptions
from reports.summary import BodyShift, summarise
from reports.wording import Wording, capital

LONGEST_QUOTE = 400
#: Unchanged characters that are kept on each side of a changed piece.
CONTEXT = 24
#: Items that a message shows of one group; the rest is counted and stands in the report.
MOST_ITEMS = 12
#: Bodies are one short line each, and what most readers look for.
MOST_BODIES = 40
#: Numbers of tasks in one line.
MOST_NUMBERS = 12

_COMMITMENTS: tuple[ChangeKind, ...] = (
    "commitment_raised",
    "commitment_lowered",
    "instrument_added",
    "instrument_dropped",
)
_ROLES_ETC: tuple[ChangeKind, ...] = ("role_changed", "agency_renamed")
_OPEN_LISTS: tuple[ChangeKind, ...] = ("agency_unnamed",)
_BODY_KINDS = frozenset({"agency_assigned", "agency_released"})

#: The further groups: their heading in both languages, and the kinds that they hold.
_GROUPS: tuple[tuple[tuple[str, str], tuple[ChangeKind, ...]], ...] = (
    (("Commitments and instruments", "立法承诺与文件"), _COMMITMENTS),
    (("Roles", "角色调整"), _ROLES_ETC),
    (("Open lists of bodies", "以“等”字列举的单位"), _OPEN_LISTS),
    (("New tasks", "新增任务"), ("task_added",)),
    (("No longer listed", "不再列出的任务"), ("task_removed",)),
    (("Deadlines", "时限"), ("deadline_changed",)),
    (("Words changed", "文字修改"), ("task_reworded",)),
    (
        ("Split, merged, moved", "拆分、合并与移位"),
        ("task_split", "task_merged", "part_moved", "task_moved", "task_renumbered"),
    ),
    (
        ("Sections and the notice", "章节与通知"),
        (
            "section_added",
            "section_removed",
            "section_retitled",
            "section_moved",
            "addressee_added",
            "addressee_removed",
            "frame_changed",
        ),
    ),
)


def groups_of(facts: Facts, lang: ReportLanguage) -> tuple[tuple[Group, ...], int]:
    """The groups that tell ``facts.changeset``, and the number of editorial changes left out."""
    wording = Wording(facts, ReportOptions(lang=lang))
    changes = [c for c in facts.changeset.changes if c.severity != "editorial"]
    found: list[Group] = []
    bodies = _bodies(facts, wording, lang)
    if bodies:
        shown = bodies[:MOST_BODIES]
        found.append(_group(("Bodies", "责任单位"), shown, len(bodies), lang))
    for title, kinds in _GROUPS:
        # What is not shown is not worded: a plan that is new throughout has hundreds of changes.
        chosen: list[tuple[Change, ...]] = [
            (c,) for kind in kinds for c in changes if c.kind == kind
        ]
        if kinds is _ROLES_ETC:
            chosen = _by_task(c for (c,) in chosen)
        if chosen:
            items = [_item(some, facts, wording) for some in chosen[:MOST_ITEMS]]
            found.append(_group(title, items, len(chosen), lang))
    return tuple(found), len(facts.changeset.changes) - len(changes)


def _group(
    title: tuple[str, str], items: Sequence[Item], total: int, lang: ReportLanguage
) -> Group:
    heading = {"en": title[0], "zh": title[1], "both": f"{title[0]} {title[1]}"}[lang]
    return Group(title=f"{heading} ({total})", items=tuple(items), more=total - len(items))


def _by_task(changes: Iterable[Change]) -> list[tuple[Change, ...]]:
    """The changes of each task together, in the order of the first ones."""
    tasks: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Change]] = {}
    for change in changes:
        tasks.setdefault((change.old, change.new), []).append(change)
    return [tuple(some) for some in tasks.values()]


def _bodies(facts: Facts, wording: Wording, lang: ReportLanguage) -> list[Item]:
    """One line a body: on which tasks it came and from which it went."""
    shifts = summarise(facts, ReportOptions(lang=lang)).bodies
    return [
        Item(text=plain(_shift(shift, wording))) for shift in shifts if shift.gained or shift.lost
    ]


def _shift(shift: BodyShift, wording: Wording) -> str:
    zh = wording.zh
    told = []
    if shift.gained:
        told.append(f"{'新增' if zh else 'joins '}{_numbers(shift.gained, wording)}")
    if shift.lost:
        # Numbers of the text before: the same number may stand for another task now.
        told.append(
            f"{'不再列于原' if zh else 'no longer on former '}{_numbers(shift.lost, wording)}"
        )
    return f"{capital(shift.name)}{'：' if zh else ': '}{('；' if zh else '; ').join(told)}"


def _numbers(tasks: Sequence[Task], wording: Wording) -> str:
    """The tasks by their numbers; of many the first ones and how many they are in all."""
    seen = tuple({number(task): task for task in tasks}.values())
    named = wording.names.tasks(seen[:MOST_NUMBERS])
    if len(seen) <= MOST_NUMBERS:
        return named
    return f"{named}等共{len(seen)}项" if wording.zh else f"{named} and more, {len(seen)} in all"


def source_text(change: Change, facts: Facts) -> str | None:
    """The published text that a change brings, for translation: a whole task, or the new words."""
    if change.kind in ("task_added", "task_removed"):
        old, new = facts.tasks(change)
        task = next(iter(new or old), None)
        return (task.text or None) if task else None
    return "".join(text for op, text in change.segments if op != "delete") or None


def _item(changes: tuple[Change, ...], facts: Facts, wording: Wording) -> Item:
    """One line: a change, or what became of all roles of a task."""
    change, *others = changes
    old, new = facts.tasks(change)
    # Where a task moved from and to is the sentence itself.
    place = None if change.kind == "task_moved" else _place(change, facts, wording)
    text = source_text(change, facts)
    if change.kind in ("task_added", "task_removed"):
        task = next(iter(new or old), None)
        told = placed(change, facts, wording, facts.registry) + (
            _named(task, wording) if task else ""
        )
        return Item(
            text=plain(told),
            place=place,
            quote=plain(text or "", LONGEST_QUOTE) or None,
            source_text=text,
        )
    if change.segments:
        return Item(
            text=plain(place_of(change, facts, wording, facts.registry) or wording.placed(change)),
            place=place,
            segments=shortened(change.segments),
            source_text=text,
        )
    joint = "；" if wording.zh else "; "
    sentences = [placed(change, facts, wording, facts.registry), *map(wording.sentence, others)]
    return Item(text=plain(joint.join(sentences)), place=place)


def _named(task: Task, wording: Wording) -> str:
    """What a task names, for readers who cannot read it: instruments with levels, programmes."""
    names = []
    for instrument in task.instruments:
        name = wording.names.instrument(instrument.title, instrument.id)
        level = wording.level(instrument.commitment) if instrument.commitment else ""
        joined = f"{name}：{level}" if wording.zh else f"{name}: {level}"
        names.append(joined if level else name)
    for programme in task.programmes:
        known = wording.names.registry.programmes.get(programme.id or "")
        shown = known.display(wording.names.sentences) if known else programme.name
        names.append(f"“{shown}”")
    if not names:
        return ""
    return f"；涉及{'、'.join(names)}" if wording.zh else f"; names {', '.join(names)}"


def _place(change: Change, facts: Facts, wording: Wording) -> str | None:
    """The section of the change's task, as printed, with its English where the glossary has it."""
    old, new = facts.tasks(change)
    if new:
        return plain(wording.names.path(facts.new.path(new[0].section))) or None
    if old:
        return plain(wording.names.path(facts.old.path(old[0].section))) or None
    return None


def shortened(
    segments: Iterable[tuple[SegmentOp, str]], context: int = CONTEXT
) -> tuple[tuple[SegmentOp, str], ...]:
    """Segments with long unchanged runs cut to what stands beside a change, made safe to send."""
    pieces = list(segments)
    last = len(pieces) - 1
    result: list[tuple[SegmentOp, str]] = []
    for at, (op, text) in enumerate(pieces):
        if op != "equal":
            cut = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
            result.append((op, unlinked(clean(cut))))
            continue
        head = text[:context] if at > 0 else ""
        tail = text[-context:] if at < last else ""
        if len(text) > len(head) + len(tail) + 1:
            text = f"{head}…{tail}"
        result.append((op, unlinked(clean(text))))
    return tuple(result)
