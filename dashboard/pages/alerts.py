"""What was told, to whom, and whether it arrived."""

from __future__ import annotations

import datetime as dt

import msgspec
import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from alerts.composing.message import Message
from alerts.payload import payload_from_row
from alerts.translating.kept import translations_of_alert
from dashboard.desk import AtDesk
from dashboard.problems import Refused
from dashboard.rendering import show
from storage import documents, outbox, versions
from storage.errors import NotFound
from storage.records import Alert, DeliveryState

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)

PER_PAGE = 50
STATES: tuple[DeliveryState, ...] = ("pending", "sent", "dead", "dropped")


@router.get("/alerts")
def listing(
    request: Request,
    desk: AtDesk,
    state: str = "",
    document: str = "",
    open: bool = False,
    before: str = "",
    after: str = "",
) -> HTMLResponse:
    """Alerts, newest first; ``open``: those that nobody has acknowledged."""
    wanted = next((one for one in STATES if one == state), None)
    with desk.database.reading() as conn:
        found = outbox.list_all(
            conn,
            document_id=document or None,
            state=wanted,
            unacknowledged=open,
            limit=PER_PAGE + 1,
            before=_moment(before),
            after_id=after,
            with_payload=False,
        )
        listed = documents.list_all(conn)
        counts = outbox.counts(conn)
    shown = found[:PER_PAGE]
    return show(
        request, desk, "alerts.html", tab="alerts", alerts=shown, documents=listed, counts=counts,
        states=STATES, state=wanted or "", chosen=document, open=open,
        more=shown[-1] if len(found) > PER_PAGE else None,
    )  # fmt: skip


@router.get("/alerts/{alert_id}")
def alert(request: Request, desk: AtDesk, alert_id: str) -> HTMLResponse:
    """One alert with its deliveries and each attempt."""
    with desk.database.reading() as conn:
        try:
            found = outbox.get(conn, alert_id)
        except NotFound as error:
            raise Refused(
                404, f"There is no alert {alert_id}.", zh=f"没有提醒 {alert_id}。"
            ) from error
        version = versions.get(conn, found.version_id) if found.version_id else None
        about = documents.get(conn, found.document_id) if found.document_id else None
        message = _message(found)
        translated = translations_of_alert(conn, found) if message is not None else ()
        deliveries = [
            (delivery, outbox.attempts_of(conn, delivery.id))
            for delivery in outbox.deliveries_of(conn, alert_id)
        ]
    return show(
        request, desk, "alert.html", tab="alerts", alert=found, version=version,
        document=about, deliveries=deliveries, message=message,
        translations={one.source: one for one in translated},
    )  # fmt: skip


def _message(found: Alert) -> Message | None:
    """What was told; None where another release, or another program, wrote the row."""
    try:
        return payload_from_row(found.payload).message
    except msgspec.ValidationError as error:
        log.warning("alert not understood", alert=found.id, problem=str(error))
        return None


def _moment(text: str) -> dt.datetime | None:
    """A moment as the list's own next link has it. Raises Refused for anything else."""
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(
            400,
            "`before` is a moment such as 2025-05-07T04:00:00+00:00.",
            zh="before 应为时间，如 2025-05-07T04:00:00+00:00。",
        ) from error
    if found.tzinfo is None:
        raise Refused(
            400,
            "`before` needs its time zone: 2025-05-07T04:00:00+00:00.",
            zh="before 须带时区，如 2025-05-07T04:00:00+00:00。",
        )
    return found
