"""Events: what happened that somebody may want to hear of.

The watch makes them, routing reads them. An event carries the facts that a message needs, so that
nothing has to be looked up later: for a version, the comparisons with both plans of each.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal, get_args

from plans.model import Changeset, Plan, Value

EventKind = Literal[
    "version_recorded",
    "reverted",
    "withdrawn",
    "mirror_differs",
    "published_unreadable",
    "no_new_edition",
    "now_watching",
    "source_failing",
    "source_recovered",
    "review_waiting",
    "delivery_failed",
    "test",
]
Against = Literal["predecessor", "baseline"]

#: Told to those who subscribe to operations, by themselves.
OPERATIONAL_EVENTS: frozenset[EventKind] = frozenset(
    {"source_failing", "source_recovered", "review_waiting", "delivery_failed"}
)
#: Told to a document's subscribers; all but the first are told whatever they filter.
DOCUMENT_EVENTS: frozenset[EventKind] = (
    frozenset(get_args(EventKind)) - OPERATIONAL_EVENTS - {"test"}
)
#: An event of these kinds happens once to its subject, however often it is found again.
_ONCE: frozenset[EventKind] = frozenset(
    {"version_recorded", "mirror_differs", "published_unreadable", "no_new_edition", "now_watching"}
)
#: Of these kinds an event is about a text, not about the place where it was found.
_OF_A_TEXT: frozenset[EventKind] = frozenset({"version_recorded", "mirror_differs"})


class Comparison(Value, frozen=True, kw_only=True):
    """A changeset, with the two plans that it compares. ``id`` is that of the stored changeset."""

    against: Against
    changeset: Changeset
    old: Plan
    new: Plan
    id: int | None = None


class Event(Value, frozen=True, kw_only=True):
    """One thing that happened at ``at`` (aware).

    ``document`` is its id, ``title_zh`` and ``title_en`` its names for people; ``version`` is the
    number within the document, ``version_id`` the row; ``url`` is where it was published.
    ``reason`` says in plain English what was found, for events that are no comparison.
    ``archive_ref`` is how the archive names the version (``DOC#7``); ``occasion`` tells apart two
    happenings of one kind to one subject where ``at`` should not (the id of a visit, a text key).
    ``unconfirmed`` marks what only an unofficial source says.
    """

    kind: EventKind
    at: dt.datetime
    document: str | None = None
    title_zh: str | None = None
    title_en: str | None = None
    edition: str | None = None
    version: int | None = None
    version_id: int | None = None
    url: str | None = None
    source: str | None = None
    channel: str | None = None
    reason: str | None = None
    archive_ref: str | None = None
    comparisons: tuple[Comparison, ...] = ()
    chain_head: str | None = None
    occasion: str | None = None
    unconfirmed: bool = False

    def comparison(self, against: Against) -> Comparison | None:
        """The comparison with the predecessor or with the baseline, where there is one."""
        return next((c for c in self.comparisons if c.against == against), None)

    @property
    def key(self) -> str:
        """What makes two reports the same event: equal for the same happening found twice."""
        if self.occasion is not None:
            occasion = self.occasion
        else:
            occasion = "" if self.kind in _ONCE else self.at.astimezone(dt.UTC).isoformat()
        subject = (
            self.kind,
            self.document or "",
            self.edition or "",
            "" if self.version is None else str(self.version),
            # A text is the same wherever it was found; other events belong to their source.
            "" if self.kind in _OF_A_TEXT else self.source or "",
            self.channel or "",
            occasion,
        )
        return hashlib.sha256("\x1f".join(subject).encode()).hexdigest()


def alert_id(event: Event, subscription: str) -> str:
    """The idempotency key of the alert that tells ``event`` to ``subscription``."""
    return hashlib.sha256(f"{event.key}\x1f{subscription}".encode()).hexdigest()[:32]
