"""Parts that moved: an instrument or a sentence that went on inside another linked task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from plans.comparing.changes_instruments import (
    Moves,
    commitment_change,
    instrument_key,
)
from plans.comparing.make import change
from plans.comparing.normalise import text_key
from plans.model import Change, Instrument, Task


class MovedInstrument(NamedTuple):
    """One instrument that left ``old`` for ``new``, two tasks that are in different links."""

    old: Task
    new: Task
    was: Instrument
    now: Instrument


def moved_instruments(
    links: Sequence[tuple[Sequence[Task], Sequence[Task]]], added: Sequence[Task] = ()
) -> list[MovedInstrument]:
    """The instruments that changed their link, each once; also into a task that is ``added``.

    Those that left exactly one link and arrived in exactly one other are meant; what leaves several
    tasks is dropped or added there, one by one.
    """
    left: dict[str, list[tuple[int, Task, Instrument]]] = {}
    arrived: dict[str, list[tuple[int, Task, Instrument]]] = {}
    for number, (old, new) in enumerate([*links, *(((), (task,)) for task in added)]):
        if len(old) == len(new) == 1 and old[0].instruments == new[0].instruments:
            continue
        before = {instrument_key(i): (t, i) for t in old for i in t.instruments}
        after = {instrument_key(i): (t, i) for t in new for i in t.instruments}
        for key, (task, instrument) in before.items():
            if key not in after:
                left.setdefault(key, []).append((number, task, instrument))
        for key, (task, instrument) in after.items():
            if key not in before:
                arrived.setdefault(key, []).append((number, task, instrument))
    found: list[MovedInstrument] = []
    for key, sources in left.items():
        targets = arrived.get(key, [])
        if len(sources) == len(targets) == 1 and sources[0][0] != targets[0][0]:
            (_, old_task, was), (_, new_task, now) = sources[0], targets[0]
            found.append(MovedInstrument(old_task, new_task, was, now))
    return found


def moves_of(found: Sequence[MovedInstrument]) -> Moves:
    """What the comparison of each link has to leave out, because it is told here."""
    return Moves(
        left=frozenset((m.old.id, instrument_key(m.was)) for m in found),
        arrived=frozenset((m.new.id, instrument_key(m.now)) for m in found),
    )


def instrument_moves(found: Sequence[MovedInstrument]) -> Iterator[Change]:
    """The moves as changes; a commitment that went up or down on the way is told as well."""
    for move in found:
        yield change(
            "part_moved",
            [move.old.id],
            [move.new.id],
            instrument=move.now.title,
            instrument_id=move.now.id,
            before=move.was.title,
            after=move.now.title,
        )
        yield from commitment_change(move.was, move.now, (move.old.id,), (move.new.id,))


_CLAUSE_END = re.compile("[，。；,;\n]")
#: A shorter sentence than this says too little to be followed into another task.
SHORTEST = 8


def sentence_moves(links: Sequence[tuple[Sequence[Task], Sequence[Task]]]) -> Iterator[Change]:
    """Clauses that left a link and stand word for word in another one, where they were not before."""
    homes: dict[str, list[tuple[int, Task]]] = {}
    touched = [
        (number, old, new)
        for number, (old, new) in enumerate(links)
        if not (len(old) == len(new) == 1 and old[0].text == new[0].text)
    ]
    for number, old, new in touched:
        joined = "|".join(text_key(task.text) for task in old)
        for task in new:
            for clause in _clauses(task):
                if text_key(clause) not in joined:
                    homes.setdefault(text_key(clause), []).append((number, task))
    for number, old, new in touched:
        still = "|".join(text_key(task.text) for task in new)
        for task in old:
            for clause in _clauses(task):
                key = text_key(clause)
                found = [] if key in still else homes.get(key, [])
                if len(found) == 1 and found[0][0] != number:
                    yield change(
                        "part_moved", [task.id], [found[0][1].id], before=clause, after=clause
                    )


def _clauses(task: Task) -> list[str]:
    clauses = map(str.strip, _CLAUSE_END.split(task.text))
    return [clause for clause in clauses if len(clause) >= SHORTEST and "《" not in clause]
