"""One look at a list: which of its articles are new, and which are to be looked at again."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy.engine import Connection

from alerts.events import Event
from monitor.config.sources import SourceConfig
from monitor.discovering.listing import Row
from monitor.discovering.score import Match, best_match
from monitor.discovering.walk import Discovery, walk
from monitor.fetching.values import FetchRequest, FetchResult, Validators
from monitor.outcomes import SEEN, Outcome
from monitor.polling.walls import wall_in_place_of_page
from monitor.runtime import Runtime
from monitor.stopping import Stopping
from storage import pages, reviews, visits
from storage.errors import UrlTooLong
from storage.records import Accepted, NewReview, NewVisit, Page

#: At most so many articles are looked at in one round; the others are for the next ones.
MOST_ARTICLES = 40


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at a list came to. ``articles`` are (page, document) to be looked at now;
    ``complete`` is False where more were left for the next round.
    """

    outcome: Outcome
    detail: str = ""
    articles: tuple[tuple[Page, str], ...] = ()
    complete: bool = True
    wait: float = 0.0


def look_at_list(runtime: Runtime, source: SourceConfig, *, first_round: bool) -> Column:
    """Read the list of ``source``, keep what it names, and choose the articles of this round."""
    assert source.url is not None, "the configuration gives every list an address"
    started = runtime.clock.monotonic()
    with runtime.database.reading() as conn:
        own = pages.get(conn, source.id, source.url)
        known = {page.url for page in pages.list_all(conn, source_id=source.id, kind="article")}
    fetches: list[FetchResult] = []

    def fetch(request: FetchRequest) -> FetchResult:
        if fetches and runtime.stopping():
            raise Stopping  # A further page may take as long as the first; nothing is lost.
        fetches.append(runtime.fetch(request))
        return fetches[-1]

    discovery = walk(
        source.url,
        source.listing,
        fetch,
        policy=runtime.policy(source),
        validators=_validators(runtime, own),
        # A first round reads the list to its end, as far as max_pages lets it.
        known=(lambda url: False) if first_round else known.__contains__,
    )
    outcome, detail = _named(runtime, discovery)
    now = runtime.now()
    with runtime.database.writing(durable=False) as conn:
        own = pages.ensure(conn, source.id, source.url, now=now, kind="list")
        renewed: frozenset[int] = frozenset()
        if outcome == "listed":
            renewed = _keep_rows(conn, runtime, source, discovery.rows, first_round=first_round)
            _accept(conn, own, discovery, now)
        last = discovery.fetches[-1] if discovery.fetches else None
        visits.record(
            conn,
            NewVisit(
                page_id=own.id,
                at=now,
                outcome=outcome,
                detail=detail[:500],
                status=last.status if last else None,
                milliseconds=round((runtime.clock.monotonic() - started) * 1000),
            ),
        )
        articles = _due(conn, runtime, source, renewed) if outcome in SEEN else ()
    return Column(
        outcome=outcome,
        detail=detail,
        articles=articles[:MOST_ARTICLES],
        complete=len(articles) <= MOST_ARTICLES,
        wait=(last.retry_after or 0.0) if last else 0.0,
    )


def _validators(runtime: Runtime, own: Page | None) -> Validators:
    if own is None or own.full_fetch_at is None:
        return Validators()
    if abs(runtime.now() - own.full_fetch_at) >= runtime.config.settings.revalidate_after:
        return Validators()
    return Validators(etag=own.etag, last_modified=own.last_modified)


def _named(runtime: Runtime, discovery: Discovery) -> tuple[Outcome, str]:
    """The outcome, where a wall stands in place of the list with its maker's name."""
    outcome: Outcome = discovery.outcome
    detail = discovery.reason
    if outcome not in SEEN and discovery.fetches:
        last = discovery.fetches[-1]
        wall = wall_in_place_of_page(last, runtime.tools.extract)
        if wall is not None:
            return "challenge", wall
        if last.ok:
            extract = runtime.tools.extract(
                last.body, media_type=last.media_type, url=last.final_url
            )
            if extract.state in ("challenge", "shell"):
                return extract.state, extract.reason or ""
    if outcome == "listed":
        detail = _shown(discovery.rows)
    return outcome, detail


