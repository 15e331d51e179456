"""Rounds of many sources of one host: quietly where nothing is new, one by one where something is.

A source whose last look said "not modified" is asked with its kept validators; where the answer is
304 again, that is recorded together with others. Any other answer goes the whole way of
:func:`monitor.polling.source.poll_source`, which is given the answer instead of asking again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import msgspec

from monitor.fetching.values import FetchRequest, FetchResult, Validators
from monitor.polling.page import Looked
from monitor.polling.source import Round, poll_source
from monitor.runtime import Runtime, schedule_for
from monitor.schedule import next_due
from storage import quiet
from storage.quiet import QuietLook, QuietPage

#: What was seen is written after so many looks, or when so much time lies behind the first one.
FLUSH_LOOKS = 100
FLUSH_AFTER = dt.timedelta(seconds=2)


def poll_sources(
    runtime: Runtime,
    source_ids: Sequence[str],
    *,
    poll: Callable[[Runtime, str], Round] = poll_source,
) -> Iterator[Round]:
    """Poll sources of one host, whose leases the caller holds, and give each round as it ends.

    A round that was quiet is given once it is written. Stops between two sources when the runtime
    is told to stop; the leases of the others stay with the caller. ``poll`` goes the whole way of one
    source. Raises what it raises; what was seen before is written first.
    """
    with runtime.database.reading() as conn:
        quietly = quiet.find(conn, source_ids)
    looks: list[QuietLook] = []
    try:
        for id in source_ids:
            if runtime.stopping():
                break
            page = quietly.get(id)
            answer = _ask(runtime, page) if page is not None else None
            if page is not None and answer is not None and answer.outcome == "not_modified":
                looks.append(_look(runtime, page, answer))
                if len(looks) >= FLUSH_LOOKS or runtime.now() - looks[0].at >= FLUSH_AFTER:
                    yield from _flush(runtime, looks)
                continue
            yield poll(_with(runtime, answer), id)
    finally:
        rounds = _flush(runtime, looks)
    yield from rounds


def _ask(runtime: Runtime, page: QuietPage) -> FetchResult | None:
    """The answer to a conditional request; None where the page is to be fetched without one."""
    source = runtime.config.source(page.source_id)
    settings = runtime.config.settings
    now = runtime.now()
    if source.lists or source.browser or abs(now - page.full_fetch_at) >= settings.revalidate_after:
        return None
    policy = runtime.policy(source)
    request = FetchRequest(
        url=page.url,
        validators=Validators(etag=page.etag, last_modified=page.last_modified),
        policy=policy,
    )
    return runtime.fetch(request)


def _look(runtime: Runtime, page: QuietPage, answer: FetchResult) -> QuietLook:
    source = runtime.config.source(page.source_id)
    due = next_due(schedule_for(runtime.config, source), runtime.now(), draw=runtime.draw())
    return QuietLook(
        page=page,
        at=answer.fetched_at,
        milliseconds=round(answer.elapsed * 1000),
        next_due_at=due,
    )


def _flush(runtime: Runtime, looks: list[QuietLook]) -> list[Round]:
    if not looks:
        return []
    with runtime.database.writing(durable=False) as conn:
        quiet.record(conn, looks, runtime.holder)
    rounds = [
        Round(
            source=one.page.source_id,
            outcome="not_modified",
            looks=(
                Looked(url=one.page.url, outcome="not_modified", milliseconds=one.milliseconds),
            ),
            next_due_at=one.next_due_at,
            milliseconds=one.milliseconds,
        )
        for one in looks
    ]
    looks.clear()
    return rounds


class _Answered:
    """A fetcher that has one answer already, and asks for everything else."""

    def __init__(self, runtime: Runtime, answer: FetchResult) -> None:
        self._fetcher = runtime.fetcher
        self._answer: FetchResult | None = answer

    def fetch(self, request: FetchRequest) -> FetchResult:
        answer = self._answer
        if answer is not None and request.url == answer.url and request.body is None:
            self._answer = None
            return answer
        return self._fetcher.fetch(request)

    def close(self) -> None:
        self._fetcher.close()


def _with(runtime: Runtime, answer: FetchResult | None) -> Runtime:
    if answer is None:
        return runtime
    return msgspec.structs.replace(runtime, fetcher=_Answered(runtime, answer))
