"""Which bodies came, went, took another role or another name: on tasks and among addressees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from plans.comparing.covering import body_key, other_sentences
from plans.comparing.make import change, ids, plain
from plans.comparing.normalise import printed_key, text_key
from plans.model import Actor, Assignment, Change, ChangeKind, Role, Task
from plans.registry.model import Registry

#: The stronger role decides where a body has several on one task.
STRENGTH: dict[Role, int] = {"lead": 3, "responsible": 2, "support": 1, "guide": 0}


def duty_changes(
    old: Sequence[Task],
    new: Sequence[Task],
    registry: Registry,
    *,
    old_partial: bool = False,
    new_partial: bool = False,
    one_language: bool = True,
) -> Iterator[Change]:
    """Changes of the bodies of one link; the bodies of all its parts are taken together.

    A task without any body is one whose brackets were left out: what it would say is unknown, so
    nobody was assigned or released because of it. The same holds for bodies that an open list
    (等部门, among others) of a summary may stand for. Roles and names of a summary are its own
    words and are not compared. A body that an open list names no longer is told as that: it may
    still be meant, and was not released.
    """
    if len(old) == len(new) == 1 and old[0].assignments == new[0].assignments:
        return
    before, after = _strongest(old), _strongest(new)
    if not before or not after:
        return
    same_kind = one_language and not old_partial and not new_partial
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    kept = [(key, key) for key in before if key in after]
    for key in list(gone):
        heirs = [other for other in after if key != other and _continues(registry, other, key)]
        if heirs:
            gone.remove(key)
            kept.extend((key, heir) for heir in heirs)
            come = [other for other in come if other not in heirs]
    if not one_language:
        # Collectives have no name that both languages know (有关部门, other relevant bodies).
        gone = [key for key in gone if before[key].agency]
        come = [key for key in come if after[key].agency]
    link: dict[str, Any] = {"old": ids(old), "new": ids(new)}
    old_silent = any(not task.assignments for task in old) or (old_partial and _open(old))
    new_silent = any(not task.assignments for task in new) or (new_partial and _open(new))
    if not old_silent:
        for key in come:
            assignment = after[key]
            yield change("agency_assigned", **link, **_who(assignment), after=plain(assignment))
    if not new_silent:
        for key in gone:
            assignment = before[key]
            held = _may_be_meant(assignment, new)
            kind: ChangeKind = "agency_unnamed" if held else "agency_released"
            yield change(kind, **link, **_who(assignment), before=plain(assignment))
    names_old, names_new = _names(old), _names(new)
    for key, other in kept:
        was, now = before[key], after[other]
        if same_kind and (
            was.role != now.role
            or _scope(was) != _scope(now)
            or other_sentences(old, new, key, other)
        ):
            yield change("role_changed", **link, **_who(now), before=plain(was), after=plain(now))
        if same_kind and (key != other or not names_old[key] & names_new[other]):
            yield change("agency_renamed", **link, **_who(now), before=was.name, after=now.name)


def addressee_changes(
    old: Sequence[Actor], new: Sequence[Actor], registry: Registry
) -> Iterator[Change]:
    """Who the notice is no longer, or newly, addressed to. A text without its notice says nothing."""
    if not old or not new:
        return
    before, after = {body_key(a): a for a in old}, {body_key(a): a for a in new}
    for key, actor in before.items():
        if key in after:
            if printed_key(actor.name) != printed_key(after[key].name):
                yield _addressee("agency_renamed", after[key], actor.name, after[key].name)
            continue
        heirs = [a for k, a in after.items() if _continues(registry, k, key)]
        if heirs:
            yield _addressee("agency_renamed", heirs[0], actor.name, heirs[0].name)
        else:
            yield _addressee("addressee_removed", actor, actor.name, None)
    for key, actor in after.items():
        if key not in before and not any(_continues(registry, key, was) for was in before):
            yield _addressee("addressee_added", actor, None, actor.name)


def _addressee(kind: ChangeKind, actor: Actor, before: str | None, after: str | None) -> Change:
    return change(kind, agency=actor.agency, name=actor.name, before=before, after=after)


def _strongest(tasks: Iterable[Task]) -> dict[str, Assignment]:
    """Body key -> the assignment with its strongest role over all the tasks."""
    found: dict[str, Assignment] = {}
    for task in tasks:
        for assignment in task.assignments:
            key = body_key(assignment)
            known = found.get(key)
            if known is None or STRENGTH[assignment.role] > STRENGTH[known.role]:
                found[key] = assignment
    return found


def _names(tasks: Iterable[Task]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for task in tasks:
        for assignment in task.assignments:
            names.setdefault(body_key(assignment), set()).add(printed_key(assignment.name))
    return names


def _scope(assignment: Assignment) -> str:
    """What the bracket limits the duty to: another scope is another duty (国发〔2018〕38号)."""
    return text_key(assignment.scope) if assignment.scope else ""


def _open(tasks: Iterable[Task]) -> bool:
    return any(a.open_ended or a.kind == "collective" for task in tasks for a in task.assignments)


def _may_be_meant(assignment: Assignment, new: Iterable[Task]) -> bool:
    """Whether a list that goes on (A、B等部门负责) has room for a body with this role or a lesser one."""
    return any(
        other.open_ended and STRENGTH[other.role] >= STRENGTH[assignment.role]
        for task in new
        for other in task.assignments
    )


def _continues(registry: Registry, newer: str, older: str) -> bool:
    """Whether a body of the registry follows another one there; names without an id never do."""
    return (
        newer in registry.agencies
        and older in registry.agencies
        and (registry.continues(newer, older))
    )


def _who(actor: Actor) -> dict[str, Any]:
    return {"agency": actor.agency, "name": actor.name}
