"""What was fetched and is not believed: kept for a person, told once, asked again until decided."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy.engine import Connection

from alerts.events import Event
from monitor.checking import Finding
from monitor.config.documents import DocumentConfig
from monitor.discovering.listing import Row
from monitor.discovering.score import match_row
from monitor.outcomes import Outcome
from monitor.polling.recording import keep_snapshot
from monitor.polling.settling import person_decided
from monitor.polling.text import Part, Text
from monitor.runtime import Runtime
from monitor.text_key import text_key
from storage import reviews
from storage.records import NewReview, Page, Review

#: How often subscribers are reminded of what is published and still not readable.
REMIND = dt.timedelta(days=3)


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """``unreadable`` where the document is there and nobody can read it, else ``held``."""

    outcome: Outcome
    detail: str
    told: int


def hold(
    conn: Connection,
    runtime: Runtime,
    page: Page,
    document: str,
    parts: tuple[Part, ...],
    text: Text | None,
    finding: Finding,
    *,
    quiet: bool,
) -> Held:
    """Keep the bytes and open a review, in the caller's transaction.

    The same content at the same page is held once, however often it is served; what a person has
    rejected is not asked again. Subscribers of the document hear of it where title or number say
    that it is the document; with ``quiet`` (a first look) they hear of it only while it stays.
    """
    now = runtime.now()
    subject = _subject(page, parts, text)
    config = runtime.config.document(document)
    title = _title(page, parts, text)
    outcome: Outcome = "unreadable" if finding.unreadable else "held"
    detail = f"{finding.doubt}: {finding.message}"
    if person_decided(conn, subject) is not None:
        return Held(outcome=outcome, detail=f"{detail} (a person has decided)", told=0)
    review = reviews.opened(conn, subject)
    if review is None:
        members = [
            [keep_snapshot(conn, part.served, page.source_id, now), part.kind] for part in parts
        ]
        review, _ = reviews.hold(
            conn,
            NewReview(
                subject=subject,
                reason=finding.doubt,
                url=page.url,
                document_id=document,
                source_id=page.source_id,
                snapshot_id=int(members[-1][0]),
                title=title,
                detail={"message": finding.message, "parts": members},
            ),
            now=now,
        )
    told = 0
    # A page that had a text and now has next to none, or a service's error in JSON, is no
    # publication, unless it says so itself: what its list calls it says what it was.
    bare = finding.doubt == "no_text" or "json" in parts[-1].served.media_type
    emptied = bare and page.version_id is not None
    if _is_document(config, "" if emptied else title, parts, text, trusted=not emptied):
        told = tell_of_held(conn, runtime, config, review, finding, quiet=quiet)
    elif review.told_at is None:
        runtime.tell(conn, _event("review_waiting", now, config, review, finding))
        reviews.told(conn, review.id, now)
        told = 1
    return Held(outcome=outcome, detail=detail, told=told)


def tell_of_held(
    conn: Connection,
    runtime: Runtime,
    config: DocumentConfig,
    review: Review,
    finding: Finding,
    *,
    quiet: bool,
) -> int:
    """Tell that ``review`` waits, and the document's subscribers that it is published; again while it
    stays. With ``quiet`` these hear of it only the second time. Gives what was told.
    """
    now = runtime.now()
    if review.told_at is not None and abs(now - review.told_at) < REMIND:
        return 0
    told = 0
    if review.told_at is None:
        runtime.tell(conn, _event("review_waiting", now, config, review, finding))
        told += 1
    if not (quiet and review.told_at is None):
        runtime.tell(conn, _event("published_unreadable", now, config, review, finding))
        told += 1
    reviews.told(conn, review.id, now)
    return told


def _event(
    kind: str, now: dt.datetime, config: DocumentConfig, review: Review, finding: Finding
) -> Event:
    return Event(
        kind="review_waiting" if kind == "review_waiting" else "published_unreadable",
        at=now,
        document=config.id,
        title_zh=config.titles.zh,
        title_en=config.titles.en,
        url=review.url,
        source=review.source_id,
        reason=f"{review.title or review.url}: {finding.message}",
        occasion=f"review {review.id} {now.date().isoformat()}",
    )


def _subject(page: Page, parts: tuple[Part, ...], text: Text | None) -> str:
    # A page around unreadable content carries counters: its text says better than its bytes
    # whether this is what was held before.
    readable = text is not None and text.extract.text
    what = text.key if text is not None and readable else _content(parts)
    return f"page:{page.source_id}:{page.url}:{what}"


def _content(parts: tuple[Part, ...]) -> str:
    last = parts[-1]
    if last.extract.state == "document" and last.extract.text:
        return text_key(last.extract.text)
    return last.served.sha256


def _title(page: Page, parts: tuple[Part, ...], text: Text | None) -> str:
    found = text.plan.title if text is not None else ""
    return found or next((p.extract.title for p in parts if p.extract.title), "") or page.title


def _is_document(
    config: DocumentConfig,
    title: str,
    parts: tuple[Part, ...],
    text: Text | None,
    *,
    trusted: bool,
) -> bool:
    titles = {title, *(part.extract.title or "" for part in parts)} - {""}
    number = text.plan.document_number if text is not None else None
    numbers = {number, *(part.extract.document_number for part in parts)} - {None}
    if not titles and not numbers:
        # A scan at an address that the configuration gives as this document's: nothing speaks
        # against it. What a list names has the list's title.
        return trusted
    rows = [
        *(Row(url="", title=one) for one in titles),
        *(Row(url="", title="", number=one) for one in numbers),
    ]
    return any(match_row(row, config).certainty != "no" for row in rows)
