"""The end of a round: the source's health, when it is due next, and what there is to say of both."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.engine import Connection

from alerts.events import Event
from monitor.config.sources import SourceConfig
from monitor.fetching.values import TRANSIENT
from monitor.health import Health, Turn, after_visit
from monitor.outcomes import SEEN, Outcome
from monitor.runtime import Runtime, schedule_for
from monitor.schedule import next_due, next_try
from storage import notices, pages, sources, versions
from storage.records import Source

#: However long a server asks to be left alone, it is asked again after this.
LONGEST_WAIT = dt.timedelta(days=1)

#: Failures after which a source is tried again soon. A server that says "too many requests" is not
#: helped by one more: it is left alone until the next regular look.
PASSING = TRANSIENT - {"rate_limited"}


def after_round(
    runtime: Runtime,
    source: SourceConfig,
    outcome: Outcome,
    detail: str,
    *,
    complete: bool,
    moved: bool,
    wait: dt.timedelta = dt.timedelta(0),
) -> tuple[int, dt.datetime]:
    """Record the round and give the source's lease back; gives what was told and when it is due.

    ``complete``: the list and all that it named were looked at; the first such round is the end of
    the first look. ``wait``: the server asked to be left alone for so long, a day at most.
    """
    now = runtime.now()
    # What a stop left undone is due as soon as somebody polls again.
    cut_short = runtime.stopping() and not complete and outcome in SEEN
    schedule, draw = schedule_for(runtime.config, source), runtime.draw()
    # A loss of power takes state and alert together, and the next round says it anew; an alert that
    # was sent was claimed by a durable write, which makes all before it durable too.
    with runtime.database.writing(durable=False) as conn:
        before = sources.get(conn, source.id)
        health, turn = after_visit(_health(before), outcome, now)
        if cut_short:
            due = now
        elif outcome in PASSING:
            due = next_try(schedule, now, failures=health.failures, draw=draw)
        else:
            due = next_due(schedule, now, draw=draw)
        due = max(due, now + min(wait, LONGEST_WAIT))
        first_done = complete and before.first_round_done_at is None
        sources.record_result(
            conn,
            source.id,
            now=now,
            outcome=outcome,
            detail=detail[:500],
            ok=outcome in SEEN,
            next_due_at=due,
            holder=runtime.holder,
            first_round_done=complete,
            moved=moved,
        )
        told = 0
        if turn is not None:
            if health.told_at is not None:
                sources.failure_told(conn, source.id, now)
            runtime.tell(conn, _operational(source, turn, now))
            told += 1
        if first_done:
            told += _now_watching(conn, runtime, source, now)
    return told, due


def _health(source: Source) -> Health:
    return Health(
        outcome=source.last_outcome or None,
        last_visit_at=source.last_visit_at,
        last_success_at=source.last_success_at,
        failing_since=source.failing_since,
        failures=source.failure_streak,
        told_at=source.failure_told_at,
    )


def _operational(source: SourceConfig, turn: Turn, now: dt.datetime) -> Event:
    return Event(
        kind=turn.event,
        at=now,
        source=source.id,
        url=source.url,
        reason=f"{source.id}: {turn.reason}",
    )


def _now_watching(
    conn: Connection, runtime: Runtime, source: SourceConfig, now: dt.datetime
) -> int:
    """One notice for each document of which the first look at this source found a text."""
    told = 0
    found: dict[str, set[int]] = {}
    for page in pages.list_all(conn, source_id=source.id):
        if page.version_id is not None and page.document_id is not None:
            found.setdefault(page.document_id, set()).add(page.version_id)
    for document, version_ids in sorted(found.items()):
        if not notices.first_time(conn, f"now_watching:{source.id}:{document}", now=now):
            continue
        titles = runtime.config.document(document).titles
        newest = max(
            (versions.get(conn, id) for id in version_ids),
            key=lambda version: (version.edition or "", version.number),
        )
        count = f"{len(version_ids)} text{'s' if len(version_ids) > 1 else ''}"
        newest_words = f", the newest of edition {newest.edition}" if newest.edition else ""
        runtime.tell(
            conn,
            Event(
                kind="now_watching",
                at=now,
                document=document,
                title_zh=titles.zh,
                title_en=titles.en,
                edition=newest.edition,
                version=newest.number,
                version_id=newest.id,
                url=source.url,
                source=source.id,
                archive_ref=newest.ref,
                reason=f"{source.id} is watched from now on: {count} found{newest_words}",
            ),
        )
        told += 1
    return told
