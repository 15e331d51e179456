"""Questions to a person that settle themselves: what was held is there now, or in doubt no more."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlalchemy.engine import Connection

from storage import reviews, versions
from storage.records import Page, Review

#: Who decided a review that settled itself.
PROGRAM = "planwatch"


def person_decided(conn: Connection, subject: str) -> Review | None:
    """What a person said of ``subject``: that is not asked again. What settled itself may come back."""
    found = reviews.decided(conn, subject)
    return None if found is None or found.decided_by == PROGRAM else found


def settle(
    conn: Connection,
    subject: str,
    decision: Literal["accepted", "rejected"],
    note: str,
    now: dt.datetime,
) -> None:
    """Close the open review of ``subject``, if there is one, for the reason ``note``."""
    waiting = reviews.opened(conn, subject)
    if waiting is not None:
        reviews.decide(conn, waiting.id, decision, by=PROGRAM, now=now, note=note)


def settle_page(conn: Connection, page: Page, version_id: int, now: dt.datetime) -> None:
    """Close what was held of ``page``: it shows a text now that could be read and believed."""
    for waiting in reviews.waiting_at(conn, page.source_id, page.url):
        if waiting.subject.startswith("page:"):
            note = f"the page shows {versions.get(conn, version_id).ref} now"
            reviews.decide(conn, waiting.id, "rejected", by=PROGRAM, now=now, note=note)
