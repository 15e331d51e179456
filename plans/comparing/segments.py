"""Differences inside a text, as runs of equal, deleted and inserted text.

The algorithm is that of diff-match-patch over tokens, each mapped to one code point, so that no run
ends inside a title, a name, a number or a word. The C++ build is used where it is installed. Both
builds give the same runs: they only find the shortest ones, without a deadline, and the clean-up is
done here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

from plans.comparing.tokens import tokenizer
from plans.model import SegmentOp
from plans.registry.model import Registry

Segments = tuple[tuple[SegmentOp, str], ...]
#: ("-" delete, "=" equal, "+" insert; how many letters), in order.
Runs = list[tuple[str, int]]

#: Tokens become letters from here on: clean-up must not take some for blanks or line ends.
_FIRST = 0x4E00
_MOST = 0xD800 - _FIRST
_LETTERS = "".join(map(chr, range(_FIRST, _FIRST + _MOST)))


class Engine(Protocol):
    """Finds the shortest runs of two strings."""

    def __call__(self, one: str, other: str) -> Runs:
        """The runs from ``one`` to ``other``."""
        ...


def _python() -> Engine:
    matcher = diff_match_patch()
    matcher.Diff_Timeout = 0  # a deadline would make the outcome depend on the machine

    def find(one: str, other: str) -> Runs:
        return [("=+-"[sign], len(text)) for sign, text in matcher.diff_main(one, other, False)]

    return find


def _fast() -> Engine | None:
    try:
        from fast_diff_match_patch import diff  # type: ignore[import-not-found]
    except ImportError:
        return None

    def find(one: str, other: str) -> Runs:
        runs: Runs = diff(one, other, timelimit=0, checklines=False, cleanup="No", counts_only=True)
        return runs

    return find


#: The engines, for a test that both agree.
PYTHON_ENGINE: Engine = _python()
FAST_ENGINE: Engine | None = _fast()
_ENGINE: Engine = FAST_ENGINE or PYTHON_ENGINE


def segments(old: str, new: str, registry: Registry, engine: Engine = _ENGINE) -> Segments:
    """The runs between two texts; equal and deleted ones join to ``old``, equal and inserted ones
    to ``new``.
    """
    if old == new:
        return (("equal", old),) if old else ()
    cut = tokenizer(registry)
    one, other = cut.tokens(old), cut.tokens(new)
    known = dict.fromkeys(one + other)
    if len(known) > _MOST:
        return _whole(old, new)
    letters = dict(zip(known, _LETTERS, strict=False))
    edits = [Edit("", "", "")]
    at_one = at_other = 0
    for sign, count in engine(_spell(one, letters), _spell(other, letters)):
        last = edits[-1]
        if sign == "-":
            last.deleted += "".join(one[at_one : at_one + count])
            at_one += count
        elif sign == "+":
            last.inserted += "".join(other[at_other : at_other + count])
            at_other += count
        else:
            equal = "".join(one[at_one : at_one + count])
            at_one += count
            at_other += count
            if last.deleted or last.inserted:
                edits.append(Edit(equal, "", ""))
            else:
                last.equal += equal
    return _flat(_clean_up(edits))


class Edit:
    """A run of equal text and the edit behind it."""

    __slots__ = ("deleted", "equal", "inserted")

    def __init__(self, equal: str, deleted: str, inserted: str) -> None:
        self.equal, self.deleted, self.inserted = equal, deleted, inserted

    def weight(self) -> int:
        """The characters of the longer half of the edit."""
        return max(len(self.deleted), len(self.inserted))


def _clean_up(edits: list[Edit]) -> list[Edit]:
    """The semantic clean-up of diff-match-patch, measured in characters rather than tokens.

    An equal run that is no longer than the edits on both sides of it only breaks up what a reader
    takes as one replacement: it joins them. A title is one token and still never swallowed by the
    two words around it.
    """
    kept: list[Edit] = []
    for edit in edits:
        kept.append(edit)
        while len(kept) > 1:
            last, before = kept[-1], kept[-2]
            size = len(last.equal)
            if not last.weight() or size > before.weight() or size > last.weight():
                break
            kept.pop()
            before.deleted += last.equal + last.deleted
            before.inserted += last.equal + last.inserted
    return kept


def _flat(edits: list[Edit]) -> Segments:
    flat: list[tuple[SegmentOp, str]] = []
    for edit in edits:
        if edit.equal:
            flat.append(("equal", edit.equal))
        if edit.deleted:
            flat.append(("delete", edit.deleted))
        if edit.inserted:
            flat.append(("insert", edit.inserted))
    return tuple(flat)


def _whole(old: str, new: str) -> Segments:
    return _flat([Edit("", old, new)])


def _spell(tokens: Sequence[str], letters: dict[str, str]) -> str:
    """Tokens as one letter each."""
    return "".join(map(letters.__getitem__, tokens))
