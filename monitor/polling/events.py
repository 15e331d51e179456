"""What a poll has to say, as events. Pure: who is told is routing's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from alerts.events import Comparison, Event
from plans.comparing.make import MAJOR
from plans.model import ChangeKind

#: Changes of who must do what; a mirror that differs in nothing of this is not news.
DUTIES: frozenset[ChangeKind] = MAJOR | {"task_split", "task_merged", "part_moved"}


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What an event about a version is about, and where it was found."""

    at: dt.datetime
    document: str
    edition: str | None
    number: int
    ref: str
    version_id: int | None
    title_zh: str
    title_en: str
    url: str
    source: str | None
    occasion: str


def version_recorded(subject: Subject, comparisons: tuple[Comparison, ...]) -> Event:
    """A new version, with what is new in it."""
    return _about(subject, Event(kind="version_recorded", at=subject.at, comparisons=comparisons))


def reverted(subject: Subject, comparisons: tuple[Comparison, ...], reason: str) -> Event:
    """A page that shows an older text again."""
    event = Event(kind="reverted", at=subject.at, comparisons=comparisons, reason=reason)
    return _about(subject, event)


def mirror_differs(subject: Subject, comparisons: tuple[Comparison, ...]) -> Event:
    """A mirror's own text, which no official source has confirmed."""
    place = subject.source or subject.url
    reason = (
        f"unconfirmed: {place} differs from the official text"
        if _same_edition(subject, comparisons)
        else f"unconfirmed: {place} has a text of which no official one is known yet"
    )
    event = Event(
        kind="mirror_differs",
        at=subject.at,
        comparisons=comparisons,
        reason=reason,
        unconfirmed=True,
    )
    return _about(subject, event)


def baseline_replaced(subject: Subject) -> Event:
    """The official text took the place of the summary that the document was held against."""
    reason = (
        f"the official text {subject.ref} is the baseline from now on, in place of the "
        "summary; what the summary did not mention is no change"
    )
    return _about(subject, Event(kind="now_watching", at=subject.at, reason=reason))


def worth_telling_of_a_mirror(edition: str | None, comparisons: Iterable[Comparison]) -> bool:
    """Whether duties differ, or no official text of this edition is known to hold it against."""
    comparisons = tuple(comparisons)
    return all(c.changeset.old.edition != edition for c in comparisons) or any(
        change.kind in DUTIES for c in comparisons for change in c.changeset.changes
    )


def _same_edition(subject: Subject, comparisons: tuple[Comparison, ...]) -> bool:
    return any(c.changeset.old.edition == subject.edition for c in comparisons)


def _about(subject: Subject, event: Event) -> Event:
    return msgspec.structs.replace(
        event,
        document=subject.document,
        title_zh=subject.title_zh,
        title_en=subject.title_en,
        edition=subject.edition,
        version=subject.number,
        version_id=subject.version_id,
        url=subject.url,
        source=subject.source,
        archive_ref=subject.ref,
        # Each time that a page goes back is a happening of its own; a version is told once.
        occasion=None if event.kind != "reverted" else f"{subject.occasion}@{event.at.isoformat()}",
    )
