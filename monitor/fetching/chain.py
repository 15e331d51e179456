"""One attempt's way: what each answer means and where it leads. Nothing here asks the network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from monitor.fetching import statuses
from monitor.fetching.page_redirect import page_redirect
from monitor.fetching.robots import RobotsVerdict
from monitor.fetching.transport import Wire
from monitor.fetching.values import FetchOutcome, FetchRequest, Hop

MAX_HOPS = 10


class Chain(msgspec.Struct):
    """What is gathered while one attempt follows redirects."""

    url: str
    hops: list[Hop]
    seconds_left: float
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    reason: str = ""
    retry_after: float | None = None
    can_retry: bool = True


def next_hop(
    request: FetchRequest, chain: Chain, wire: Wire
) -> tuple[Hop, FetchOutcome | None] | None:
    """Where this answer points, and the outcome where we do not go there."""
    headers = dict(wire.headers)
    status = wire.status or 0
    if status in statuses.REDIRECTS:
        location, by_header = headers.get("location", ""), True
    elif status == 200 and "html" in headers.get("content-type", "html"):
        location, by_header = page_redirect(wire.body) or "", False
        if not location:
            return None
    else:
        return None
    target = statuses.target_of(chain.url, location) if location else None
    hop = Hop(
        url=chain.url,
        status=status,
        location=target or location,
        by="header" if by_header else "page",
    )
    return hop, _refusal(request, chain, target, location)


def _refusal(
    request: FetchRequest, chain: Chain, target: str | None, location: str
) -> FetchOutcome | None:
    if target is None:
        chain.reason = f"redirected to {location!r}, which is no http(s) address"
        return "client_error"
    if statuses.is_error_page(target) and not statuses.is_error_page(request.url):
        chain.reason = f"redirected to the page for what is not found, {target}"
        return "gone"
    if statuses.is_home(target) and not statuses.is_home(request.url):
        chain.reason = f"redirected to the front page, {target}"
        return "moved_home"
    # A site may set a cookie and point at the same address once; twice is a loop.
    before = [hop.location for hop in chain.hops]
    if before.count(target) > 1 or len(before) >= MAX_HOPS:
        chain.reason = f"{len(before) + 1} redirects, the last one to {target}"
        return "redirect_loop"
    return None


def settle(request: FetchRequest, chain: Chain, wire: Wire, now: dt.datetime) -> FetchOutcome:
    """The outcome of an answer that points nowhere else; ``chain`` takes what it holds."""
    status = wire.status or 0
    headers = dict(wire.headers)
    chain.body = wire.body
    if status == 304:
        asked = request.validators and chain.url == (request.validators.url or request.url)
        if asked:
            return "not_modified"
        chain.reason = "304 to a request without conditions"
        return "server_error"
    outcome = statuses.outcome_of(status)
    if outcome == "ok":
        media_type, _ = statuses.content_type(headers.get("content-type", ""))
        if statuses.is_wrong_type(media_type):
            chain.reason = f"served as {media_type}"
            return "wrong_type"
        if _torn(wire, headers):
            chain.reason = "the page stops before its end, and no length was announced"
            return "truncated"
        return outcome
    chain.reason = f"status {status}"
    if status in statuses.TRANSIENT_STATUSES:
        chain.retry_after = statuses.retry_after_seconds(headers.get("retry-after"), now)
    else:
        chain.can_retry = False
    return outcome


def take_verdict(chain: Chain, verdict: RobotsVerdict) -> None:
    """Note that robots.txt stands in the way, and what was served in its place."""
    # robots.txt had attempts of its own; asking the page after it would be asking twice.
    chain.can_retry = False
    chain.reason = verdict.reason
    answer = verdict.answer
    if answer is not None:
        chain.status, chain.headers, chain.body = answer.status, answer.headers, answer.body
        chain.retry_after = answer.retry_after


def _torn(wire: Wire, headers: Mapping[str, str]) -> bool:
    """Whether an HTML page whose length nobody announced lacks its end."""
    if "content-length" in headers or "chunked" in headers.get("transfer-encoding", ""):
        return False
    start, end = wire.body[:2000].lower(), wire.body[-4000:].lower()
    return b"<html" in start and b"</html" not in end and b"</body" not in end
