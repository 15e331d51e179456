"""A duty as found in a paragraph, whatever the language."""

from __future__ import annotations

import msgspec

from plans.reading.grammar.reading import Reading


class Duty(msgspec.Struct, frozen=True, gc=False):
    """A piece [start, end) of a paragraph that says who does what.

    ``inside`` is where the content begins on which the reading's positions count.
    """

    start: int
    end: int
    inside: int
    reading: Reading
    #: A sentence stays in the task's text; a bracket or a labelled line does not.
    in_text: bool = False

    def moved(self, by: int) -> Duty:
        """The same duty in a paragraph that begins ``by`` characters earlier."""
        return msgspec.structs.replace(
            self, start=self.start + by, end=self.end + by, inside=self.inside + by
        )
