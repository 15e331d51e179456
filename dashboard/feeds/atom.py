"""Atom feeds (RFC 4287): what changed, over all documents and for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fastapi import APIRouter, Request
from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]
from sqlalchemy.engine import Connection
from starlette.responses import Response

from dashboard.api.answers import encoded
from dashboard.desk import AtDesk, Desk, document_of
from dashboard.language import language_of
from dashboard.pages.home import headline
from dashboard.rendering import address, segment
from reports.clean import clean
from storage import documents, versions
from storage.records import Document, Version

router = APIRouter(include_in_schema=False)

MOST = 20
_TYPE = "application/atom+xml"


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
    found: Iterable[Version],
    title: str,
    page: str,
) -> Response:
    base = str(request.base_url).rstrip("/")
    feed = FeedGenerator()
    feed.id(base + request.url.path)
    feed.title(title)
    feed.link(href=base + request.url.path, rel="self")
    feed.link(href=base + page, rel="alternate")
    feed.language("zh-Hans" if language_of(request) == "zh" else "en")
    newest = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
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
        entry.summary(_summary(request, desk, conn, version))
        link = f"{where}/versions/{version.number}"
        if version.predecessor_id is not None:
            link = address(f"{where}/compare", new=version.number)
        entry.link(href=base + link, rel="alternate")
    feed.updated(newest)
    return encoded(request, feed.atom_str(pretty=True), media_type=_TYPE)


def _summary(request: Request, desk: Desk, conn: Connection, version: Version) -> str:
    """What changed since the version before, in a sentence; the title where there is none."""
    if version.predecessor_id is None:
        return clean(version.title or version.ref)
    older = versions.get(conn, version.predecessor_id)
    if len(desk.comparisons.read(conn, older, version)) < 2:
        return clean(version.title or version.ref)
    return clean(headline(request, desk, desk.comparisons.between(conn, older, version)))


def _title(request: Request, document: Document) -> str:
    return clean(document.title_zh if language_of(request) == "zh" else document.title_en)
