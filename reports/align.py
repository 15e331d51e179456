"""Two plans as one run of paragraphs: what stays in its place, what is new, what is gone.

This is what tracked changes need: reading all but the deletions gives the new plan, all but the
insertions the old one. A paragraph that changed its place stands in both places: what it keeps is
moved, the rest deleted there or inserted here.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from plans.model import Changeset, Plan, SegmentOp
from reports.clean import clean
from reports.inline import Segments, side
from reports.plan_text import Paragraph, paragraphs

# Titles, numbers and Latin words stay whole; the rest goes by the character.
_TOKEN = re.compile(r"《[^《》]{0,80}》|\d+|[A-Za-z]+|.", re.DOTALL)
# In a bracket: a name, or the word for the role behind the last name of its clause.
_ROLE = r"等(?=(?:牵头|负责|配合|指导)[，）])|(?:牵头|负责|配合|指导)(?=[，）])"
_NAME = re.compile(rf"{_ROLE}|[^、，；：（）(),;:]+?(?={_ROLE}|[、，；：（）(),;:]|$)|.", re.DOTALL)
#: Beyond this many pairs of tokens two texts are shown one after the other, not piece by piece.
MOST_PAIRS = 2_000_000


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph of either side or of both; ``segments`` rebuild what each side shows.

    ``move`` names the two rows of a paragraph that changed its place: the one without ``new`` is
    where it stood, the one without ``old`` where it stands. Their equal segments are what moved.
    """

    old: Paragraph | None
    new: Paragraph | None
    segments: Segments
    move: str | None = None


def align(changeset: Changeset, old: Plan, new: Plan) -> tuple[Row, ...]:
    """All paragraphs of both plans in one order, each of either side exactly once."""
    olds, news = paragraphs(old), paragraphs(new)
    held = list(_pairs(changeset, olds, news))
    pairs = _in_order(held)
    told = _told_segments(changeset)
    left, arrived = _moves(held, pairs, olds, news, told)
    rows: list[Row] = []
    i = j = 0
    for old_at, new_at in [*pairs, (len(olds), len(news))]:
        rows += [left.get(at) or _gone(olds[at]) for at in range(i, old_at)]
        rows += [arrived.get(at) or _added(news[at]) for at in range(j, new_at)]
        if old_at < len(olds):
            rows.append(_kept(olds[old_at], news[new_at], told))
        i, j = old_at + 1, new_at + 1
    return tuple(rows)


def _moves(
    held: list[tuple[int, int]],
    in_place: list[tuple[int, int]],
    olds: tuple[Paragraph, ...],
    news: tuple[Paragraph, ...],
    told: dict[tuple[str, str], Segments],
) -> tuple[dict[int, Row], dict[int, Row]]:
    """The rows of what left its place, by place in the old run and in the new one.

    A task that kept little of its text is no move to a reader: it goes there and comes here.
    """
    left: dict[int, Row] = {}
    arrived: dict[int, Row] = {}
    stayed_old, stayed_new = {old_at for old_at, _ in in_place}, {new_at for _, new_at in in_place}
    for old_at, new_at in held:
        before, after = olds[old_at], news[new_at]
        # A hostile changeset may link one task twice.
        if old_at in stayed_old or new_at in stayed_new or old_at in left or new_at in arrived:
            continue
        if before.kind != "task":
            continue
        segments = _kept(before, after, told).segments
        kept = sum(len(text) for op, text in segments if op == "equal")
        if 2 * kept < max(len(before.shown), len(after.shown)):
            continue
        move = f"move{len(left) + 1}"
        left[old_at] = Row(old=before, new=None, segments=side(segments, "insert"), move=move)
        arrived[new_at] = Row(old=None, new=after, segments=side(segments, "delete"), move=move)
    return left, arrived


def _gone(paragraph: Paragraph) -> Row:
    return Row(old=paragraph, new=None, segments=(("delete", paragraph.shown),))


def _added(paragraph: Paragraph) -> Row:
    return Row(old=None, new=paragraph, segments=(("insert", paragraph.shown),))


def _kept(old: Paragraph, new: Paragraph, told: dict[tuple[str, str], Segments]) -> Row:
    text: Segments | None = told.get((old.key, new.key)) if old.kind == "task" else None
    if text is None or not _rebuilds(text, old.text, new.text):
        text = differences(old.text, new.text, names=old.key == "addressees")
    segments = (
        *_replaced(old.number, new.number),
        *text,
        *differences(old.duties, new.duties, names=True),
    )
    return Row(old=old, new=new, segments=_merged(segments))


