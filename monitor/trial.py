"""Looks at one source without keeping or telling anything: for those who add a site."""

from __future__ import annotations

import datetime as dt

import msgspec

from monitor.config.sources import SourceConfig
from monitor.discovering.listing import Row
from monitor.discovering.score import match_row
from monitor.discovering.walk import walk
from monitor.fetching.values import FetchRequest, FetchResult
from monitor.outcomes import OF_STATE, SEEN, Outcome, in_words
from monitor.polling.served import Served, served_of
from monitor.runtime import Runtime


class TrialRow(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a list, and how it fits the document that it fits best."""

    title: str
    url: str
    published_on: dt.date | None
    document: str
    certainty: str
    score: int
    reasons: tuple[str, ...]


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What one look came to. ``rows`` are those of a list; ``tasks`` those of an article."""

    source: str
    outcome: Outcome
    detail: str = ""
    title: str | None = None
    tasks: int | None = None
    rows: tuple[TrialRow, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether what is published there was seen."""
        return self.outcome in SEEN

    def text(self) -> str:
        """For people: the outcome, then each article with its score and the reasons for it."""
        lines = [
            f"{self.source}: {in_words(self.outcome)}" + (f" ({self.detail})" * bool(self.detail))
        ]
        if self.title is not None:
            lines.append(f"{self.title}: {self.tasks} tasks")
        for row in self.rows:
            lines.append(f"{row.certainty:<5} {row.score:>4}  {row.document}  {row.title}")
            lines.append(f"            {row.published_on or '-'}  {row.url}")
            lines += [f"            {reason}" for reason in row.reasons]
        return "\n".join(lines)


def try_source(runtime: Runtime, source_id: str) -> Trial:
    """Fetch and read one source. Raises KeyError for an id that the configuration does not have,
    and :class:`monitor.host_leases.HostBusy`.
    """
    source = runtime.config.source(source_id)
    if source.lists:
        return _try_list(runtime, source)
    return _try_article(runtime, source)


def _try_list(runtime: Runtime, source: SourceConfig) -> Trial:
    assert source.url is not None, "the configuration gives every list an address"
    discovery = walk(source.url, source.listing, runtime.fetch, policy=runtime.policy(source))
    return Trial(
        source=source.id,
        outcome=discovery.outcome,
        detail=discovery.reason or f"{len(discovery.rows)} rows",
        rows=tuple(_judged(runtime, source, row) for row in discovery.rows),
    )


def _judged(runtime: Runtime, source: SourceConfig, row: Row) -> TrialRow:
    matches = [
        match_row(row, runtime.config.document(id), nature=source.nature) for id in source.documents
    ]
    best = max(matches, key=lambda match: match.score)
    return TrialRow(
        title=row.title,
        url=row.url,
        published_on=row.published_on,
        document=best.document,
        certainty=best.certainty,
        score=best.score,
        reasons=best.reasons,
    )


def _try_article(runtime: Runtime, source: SourceConfig) -> Trial:
    served = _served(runtime, source)
    if isinstance(served, FetchResult):
        return Trial(source=source.id, outcome=served.outcome, detail=served.reason)
    tools = runtime.tools
    extract = tools.extract(served.body, media_type=served.media_type, url=served.final_url)
    if extract.state != "document":
        outcome = OF_STATE.get(extract.state, "unreadable")
        return Trial(source=source.id, outcome=outcome, detail=extract.reason or "")
    plan = tools.read(extract, tools.registry)
    return Trial(source=source.id, outcome="listed", title=plan.title, tasks=len(plan.tasks))


def _served(runtime: Runtime, source: SourceConfig) -> Served | FetchResult:
    url = source.url if source.path is None else source.path.resolve().as_uri()
    assert url is not None, "what is no file has an address"
    result = runtime.fetch(FetchRequest(url=url, policy=runtime.policy(source)))
    return served_of(result) if result.ok else result
