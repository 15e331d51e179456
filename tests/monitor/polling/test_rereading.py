"""A newer tool reads old snapshots again: recorded beside the older reading, told to nobody."""

import msgspec
import pytest

from monitor.polling.tools import Tools
from monitor.rereading import reread
from plans.model import Extract
from plans.reading.read import read
from plans.registry.load import shipped_registry
from storage import readings
from tests.monitor.invented import Invented
from tests.monitor.watch import article_source

PLAN = Invented()
AMENDED = PLAN.with_bodies(0, 1, "水利部、司法部负责")


def forgetful(extract, registry):
    """A newer reader that drops the last task: a difference that no publisher made."""
    plan = read(extract, registry)
    return msgspec.structs.replace(plan, tasks=plan.tasks[:-1])


def newer(**changed):
    return Tools(registry=shipped_registry(), **changed)


@pytest.fixture
def watched(publisher, watch):
    publisher.page("/plan.html", PLAN.page())
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    publisher.page("/plan.html", AMENDED.page())
    watch.poll()
    return watch


def upgrade(watch, tools):
    watch.tools = tools
    watch.runtime = msgspec.structs.replace(watch.runtime, tools=tools)


def test_nothing_is_read_twice_by_the_same_tools(watched):
    assert reread(watched.runtime).read == 0


def test_a_newer_reader_makes_new_readings_beside_the_old_and_tells_nobody(watched):
    before = watched.told()
    upgrade(watched, newer(read=forgetful, reader_version="next"))
    done = reread(watched.runtime)
    assert (done.read, done.differ, done.kept) == (2, 2, 0)
    first, second = watched.versions()
    assert len(watched.plan(first).tasks) == 11
    with watched.database.reading() as conn:
        assert len(readings.readings_of(conn, first.id)) == 2
        # The changeset that was told stays what it was; the new one stands beside it.
        assert len(readings.changesets_of(conn, second.id, against="predecessor")) == 2
    assert watched.told() == before
    assert reread(watched.runtime).read == 0


def test_after_an_upgrade_of_the_reader_an_unchanged_page_is_no_news(watched):
    before = watched.told()
    upgrade(watched, newer(read=forgetful, reader_version="next"))
    reread(watched.runtime)
    assert watched.poll().outcome == "not_modified"
    assert watched.told() == before


def test_after_an_upgrade_of_the_extractor_the_same_text_is_the_same_text(watched, publisher):
    """Another extractor gives another text of the same page; both sides are taken with the new one."""

    def chatty(body, **how) -> Extract:
        made = watched_tools.extract(body, **how)
        return msgspec.structs.replace(made, text=f"{made.text}\n（完）")

    watched_tools = watched.tools
    before = watched.told()
    upgrade(watched, newer(extract=chatty, extractor_version="next"))
    reread(watched.runtime)
    publisher.page("/plan.html", AMENDED.page(hits=77))
    assert watched.poll().outcome == "same_text"
    assert len(watched.versions()) == 2
    publisher.page("/plan.html", PLAN.page(hits=78))
    assert watched.poll().outcome == "reverted"
    assert len(watched.versions()) == 2
    assert [e for e, _ in watched.told()[len(before) :]] == ["reverted"]
