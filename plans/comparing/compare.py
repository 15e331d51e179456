"""Everything that differs between two plans: who must now do what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from plans.comparing import changes_tasks, parts
from plans.comparing.across import link_across
from plans.comparing.apply import Replay, restated
from plans.comparing.changes_bodies import addressee_changes, duty_changes
from plans.comparing.changes_frame import frame_changes, section_changes
from plans.comparing.changes_instruments import instrument_changes
from plans.comparing.collecting import uncollected
from plans.comparing.left_out import is_left_out, link_printed
from plans.comparing.link import Linking
from plans.comparing.verdicts import NO_VERDICTS, Verdicts
from plans.model import Change, Changeset, Link, Plan, Side, Task, Unmatched
from plans.registry.model import Registry

#: Raised with every change of linking or of what is reported, so that old changesets tell apart.
COMPARER_VERSION = "3"


def compare(
    old: Plan,
    new: Plan,
    registry: Registry,
    *,
    old_side: Side | None = None,
    new_side: Side | None = None,
    verdicts: Verdicts = NO_VERDICTS,
) -> Changeset:
    """Compare two plans of one document, or of any two.

    The sides are made from the plans where none are passed. ``verdicts`` are what people decided
    about links. A side that is a summary or commentary covers a part of its plan: what has no
    counterpart there goes under ``unmatched``, and what it leaves out is unknown. Between two
    languages wording, numbers and frames are not compared; bodies and commitments are. Pure and
    deterministic; every task is in exactly one of links, added, removed or unmatched.
    """
    with uncollected(len(old.tasks) + len(new.tasks)):
        return _compare(
            old, new, registry, old_side or side_of(old), new_side or side_of(new), verdicts
        )


def _compare(
    old: Plan, new: Plan, registry: Registry, old_side: Side, new_side: Side, verdicts: Verdicts
) -> Changeset:
    one_language = _script_free(old) == _script_free(new)
    if one_language:
        linking = link_printed(old, new, registry, verdicts)
    else:
        linking = link_across(old, new, registry, verdicts)
    linked = [
        ([old.tasks[i] for i in group.old], [new.tasks[j] for j in group.new])
        for group in linking.groups
    ]
    changes, unmatched = _changes(old, new, registry, linking, linked, one_language)
    whole = one_language and unmatched is msgspec.UNSET
    replay = Replay(changes)
    return Changeset(
        old=old_side,
        new=new_side,
        links=tuple(
            Link(
                old=tuple(task.id for task in before),
                new=tuple(task.id for task in after),
                confidence=round(group.confidence, 4),
                restated=restated(before[0], after[0], replay)
                if whole and len(before) == len(after) == 1
                else {},
            )
            for group, (before, after) in zip(linking.groups, linked, strict=True)
        ),
        changes=changes,
        unmatched=unmatched,
        made_by=_made_by(old, new, registry),
    )


def side_of(plan: Plan) -> Side:
    """A plan named by what it says of itself."""
    return Side(
        ref=plan.document_number or plan.title,
        title=plan.title,
        language=plan.language,
        nature=plan.nature,
        edition=plan.edition,
    )


def _changes(
    old: Plan,
    new: Plan,
    registry: Registry,
    linking: Linking,
    linked: Sequence[tuple[list[Task], list[Task]]],
    one_language: bool,
) -> tuple[tuple[Change, ...], Unmatched | msgspec.UnsetType]:
    partial = old.covers_part or new.covers_part
    wording = one_language and not partial
    changes: list[Change] = []
    if wording:
        changes.extend(frame_changes(old, new, registry))
        changes.extend(addressee_changes(old.addressees, new.addressees, registry))
        changes.extend(section_changes(old, new, linking.sections))
    in_old = {i for group in linking.groups for i in group.old}
    in_new = {j for group in linking.groups for j in group.new}
    only_old = [task for i, task in enumerate(old.tasks) if i not in in_old]
    only_new = [task for j, task in enumerate(new.tasks) if j not in in_new]
    moved = parts.moved_instruments(linked, only_new)
    moves = parts.moves_of(moved)
    for before, after in linked:
        changes.extend(changes_tasks.restructured(before, after) if wording else ())
        if wording:
            changes.extend(_of_text(before, after, linking, old, new, registry))
        changes.extend(
            duty_changes(
                before,
                after,
                registry,
                old_partial=old.covers_part,
                new_partial=new.covers_part,
                one_language=one_language,
            )
        )
        if any(is_left_out(task.text) for task in (*before, *after)):
            continue  # what such a task names, and by when it is due, is unknown
        changes.extend(
            instrument_changes(
                before,
                after,
                moves,
                old_partial=old.covers_part,
                new_partial=new.covers_part,
            )
        )
        changes.extend(changes_tasks.deadline_changes(before, after, partial=partial))
    changes.extend(parts.instrument_moves(moved))
    if wording:
        changes.extend(parts.sentence_moves([pair for pair in linked if pair[0][0].kind == "task"]))
    unmatched_old: tuple[str, ...] = ()
    unmatched_new: tuple[str, ...] = ()
    if new.covers_part:
        unmatched_old, only_old = tuple(task.id for task in only_old), []
    if old.covers_part:
        unmatched_new, only_new = tuple(task.id for task in only_new), []
    changes.extend(changes_tasks.removed(task) for task in only_old)
    changes.extend(changes_tasks.added(task) for task in only_new)
    return tuple(changes), (
        Unmatched(old=unmatched_old, new=unmatched_new) if partial else msgspec.UNSET
    )


def _of_text(
    before: list[Task],
    after: list[Task],
    linking: Linking,
    old: Plan,
    new: Plan,
    registry: Registry,
) -> Iterator[Change]:
    yield from changes_tasks.moved(before, after, linking.sections, old, new)
    if len(before) == len(after) == 1:
        yield from changes_tasks.reworded(before[0], after[0], registry)
        yield from changes_tasks.renumbered(before[0], after[0])


def _script_free(plan: Plan) -> str:
    return plan.language.partition("-")[0]


def _made_by(old: Plan, new: Plan, registry: Registry) -> dict[str, str]:
    made_by = {"comparer": COMPARER_VERSION, "registry": registry.version}
    for tool in sorted({*old.made_by, *new.made_by} - set(made_by)):
        versions = [plan.made_by[tool] for plan in (old, new) if tool in plan.made_by]
        made_by[tool] = "; ".join(dict.fromkeys(versions))
    return made_by
