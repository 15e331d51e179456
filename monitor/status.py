"""Whether all is well: what is watched, when next, what is wrong, what waits to be sent."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec
from sqlalchemy.engine import Connection

from monitor.config.documents import DocumentConfig
from monitor.config.model import Config
from monitor.health import PATIENCE
from monitor.outcomes import in_words
from monitor.refused import Refused, refused
from storage import documents, heartbeat, outbox, reviews, sources, versions
from storage.records import Document, Source

#: A daemon that gave no sign for so long is not running.
SILENT = dt.timedelta(seconds=90)
#: A source that nobody has polled for so long after its time is a sign that nobody polls.
OVERDUE = dt.timedelta(hours=1)

_NO_ANSWER = frozenset(in_words(one) for one in ("dns_error", "connection_error", "timeout"))


class DaemonStatus(msgspec.Struct, frozen=True, kw_only=True):
    """``running`` where its last sign of life is fresh."""

    running: bool
    pid: int | None = None
    host: str | None = None
    started_at: dt.datetime | None = None
    beat_at: dt.datetime | None = None
    what: str = ""


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a source since when: its looks fail (``times`` in a row, the last one with
    ``outcome``), or it is due and nobody polls it.
    """

    kind: Literal["failing", "overdue"]
    since: dt.datetime
    times: int = 0
    outcome: str = ""

    def __str__(self) -> str:
        since = f"since {self.since:%Y-%m-%d %H:%M} UTC"
        if self.kind == "overdue":
            return f"due {since} and not polled"
        return f"failing {since}, {self.times} times: {in_words(self.outcome)}"


class SourceStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One source; ``trouble``, and ``problem``, the same in English, are None where all is well."""

    id: str
    documents: tuple[str, ...]
    url: str
    enabled: bool
    certain: bool
    last_visit_at: dt.datetime | None
    last_success_at: dt.datetime | None
    next_due_at: dt.datetime | None
    outcome: str
    detail: str
    failures: int
    problem: str | None
    trouble: Trouble | None = None


class DocumentStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One document, with its newest accepted version."""

    id: str
    title_zh: str
    title_en: str
    versions: int
    newest: str | None
    newest_edition: str | None
    newest_at: dt.datetime | None


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The whole. ``queue`` counts deliveries by state; ``problems`` are sentences for people.

    ``refused`` is what is wrong with the configuration file, None where it is in force.
    """

    at: dt.datetime
    database: str
    daemon: DaemonStatus
    sources: tuple[SourceStatus, ...]
    documents: tuple[DocumentStatus, ...]
    reviews: int
    queue: dict[str, int]
    problems: tuple[str, ...]
    refused: Refused | None = None

    @property
    def ok(self) -> bool:
        """Whether a probe should be content: the daemon runs and nothing is wrong."""
        return self.daemon.running and not self.problems

    @property
    def failing(self) -> dict[str, int]:
        """How many sources failed at their last look, by what it came to; the most frequent first.

        Most such failures pass; one that lasts becomes a problem.
        """
        counted = Counter(s.outcome for s in self.sources if s.enabled and s.failures)
        return dict(counted.most_common())

    @property
    def cut_off(self) -> bool:
        """Whether no source at all could be reached: then it is not the sources that are ill."""
        enabled = [source for source in self.sources if source.enabled]
        return bool(enabled) and all(s.failures and s.outcome in _NO_ANSWER for s in enabled)

    @property
    def next_due_at(self) -> dt.datetime | None:
        """When the next look is due."""
        times = [s.next_due_at for s in self.sources if s.enabled and s.next_due_at is not None]
        return min(times, default=None)


def status(
    conn: Connection,
    config: Config | None,
    *,
    database: str,
    now: dt.datetime,
    mistakes: Refused | None = None,
) -> Status:
    """The state of the watch as the database holds it; ``database`` is its name for people.

    ``config`` is None where its file has ``mistakes``; then all is told that the database follows.
    What the daemon that runs found wrong with the file goes before what the caller found.
    """
    daemon = daemon_status(conn, now)
    listed = (
        sources_status(conn, config, running=daemon.running, now=now)
        if config is not None
        else _followed(conn, running=daemon.running, now=now)
    )
    wrong = (refused(conn) if daemon.running else None) or mistakes
    queue = outbox.counts(conn)
    waiting = len(reviews.list_all(conn, limit=1000))
    problems = [f"{source.id}: {source.problem}" for source in listed if source.problem]
    if not daemon.running:
        since = f" since {daemon.beat_at:%Y-%m-%d %H:%M} UTC" if daemon.beat_at else ""
        problems.insert(0, f"no daemon is running{since}; start one with `planwatch run`")
    problems += wrong.lines() if wrong is not None else []
    given_up = outbox.given_up(conn)
    if given_up:
        what = "delivery has" if given_up == 1 else "deliveries have"
        problems.append(
            f"{given_up} {what} failed for good; see `planwatch alerts list --dead`, then "
            "`planwatch alerts retry`, or `planwatch alerts ack` to leave them"
        )
    return Status(
        at=now,
        database=database,
        daemon=daemon,
        sources=listed,
        documents=_documents(
            conn, config.documents if config is not None else documents.list_all(conn)
        ),
        reviews=waiting,
        queue=queue,
        problems=tuple(problems),
        refused=wrong,
    )


def sources_status(
    conn: Connection, config: Config, *, running: bool, now: dt.datetime
) -> tuple[SourceStatus, ...]:
    """The sources of the configuration that the database knows; ``running``: whether somebody polls."""
    known = {source.id: source for source in sources.list_all(conn)}
    return tuple(
        _source(known[source.id], certain=source.certain, now=now, running=running)
        for source in config.sources
        if source.id in known
    )


def _followed(conn: Connection, *, running: bool, now: dt.datetime) -> tuple[SourceStatus, ...]:
    """The sources that the last good configuration had."""
    return tuple(
        _source(source, certain=True, now=now, running=running) for source in sources.list_all(conn)
    )


def daemon_status(conn: Connection, now: dt.datetime) -> DaemonStatus:
    """Whether the daemon gives signs of life."""
    sign = heartbeat.get(conn, "daemon")
    if sign is None:
        return DaemonStatus(running=False)
    return DaemonStatus(
        # A sign from the future is one of a clock that was wrong.
        running=abs(now - sign.beat_at) <= SILENT,
        pid=sign.pid,
        host=sign.host,
        started_at=sign.started_at,
        beat_at=sign.beat_at,
        what=sign.what,
    )


def _source(source: Source, *, certain: bool, now: dt.datetime, running: bool) -> SourceStatus:
    trouble = _trouble(source, now, running) if source.enabled else None
    return SourceStatus(
        id=source.id,
        documents=source.documents,
        url=source.url,
        enabled=source.enabled,
        certain=certain,
        last_visit_at=source.last_visit_at,
        last_success_at=source.last_success_at,
        next_due_at=source.next_due_at if source.enabled else None,
        outcome=in_words(source.last_outcome) if source.last_outcome else "not visited yet",
        detail=source.last_detail,
        failures=source.failure_streak,
        problem=str(trouble) if trouble else None,
        trouble=trouble,
    )


def _trouble(source: Source, now: dt.datetime, running: bool) -> Trouble | None:
    """What is wrong with a source for longer than a passing fault lasts."""
    if source.failing_since is not None:
        long = now - source.failing_since >= PATIENCE.failing_for
        if source.failure_told_at is not None or (
            long and source.failure_streak >= PATIENCE.failing_visits
        ):
            return Trouble(
                kind="failing",
                since=source.failing_since,
                times=source.failure_streak,
                outcome=source.last_outcome,
            )
    due = source.next_due_at
    if running and due is not None and now - due > OVERDUE:
        return Trouble(kind="overdue", since=due)
    return None


def _documents(
    conn: Connection, followed: Iterable[DocumentConfig | Document]
) -> tuple[DocumentStatus, ...]:
    found = []
    for document in followed:
        kept = versions.list_all(conn, document.id)
        accepted = [version for version in kept if version.status == "accepted"]
        newest = max(accepted, key=lambda v: (v.edition or "", v.recorded_at), default=None)
        if isinstance(document, Document):
            zh, en = document.title_zh, document.title_en
        else:
            zh, en = document.titles.zh, document.titles.en
        found.append(
            DocumentStatus(
                id=document.id,
                title_zh=zh,
                title_en=en,
                versions=len(kept),
                newest=newest.ref if newest else None,
                newest_edition=newest.edition if newest else None,
                newest_at=newest.recorded_at if newest else None,
            )
        )
    return tuple(found)
