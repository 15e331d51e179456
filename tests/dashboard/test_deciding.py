"""Deciding in the pages with a whole watch behind them: what is accepted becomes a version and is told."""

import re

import requests


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
