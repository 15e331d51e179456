"""What no single poll can see: an edition that did not come, a list that stands still."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlalchemy.engine import Connection

from alerts.events import Event
from monitor.config.sources import SourceConfig
from monitor.health import missing_edition, stalled
from monitor.runtime import Runtime
from monitor.schedule import SHANGHAI
from storage import notices, pages, versions, visits


def sweep(runtime: Runtime) -> int:
    """Look over documents and lists; each finding is told once. Gives how many were told.

    Room that the database does not need any more is given back to the disk.
    """
    runtime.database.give_back()
    with runtime.database.reading() as conn:
        found = [*_missing(conn, runtime), *_stalled(conn, runtime)]
        news = [(name, event) for name, event in found if notices.told_at(conn, name) is None]
    if not news:
        return 0
    told = 0
    with runtime.database.writing() as conn:
        for name, event in news:
            if notices.first_time(conn, name, now=runtime.now()):
                runtime.tell(conn, event)
                told += 1
    return told


def _missing(conn: Connection, runtime: Runtime) -> list[tuple[str, Event]]:
    now = runtime.now()
    found = []
    for document in runtime.config.documents:
        if document.expects_by is None:
            continue
        month, _, day = document.expects_by.partition("-")
        editions = {
            version.edition
            for version in versions.list_all(conn, document.id)
            if version.edition is not None
        }
        if not editions:
            continue  # Nothing is known of it yet: what is missing is a source, not an edition.
        edition = missing_edition((int(month), int(day)), editions, now)
        if edition is None:
            continue
        event = Event(
            kind="no_new_edition",
            at=now,
            document=document.id,
            title_zh=document.titles.zh,
            title_en=document.titles.en,
            edition=edition,
            reason=f"no edition {edition} has been seen by {edition}-{document.expects_by}",
        )
        found.append((f"no_new_edition:{document.id}:{edition}", event))
    return found


def _stalled(conn: Connection, runtime: Runtime) -> list[tuple[str, Event]]:
    now = runtime.now()
    today = now.astimezone(SHANGHAI).date()
    lists: list[SourceConfig] = [s for s in runtime.config.enabled_sources if s.lists]
    rows = {source.id: _moves(conn, source) for source in lists}
    found: list[tuple[str, Event]] = []
    for source in lists:
        found += _moving_again(conn, source, rows[source.id], now)
        others = [max(dates) for id, dates in rows.items() if id != source.id and dates]
        reason = stalled(rows[source.id], others, today)
        if reason is None:
            continue
        newest = max(rows[source.id]).isoformat()
        event = _of_list("source_failing", source, now, reason, f"stalled since {newest}")
        found.append((f"stalled:{source.id}:{newest}", event))
    return found


def _moving_again(
    conn: Connection, source: SourceConfig, moves: list[dt.date], now: dt.datetime
) -> list[tuple[str, Event]]:
    """The good news after a list was told to stand still, once for each time that it did."""
    stood = [
        day
        for day in moves[:-1]
        if notices.told_at(conn, f"stalled:{source.id}:{day.isoformat()}") is not None
    ]
    if not stood:
        return []
    since = stood[-1].isoformat()
    reason = f"its list moves again, after it had stood still since {since}"
    event = _of_list("source_recovered", source, now, reason, f"moving since {since}")
    return [(f"moving:{source.id}:{since}", event)]


def _of_list(
    kind: Literal["source_failing", "source_recovered"],
    source: SourceConfig,
    now: dt.datetime,
    reason: str,
    occasion: str,
) -> Event:
    return Event(
        kind=kind,
        at=now,
        source=source.id,
        url=source.url,
        reason=f"{source.id}: {reason}",
        occasion=occasion,
    )


def _moves(conn: Connection, source: SourceConfig) -> list[dt.date]:
    """The days on which the list was seen with other rows than before."""
    page = pages.get(conn, source.id, source.url or "")
    if page is None:
        return []
    found: list[dt.date] = []
    shown = ""
    for visit in reversed(visits.of_page(conn, page.id, limit=2000)):
        if visit.outcome == "listed" and visit.detail != shown:
            shown = visit.detail
            found.append(visit.first_at.astimezone(SHANGHAI).date())
    return found
