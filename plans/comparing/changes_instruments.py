"""Instruments of linked tasks: commitments up and down, titles that came and went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from plans.comparing.make import change, ids
from plans.comparing.normalise import text_key
from plans.comparing.traits import title_stem
from plans.model import Change, ChangeKind, Instrument, Task
from plans.reading.commitments import REPEAL, standing

_MARKED = re.compile("《[^《》]{1,200}》")
_STATE = re.compile("[（(](?:试行|暂行|修订|修正|草案|征求意见稿|送审稿|修订草案|修正草案)[）)]$")
#: The level of a verb that stands alone (制定, amend).
BARE = 6
#: Below every commitment: none.
LOWEST = REPEAL - 1
#: Two titles this alike, both without another counterpart in the link, are one retitled instrument.
RETITLED = 0.75


class Moves(NamedTuple):
    """Instruments that left one linked task for another: (task id, instrument key), both sides."""

    left: frozenset[tuple[str, str]] = frozenset()
    arrived: frozenset[tuple[str, str]] = frozenset()


NO_MOVES = Moves()


def instrument_key(instrument: Instrument) -> str:
    """What makes two instruments the same: the registry id, else the title without layout."""
    return instrument.id or "=" + text_key(instrument.title)


def instrument_changes(
    old: Sequence[Task],
    new: Sequence[Task],
    moves: Moves = NO_MOVES,
    *,
    old_partial: bool = False,
    new_partial: bool = False,
) -> Iterator[Change]:
    """Changes of the instruments of one link, those of all its parts taken together.

    ``moves`` are told elsewhere as moved parts. A summary that does not name an instrument says
    nothing about it. A title that was only retitled (指南, 指引) is the same instrument: its
    commitment is compared, and the new title shows in the rewording. One that the other side names
    without title marks, or with other ones, has neither come nor gone.
    """
    if len(old) == len(new) == 1 and old[0].instruments == new[0].instruments:
        return
    before = named(old, moves.left)
    after = named(new, moves.arrived)
    pairs = [(key, key) for key in before if key in after]
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    for was, now in _retitled(before, after, gone, come):
        gone.remove(was)
        come.remove(now)
        pairs.append((was, now))
    gone = _unsaid(gone, before, new)
    come = _unsaid(come, after, old)
    link: dict[str, Any] = {"old": ids(old), "new": ids(new)}
    for was, now in pairs:
        one, other = before[was], after[now]
        # A summary that says no more than "amend" may stand for 推进, 加快 or 完成修改.
        if not ((old_partial and _level(one) == BARE) or (new_partial and _level(other) == BARE)):
            yield from commitment_change(one, other, link["old"], link["new"])
    if not new_partial:
        for key in gone:
            yield change(
                "instrument_dropped", **link, **_which(before[key]), before=_level(before[key])
            )
    if not old_partial:
        for key in come:
            yield change("instrument_added", **link, **_which(after[key]), after=_level(after[key]))


def commitment_change(
    was: Instrument, now: Instrument, old: tuple[str, ...], new: tuple[str, ...]
) -> Iterator[Change]:
    """At most one change: how far the plan binds itself on this instrument went up or down.

    The ladder is that of the yearly plans (study 0 … carry out 8). 修改 and 修订 are one level;
    where a side names no commitment, nothing is known. What is put off (暂缓, 不再) stands below
    study, though its level is 0 as well: the change then has the level 0 on both sides. So does
    废止 below 修改 of the same level.
    """
    low, high = standing(was.commitment), standing(now.commitment)
    if low is None or high is None or low == high:
        return
    kind: ChangeKind = "commitment_raised" if high > low else "commitment_lowered"
    yield change(kind, old, new, **_which(now), before=_level(was), after=_level(now))


def named(
    tasks: Iterable[Task], without: frozenset[tuple[str, str]] = frozenset()
) -> dict[str, Instrument]:
    """Instrument key -> instrument; of several mentions the one that binds furthest."""
    found: dict[str, Instrument] = {}
    for task in tasks:
        for instrument in task.instruments:
            key = instrument_key(instrument)
            if (task.id, key) in without:
                continue
            known = found.get(key)
            if known is None or _rank(instrument) > _rank(known):
                found[key] = instrument
    return found


def _unsaid(
    keys: list[str], instruments: dict[str, Instrument], others: Sequence[Task]
) -> list[str]:
    """The keys of those instruments whose title the other tasks do not name outside of 《》 either."""
    if not keys:
        return keys
    plain = [text_key(_MARKED.sub("/", task.text)) for task in others]
    titles = {key: text_key(instruments[key].title) for key in keys}
    return [key for key in keys if not any(titles[key] in text for text in plain)]


def _rank(instrument: Instrument) -> int:
    rank = standing(instrument.commitment)
    return LOWEST if rank is None else rank


def _retitled(
    before: dict[str, Instrument], after: dict[str, Instrument], gone: list[str], come: list[str]
) -> list[tuple[str, str]]:
    ranked: list[tuple[float, str, str]] = []
    for was in gone:
        for now in come:
            one, other = before[was], after[now]
            if one.id and other.id:
                continue  # the registry knows both, as two
            stem, other_stem = _stem(one.title), _stem(other.title)
            if stem == other_stem:
                ranked.append((-1.0, was, now))
                continue
            alike = Indel.normalized_similarity(stem, other_stem)
            if alike >= RETITLED:
                ranked.append((-alike, was, now))
    pairs: list[tuple[str, str]] = []
    for _, was, now in sorted(ranked):
        if all(was != a and now != b for a, b in pairs):
            pairs.append((was, now))
    return pairs


def _stem(title: str) -> str:
    """The title's stem without its state: 甲办法（试行） and 甲办法 are one instrument."""
    return title_stem(_STATE.sub("", title))


def _which(instrument: Instrument) -> dict[str, Any]:
    return {"instrument": instrument.title, "instrument_id": instrument.id}


def _level(instrument: Instrument) -> int | None:
    return instrument.commitment.level if instrument.commitment else None
