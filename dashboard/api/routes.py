"""Reading by programs: /api/v1."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from dashboard.api.answers import MOST, USUAL, Item, Page, answer, encoded, next_page, told
from dashboard.desk import AtDesk, document_of, version_of
from dashboard.pages.comparison import compared_of
from dashboard.pages.search import names_for
from dashboard.problems import Refused
from plans.model import Changeset, Plan, to_json
from plans.registry.model import Agency, Titled
from storage import documents, outbox, overview, readings, reviews, sources, versions, visits
from storage.errors import NotFound
from storage.records import (
    Alert,
    Delivery,
    DeliveryState,
    Document,
    Review,
    Source,
    TaskHit,
    Version,
    Visit,
    Witness,
)
from storage.search import find_tasks

router = APIRouter(prefix="/api/v1", tags=["reading"])

Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Before = Annotated[
    int | None, Query(ge=1, lt=2**31, description="only what stands before this one")
]
Named = Annotated[
    str,
    Path(
        max_length=60, description="a number, an edition, `latest`, `baseline`, `as-of:2025-05-07`"
    ),
]
Id = Annotated[str, Path(max_length=200)]


@router.get("/documents", **told(Page[Document], "All documents that are followed."))
def list_documents(request: Request, desk: AtDesk) -> Response:
    """All documents that are followed."""
    with desk.database.reading() as conn:
        return answer(request, Page(items=documents.list_all(conn)))


@router.get("/documents/{document_id}", **told(Document, "One document."))
def one_document(request: Request, desk: AtDesk, document_id: Id) -> Response:
    """One document."""
    with desk.database.reading() as conn:
        return answer(request, document_of(conn, document_id))


@router.get(
    "/documents/{document_id}/versions", **told(Page[Version], "Versions, newest recorded first.")
)
def list_versions(
    request: Request, desk: AtDesk, document_id: Id, limit: Limit = USUAL, before: Before = None
) -> Response:
    """Versions of a document, newest recorded first; variants that nobody confirmed among them."""
    with desk.database.reading() as conn:
        document_of(conn, document_id)
        found = versions.list_all(conn, document_id, limit=limit + 1, before_id=before)
    return _page(request, found, limit, lambda version: {"before": version.id})


@router.get("/documents/{document_id}/versions/{name}", **told(Version, "One version."))
def one_version(request: Request, desk: AtDesk, document_id: Id, name: Named) -> Response:
    """One version, by number or by what stands behind the @ of a reference."""
    with desk.database.reading() as conn:
        return answer(request, version_of(conn, document_id, name))


@router.get(
    "/documents/{document_id}/versions/{name}/witnesses",
    **told(Page[Witness], "Who served the version's text, the first first."),
)
def witnesses(request: Request, desk: AtDesk, document_id: Id, name: Named) -> Response:
    """Who served a version's text, the first first."""
    with desk.database.reading() as conn:
        found = version_of(conn, document_id, name)
        return answer(request, Page(items=overview.witnesses_of(conn, [found.id])[found.id]))


@router.get(
    "/documents/{document_id}/versions/{name}/plan",
    **told(Plan, "The plan read from a version (contract planwatch/plan/1)."),
)
def plan(request: Request, desk: AtDesk, document_id: Id, name: Named) -> Response:
    """The newest reading of a version, as the contract planwatch/plan/1 has it."""
    with desk.database.reading() as conn:
        found = version_of(conn, document_id, name)
        read = readings.plan_of(conn, found.id)
    if read is None:
        raise Refused(404, f"{found.ref} has not been read yet. Run: planwatch reread")
    return encoded(request, to_json(read))


@router.get(
    "/documents/{document_id}/changes",
    **told(Changeset, "What differs (contract planwatch/changeset/1)."),
)
def changes(
    request: Request,
    desk: AtDesk,
    document_id: Id,
    old: Annotated[str, Query(max_length=60, description="empty: the predecessor of `new`")] = "",
    new: Annotated[str, Query(max_length=60)] = "latest",
) -> Response:
    """What differs between two versions, as the contract planwatch/changeset/1 has it."""
    _, compared = compared_of(desk, document_id, old, new)
    return encoded(request, to_json(compared.changeset))


@router.get("/tasks", **told(Page[TaskHit], "Wordings that hold what was asked, newest first."))
def search_tasks(
    request: Request,
    desk: AtDesk,
    q: Annotated[str, Query(max_length=200, description="words; names in either language")] = "",
    document: Annotated[str, Query(max_length=200)] = "",
    agency: Annotated[str, Query(max_length=200, description="id of a body")] = "",
    instrument: Annotated[str, Query(max_length=200, description="id or title")] = "",
    limit: Limit = USUAL,
    before: Before = None,
) -> Response:
    """Wordings of tasks over all versions: by words, by body, by instrument."""
    words = q.strip()
    with desk.database.reading() as conn:
        if document:
            document_of(conn, document)
        found = find_tasks(
            conn,
            names_for(words, desk.registry) if words else (),
            document_id=document or None,
            actors=(agency,) if agency else (),
            instruments=(instrument,) if instrument else (),
            limit=limit,
            before=before,
        )
    following = next_page(request, before=found.before) if found.before else None
    return answer(request, Page(items=found.hits, next=following))


@router.get("/agencies", **told(Page[Agency], "The bodies that the registry knows."))
def agencies(request: Request, desk: AtDesk) -> Response:
    """The bodies that the registry knows, with all their names."""
    return answer(request, Page(items=tuple(desk.registry.agencies.values())))


