"""Which feeds there are, and how a reader gets at them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboard.desk import AtDesk
from dashboard.rendering import show
from storage import documents

router = APIRouter(include_in_schema=False)


@router.get("/feeds")
def listing(request: Request, desk: AtDesk) -> HTMLResponse:
    """A link to each feed: of all documents, of each, and of each subscription."""
    config = desk.options.config() if desk.options.config else None
    with desk.database.reading() as conn:
        listed = documents.list_all(conn)
    return show(
        request, desk, "feeds.html", tab="", documents=listed,
        subscriptions=[one.id for one in config.subscriptions] if config else [],
    )  # fmt: skip
