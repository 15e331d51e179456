"""What a text that was served means: same, seen elsewhere, gone back, new, or a mirror's own.

Pure: facts in, a :class:`Decision` out. Gathering the facts and writing the outcome are the poll's.

The rules, in their order:

1. The page serves the text that it served last: the same text.
2. A text that was so far only a mirror's variant, at a page of another authority: confirmed.
3. A text that is known, at a page that has served it before or served a newer one last: reverted.
   Any other page that serves a known text: one witness more. A mirror never goes back: what it
   serves changes nobody's duty, and a copy that is mended, or that slips again, was told once.
4. A text that is not known, at a mirror: a variant until an official source or a person confirms it.
5. Any other text that is not known: a new version.

Who is told: nobody on a source's first round; nobody where a page that is new to the watch brings
an edition older than the newest known; else the subscribers.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from plans.model import PARTIAL_NATURES, Language, Nature

Authority = Literal["official", "mirror", "translation", "commentary"]
Tell = Literal["changes", "nobody"]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A version that storage holds; ``number`` runs within its document."""

    id: int
    number: int
    edition: str | None
    language: Language
    nature: Nature
    variant: bool = False


class CurrentBaseline(msgspec.Struct, frozen=True, kw_only=True):
    """The version that a document is held against, and whether a person chose it."""

    version: Known
    pinned: bool


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that bears on what one served text means.

    ``served`` is the version whose text this page served last, ``same_text`` a version of any page
    with this very text, ``newest_edition`` the newest edition with an accepted version,
    ``seen_here`` whether this page served ``same_text`` at some time before, ``first_round``
    whether its source has not yet finished a round, ``quiet`` that the caller wants nobody told
    (an import).
    """

    authority: Authority
    edition: str | None
    language: Language
    nature: Nature
    served: Known | None = None
    same_text: Known | None = None
    newest_edition: str | None = None
    baseline: CurrentBaseline | None = None
    seen_here: bool = False
    first_round: bool = False
    quiet: bool = False


class SameText(msgspec.Struct, frozen=True, tag=True):
    """The page serves what it served last: the snapshot is tied to that version."""

    version: int


class Witnessed(msgspec.Struct, frozen=True, tag=True):
    """A known text at a page that had not served it: the version has one witness more."""

    version: int


class Confirmed(msgspec.Struct, frozen=True, tag=True):
    """An official page serves what was a variant: it becomes a version."""

    version: int
    tell: Tell
    becomes_baseline: bool = False


class Reverted(msgspec.Struct, frozen=True, tag=True):
    """The page serves ``version`` again, an older text, in place of ``instead_of``."""

    version: int
    instead_of: int
    tell: Tell


class NewVersion(msgspec.Struct, frozen=True, tag=True):
    """A text that was not known; ``becomes_baseline``: it takes the place of a partial one."""

    tell: Tell
    becomes_baseline: bool = False


class NewVariant(msgspec.Struct, frozen=True, tag=True):
    """A mirror's own text: kept beside the versions, believed by nobody yet."""

    tell: Tell


Decision = SameText | Witnessed | Confirmed | Reverted | NewVersion | NewVariant


def decide(facts: Facts) -> Decision:
    """What the served text means. See the module's head for the rules."""
    known, served = facts.same_text, facts.served
    if known is not None:
        if served is not None and served.id == known.id:
            return SameText(known.id)
        if known.variant and facts.authority != "mirror":
            return Confirmed(known.id, _tell(facts), _becomes_baseline(facts))
        if served is not None and _goes_back(facts, known, served):
            tell: Tell = "nobody" if facts.quiet or facts.first_round else "changes"
            return Reverted(known.id, served.id, tell)
        return Witnessed(known.id)
    if facts.authority == "mirror":
        return NewVariant(_tell(facts))
    return NewVersion(_tell(facts), _becomes_baseline(facts))


def _goes_back(facts: Facts, known: Known, served: Known) -> bool:
    if facts.authority == "mirror":
        return False
    return facts.seen_here or _before(known, served)


def _tell(facts: Facts) -> Tell:
    if facts.quiet or facts.first_round:
        return "nobody"
    if facts.served is None and is_older(facts.edition, facts.newest_edition):
        return "nobody"
    # The official text of the baseline's own edition replaces a summary: that is one notice, and
    # what the summary did not mention is no change.
    return "nobody" if _becomes_baseline(facts) else "changes"


def _becomes_baseline(facts: Facts) -> bool:
    baseline = facts.baseline
    return (
        baseline is not None
        and not baseline.pinned
        and baseline.version.nature in PARTIAL_NATURES
        and facts.nature == "official"
        and facts.authority == "official"
        and facts.edition is not None
        and facts.edition == baseline.version.edition
    )


def _before(one: Known, other: Known) -> bool:
    """Whether ``one`` is the older text: of an earlier edition, or of the same and kept earlier."""
    if one.edition != other.edition:
        return is_older(one.edition, other.edition)
    return one.number < other.number


def is_older(edition: str | None, newest: str | None) -> bool:
    """Whether ``edition`` (a year or a span of years, ``2021-2022``) ends before ``newest`` does.

    A text without an edition is never older: laws have none, and each of their texts counts.
    """
    if not edition or not newest:
        return False
    return _last_year(edition) < _last_year(newest)


def _last_year(edition: str) -> str:
    return edition.replace("–", "-").rpartition("-")[2].strip()
