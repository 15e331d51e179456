"""One look at a list: which of its articles are new, and which are to be looked at again."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy.engine import Connection

from monitor.config.sources import SourceConfig
from monitor.discovering.listing import Row
from monitor.discovering.walk import Discovery, walk
from monitor.fetching.values import TRANSIENT, FetchRequest, FetchResult, Validators
from monitor.outcomes import ABSENT, SEEN, WALLED, Outcome
from monitor.polling.listed_rows import KeptRows, keep_rows
from monitor.polling.row_memory import RowMemory, recalled, rules_of
from monitor.polling.walls import wall_in_place_of_page
from monitor.runtime import Runtime
from monitor.stopping import Stopping
from storage import judged, pages, visits
from storage.records import Accepted, JudgedRows, NewVisit, Page

#: At most so many articles are looked at in one round; the others are for the next ones.
MOST_ARTICLES = 40

#: How often a list is read to its end though nothing on its first page is new: a paper that comes out
#: late is put where its day belongs, which may be a page further down.
WHOLE_AGAIN = dt.timedelta(days=1)

#: An article that a list named and that was never there is asked for at every look for so long;
#: then as rarely as those that were read.
GIVEN_UP_AFTER = dt.timedelta(days=30)

#: Failures of a list after which its articles are left alone too: their host does not answer, or
#: does not want programs. After any other fault they are looked at as ever.
UNREACHABLE: frozenset[str] = (TRANSIENT | WALLED | {"dns_error", "tls_error"}) - {"server_error"}


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
    settings = runtime.config.settings
    rules = rules_of(source, map(runtime.config.document, source.documents))
    with runtime.database.reading() as conn:
        own = pages.get(conn, source.id, source.url)
        kept = judged.of_source(conn, source.id)
        followed = {page.url for page in pages.list_all(conn, source_id=source.id, kind="article")}
    memory = recalled(kept, rules, runtime.now(), min(settings.revalidate_after, WHOLE_AGAIN))
    fetches: list[FetchResult] = []

    def fetch(request: FetchRequest) -> FetchResult:
        if fetches and runtime.stopping():
            raise Stopping  # A further page may take as long as the first; nothing is lost.
        fetches.append(runtime.fetch(request))
        return fetches[-1]

    def known(row: Row) -> bool:
        # A first round reads the list to its end, as far as max_pages lets it.
        if first_round or memory.whole:
            return False
        return row.url in followed or memory.knows(row)

    discovery = walk(
        source.url,
        source.listing,
        fetch,
        policy=runtime.policy(source),
        validators=_validators(runtime, own, memory),
        known=known,
    )
    outcome, detail = _named(runtime, discovery)
    now = runtime.now()
    with runtime.database.writing(durable=False) as conn:
        own = pages.ensure(conn, source.id, source.url, now=now, kind="list")
        # Also the rows of a list that failed on a further page: what was seen was published.
        rows = keep_rows(conn, runtime, source, discovery.rows, memory, first_round=first_round)
        if discovery.rows:
            _remember(conn, source, kept, memory, rows, complete=outcome == "listed", now=now)
        if outcome == "listed":
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
        reachable = outcome not in UNREACHABLE or bool(discovery.rows)
        articles = _due(conn, runtime, source, rows.renewed) if reachable else ()
    return Column(
        outcome=outcome,
        detail=detail,
        articles=_of_this_round(articles),
        complete=len(articles) <= MOST_ARTICLES,
        wait=(last.retry_after or 0.0) if last else 0.0,
    )


def _remember(
    conn: Connection,
    source: SourceConfig,
    kept: JudgedRows | None,
    memory: RowMemory,
    rows: KeptRows,
    *,
    complete: bool,
    now: dt.datetime,
) -> None:
    after = memory.after(rows.idle, complete=complete, now=now)
    if after != kept:
        judged.keep(conn, source.id, after)


def _validators(runtime: Runtime, own: Page | None, memory: RowMemory) -> Validators:
    # Who wants to judge the whole list anew cannot do with "as before".
    if memory.whole or own is None or own.full_fetch_at is None:
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
    """The articles that are to be looked at: the longest unvisited first, the never visited before all."""
    now = runtime.now()
    again = source.look_again or runtime.config.settings.look_again
    found: list[tuple[Page, str]] = []
    for page in pages.list_all(conn, source_id=source.id, kind="article"):
        if page.document_id is None or page.document_id not in source.documents:
            continue
        visited = page.last_visit_at
        last = next(iter(visits.of_page(conn, page.id, limit=1)), None)
        failed = last is not None and last.outcome not in SEEN
        dead = (
            page.version_id is None
            and last is not None
            and last.outcome in ABSENT
            and abs(now - page.first_seen_at) >= GIVEN_UP_AFTER
        )
        if (
            visited is None
            or abs(now - visited) >= again
            or page.id in renewed
            or ((failed or page.gone_since is not None) and not dead)
        ):
            found.append((page, page.document_id))
    return tuple(found)


def _of_this_round(due: tuple[tuple[Page, str], ...]) -> tuple[tuple[Page, str], ...]:
    """As many as a round takes: those that keep failing never keep what is new from being seen.

    Of those without a text the oldest comes first, so that each is compared with the one before it.
    """
    new = [one for one in due[:MOST_ARTICLES] if one[0].version_id is None]
    old = [one for one in due[:MOST_ARTICLES] if one[0].version_id is not None]
    new.sort(key=lambda one: one[0].published_on or dt.date.max)
    return (*new, *old)
