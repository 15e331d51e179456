"""A fetcher with a clock of its own, on which waiting costs nothing."""

import datetime as dt
from collections.abc import Iterator

import pytest

from monitor.fetching.fetcher import Fetcher
from monitor.fetching.values import FetchPolicy, FetchRequest, FetchResult
from tests.publisher.server import Publisher


class TestClock:
    """Time that passes only when somebody sleeps; ``sleeps`` are all waits, in order."""

    __test__ = False

    def __init__(self) -> None:
        self.seconds = 0.0
        self.sleeps: list[float] = []

    def now(self) -> dt.datetime:
        return dt.datetime(2025, 5, 7, tzinfo=dt.UTC) + dt.timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.seconds += seconds


class Asking:
    """Fetches from a publisher, with a short deadline and without spacing unless told."""

    def __init__(self, fetcher: Fetcher, clock: TestClock) -> None:
        self.fetcher = fetcher
        self.clock = clock

    def __call__(self, url: str, **fields: object) -> FetchResult:
        asked = {
            name: fields.pop(name) for name in ("validators", "body", "headers") if name in fields
        }
        limits = {"allow_private": True, "spacing": 0.0, "deadline": 5.0, "attempts": 1, **fields}
        return self.fetcher.fetch(FetchRequest(url=url, policy=FetchPolicy(**limits), **asked))


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def ask(clock: TestClock) -> Iterator[Asking]:
    fetcher = Fetcher(
        clock=clock, agent="planwatch/test (+https://example.org)", chance=lambda: 0.5
    )
    yield Asking(fetcher, clock)
    fetcher.close()


@pytest.fixture
def site(publisher: Publisher) -> Publisher:
    return publisher