@router.get("/agencies/{agency_id}", **told(Agency, "One body."))
def one_agency(request: Request, desk: AtDesk, agency_id: Id) -> Response:
    """One body, by its registry id."""
    return answer(request, _known(desk.registry.agencies.get(agency_id), f"agency {agency_id}"))


@router.get("/instruments", **told(Page[Titled], "The instruments that the registry knows."))
def instruments(request: Request, desk: AtDesk) -> Response:
    """The laws, regulations and policies that the registry knows."""
    return answer(request, Page(items=tuple(desk.registry.instruments.values())))


@router.get("/instruments/{instrument_id}", **told(Titled, "One instrument."))
def one_instrument(request: Request, desk: AtDesk, instrument_id: Id) -> Response:
    """One instrument, by its registry id."""
    found = desk.registry.instruments.get(instrument_id)
    return answer(request, _known(found, f"instrument {instrument_id}"))


@router.get("/sources", **told(Page[Source], "The sources with the state of their rounds."))
def list_sources(request: Request, desk: AtDesk) -> Response:
    """The sources with the state of their rounds."""
    with desk.database.reading() as conn:
        return answer(request, Page(items=sources.list_all(conn)))


@router.get("/sources/{source_id}", **told(Source, "One source."))
def one_source(request: Request, desk: AtDesk, source_id: Id) -> Response:
    """One source with the state of its rounds."""
    with desk.database.reading() as conn:
        return answer(request, _source(conn, source_id))


@router.get("/sources/{source_id}/visits", **told(Page[Visit], "Visits, newest first."))
def list_visits(
    request: Request,
    desk: AtDesk,
    source_id: Id,
    since: Annotated[dt.datetime | None, Query(description="a moment with its time zone")] = None,
    until: Annotated[dt.datetime | None, Query(description="the same")] = None,
    before: Before = None,
    limit: Limit = USUAL,
) -> Response:
    """The visits of a source's pages, newest first; equal ones in a row are one."""
    until = _aware(until, "until")
    # Without a number a page ends at the moment itself, with all that was seen in it.
    last = None if until is None else (until, before or 2**31)
    with desk.database.reading() as conn:
        _source(conn, source_id)
        found = visits.of_source(
            conn, source_id, since=_aware(since, "since"), limit=limit + 1, before=last
        )
    return _page(
        request,
        found,
        limit,
        lambda visit: {"until": visit.last_at.isoformat(), "before": visit.id},
    )


@router.get("/alerts", **told(Page[Alert], "Alerts, newest first."))
def list_alerts(
    request: Request,
    desk: AtDesk,
    document: Annotated[str, Query(max_length=200)] = "",
    state: DeliveryState | None = None,
    unacknowledged: bool = False,
    before: Annotated[dt.datetime | None, Query(description="a moment with its time zone")] = None,
    after: Annotated[
        str, Query(max_length=200, description="the alert of that moment to go on after")
    ] = "",
    limit: Limit = USUAL,
) -> Response:
    """Alerts, newest first."""
    with desk.database.reading() as conn:
        found = outbox.list_all(
            conn,
            document_id=document or None,
            state=state,
            unacknowledged=unacknowledged,
            limit=limit + 1,
            before=_aware(before, "before"),
            after_id=after,
        )
    return _page(
        request,
        found,
        limit,
        lambda alert: {"before": alert.created_at.isoformat(), "after": alert.id},
    )


@router.get("/alerts/{alert_id}", **told(Alert, "One alert."))
def one_alert(request: Request, desk: AtDesk, alert_id: Id) -> Response:
    """One alert with its payload, which holds no secrets."""
    with desk.database.reading() as conn:
        return answer(request, _alert(conn, alert_id))


@router.get("/alerts/{alert_id}/deliveries", **told(Page[Delivery], "Where the alert goes."))
def deliveries(request: Request, desk: AtDesk, alert_id: Id) -> Response:
    """Where an alert goes, and how far it is."""
    with desk.database.reading() as conn:
        _alert(conn, alert_id)
        return answer(request, Page(items=outbox.deliveries_of(conn, alert_id)))


@router.get("/reviews", **told(Page[Review], "Reviews, newest first."))
def list_reviews(
    request: Request,
    desk: AtDesk,
    open: bool = True,
    limit: Limit = USUAL,
    before: Before = None,
) -> Response:
    """What was fetched and not believed, newest first; ``open=false``: the decided ones too."""
    with desk.database.reading() as conn:
        found = reviews.list_all(conn, open_only=open, limit=limit + 1, before_id=before)
    return _page(request, found, limit, lambda review: {"before": review.id})


def _page(
    request: Request,
    found: tuple[Item, ...],
    limit: int,
    place: Callable[[Item], dict[str, object]],
) -> Response:
    """The first ``limit`` of one more than that; the one more tells that there are others.

    ``place`` gives the query that goes on after an item.
    """
    following = next_page(request, **place(found[limit - 1])) if len(found) > limit else None
    return answer(request, Page(items=found[:limit], next=following))


def _known(found: Any, what: str) -> Any:
    if found is None:
        raise Refused(404, f"There is no {what}.")
    return found


def _source(conn: Any, source_id: str) -> Source:
    try:
        return sources.get(conn, source_id)
    except NotFound as error:
        raise Refused(404, f"There is no source {source_id}.") from error


def _alert(conn: Any, alert_id: str) -> Alert:
    try:
        return outbox.get(conn, alert_id)
    except NotFound as error:
        raise Refused(404, f"There is no alert {alert_id}.") from error


def _aware(value: dt.datetime | None, name: str) -> dt.datetime | None:
    if value is not None and value.tzinfo is None:
        raise Refused(422, f"{name}: a moment needs its time zone, such as 2025-05-07T04:00:00Z")
    return value