def _rebuilds(segments: Segments, old: str, new: str) -> bool:
    return (
        "".join(text for op, text in segments if op != "insert") == old
        and "".join(text for op, text in segments if op != "delete") == new
    )


def _told_segments(changeset: Changeset) -> dict[tuple[str, str], Segments]:
    return {
        (change.old[0], change.new[0]): tuple((op, clean(text)) for op, text in change.segments)
        for change in changeset.changes
        if change.kind == "task_reworded"
        and change.segments
        and len(change.old) == len(change.new) == 1
    }


def _pairs(
    changeset: Changeset, olds: tuple[Paragraph, ...], news: tuple[Paragraph, ...]
) -> Iterator[tuple[int, int]]:
    """Which paragraphs continue which, by place in either run; a hostile changeset may link one twice."""
    linked = {
        link.old[0]: link.new[0] for link in changeset.links if len(link.old) == len(link.new) == 1
    }
    for change in changeset.changes:
        if change.kind in ("section_retitled", "section_moved") and change.old and change.new:
            linked[f"section {change.old[0]}"] = f"section {change.new[0]}"
    new_at = {(p.kind, p.key): at for at, p in enumerate(news)}
    new_headings = {(p.depth, p.text): at for at, p in enumerate(news) if p.kind == "heading"}
    for at, paragraph in enumerate(olds):
        if paragraph.kind in ("task", "heading"):
            heir = linked.get(paragraph.key)
            found = new_at.get((paragraph.kind, heir)) if heir else None
            if found is None and paragraph.kind == "heading":
                found = new_headings.get((paragraph.depth, paragraph.text))
        else:
            found = new_at.get((paragraph.kind, paragraph.key))
        if found is not None:
            yield at, found


def _in_order(held: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides (patience sorting)."""
    tails: list[int] = []
    at_tail: list[int] = []
    before: list[int] = []
    for at, (_, new) in enumerate(held):
        place = bisect_left(tails, new)
        if place == len(tails):
            tails.append(new)
            at_tail.append(at)
        else:
            tails[place] = new
            at_tail[place] = at
        before.append(at_tail[place - 1] if place else -1)
    run: list[tuple[int, int]] = []
    at = at_tail[-1] if at_tail else -1
    while at >= 0:
        run.append(held[at])
        at = before[at]
    return run[::-1]


def differences(old: str, new: str, *, names: bool = False) -> Segments:
    """Two texts as segments; ``names`` keeps whole what stands between separators of a list."""
    if old == new:
        return (("equal", old),) if old else ()
    tokens = _NAME if names else _TOKEN
    one, other = tokens.findall(old), tokens.findall(new)
    if len(one) * len(other) > MOST_PAIRS:
        return (("delete", old), ("insert", new))
    # A separator alone is no anchor: two lists have little in common for having commas.
    matcher = difflib.SequenceMatcher(_is_separator if names else None, one, other, autojunk=False)
    found: list[tuple[SegmentOp, str]] = []
    for _, i, i_end, j, j_end in matcher.get_opcodes():
        same = one[i:i_end] == other[j:j_end]
        if same:
            found.append(("equal", "".join(one[i:i_end])))
            continue
        found.append(("delete", "".join(one[i:i_end])))
        found.append(("insert", "".join(other[j:j_end])))
    if not names and _ragged(found, max(len(old), len(new))):
        return (("delete", old), ("insert", new))
    return _merged(tuple(found))


def _is_separator(token: str) -> bool:
    return token in "、，；, ;"


def _ragged(found: list[tuple[SegmentOp, str]], length: int) -> bool:
    """Whether so little is common that showing the pieces would hide more than it shows."""
    common = sum(len(text) for op, text in found if op == "equal")
    return common * 3 < length


def _replaced(old: str, new: str) -> Segments:
    if old == new:
        return (("equal", old),)
    return (("delete", old), ("insert", new))


def _merged(segments: Segments) -> Segments:
    """The same pieces without empty ones and with neighbours of one kind joined."""
    found: list[tuple[SegmentOp, str]] = []
    for op, text in segments:
        if not text:
            continue
        if found and found[-1][0] == op:
            found[-1] = (op, found[-1][1] + text)
        else:
            found.append((op, text))
    return tuple(found)
