"""Out and in again: an export brings back the same versions, of the same bytes, anywhere."""

import datetime as dt
import json

import msgspec
import pytest

from monitor.exporting import export
from monitor.importing import NotAnArchive
from monitor.importing_export import archive_beside, facts_beside, import_export
from storage.verify import verify
from tests.monitor.invented import Invented, article
from tests.monitor.watch import ManualClock, Watch, article_source
from tests.publisher.server import Answer

PLAN = Invented()
AMENDED = PLAN.with_bodies(0, 1, "水利部、司法部负责")
OTHERWISE = PLAN.with_bodies(0, 1, "水利部、公安部负责")
NOTICE = article(
    "关于印发《2031年湖泊创新强国建设推进计划》的通知",
    "现印发给你们，请认真贯彻执行。" * 3 + "</p><p><a href='/f/plan.txt'>推进计划.txt</a>",
)


@pytest.fixture
def watched(publisher, watch):
    """A notice with its plan as a file, then a page reached by another address, a mirror's own
    text, and a look at a text that was known."""
    publisher.page("/notice.html", NOTICE)
    publisher.answer(
        "/f/plan.txt", Answer(Invented(2030).text.encode(), media_type="text/plain; charset=utf-8")
    )
    publisher.answer("/old.html", Answer(status=302, headers=(("Location", "/plan.html"),)))
    publisher.page("/plan.html", PLAN.page())
    publisher.page("/mirror.html", PLAN.page(hits=3))
    clock = ManualClock(dt.datetime(2031, 5, 7, 2, 0, 0, 123457, tzinfo=dt.UTC))
    watch = watch(
        article_source(publisher.url("/notice.html"), id="notice")
        + article_source(publisher.url("/old.html"))
        + article_source(publisher.url("/mirror.html"), id="mirror", authority="mirror"),
        clock=clock,
    )
    for source in ("notice", "page", "mirror"):
        watch.poll(source)
    publisher.page("/plan.html", AMENDED.page())
    watch.poll()
    publisher.page("/plan.html", AMENDED.page(hits=5))
    watch.poll()
    publisher.page("/mirror.html", OTHERWISE.page())
    watch.poll("mirror")
    return watch


def take_out(database, folder):
    with database.reading() as conn:
        return export(conn, "lakes", folder)


def bring(desk, exported):
    return list(import_export(desk.runtime, exported.warc, exported.facts))


def told(exported):
    """What an export says of the versions, but for what is of one archive alone."""
    facts = json.loads(exported.facts.read_text(encoding="utf-8"))
    shots = {shot["id"]: shot for shot in facts["snapshots"]}

    def shot(number):
        return {k: v for k, v in shots[number].items() if k not in ("id", "blob_id", "source_id")}

    own = ("id", "recorded_at", "predecessor_id", "source_id", "first_look")
    ids = {kept["version"]["id"]: kept["ref"] for kept in facts["versions"]}
    return [
        {k: v for k, v in kept["version"].items() if k not in own}
        | {
            "before": ids.get(kept["version"]["predecessor_id"]),
            "parts": [(part["kind"], shot(part["snapshot_id"])) for part in kept["parts"]],
            "plan": kept["plan"],
            "witnesses": sorted(witness["url"] for witness in kept["witnesses"]),
        }
        for kept in facts["versions"]
    ]


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request, open_database, tmp_path, publisher):
    """An empty archive, of either kind whichever the first is."""
    target = str(tmp_path / "elsewhere.sqlite3")
    if request.param == "postgresql":
        target = request.getfixturevalue("second_postgresql")
    desk = Watch(open_database(target), article_source(publisher.url("/none.html")))
    yield desk
    desk.close()


@pytest.fixture
def second_postgresql(postgresql_server, _postgresql_template):
    import uuid

    from tests.fixtures.databases import _administer

    name = f"planwatch_{uuid.uuid4().hex}"
    _administer(postgresql_server, f'CREATE DATABASE "{name}" TEMPLATE "{_postgresql_template}"')
    yield postgresql_server.set(database=name).render_as_string(hide_password=False)
    _administer(postgresql_server, f'DROP DATABASE "{name}" WITH (FORCE)')


def test_an_export_brings_back_the_same_versions(watched, elsewhere, tmp_path):
    first = take_out(watched.database, tmp_path / "first")
    results = bring(elsewhere, first)
    assert [r.outcome for r in results[:4]] == [
        "new_version", "new_version", "new_version", "variant",
    ]  # fmt: skip
    assert all(r.kept for r in results)
    second = take_out(elsewhere.database, tmp_path / "second")
    assert told(second) == told(first)
    assert [len(version["parts"]) for version in told(first)] == [2, 1, 1, 1]
    assert elsewhere.told() == []
    for database in (watched.database, elsewhere.database):
        with database.reading() as conn:
            assert list(verify(conn)) == []


def test_a_second_import_adds_nothing(watched, elsewhere, tmp_path):
    exported = take_out(watched.database, tmp_path / "first")
    bring(elsewhere, exported)
    before = take_out(elsewhere.database, tmp_path / "before")
    bring(elsewhere, exported)
    bring(watched, exported)
    after = take_out(elsewhere.database, tmp_path / "after")
    assert (after.versions, after.snapshots) == (before.versions, before.snapshots)
    again = take_out(watched.database, tmp_path / "again")
    assert (again.versions, again.snapshots) == (exported.versions, exported.snapshots)


def test_an_import_that_was_ended_goes_on(watched, elsewhere, tmp_path):
    exported = take_out(watched.database, tmp_path / "first")
    running = import_export(elsewhere.runtime, exported.warc, exported.facts)
    next(running)
    next(running)
    running.close()
    assert len(elsewhere.versions()) == 2
    bring(elsewhere, exported)
    assert told(take_out(elsewhere.database, tmp_path / "second")) == told(exported)


def test_bytes_that_were_changed_are_missed(watched, elsewhere, tmp_path):
    exported = take_out(watched.database, tmp_path / "first")
    raw = bytearray(exported.warc.read_bytes())
    raw[len(raw) - 300 : len(raw) - 250] = b"\0" * 50
    exported.warc.write_bytes(bytes(raw))
    results = bring(elsewhere, exported)
    assert {r.outcome for r in results} >= {"new_version", "truncated"}
    missed = [r for r in results if r.outcome == "truncated"]
    assert all("export it again" in r.detail for r in missed)


def test_the_two_halves_know_each_other(watched, tmp_path):
    exported = take_out(watched.database, tmp_path / "out")
    assert facts_beside(exported.warc) == exported.facts
    assert archive_beside(exported.facts) == exported.warc
    exported.facts.write_text('{"a": 1}')
    assert facts_beside(exported.warc) is None
    assert archive_beside(exported.facts) is None


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-200], lambda text: text.replace('"id"', '"no"')]
)
def test_facts_that_are_not_whole(watched, elsewhere, tmp_path, spoil):
    exported = take_out(watched.database, tmp_path / "out")
    exported.facts.write_text(spoil(exported.facts.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(NotAnArchive, match="no whole export"):
        bring(elsewhere, exported)
    assert elsewhere.versions() == []


def test_a_version_without_its_snapshot(watched, elsewhere, tmp_path):
    exported = take_out(watched.database, tmp_path / "out")
    facts = msgspec.json.decode(exported.facts.read_bytes())
    facts["snapshots"] = []
    exported.facts.write_bytes(msgspec.json.encode(facts))
    with pytest.raises(NotAnArchive, match="no snapshot of lakes#1"):
        bring(elsewhere, exported)
