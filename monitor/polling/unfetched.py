"""An article that a list names as a document and that cannot be fetched: it is published all the same."""

from __future__ import annotations

import datetime as dt

from monitor.checking import Finding
from monitor.config.sources import SourceConfig
from monitor.outcomes import SEEN, in_words
from monitor.polling.holding import tell_of_held
from monitor.polling.page import Looked
from monitor.polling.settling import person_decided, settle
from monitor.runtime import Runtime
from storage import reviews, visits
from storage.records import NewReview, Page

#: A first failure may pass: it is told at the second look, an hour after the list named it at the
#: earliest.
LOOKS = 2
AFTER = dt.timedelta(hours=1)


def unfetched(
    runtime: Runtime, source: SourceConfig, page: Page, document: str, looked: Looked
) -> int:
    """Say that what a list names cannot be had, or close that once it can. Gives what was told.

    ``page`` is an article of a list without a text so far, which came up after the first look;
    it is asked about again every few days until it is there or a person decides.
    """
    subject = f"unfetched:{source.id}:{page.url[:1800]}"
    now = runtime.now()
    if looked.outcome in SEEN:
        return _settled(runtime, subject, now)
    with runtime.database.reading() as conn:
        if person_decided(conn, subject) is not None:
            return 0
        failures = 0
        for visit in visits.of_page(conn, page.id, limit=5):
            if visit.outcome in SEEN:
                break
            failures += visit.count
    if failures < LOOKS or abs(now - page.first_seen_at) < AFTER:
        return 0
    day = f" on {page.published_on.isoformat()}" if page.published_on else ""
    message = (
        f"{source.id} lists it{day}, and its page cannot be fetched: {in_words(looked.outcome)}"
        + (f" ({looked.detail})" if looked.detail else "")
    )
    finding = Finding(doubt="unfetched", message=message)
    with runtime.database.writing() as conn:
        review, _ = reviews.hold(
            conn,
            NewReview(
                subject=subject,
                reason=finding.doubt,
                url=page.url,
                document_id=document,
                source_id=source.id,
                title=page.title,
                detail={"message": message},
            ),
            now=now,
        )
        config = runtime.config.document(document)
        return tell_of_held(conn, runtime, config, review, finding, quiet=False)


def _settled(runtime: Runtime, subject: str, now: dt.datetime) -> int:
    with runtime.database.reading() as conn:
        if reviews.opened(conn, subject) is None:
            return 0
    with runtime.database.writing() as conn:
        settle(conn, subject, "accepted", "its page could be fetched in the end", now)
    return 0
