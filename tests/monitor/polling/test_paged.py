"""An article that its publisher parted over several pages is one text."""

import pytest

from monitor.text_key import text_key
from tests.monitor.invented import Invented, article
from tests.monitor.watch import article_source
from tests.publisher.faults import wall_521

PLAN = Invented()
PAGER = (
    "</p><div class='pages'><a href='plan_1.html'>2</a><a href='plan_1.html'>下一页</a></div><p>"
)


def parted(plan: Invented) -> tuple[bytes, bytes]:
    """The plan's page, and the page that carries it on."""
    paragraphs = plan.paragraphs()
    first = article(plan.title, *paragraphs[:16], PAGER)
    return first, article(plan.title, *paragraphs[16:])


@pytest.fixture
def site(publisher):
    first, second = parted(PLAN)
    publisher.page("/plan.html", first)
    publisher.page("/plan_1.html", second)
    return publisher


@pytest.fixture
def seen(site, watch):
    watch = watch(article_source(site.url("/plan.html")))
    watch.poll()
    return watch


def test_the_pages_are_read_as_one_plan(seen):
    (version,) = seen.versions()
    assert len(seen.plan(version).tasks) == 12
    assert version.text_key == text_key(PLAN.text)


def test_the_same_pages_again_are_no_new_version(seen, site):
    first, _second = parted(PLAN)
    site.page("/plan.html", first.replace(b"</body>", b"<div class='share'>2</div></body>"))
    poll = seen.poll()
    assert poll.ok
    assert len(seen.versions()) == 1


def test_a_change_on_the_second_page_is_told(seen, site):
    first, second = parted(PLAN.with_bodies(2, 4, "水利部、司法部负责"))
    site.page("/plan.html", first.replace(b"</body>", b" </body>"))
    site.page("/plan_1.html", second)
    poll = seen.poll()
    assert poll.outcome == "new_version"
    assert len(seen.versions()) == 2


def test_a_page_that_cannot_be_had_makes_no_half_version(seen, site):
    first, _second = parted(PLAN)
    site.page("/plan.html", first.replace(b"</body>", b" </body>"))
    site.answer("/plan_1.html", wall_521())
    poll = seen.poll()
    assert not poll.ok
    assert "page 2 of the text" in (poll.detail or "")
    assert len(seen.versions()) == 1
