"""What differs from language to language when an item is read; one implementation each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from plans.model import Deadline, Instrument, Programme
from plans.reading.abbreviations import spelled_out
from plans.reading.actors import Names
from plans.reading.dates import deadline_in, deadline_of_bracket
from plans.reading.duties import duties_of, sentence_duties
from plans.reading.duty import Duty
from plans.reading.grammar.parser import parse
from plans.reading.grammar.reading import Reading
from plans.reading.grammar.tokens import Lexer
from plans.reading.lines import Line
from plans.reading.passage import Passage
from plans.reading.titles import Titles, draft_instrument


class Tongue(Protocol):
    """How one language says duties, terms and titles."""

    names: Names

    def duties(self, paragraph: Passage) -> list[Duty]:
        """Brackets and labels of responsibility in a paragraph, in order."""

    def sentences(self, text: Passage) -> list[Duty]:
        """Sentences of a task without brackets that give a duty."""

    def listed(self, cell: Passage, role: str) -> Reading | None:
        """What a table's cell of bodies says; ``role`` is the word that heads its column."""

    def term(self, words: Passage, year: int | None) -> Deadline | None:
        """The deadline that the words of a bracket set."""

    def deadline(self, text: Passage, year: int | None) -> Deadline | None:
        """The deadline that running text sets."""

    def instruments(self, text: Passage) -> tuple[Instrument, ...]:
        """The instruments that a task names."""

    def drafted(self, text: Passage) -> tuple[Instrument, ...]:
        """The instrument that the whole text of a legislative item is."""

    def programmes(self, text: Passage) -> tuple[Programme, ...]:
        """The campaigns that a task names."""


def duties_on(line: Line, tongue: Tongue) -> list[Duty]:
    """The duties of what follows the line's number, found once."""
    if line.duties is None:
        line.duties = [] if line.cells else tongue.duties(line.body())
    return line.duties


class ChineseTongue:
    """Chinese, simplified or traditional (both are folded to one form)."""

    def __init__(
        self, lexer: Lexer, titles: Titles, shorts: Mapping[str, Instrument] | None = None
    ) -> None:
        self.lexer = lexer
        self.names = lexer.names
        self._titles = titles
        #: Short titles that the text defines (以下简称《纲要》).
        self._shorts = shorts or {}

    def duties(self, paragraph: Passage) -> list[Duty]:
        """See :class:`Tongue`."""
        return duties_of(paragraph, self.lexer)

    def sentences(self, text: Passage) -> list[Duty]:
        """See :class:`Tongue`."""
        return sentence_duties(text, self.lexer)

    def listed(self, cell: Passage, role: str) -> Reading | None:
        """See :class:`Tongue`."""
        reading = parse(cell.plain, self.lexer)
        if reading is not None and reading.doubt is None:
            return reading
        label = f"{role}单位："
        labelled = parse(label + cell.plain, self.lexer)
        if labelled is None or not labelled.named:
            return reading
        first = labelled.named[0]
        if len(labelled.named) == 1 and first.end == len(label) + len(cell.plain):
            # Names one below the other: 甲部, 乙局 each on a line of the cell.
            named = [
                msgspec.structs.replace(first, start=start, end=end)
                for start, end in self.names.known_only(cell.plain)
            ]
            if len(named) > 1:
                return Reading(named=tuple(named))
        return Reading(named=tuple(one.moved(-len(label)) for one in labelled.named))

    def term(self, words: Passage, year: int | None) -> Deadline | None:
        """See :class:`Tongue`."""
        return deadline_of_bracket(words.text, words.plain, year)

    def deadline(self, text: Passage, year: int | None) -> Deadline | None:
        """See :class:`Tongue`."""
        return deadline_in(text.text, text.plain, year)

    def instruments(self, text: Passage) -> tuple[Instrument, ...]:
        """See :class:`Tongue`."""
        return spelled_out(self._titles.instruments(text), self._shorts)

    def drafted(self, text: Passage) -> tuple[Instrument, ...]:
        """See :class:`Tongue`."""
        return draft_instrument(text, self._titles)

    def programmes(self, text: Passage) -> tuple[Programme, ...]:
        """See :class:`Tongue`."""
        return self._titles.programmes(text)
