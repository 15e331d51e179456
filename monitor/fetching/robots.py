"""robots.txt: what a site allows us, kept for a day.

RFC 9309: a file that is not there (4xx) allows everything; one that cannot be had (5xx, network)
forbids everything until it can. The second is not kept for long.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from monitor.fetching.clock import Clock
from monitor.fetching.values import FetchOutcome, FetchResult

KEEP_SECONDS = 24 * 3600.0
KEEP_FAILURE_SECONDS = 300.0
MAX_BYTES = 512_000
#: No site keeps us waiting longer than this between two requests; a larger wish is cut to it.
LONGEST_CRAWL_DELAY = 120.0
_KEPT_SITES = 2000
#: What one source may not do says nothing about another one on the same site.
_OF_THE_SOURCE = ("tls_error", "forbidden_address")


class RobotsVerdict(msgspec.Struct, frozen=True):
    """``outcome`` is None where the address may be fetched; ``crawl_delay`` is in seconds.

    ``answer`` is what was served for robots.txt where that stands in the way: a wall before the
    whole site shows itself there first.
    """

    outcome: FetchOutcome | None
    reason: str = ""
    crawl_delay: float = 0.0
    answer: FetchResult | None = None


ALLOWED = RobotsVerdict(None)


class _Kept(msgspec.Struct):
    until: float
    rules: Protego | None = None
    failure: RobotsVerdict = ALLOWED


class Robots:
    """Asks each site once a day. ``get`` fetches the address of a robots.txt, without asking us."""

    def __init__(self, clock: Clock, agent: str) -> None:
        self._clock = clock
        self._agent = agent
        self._kept: dict[str, _Kept] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def verdict(self, url: str, get: Callable[[str], FetchResult]) -> RobotsVerdict:
        """Whether ``url`` may be fetched, and how far apart the site wants requests."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        kept = self._of(site, get)
        if kept.rules is None:
            return kept.failure
        delay = kept.rules.crawl_delay(self._agent) or 0.0
        delay = min(max(float(delay), 0.0), LONGEST_CRAWL_DELAY)
        if kept.rules.can_fetch(url, self._agent):
            return RobotsVerdict(None, crawl_delay=delay)
        return RobotsVerdict("forbidden_by_robots", f"{site}/robots.txt forbids {url}", delay)

    def _of(self, site: str, get: Callable[[str], FetchResult]) -> _Kept:
        with self._lock:
            kept = self._kept.get(site)
            lock = self._locks.setdefault(site, threading.Lock())
        if kept is not None and self._fresh(kept):
            return kept
        with lock:  # several workers, one request
            with self._lock:
                kept = self._kept.get(site)
            if kept is not None and self._fresh(kept):
                return kept
            kept = self._judge(site, get(f"{site}/robots.txt"))
            if kept.failure.outcome in _OF_THE_SOURCE:
                return kept
            with self._lock:
                if len(self._kept) >= _KEPT_SITES:
                    self._kept.clear()
                    self._locks.clear()
                self._kept[site] = kept
            return kept

    def _fresh(self, kept: _Kept) -> bool:
        # The second condition: a clock that was set back must not keep an answer for ever.
        left = kept.until - self._clock.monotonic()
        return 0 < left <= KEEP_SECONDS

    def _judge(self, site: str, result: FetchResult) -> _Kept:
        now = self._clock.monotonic()
        if result.outcome == "ok":
            text = result.body.decode("utf-8", "replace")
            return _Kept(now + KEEP_SECONDS, rules=Protego.parse(text))
        if result.outcome in ("gone", "client_error", "moved_home", "redirect_loop", "wrong_type"):
            return _Kept(now + KEEP_SECONDS)
        outcome = result.outcome if result.outcome != "too_large" else "forbidden_by_robots"
        failure = RobotsVerdict(
            outcome, f"{site}/robots.txt could not be had: {result.reason}", answer=result
        )
        return _Kept(now + KEEP_FAILURE_SECONDS, failure=failure)
