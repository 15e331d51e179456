"""What was fetched and not believed: a person decides."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboard.desk import AtDesk
from dashboard.rendering import show
from storage import documents, reviews, sources

router = APIRouter(include_in_schema=False)

MOST = 200


@router.get("/reviews")
def listing(request: Request, desk: AtDesk, all: bool = False) -> HTMLResponse:
    """The open reviews, newest first; with ``all`` the decided ones too."""
    with desk.database.reading() as conn:
        found = reviews.list_all(conn, open_only=not all, limit=MOST)
        known = {document.id: document for document in documents.list_all(conn)}
        titles = {source.id: source.title for source in sources.list_all(conn)}
    return show(
        request, desk, "reviews.html", tab="reviews", reviews=found, all=all,
        documents=known, source_titles=titles,
        can_accept=desk.options.runtime is not None,
    )  # fmt: skip
