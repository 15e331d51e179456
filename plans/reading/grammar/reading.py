"""What a bracket, a label or a sentence of responsibility says."""

from __future__ import annotations

import msgspec

from plans.model import Role


class Named(msgspec.Struct, frozen=True, gc=False):
    """A name [start, end) of the content with its role."""

    start: int
    end: int
    role: Role
    open_ended: bool = False

    def moved(self, by: int) -> Named:
        """The same name in a content that begins ``by`` characters earlier."""
        return msgspec.structs.replace(self, start=self.start + by, end=self.end + by)


class Reading(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a bracket says. All positions are characters of its content."""

    named: tuple[Named, ...] = ()
    #: Words that set a time.
    terms: tuple[tuple[int, int], ...] = ()
    scope: tuple[int, int] | None = None
    #: The first in a list leads: here, and from here on where ``sticky``.
    first_leads: bool = False
    sticky: bool = False
    #: Names that every later bracket carries too (以下均需…，不再列出).
    carried: tuple[Named, ...] = ()
    #: These names also do the tasks below that print none (下同).
    same_below: bool = False
    #: Why a person should look, None where the reading is certain.
    doubt: str | None = None
    #: The words say how a duty is shared out, but name nobody (按职责分工负责).
    nobody: bool = False
    #: The bodies of the bracket above do this too (同上).
    as_above: bool = False


def lead_first(named: list[Named]) -> list[Named]:
    """The first responsible body leads, unless a lead is named already."""
    if not named or any(one.role == "lead" for one in named):
        return named
    first = named[0]
    if first.role != "responsible":
        return named
    return [msgspec.structs.replace(first, role="lead"), *named[1:]]
