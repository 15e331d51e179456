"""The extract cut into lines, each cleaned of layout; a table row keeps its cells."""

from __future__ import annotations

import re

from plans.model import Diagnostic
from plans.reading.characters import fold
from plans.reading.duty import Duty
from plans.reading.numbering import Number, loose_number, number_at
from plans.reading.passage import Passage, clean, has_layout, join, needs_no_mending

#: No plan has as many paragraphs; what follows them is not read, and the reader says so.
MOST_LINES = 20_000
#: No table has as many columns.
_MOST_CELLS = 100

_BREAKS = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class Line:
    """One paragraph of the text. ``cells`` are a table row's, ``number`` the number it begins with."""

    __slots__ = ("_body", "cells", "duties", "number", "passage")

    def __init__(
        self,
        passage: Passage,
        cells: tuple[Passage, ...] = (),
        number: Number | None = None,
    ) -> None:
        self.passage = passage
        self.cells = cells
        self.number = number
        #: Found once, when first asked for (:meth:`plans.reading.tongue.Tongue.duties`).
        self.duties: list[Duty] | None = None
        self._body: tuple[Number | None, Passage] | None = None

    @property
    def plain(self) -> str:
        """The folded text."""
        return self.passage.plain

    def body(self) -> Passage:
        """What follows the number."""
        number = self.number
        if number is None:
            return self.passage
        if self._body is None or self._body[0] is not number:
            self._body = (number, self.passage.cut(number.end))
        return self._body[1]

    def __repr__(self) -> str:
        return f"Line({self.passage.text!r})"


def line_of(passage: Passage, cells: tuple[Passage, ...] = ()) -> Line:
    """A line with its number read."""
    return Line(passage, cells, None if cells else number_at(passage.plain))


def split_lines(text: str) -> list[Line]:
    """All lines that hold anything, in order. Lines of the extract are its paragraphs."""
    plain = fold(text)
    quiet = needs_no_mending(text, plain)
    lines: list[Line] = []
    for match in _BREAKS.finditer(text):
        if len(lines) == MOST_LINES:
            break
        start, end = match.span()
        raw = match[0]
        folded = plain[start:end]
        cells: tuple[Passage, ...] = ()
        if "\t" in raw:
            cells = _cells(raw, start, folded, quiet=quiet)
        if len(cells) > 1:
            passage = join(cells, " ")
        elif quiet and not has_layout(folded):
            passage = Passage(raw, folded, start)
        else:
            passage = clean(raw, start, folded)
        if not passage.text:
            continue
        line = line_of(passage, cells if len(cells) > 1 else ())
        if line.number is None and not cells:
            line.number = loose_number(raw)
        lines.append(line)
    return lines


def _cells(raw: str, start: int, folded: str, *, quiet: bool) -> tuple[Passage, ...]:
    """The cells of a table row; empty ones stay, so that columns keep their places.

    ``quiet`` as of :func:`needs_no_mending`.
    """
    if not raw.strip():
        return ()
    cells = []
    position = 0
    for part in raw.split("\t", _MOST_CELLS):
        end = position + len(part)
        plain = folded[position:end]
        # A cell may begin or end with the mark that only ends of lines were looked at for.
        if quiet and "@" not in plain and not has_layout(plain):
            cells.append(Passage(part, plain, start + position))
        else:
            cells.append(clean(part, start + position, plain))
        position = end + 1
    filled = [cell for cell in cells if cell.text]
    return tuple(cells) if len(filled) > 1 or len(cells) > 2 else ()


def skipped(kind: str, message: str, passage: Passage) -> Diagnostic:
    """A diagnostic on a passage."""
    return Diagnostic(kind=kind, message=message, at=passage.span())
