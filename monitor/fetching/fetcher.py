"""Fetches one address: politely, within its limits, and with a named outcome for every end."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import msgspec

from monitor.fetching import statuses
from monitor.fetching.addresses import Resolver, is_public, system_resolver
from monitor.fetching.bodies import ACCEPT_ENCODING
from monitor.fetching.browser import build_page
from monitor.fetching.chain import Chain, next_hop, settle, take_verdict
from monitor.fetching.clock import Clock
from monitor.fetching.cookies import ChainCookies
from monitor.fetching.files import is_file_address, look_at_file
from monitor.fetching.hosts import Hosts
from monitor.fetching.robots import MAX_BYTES as ROBOTS_BYTES
from monitor.fetching.robots import Robots, RobotsVerdict
from monitor.fetching.transport import Transport, Wire
from monitor.fetching.values import (
    NO_VALIDATORS,
    TRANSIENT,
    FetchOutcome,
    FetchPolicy,
    FetchRequest,
    FetchResult,
    Validators,
)

#: The name that robots.txt rules are looked up under.
ROBOTS_AGENT = "planwatch"
FIRST_BACKOFF = 1.0

_ACCEPT = "text/html,application/xhtml+xml,application/json,application/xml;q=0.9,*/*;q=0.8"


def user_agent(version: str, contact: str) -> str:
    """The honest name under which we ask: program, version, whom to write to."""
    return f"planwatch/{version} (+{contact})"


class Fetcher:
    """Shared by all worker threads of a process; :meth:`fetch` may be called from any of them.

    ``agent`` is the whole User-Agent (:func:`user_agent`), ``connections`` how many are kept to
    one host. ``resolver`` finds addresses, ``public`` says which of them anybody may ask, ``chance``
    gives numbers in [0, 1) for jitter.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        agent: str,
        connections: int = 10,
        resolver: Resolver = system_resolver,
        public: Callable[[str], bool] = is_public,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._agent = agent
        self._chance = chance
        self._transport = Transport(resolver, public, connections=connections)
        self._hosts = Hosts(clock)
        self._robots = Robots(clock, ROBOTS_AGENT)

    def close(self) -> None:
        """Close the kept connections; the fetcher can still be used, and opens new ones."""
        self._transport.close()

    def fetch(self, request: FetchRequest) -> FetchResult:
        """Fetch ``request.url``. What the network and the server do is an outcome, never an error.

        Raises only what ``clock.sleep`` raises, and errors of our own.
        """
        started = time.monotonic()
        if is_file_address(request.url):
            return self._file(request, started)
        attempt = 0
        seconds_left = request.policy.deadline
        while True:
            attempt += 1
            chain = Chain(url=request.url, hops=[], seconds_left=seconds_left)
            outcome = self._attempt(request, chain)
            wait = self._wait_before_next(request, outcome, chain, attempt)
            if wait is None:
                elapsed = time.monotonic() - started
                return self._result(request, outcome, chain, attempt, elapsed)
            self._clock.sleep(wait)
            seconds_left = chain.seconds_left - wait

    def _file(self, request: FetchRequest, started: float) -> FetchResult:
        found = look_at_file(request)
        return FetchResult(
            outcome=found.outcome,
            url=request.url,
            final_url=request.url,
            fetched_at=self._clock.now(),
            elapsed=time.monotonic() - started,
            body=found.body,
            media_type=found.media_type,
            validators=found.validators,
            reason=found.reason,
        )

    # --- one attempt: an address, and where it leads ----------------------------------------------

    def _attempt(self, request: FetchRequest, chain: Chain) -> FetchOutcome:
        cookies = ChainCookies()
        body = request.body
        while True:
            target = statuses.target_of(chain.url, "")
            if target is None:
                chain.reason, chain.can_retry = f"{chain.url} is no http(s) address", False
                return "client_error"
            verdict = self._robots_verdict(chain.url, request.policy)
            if verdict.outcome is not None:
                take_verdict(chain, verdict)
                return verdict.outcome
            wire = self._send(request, chain, body, cookies, verdict.crawl_delay)
            if wire.fault is not None:
                chain.reason = wire.reason
                return wire.fault
            pointed = next_hop(request, chain, wire)
            if pointed is None:
                outcome = settle(request, chain, wire, self._clock.now())
                built = outcome == "ok" and request.policy.browser
                return self._build(request, chain) if built else outcome
            hop, refused = pointed
            chain.hops.append(hop)
            if refused is not None:
                return refused
            cookies.keep(chain.url, wire.set_cookies)
            chain.url = hop.location
            if wire.status not in (307, 308):
                body = None

    def _send(
        self,
        request: FetchRequest,
        chain: Chain,
        body: bytes | None,
        cookies: ChainCookies,
        crawl_delay: float,
    ) -> Wire:
        policy = request.policy
        parts = urlsplit(chain.url)
        if policy.legacy_tls and parts.hostname != urlsplit(request.url).hostname:
            # The exception is for the source's own host; where it sends us is another matter.
            policy = msgspec.structs.replace(policy, legacy_tls=False)
        headers = self._headers(request, chain.url, body, cookies)
        with self._hosts.turn(parts.netloc, max(policy.spacing, crawl_delay)):
            begun = time.monotonic()
            wire = self._transport.send(
                chain.url,
                policy=policy,
                headers=headers,
                body=body,
                seconds=chain.seconds_left,
                max_bytes=policy.max_bytes,
            )
            chain.seconds_left -= time.monotonic() - begun
        chain.status, chain.headers = wire.status, wire.headers
        return wire

    def _headers(
        self, request: FetchRequest, url: str, body: bytes | None, cookies: ChainCookies
    ) -> dict[str, str]:
        headers = {
            "User-Agent": self._agent,
            "Accept": _ACCEPT,
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
            "Accept-Encoding": ACCEPT_ENCODING,
        }
        kept = request.validators
        # What scripts fetch may change under a page that does not.
        if kept and not request.policy.browser and url == (kept.url or request.url):
            if kept.etag:
                headers["If-None-Match"] = kept.etag
            if kept.last_modified:
                headers["If-Modified-Since"] = kept.last_modified
        if urlsplit(url).netloc == urlsplit(request.url).netloc:
            headers.update(request.headers if body is not None or not request.body else ())
        cookie = cookies.header_for(url)
        if cookie:
            headers["Cookie"] = cookie
        return headers

    def _build(self, request: FetchRequest, chain: Chain) -> FetchOutcome:
        """Let a browser build the page that was fetched; ``chain`` takes what it built."""
        policy = request.policy

        def load(
            url: str, body: bytes | None, headers: tuple[tuple[str, str], ...], seconds: float
        ) -> Wire:
            if self._robots_verdict(url, policy).outcome is not None:
                return Wire(fault="forbidden_by_robots")
            with self._hosts.turn(urlsplit(url).netloc, 0.0):
                return self._transport.send(
                    url,
                    policy=policy,
                    headers={"User-Agent": self._agent, **dict(headers)},
                    body=body,
                    seconds=seconds,
                    max_bytes=policy.max_bytes,
                )

        media_type = dict(chain.headers).get("content-type", "text/html")
        begun = time.monotonic()
        built = build_page(
            chain.url, chain.body, media_type, load=load, seconds=max(chain.seconds_left, 1.0)
        )
        chain.seconds_left -= time.monotonic() - begun
        if built.reason:
            chain.reason, chain.can_retry = built.reason, False
            return "timeout" if built.timed_out else "client_error"
        if len(built.html) > policy.max_bytes:
            chain.reason = f"the built page has {len(built.html)} bytes"
            return "too_large"
        chain.body = built.html
        chain.headers = (("content-type", "text/html; charset=utf-8"), ("x-built-by", "browser"))
        return "ok"

    # --- robots -----------------------------------------------------------------------------------

    def _robots_verdict(self, url: str, policy: FetchPolicy) -> RobotsVerdict:
        if not policy.obey_robots:
            return RobotsVerdict(None)
        own = msgspec.structs.replace(
            policy, obey_robots=False, max_bytes=ROBOTS_BYTES, attempts=2, browser=False
        )
        return self._robots.verdict(url, lambda at: self.fetch(FetchRequest(url=at, policy=own)))

    # --- between attempts, and the end ----------------------------------------------------------

    def _wait_before_next(
        self, request: FetchRequest, outcome: FetchOutcome, chain: Chain, attempt: int
    ) -> float | None:
        """Seconds until the next attempt, or None where this one was the last."""
        if outcome not in TRANSIENT or not chain.can_retry or attempt >= request.policy.attempts:
            return None
        backoff = FIRST_BACKOFF * 2 ** (attempt - 1) * (0.5 + self._chance())
        wait = max(backoff, chain.retry_after or 0.0)
        # A wait that leaves no time to ask again is the schedule's to make, not ours.
        return wait if wait < chain.seconds_left else None

    def _result(
        self,
        request: FetchRequest,
        outcome: FetchOutcome,
        chain: Chain,
        attempts: int,
        elapsed: float,
    ) -> FetchResult:
        headers = dict(chain.headers)
        media_type, charset = statuses.content_type(headers.get("content-type", ""))
        return FetchResult(
            outcome=outcome,
            url=request.url,
            final_url=chain.url,
            fetched_at=self._clock.now(),
            elapsed=elapsed,
            status=chain.status,
            headers=chain.headers,
            body=chain.body,
            media_type=media_type,
            charset=charset,
            validators=_validators(headers, chain.url, request.url)
            if outcome == "ok"
            else NO_VALIDATORS,
            hops=tuple(chain.hops),
            attempts=attempts,
            retry_after=chain.retry_after,
            reason=chain.reason,
        )


def _validators(headers: Mapping[str, str], final_url: str, url: str) -> Validators:
    return Validators(
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        url=final_url if final_url != url else None,
    )
