"""One round of one source: its list and the articles that are to be looked at, or its one page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import structlog
from sqlalchemy.engine import Connection

from monitor.config.sources import SourceConfig
from monitor.host_leases import HostBusy
from monitor.outcomes import ABSENT, SEEN, Outcome, in_words
from monitor.polling.column import look_at_list
from monitor.polling.files import address_of, files_of
from monitor.polling.page import Looked, look
from monitor.polling.rounds import after_round
from monitor.polling.unfetched import unfetched
from monitor.runtime import Runtime
from monitor.stopping import Stopping
from storage import pages, sources, visits
from storage.errors import StorageError
from storage.records import Page, Source

log = structlog.get_logger(__name__)

#: How long after a first round a page that failed in it is still seen for the first time.
LATEST_FIRST_LOOK = dt.timedelta(days=7)


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What a round came to: the source's own outcome, and that of each page that was looked at."""

    source: str
    outcome: Outcome
    detail: str = ""
    looks: tuple[Looked, ...] = ()
    told: int = 0
    next_due_at: dt.datetime | None = None
    milliseconds: int = 0

    @property
    def ok(self) -> bool:
        """Whether what is published there was seen."""
        return self.outcome in SEEN


def poll_source(runtime: Runtime, source_id: str) -> Round:
    """Poll one source whose lease the caller holds; the round's end gives the lease back.

    Raises storage's errors, :class:`monitor.host_leases.HostBusy`, and faults of our own: then the
    lease is still held and runs out by itself.
    """
    started = runtime.clock.monotonic()
    config = runtime.config.source(source_id)
    with runtime.database.reading() as conn:
        state = sources.get(conn, source_id)
        own = None if config.lists else _known_pages(conn, config)
    first_round = state.first_round_done_at is None
    if own is None:
        column = look_at_list(runtime, config, first_round=first_round)
        outcome, detail, due, complete, wait = (
            column.outcome,
            column.detail,
            column.articles,
            column.complete,
            column.wait,
        )
    else:
        outcome, detail, complete, wait = "listed", "", True, 0.0
        due = _own_pages(runtime, config, own)
    looks: list[Looked] = []
    for page, document in due:
        if looks and runtime.stopping():
            complete = False
            break
        first_look = first_round or _missed_first_look(runtime, state, page)
        looked = _look(runtime, config, page, document, first_round=first_look)
        if config.lists and page.version_id is None and not first_look:
            told = unfetched(runtime, config, page, document, looked)
            looked = msgspec.structs.replace(looked, told=looked.told + told)
        looks.append(looked)
    known = frozenset(page.url for page, _ in due if page.version_id is not None)
    outcome, detail = _summed(
        config, outcome, detail, tuple(looks), known=known, first_round=first_round
    )
    told, next_due = after_round(
        runtime,
        config,
        outcome,
        detail,
        complete=complete and outcome in SEEN,
        wait=dt.timedelta(seconds=max([wait, *(one.wait for one in looks)])),
        moved=any(one.outcome in ("new_version", "reverted", "variant") for one in looks),
    )
    return Round(
        source=source_id,
        outcome=outcome,
        detail=detail,
        looks=tuple(looks),
        told=told + sum(one.told for one in looks),
        next_due_at=next_due,
        milliseconds=round((runtime.clock.monotonic() - started) * 1000),
    )


def _look(
    runtime: Runtime, config: SourceConfig, page: Page, document: str, *, first_round: bool
) -> Looked:
    """One look. A fault of our own at one article of a list is that article's outcome: it must not
    keep the others from being looked at.
    """
    if not config.lists:
        return look(runtime, config, page, document, first_round=first_round)
    try:
        return look(runtime, config, page, document, first_round=first_round)
    except (HostBusy, Stopping, StorageError):
        raise
    except Exception as error:
        log.exception("look failed", source=config.id, url=page.url)
        detail = f"{type(error).__name__}: {error}"
        return Looked(url=page.url, outcome="program_fault", detail=detail)


