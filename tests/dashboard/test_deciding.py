"""Deciding in the pages with a whole watch behind them: what is accepted becomes a version and is told."""

import re

import pytest
import requests

from tests.monitor.invented import Invented
from tests.monitor.watch import article_source

PLAN = Invented()
HALF = PLAN.without(*((2, n) for n in range(5)))


@pytest.fixture
def held(publisher, watch):
    """A watch whose page lost five of twelve tasks."""
    publisher.page("/plan.html", PLAN.page())
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    publisher.page("/plan.html", HALF.page())
    assert watch.poll().outcome == "held"
    return watch


def test_accepting_in_the_page(held, serve):
    url = serve(
        held.database, clock=held.clock.now, runtime=lambda: held.runtime,
        config=lambda: held.runtime.config, user="ann",
    ).url  # fmt: skip
    session = requests.Session()
    page = session.get(f"{url}/reviews", timeout=30).text
    assert "Accept it" in page
    token = re.search(r'name="token" value="([0-9a-f]+)"', page)[1]
    (review,) = held.reviews()
    answer = session.post(
        f"{url}/reviews/{review.id}", {"token": token, "decision": "accepted"},
        headers={"Origin": url}, timeout=30,
    )  # fmt: skip
    assert answer.status_code == 200
    assert "accepted" in answer.text
    assert [version.number for version in held.versions()] == [1, 2]
    assert held.events()[-1] == "version_recorded"
    assert held.reviews() == ()
    home = session.get(url, timeout=30).text
    assert "no longer listed" in home
    assert "is not running" in home
