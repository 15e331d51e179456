"""How changes are made: severities by the contract, whole values as plain builtins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from plans.model import Change, ChangeKind, Severity, Task

#: Kinds that change who must do what, or by when: always major (contracts/changeset.schema.json).
MAJOR: frozenset[ChangeKind] = frozenset(
    {
        "task_added",
        "task_removed",
        "agency_assigned",
        "agency_released",
        "role_changed",
        "commitment_raised",
        "commitment_lowered",
        "instrument_added",
        "instrument_dropped",
        "deadline_changed",
    }
)
#: Kinds that are about numbers and names only: always editorial.
EDITORIAL: frozenset[ChangeKind] = frozenset({"task_renumbered", "agency_renamed", "section_moved"})


def severity_of(kind: ChangeKind, only_layout: bool = False) -> Severity:
    """The contract's severity; ``only_layout`` says that numbers, punctuation, width, script or
    layout are all that differs.
    """
    if kind in MAJOR:
        return "major"
    return "editorial" if only_layout or kind in EDITORIAL else "minor"


def change(
    kind: ChangeKind,
    old: Iterable[str] = (),
    new: Iterable[str] = (),
    *,
    only_layout: bool = False,
    **fields: Any,
) -> Change:
    """A change of this kind about these ids, with its severity; ``fields`` are those of Change."""
    return Change(
        kind=kind,
        severity=severity_of(kind, only_layout),
        old=tuple(old),
        new=tuple(new),
        **fields,
    )


def plain(value: object) -> Any:
    """A value as builtins, as ``before`` and ``after`` hold it: what its JSON decodes to.

    ``msgspec.to_builtins`` would leave tuples, which a changeset read back from JSON has not.
    """
    return msgspec.json.decode(msgspec.json.encode(value))


def ids(tasks: Iterable[Task]) -> tuple[str, ...]:
    """The ids of tasks."""
    return tuple(task.id for task in tasks)