def _missed_first_look(runtime: Runtime, state: Source, page: Page) -> bool:
    """Whether ``page`` was asked for in the first round and only its failures kept it from being seen.

    What it shows is no news then. After a week it is told all the same: better a false alarm than
    a text that nobody hears of.
    """
    done = state.first_round_done_at
    if done is None or page.version_id is not None or page.first_seen_at > done:
        return False
    if runtime.now() - page.first_seen_at > LATEST_FIRST_LOOK:
        return False
    with runtime.database.reading() as conn:
        looks = visits.of_page(conn, page.id)
    # One that nobody has asked for came up later, though a clock that went back may date it before.
    return bool(looks) and not any(visit.outcome in SEEN for visit in looks)


class _Own(msgspec.Struct, frozen=True):
    """The addresses of a source without a list, which of them are known, and files that are gone."""

    urls: tuple[str, ...]
    known: dict[str, Page]
    gone: tuple[Page, ...]


def _known_pages(conn: Connection, config: SourceConfig) -> _Own:
    """The page of a source that is one article; of a file or folder, a page each file."""
    urls = [config.url] if config.url else [address_of(f) for f in files_of(config.path or Path())]
    known = {page.url: page for url in urls if (page := pages.get(conn, config.id, url))}
    return _Own(tuple(urls), known, _deleted(conn, config, set(urls)))


def _own_pages(runtime: Runtime, config: SourceConfig, own: _Own) -> tuple[tuple[Page, str], ...]:
    """All pages of such a source, each with its document; those that were not known are added."""
    document, urls, known = config.documents[0], own.urls, dict(own.known)
    missing = [url for url in urls if url not in known]
    if missing:
        with runtime.database.writing(durable=False) as conn:
            for url in missing:
                known[url] = pages.ensure(
                    conn, config.id, url, now=runtime.now(), document_id=document, kind="article"
                )
    return (*((known[url], document) for url in urls), *((page, document) for page in own.gone))


def _deleted(conn: Connection, config: SourceConfig, there: set[str]) -> tuple[Page, ...]:
    """Files that were in the watched folder and are not any more, until that was told.

    A folder that is itself not there (a disk that is not mounted) says nothing about its files.
    """
    if config.path is None or not config.path.is_dir():
        return ()
    return tuple(
        page
        for page in pages.list_all(conn, source_id=config.id, kind="article")
        if page.url not in there and page.version_id is not None and page.withdrawn_told_at is None
    )


def _summed(
    config: SourceConfig,
    outcome: Outcome,
    detail: str,
    looks: tuple[Looked, ...],
    *,
    known: frozenset[str],
    first_round: bool,
) -> tuple[Outcome, str]:
    """The outcome of the source: its one page's, or its list's, or that of all its articles.

    ``known`` are the articles that had a text before. One article that cannot be had is no trouble
    with its source, and is named beside the list's outcome.
    """
    if not config.lists:
        if config.path is not None and config.path.is_dir():
            # That one of its files was deleted is no trouble with the folder.
            looks = tuple(one for one in looks if one.outcome != "gone")
        if not looks:
            return "listed", "the folder is empty"
        bad = next((one for one in looks if one.outcome not in SEEN), looks[0])
        return bad.outcome, bad.detail
    failed = [one for one in looks if one.outcome not in SEEN]
    if not failed:
        return outcome, detail
    first = next((one for one in failed if one.outcome == "program_fault"), failed[0])
    words = f"{first.url}: {in_words(first.outcome)}" + f" ({first.detail})" * bool(first.detail)
    if outcome not in SEEN:
        return outcome, f"{detail}; {words}"
    if first.outcome == "program_fault":
        return first.outcome, words
    barred = [one for one in failed if one.outcome not in ABSENT]
    if len(failed) == len(looks) and (
        first_round or len(barred) > 1 or any(one.url in known for one in barred)
    ):
        return first.outcome, words
    return outcome, f"{detail}; {len(failed)} of {len(looks)} articles failed: {words}".lstrip("; ")
