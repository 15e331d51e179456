"""The reports that go along with an alert: made from what is stored, when it is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy.engine import Connection

from alerts.composing.mail import Attached
from alerts.payload import Payload
from plans.registry.model import Registry
from reports import docx_redline, html
from reports.options import ReportOptions
from storage import outbox, readings
from storage.records import Alert

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Mail servers refuse more; the dashboard has the whole.
MOST_BYTES = 15_000_000
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def reports_of(
    conn: Connection, alert: Alert, payload: Payload, registry: Registry
) -> tuple[Attached, ...]:
    """The files that the alert's subscription wants: of the comparison that is told in full.

    None where the alert tells of no changeset.
    """
    if not has_reports(conn, alert, payload):
        return ()
    stored = readings.stored_changeset(conn, outbox.changesets_of(conn, alert.id)[0])
    changeset = readings.changeset(conn, stored.id)
    old, new = readings.plan(conn, stored.old_plan_id), readings.plan(conn, stored.new_plan_id)
    options = ReportOptions(lang=payload.message.language, date=alert.created_at)
    stem = _stem(alert, payload)
    files: list[Attached] = []
    for kind in dict.fromkeys(payload.attach):
        if kind == "docx":
            data = docx_redline.render(changeset, old, new, registry, options)
            files.append(Attached(name=f"{stem}.docx", media_type=DOCX, data=data))
        else:
            page = html.render(changeset, old, new, registry, options).encode()
            files.append(Attached(name=f"{stem}.html", media_type="text/html", data=page))
    return within_limit(files)


def has_reports(conn: Connection, alert: Alert, payload: Payload) -> bool:
    """Whether files go along with this alert."""
    return bool(payload.attach) and bool(outbox.changesets_of(conn, alert.id))


def _stem(alert: Alert, payload: Payload) -> str:
    words = (alert.document_id or "plan", str(payload.body.get("edition") or ""), alert.id[:8])
    return _NOT_IN_NAME.sub("-", "-".join(word for word in words if word))


def within_limit(files: Sequence[Attached]) -> tuple[Attached, ...]:
    """As many of the files, in their order, as one message may carry."""
    kept: list[Attached] = []
    for file in files:
        if sum(len(one.data) for one in kept) + len(file.data) <= MOST_BYTES:
            kept.append(file)
    return tuple(kept)
