"""The watch itself: sources and their health, what each look came to, the configuration in force."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboard.desk import AtDesk
from dashboard.phrases import DOUBTS
from dashboard.problems import Refused
from dashboard.rendering import show
from monitor.outcomes import SEEN
from monitor.status import SourceStatus, Trouble, daemon_status, sources_status
from reports.clean import clean
from storage import documents, outbox, pages, reviews, sources, visits
from storage.errors import NotFound
from storage.records import Source

router = APIRouter(include_in_schema=False)

_VISITS = 50
_PAGES = 100


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One source as it stands; ``state`` is well, waiting, ill or off."""

    source: Source
    state: str
    trouble: Trouble | None
    certain: bool


@router.get("/sources")
def listing(request: Request, desk: AtDesk) -> HTMLResponse:
    """All sources, those with a problem first, and whether the daemon runs."""
    config = desk.options.config() if desk.options.config else None
    now = desk.now()
    with desk.database.reading() as conn:
        daemon = daemon_status(conn, now)
        states = {
            state.id: state
            for state in (
                sources_status(conn, config, running=daemon.running, now=now) if config else ()
            )
        }
        rows = []
        for source in sources.list_all(conn):
            rows.append(_row(source, states.get(source.id)))
        queue = outbox.counts(conn)
        waiting = len(reviews.list_all(conn))
    order = {"ill": 0, "waiting": 1, "well": 2, "off": 3}
    rows.sort(key=lambda row: (order[row.state], row.source.id))
    return show(
        request, desk, "sources.html", tab="sources", daemon=daemon, rows=rows, queue=queue,
        waiting=waiting, database=desk.database.name if config else "",
    )  # fmt: skip


@router.get("/sources/{source_id}")
def source(request: Request, desk: AtDesk, source_id: str) -> HTMLResponse:
    """One source: its pages and its last visits."""
    config = desk.options.config() if desk.options.config else None
    now = desk.now()
    with desk.database.reading() as conn:
        try:
            found = sources.get(conn, source_id)
        except NotFound as error:
            raise Refused(
                404, f"There is no source {source_id}.", zh=f"没有来源 {source_id}。"
            ) from error
        running = daemon_status(conn, now).running
        states = sources_status(conn, config, running=running, now=now) if config else ()
        state = next((state for state in states if state.id == source_id), None)
        held = pages.list_all(conn, source_id=source_id, limit=_PAGES)
        looks = visits.of_source(conn, source_id, limit=_VISITS)
        known = {document.id: document for document in documents.list_all(conn)}
    return show(
        request,
        desk,
        "source.html",
        tab="sources",
        row=_row(found, state),
        documents=known,
        pages=sorted(held, key=lambda page: page.last_visit_at or page.first_seen_at, reverse=True),
        visits=looks,
        urls={page.id: page.url for page in held},
        spoken=_spoken,
        seen=SEEN,
    )


def _row(source: Source, status: SourceStatus | None) -> SourceRow:
    """``status`` is None for a source that the configuration does not name."""
    trouble = status.trouble if status else None
    if not source.enabled:
        state = "off"
    elif trouble or source.failure_streak:
        state = "ill"
    else:
        state = "well" if source.last_outcome else "waiting"
    return SourceRow(
        source=source,
        state=state,
        trouble=trouble,
        certain=status is None or status.certain,
    )


def _spoken(detail: str) -> str:
    """A visit's detail without the name of a doubt before it: the outcome says that in words."""
    name, colon, rest = detail.partition(": ")
    return clean(rest if colon and name in DOUBTS else detail)
