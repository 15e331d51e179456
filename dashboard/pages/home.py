"""The first page: what changed last, what needs attention, which documents there are, what comes next."""

from __future__ import annotations

import datetime as dt

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.engine import Connection

from dashboard.desk import AtDesk, Desk
from dashboard.language import language_of
from dashboard.rendering import SHANGHAI, show
from monitor.config.documents import TitlesConfig
from monitor.config.model import Config
from monitor.health import missing_edition
from monitor.status import SourceStatus, daemon_status, sources_status
from storage import documents, outbox, overview, reviews, sources, versions
from storage.records import Document, Source, StoredChangeset, Version

router = APIRouter(include_in_schema=False)

#: So many of the newest changes are told in a sentence.
_TOLD = 5
_NEXT = 6


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One document with what stands newest; ``changes`` are those since the version before."""

    document: Document
    newest: Version | None
    versions: int
    changes: StoredChangeset | None


class News(msgspec.Struct, frozen=True, kw_only=True):
    """One change in a sentence, with the two versions that it lies between."""

    document: Document
    old: Version
    new: Version
    sentence: str


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that is not out yet; ``late`` once the day has passed by which it was expected."""

    document_id: str
    titles: TitlesConfig
    edition: str
    by: str
    late: bool


class Attention(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody should look at."""

    daemon_running: bool
    sources: tuple[SourceStatus, ...]
    reviews: int
    dead: int

    @property
    def needed(self) -> bool:
        """Whether there is anything to look at."""
        return bool(not self.daemon_running or self.sources or self.reviews or self.dead)


@router.get("/")
def home(request: Request, desk: AtDesk) -> HTMLResponse:
    """The first page."""
    config = desk.options.config() if desk.options.config else None
    now = desk.now()
    with desk.database.reading() as conn:
        rows = _rows(conn)
        news = _news(request, desk, conn, rows)
        attention = _attention(conn, config, now)
        listed = sources.list_all(conn)
        late = _late(conn, config, now)
    return show(
        request, desk, "home.html", tab="home", rows=rows, news=news, attention=attention,
        coming=_coming(listed), late=late, source_titles={one.id: one.title for one in listed},
    )  # fmt: skip


def _rows(conn: Connection) -> tuple[Row, ...]:
    listed = documents.list_all(conn)
    newest = overview.newest_of_each(conn)
    counts = overview.counts(conn)
    changes = overview.newest_changesets(conn, [version.id for version in newest.values()])
    rows = []
    for document in listed:
        version = newest.get(document.id)
        rows.append(
            Row(
                document=document,
                newest=version,
                versions=counts.get(document.id, 0),
                changes=changes.get(version.id) if version else None,
            )
        )
    return tuple(sorted(rows, key=_newest_first, reverse=True))


def _newest_first(row: Row) -> tuple[bool, float]:
    return row.newest is not None, row.newest.recorded_at.timestamp() if row.newest else 0.0


def _news(
    request: Request, desk: Desk, conn: Connection, rows: tuple[Row, ...]
) -> tuple[News, ...]:
    """The newest changes in a sentence each; texts that were there at the first look are no news."""
    told = [(row.document, row.newest) for row in rows if _is_news(row)][:_TOLD]
    pairs = versions.with_predecessors(conn, [new for _, new in told if new is not None])
    olds = {new.id: old for old, new in pairs}
    sentences = desk.comparisons.headlines(conn, pairs, language_of(request))
    return tuple(
        News(document=document, old=olds[new.id], new=new, sentence=sentences[new.id])
        for document, new in told
        if new is not None and new.id in sentences
    )


def _is_news(row: Row) -> bool:
    new, changes = row.newest, row.changes
    if new is None or new.predecessor_id is None or new.first_look:
        return False
    return changes is not None and changes.change_count > 0


def _attention(conn: Connection, config: Config | None, now: dt.datetime) -> Attention:
    daemon = daemon_status(conn, now)
    states = (
        sources_status(conn, config, running=daemon.running, now=now) if config is not None else ()
    )
    return Attention(
        daemon_running=daemon.running,
        sources=tuple(state for state in states if state.problem),
        reviews=len(reviews.list_all(conn)),
        dead=outbox.given_up(conn),
    )


def _coming(listed: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources that are looked at next."""
    due = [source for source in listed if source.enabled and source.next_due_at is not None]
    return tuple(sorted(due, key=lambda source: (source.next_due_at, source.id))[:_NEXT])


def _late(conn: Connection, config: Config | None, now: dt.datetime) -> tuple[Expected, ...]:
    """The editions of this year that are not out yet."""
    found = []
    for document in config.documents if config is not None else ():
        if document.expects_by is None:
            continue
        month, day = (int(part) for part in document.expects_by.split("-"))
        listed = overview.newest_of_each_edition(conn, document.id)
        known = [version.edition for version in listed if version.edition]
        if not known or missing_edition((1, 0), known, now) is None:
            continue
        year = now.astimezone(SHANGHAI).year
        found.append(
            Expected(
                document_id=document.id,
                titles=document.titles,
                edition=str(year),
                by=f"{year}-{month:02}-{day:02}",
                late=missing_edition((month, day), known, now) is not None,
            )
        )
    return tuple(found)
