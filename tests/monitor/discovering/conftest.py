"""Walks a list of the loopback publisher with the real fetcher."""

import pytest
from pydantic import TypeAdapter

from monitor.discovering.adapters import AdapterOptions
from monitor.discovering.walk import walk
from monitor.fetching.clock import SystemClock
from monitor.fetching.fetcher import Fetcher
from monitor.fetching.values import FetchPolicy
from tests.monitor.discovering.columns import ARTICLES

POLICY = FetchPolicy(
    allow_private=True, spacing=0, deadline=5, attempts=1, obey_robots=False, max_bytes=5_000_000
)


@pytest.fixture
def discover():
    """Reads a list; ``options`` are as they would stand under ``adapter`` in sources.yaml."""
    fetcher = Fetcher(clock=SystemClock(), agent="planwatch/test")

    def read(url, options, **fields):
        parsed = TypeAdapter(AdapterOptions).validate_python(options)
        return walk(url, parsed, fetcher.fetch, policy=POLICY, **fields)

    yield read
    fetcher.close()


@pytest.fixture
def names_the_articles():
    """Asserts that a discovery has the invented articles, whole titles, days and all."""

    def check(discovery):
        assert discovery.outcome == "listed", discovery.reason
        found = [(row.title, str(row.published_on)) for row in discovery.rows]
        assert found == ARTICLES

    return check
