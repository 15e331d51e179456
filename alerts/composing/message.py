"""A message: what an alert says to people, before it takes the form of a channel.

Plain text throughout, in the subscription's language; whatever came from the web has been through
:func:`alerts.composing.safety.plain`. Markup is each channel's own business.
"""

from __future__ import annotations

from plans.model import SegmentOp, Severity, Value
from reports.options import ReportLanguage


class Item(Value, frozen=True, kw_only=True):
    """One line of a group: the sentence, where it stands, and published words.

    ``segments`` are the words changed (see the changeset contract); ``quote`` is published text
    that is given whole. ``translation`` is a machine's, of ``quote`` or of the new words.
    """

    text: str
    place: str | None = None
    quote: str | None = None
    segments: tuple[tuple[SegmentOp, str], ...] = ()
    source_text: str | None = None
    translation: str | None = None


class Group(Value, frozen=True, kw_only=True):
    """Lines under one heading; ``more`` counts those that were left out for length."""

    title: str
    items: tuple[Item, ...]
    more: int = 0


class Link(Value, frozen=True, kw_only=True):
    """A link that planwatch itself gives; never one out of fetched text."""

    label: str
    url: str


class Message(Value, frozen=True, kw_only=True):
    """All that a channel shows. ``headline`` says it all in one line; ``notes`` qualify it.

    ``counts`` are lines that only count (editorial changes, the baseline, what others were told);
    ``topic`` names the document, for subjects and threads.
    """

    headline: str
    topic: str
    language: ReportLanguage
    severity: Severity | None = None
    notes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    counts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    archive_ref: str | None = None

    def says(self, en: str, zh: str) -> str:
        """The fixed word for this message's language; templates use it."""
        return zh if self.language == "zh" else en
