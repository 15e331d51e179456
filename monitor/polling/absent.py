"""Pages that go away and come back: an official page that does either is news."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from alerts.events import Event, EventKind
from monitor.config.sources import SourceConfig
from monitor.health import Absence, absence
from monitor.outcomes import Outcome
from monitor.runtime import Runtime
from storage import pages, versions
from storage.records import Page, Version


def absent(
    conn: Connection,
    runtime: Runtime,
    source: SourceConfig,
    page: Page,
    document: str,
    outcome: Outcome,
) -> int:
    """Count a look at which ``page`` had nothing; tells of its withdrawal once. Gives what was told."""
    if page.version_id is None:
        return 0
    page = pages.by_id(conn, page.id)
    now = runtime.now()
    after, news = absence(_state(page), outcome, now)
    if after.visits > page.gone_visits:
        pages.gone(conn, page.id, now)
    if news != "withdrawn" or page.version_id is None:
        return 0
    if source.authority != "official":
        return 0
    pages.withdrawn_told(conn, page.id, now)
    version = versions.get(conn, page.version_id)
    reason = f"{version.ref} was withdrawn or moved: gone on {after.visits} looks over a day"
    runtime.tell(conn, _event(runtime, "withdrawn", page, document, version, reason))
    return 1


def present(conn: Connection, runtime: Runtime, page: Page, document: str) -> int:
    """The page is there; tells so where its withdrawal was told before. Gives what was told.

    Reads the state from before the present look, as ``page`` holds it.
    """
    if page.gone_since is None and page.withdrawn_told_at is None:
        return 0
    pages.back(conn, page.id)
    if page.withdrawn_told_at is None or page.version_id is None:
        return 0
    version = versions.get(conn, page.version_id)
    reason = f"{version.ref} was withdrawn, and its page is published again"
    runtime.tell(conn, _event(runtime, "reverted", page, document, version, reason))
    return 1


def _state(page: Page) -> Absence:
    return Absence(
        since=page.gone_since,
        visits=page.gone_visits,
        told=page.withdrawn_told_at is not None,
    )


def _event(
    runtime: Runtime,
    kind: EventKind,
    page: Page,
    document: str,
    version: Version,
    reason: str,
) -> Event:
    titles = runtime.config.document(document).titles
    return Event(
        kind=kind,
        at=runtime.now(),
        document=document,
        title_zh=titles.zh,
        title_en=titles.en,
        edition=version.edition,
        version=version.number,
        version_id=version.id,
        url=page.url,
        source=page.source_id,
        archive_ref=version.ref,
        reason=reason,
    )
