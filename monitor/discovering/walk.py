"""Reads a list page by page, until it ends, repeats itself, or brings nothing new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from monitor.discovering.adapters import AdapterOptions, adapter_for
from monitor.discovering.listing import Listing, ListPage, ListRequest, Row
from monitor.extracting.charset import decode
from monitor.fetching.values import (
    NO_VALIDATORS,
    FetchOutcome,
    FetchPolicy,
    FetchRequest,
    FetchResult,
    Validators,
)

DiscoveryOutcome = Literal["listed", "list_not_understood"] | FetchOutcome


class Discovery(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at a list came to.

    ``listed``: ``rows`` are all rows that were seen, in the list's order, each address once.
    ``not_modified``: the first page is as it was. ``list_not_understood``: a page came that has no
    rows, which is never "nothing new". Anything else is the outcome of the fetch that failed;
    ``rows`` then hold what the pages before it gave. ``fetches`` are all answers, in order;
    ``validators`` are the first page's, to be kept only with ``listed``.
    """

    outcome: DiscoveryOutcome
    rows: tuple[Row, ...] = ()
    reason: str = ""
    fetches: tuple[FetchResult, ...] = ()
    validators: Validators = NO_VALIDATORS


def walk(
    url: str,
    options: AdapterOptions,
    fetch: Callable[[FetchRequest], FetchResult],
    *,
    policy: FetchPolicy,
    validators: Validators = NO_VALIDATORS,
    known: Callable[[Row], bool] = lambda row: False,
) -> Discovery:
    """Read the list at ``url``.

    ``known`` tells whether a row was seen as it is in an earlier round: after a page on
    which every row is known, no further one is read. A pager that repeats its last page, or that
    leads in a circle, ends the walk.
    """
    adapter = adapter_for(options)
    request: ListRequest | None = adapter.first(url, options)
    rows: dict[str, Row] = {}
    fetches: list[FetchResult] = []
    asked: set[tuple[str, bytes | None]] = set()
    kept, reason, pages = NO_VALIDATORS, "", 0
    # Beside the pages themselves an adapter may need an answer or two that are only the key.
    while request is not None and pages < options.max_pages and len(asked) < options.max_pages + 2:
        asked.add((request.url, request.body))
        first_page = pages == 0 and not asked - {(request.url, request.body)}
        result = fetch(_fetch_request(request, policy, validators if first_page else NO_VALIDATORS))
        fetches.append(result)
        if not result.ok and not (pages and result.outcome == "gone"):
            return _ended(result.outcome, rows, fetches, reason=result.reason)
        listing = _read(adapter.read, request, result, options) if result.ok else Listing()
        only_key = request.only_key
        if not listing.understood or not (listing.rows or only_key):
            reason = listing.reason or "the list has no rows"
            if not pages:
                return _ended("list_not_understood", rows, fetches, reason=reason)
            break  # what comes after the last page
        if first_page and not only_key:
            kept = result.validators
        fresh = [row for row in listing.rows if row.url not in rows]
        rows.update((row.url, row) for row in fresh)
        pages += 0 if only_key else 1
        request = listing.next
        if not only_key and all(known(row) for row in fresh):
            break  # also where the page repeats one before it: nothing on it is fresh
        if request is not None and (request.url, request.body) in asked:
            break
    return _ended("listed", rows, fetches, reason=reason, validators=kept)


def _fetch_request(
    request: ListRequest, policy: FetchPolicy, validators: Validators
) -> FetchRequest:
    return FetchRequest(
        url=request.url,
        validators=NO_VALIDATORS if request.only_key else validators,
        policy=policy,
        body=request.body,
        headers=request.headers,
    )


def _read(
    read: Callable[[ListPage, Any], Listing],
    request: ListRequest,
    result: FetchResult,
    options: AdapterOptions,
) -> Listing:
    text, _ = decode(result.body, result.charset)
    return read(ListPage(request=request, url=result.final_url, text=text), options)


def _ended(
    outcome: DiscoveryOutcome,
    rows: dict[str, Row],
    fetches: list[FetchResult],
    *,
    reason: str = "",
    validators: Validators = NO_VALIDATORS,
) -> Discovery:
    return Discovery(
        outcome=outcome,
        rows=tuple(rows.values()),
        reason=reason,
        fetches=tuple(fetches),
        validators=validators,
    )
