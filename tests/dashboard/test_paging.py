"""Lists page by page: everything once, also where many were written in one moment."""

import re

import pytest
import requests

from dashboard.pages.alerts import PER_PAGE
from storage import outbox, pages, reviews, visits
from storage.records import NewAlert, NewReview, NewVisit
from tests.dashboard.examples import NOW, SOURCE


@pytest.fixture
def crowded(archive):
    """Seven more alerts, visits and reviews, all of one moment."""
    with archive.writing() as conn:
        for n in range(7):
            alert = NewAlert(
                id=f"{n:x}" * 32, event="version_recorded", subscription=f"readers-{n}",
                headline=f"Headline {n}", payload={}, severity="major",
            )  # fmt: skip
            outbox.add(conn, alert, [], now=NOW)
            page = pages.ensure(conn, SOURCE, f"http://office.example/{n}", now=NOW)
            visits.record(conn, NewVisit(page_id=page.id, at=NOW, outcome="not_modified"))
            reviews.hold(
                conn,
                NewReview(subject=f"x:{n}", reason="r", url="http://office.example/", title="t"),
                now=NOW,
            )
    return archive


def followed(url, path):
    """The items of all pages, in their order."""
    found, sizes = [], []
    while path:
        page = requests.get(url + path, timeout=30).json()
        found += [item["id"] for item in page["items"]]
        sizes.append(len(page["items"]))
        path = page["next"]
    return found, sizes


@pytest.mark.parametrize("what", ["alerts", f"sources/{SOURCE}/visits", "reviews"])
def test_everything_comes_once(crowded, serve, what):
    url = serve(crowded).url
    whole, _ = followed(url, f"/api/v1/{what}?limit=200")
    assert len(set(whole)) == len(whole) == 8
    paged, sizes = followed(url, f"/api/v1/{what}?limit=3")
    assert paged == whole
    assert sizes == [3, 3, 2]


def test_the_page_of_alerts_goes_on_within_a_moment(crowded, serve):
    with crowded.writing() as conn:
        for n in range(PER_PAGE):
            alert = NewAlert(
                id=f"b{n:02x}f" * 8, event="version_recorded", subscription=f"others-{n}",
                headline=f"Headline {n}", payload={}, severity="major",
            )  # fmt: skip
            outbox.add(conn, alert, [], now=NOW)
    url = serve(crowded).url
    first = requests.get(f"{url}/alerts", timeout=30).text
    older = re.search(r'<a href="([^"]*)">Older alerts', first)[1].replace("&amp;", "&")
    last = requests.get(url + older, timeout=30).text
    assert "Older alerts" not in last
    seen = [re.findall(r'<a href="/alerts/([0-9a-f]{32})"', page) for page in (first, last)]
    assert len(seen[0]) == PER_PAGE
    assert len({*seen[0], *seen[1]}) == PER_PAGE + 8
