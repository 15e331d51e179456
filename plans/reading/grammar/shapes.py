"""Brackets whose shape was read before: the words are known, only the bodies are others.

A plan has a hundred brackets and few shapes: （A、B、C负责）, （A牵头，B、C配合）. Where a content is
nothing but names of the registry, separators and role words, its reading depends on the words
alone: every such name is an agency, whole for certain, and the grammar looks into none. So the
parser reads one content of each shape, and for the others the names are put in their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from plans.model import Role
from plans.reading.grammar.reading import Named, Reading
from plans.reading.grammar.token import Kind, Token
from plans.reading.known import pattern_of

_MOST_SHAPES = 5_000
#: A longer content is read by the parser itself: shapes of so many words hardly come twice.
_LONGEST = 200
#: Names into which a rule of the grammar does look: those that begin like a word that may follow a
#: name or a role, hold a bracket or separator, or sound like a term or like 首位.
_LOOKED_INTO = re.compile(
    "^(?:由|会同|年内|[0-9]|等|和|及|与|以及)|[（）〔〕、，；。：/／ ]|[年月季持长常每定适日节启限]|"
    "第一|首位|首个|首家|排|列|前|居首|以下|下同"
)
#: Words with which the rules do look at the names, or count their characters.
_COUNTED = re.compile("[；。：年月季持长常每定适日节启限]|第一|首|排|居首|以下|下同")
_PLAIN_KINDS = frozenset({Kind.NAME, Kind.AND, Kind.COMMA, Kind.ACT, Kind.OPEN})
#: Stands for a name in the words of a shape; no text holds it.
_NAME = "\x00"


class Shape(NamedTuple):
    """The words around the names, and where the names stand."""

    words: str
    places: tuple[tuple[int, int], ...]


class Slot(NamedTuple):
    """Which name of a shape is given which role."""

    name: int
    role: Role
    open_ended: bool


class Learned(NamedTuple):
    """What every content of one shape says."""

    slots: tuple[Slot, ...]
    doubt: str | None
    nobody: bool


class Shapes:
    """The shapes of one registry and year; fills as contents are read."""

    def __init__(self, names: Iterable[str]) -> None:
        plain = [name for name in names if not _LOOKED_INTO.search(name)]
        self._name = re.compile(f"(?<=[、，])({pattern_of(plain)})")
        self._learned: dict[str, Learned | None] = {}

    def shape(self, content: str) -> Shape | None:
        """The shape of a folded content; None where the parser has to read it itself."""
        if len(content) > _LONGEST or "（" in content:
            return None
        # Every name then stands behind a separator, the first one too. Words and names take turns.
        parts = self._name.split("、" + content)
        places: list[tuple[int, int]] = []
        end = -1
        for index in range(1, len(parts), 2):
            start = end + len(parts[index - 1])
            end = start + len(parts[index])
            places.append((start, end))
        return Shape(_NAME.join(parts[::2]), tuple(places)) if places else None

    def reading(self, shape: Shape) -> Reading | None:
        """What a content of this shape says; None where no other was read, or none can stand for it."""
        learned = self._learned.get(shape.words)
        if learned is None:
            return None
        places = shape.places
        return Reading(
            named=tuple(
                [
                    Named(places[name][0], places[name][1], role, open_ended)
                    for name, role, open_ended in learned.slots
                ]
            ),
            doubt=learned.doubt,
            nobody=learned.nobody,
        )

    def learn(
        self, shape: Shape, reading: Reading | None, tokens: Callable[[], tuple[Token, ...]]
    ) -> None:
        """Keep what the parser made of a content, where it holds for every content of its shape.

        ``tokens`` gives the content's tokens.
        """
        if shape.words in self._learned:
            return
        if len(self._learned) > _MOST_SHAPES:
            self._learned.clear()
        self._learned[shape.words] = (
            None
            if reading is None or _COUNTED.search(shape.words)
            else _learned(shape, tokens(), reading)
        )


def _learned(shape: Shape, tokens: tuple[Token, ...], reading: Reading) -> Learned | None:
    names = tuple((token.start, token.end) for token in tokens if token.kind is Kind.NAME)
    if names != shape.places or any(token.kind not in _PLAIN_KINDS for token in tokens):
        return None
    rule = reading.first_leads or reading.sticky or reading.same_below
    if rule or reading.terms or reading.scope or reading.carried:
        return None
    order = {place: index for index, place in enumerate(shape.places)}
    return Learned(
        tuple(Slot(order[one.start, one.end], one.role, one.open_ended) for one in reading.named),
        reading.doubt,
        reading.nobody,
    )