def _shown(rows: tuple[Row, ...]) -> str:
    """What a list shows, in words that change whenever it moves."""
    dates = [row.published_on for row in rows if row.published_on is not None]
    newest = f", the newest of {max(dates).isoformat()}" if dates else ""
    return f"{len(rows)} rows{newest}, first: {rows[0].title[:80]}" if rows else "no rows"


def _keep_rows(
    conn: Connection,
    runtime: Runtime,
    source: SourceConfig,
    rows: tuple[Row, ...],
    *,
    first_round: bool,
) -> frozenset[int]:
    """Keep the rows that belong to a document; gives the pages that are listed otherwise than before.

    An article that is listed under another title or day was published anew: it is looked at now,
    not when its time comes.
    """
    renewed: set[int] = set()
    documents = [runtime.config.document(id) for id in source.documents]
    for row in rows:
        match = best_match(row, documents, nature=source.nature)
        if match is None:
            continue
        if match.certainty == "near":
            _ask(conn, runtime, source, row, match, first_round=first_round)
            continue
        before = pages.get(conn, source.id, row.url)
        try:
            page = pages.ensure(
                conn,
                source.id,
                row.url,
                now=runtime.now(),
                kind="article",
                document_id=match.document,
                title=row.title,
                published_on=row.published_on,
            )
        except UrlTooLong:
            _ask(conn, runtime, source, row, match, first_round=first_round)
            continue
        if before is not None and _listed(before) != _listed(page):
            renewed.add(page.id)
    return frozenset(renewed)


def _listed(page: Page) -> tuple[str, dt.date | None]:
    return page.title, page.published_on


def _ask(
    conn: Connection,
    runtime: Runtime,
    source: SourceConfig,
    row: Row,
    match: Match,
    *,
    first_round: bool,
) -> None:
    """A row that may belong to a document goes to a person, once."""
    now = runtime.now()
    subject = f"row:{source.id}:{row.url[:1800]}"
    if reviews.decided(conn, subject) is not None:
        return
    review, new = reviews.hold(
        conn,
        NewReview(
            subject=subject,
            reason="identity_unsure",
            url=row.url,
            document_id=match.document,
            source_id=source.id,
            title=row.title,
            detail={"score": match.score, "message": "; ".join(match.reasons)},
        ),
        now=now,
    )
    if new and not first_round:
        runtime.tell(
            conn,
            Event(
                kind="review_waiting",
                at=now,
                document=match.document,
                url=row.url,
                source=source.id,
                reason=f"{row.title}: it may belong to {match.document}",
                occasion=f"review {review.id}",
            ),
        )
        reviews.told(conn, review.id, now)


def _accept(conn: Connection, own: Page, discovery: Discovery, now: dt.datetime) -> None:
    kept = discovery.validators if discovery.validators.url is None else Validators()
    pages.accept(
        conn,
        own.id,
        Accepted(etag=kept.etag, last_modified=kept.last_modified, full=True),
        now,
    )


def _due(
    conn: Connection, runtime: Runtime, source: SourceConfig, renewed: frozenset[int]
) -> tuple[tuple[Page, str], ...]:
    """The articles of this round: those without an accepted text first, then those to look at again."""
    now = runtime.now()
    again = source.look_again or runtime.config.settings.look_again
    new: list[tuple[Page, str]] = []
    old: list[tuple[Page, str]] = []
    for page in pages.list_all(conn, source_id=source.id, kind="article"):
        if page.document_id is None or page.document_id not in source.documents:
            continue
        visited = page.last_visit_at
        overdue = (
            visited is None
            or abs(now - visited) >= again
            or page.gone_since is not None
            or page.id in renewed
            or _failed(conn, page)
        )
        if overdue:
            (new if page.version_id is None else old).append((page, page.document_id))
    # The oldest first, so that each is compared with the one before it.
    new.sort(key=lambda one: one[0].published_on or dt.date.max)
    return (*new, *old)


def _failed(conn: Connection, page: Page) -> bool:
    last = visits.of_page(conn, page.id, limit=1)
    return bool(last) and last[0].outcome not in SEEN
