"""Atom feeds (RFC 4287): what changed, over all documents, for each, and for each subscription."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from fastapi import APIRouter, Request
from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]
from sqlalchemy.engine import Connection
from starlette.responses import Response

from dashboard.api.answers import encoded
from dashboard.desk import AtDesk, Desk, document_of
from dashboard.language import language_of
from dashboard.problems import Refused
from dashboard.rendering import address, segment
from reports.clean import clean
from storage import documents, outbox, versions
from storage.records import Document, Version

router = APIRouter(include_in_schema=False)

MOST = 20
_TYPE = "application/atom+xml"
#: The moment of a feed in which nothing is yet.
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@router.get("/feed.atom")
def everything(request: Request, desk: AtDesk) -> Response:
    """The newest versions of all documents."""
    with desk.database.reading() as conn:
        known = {document.id: document for document in documents.list_all(conn)}
        found = versions.list_all(conn, status="accepted", limit=MOST)
        return _feed(request, desk, conn, known, found, "planwatch", "/")


@router.get("/documents/{document_id}/feed.atom")
def of_document(request: Request, desk: AtDesk, document_id: str) -> Response:
    """The newest versions of one document."""
    with desk.database.reading() as conn:
        document = document_of(conn, document_id)
        found = versions.list_all(conn, document_id, status="accepted", limit=MOST)
        page = f"/documents/{segment(document_id)}"
        title = _title(request, document)
        return _feed(request, desk, conn, {document_id: document}, found, title, page)


def _feed(
    request: Request,
    desk: Desk,
    conn: Connection,
    known: dict[str, Document],
    found: Sequence[Version],
    title: str,
    page: str,
) -> Response:
    base = _base(request)
    feed = _begun(request, title, page)
    newest = _EPOCH
    told = versions.with_predecessors(conn, found)
    sentences = desk.comparisons.headlines(conn, told, language_of(request))
    for version in found:
        if version.document_id not in known:
            continue
        newest = max(newest, version.recorded_at)
        where = f"/documents/{segment(version.document_id)}"
        entry = feed.add_entry(order="append")
        entry.id(f"{base}{where}/versions/{version.number}")
        edition = f" {version.edition}" if version.edition else ""
        entry.title(f"{_title(request, known[version.document_id])}{edition} · {version.ref}")
        entry.author(name=clean(version.issuer or "planwatch"))
        entry.updated(version.recorded_at)
        entry.published(version.recorded_at)
        entry.summary(clean(sentences.get(version.id) or version.title or version.ref))
        link = f"{where}/versions/{version.number}"
        if version.predecessor_id is not None:
            link = address(f"{where}/compare", new=version.number)
        entry.link(href=base + link, rel="alternate")
    feed.updated(newest)
    return encoded(request, feed.atom_str(pretty=True), media_type=_TYPE)


@router.get("/subscriptions/{subscription}/feed.atom")
def of_subscription(request: Request, desk: AtDesk, subscription: str) -> Response:
    """The newest alerts of one subscription, as they were told."""
    with desk.database.reading() as conn:
        found = outbox.list_all(conn, subscription=subscription, limit=MOST)
    config = desk.options.config
    known = config is not None and subscription in {s.id for s in config().subscriptions}
    if not found and not known:
        raise Refused(
            404, f"There is no subscription {subscription}.", zh=f"没有订阅 {subscription}。"
        )
    base = _base(request)
    feed = _begun(request, f"planwatch · {subscription}", "/alerts")
    for alert in found:
        entry = feed.add_entry(order="append")
        entry.id(f"{base}/alerts/{segment(alert.id)}")
        entry.title(clean(alert.headline))
        entry.author(name="planwatch")
        entry.updated(alert.created_at)
        entry.published(alert.created_at)
        entry.summary(clean(alert.headline))
        entry.link(href=f"{base}/alerts/{segment(alert.id)}", rel="alternate")
    feed.updated(max((alert.created_at for alert in found), default=_EPOCH))
    return encoded(request, feed.atom_str(pretty=True), media_type=_TYPE)


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _begun(request: Request, title: str, page: str) -> FeedGenerator:
    """A feed without entries; ``page`` is what it is the feed of."""
    base = _base(request)
    feed = FeedGenerator()
    feed.id(base + request.url.path)
    feed.title(title)
    feed.link(href=base + request.url.path, rel="self")
    feed.link(href=base + page, rel="alternate")
    feed.language("zh-Hans" if language_of(request) == "zh" else "en")
    return feed


def _title(request: Request, document: Document) -> str:
    return clean(document.title_zh if language_of(request) == "zh" else document.title_en)
