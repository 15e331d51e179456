"""Web archives, and the way out again: export, then import elsewhere."""

import datetime as dt
import gzip
import json
import re

import pytest

from monitor.exporting import export
from monitor.importing import NotAnArchive, Wish
from monitor.importing_warc import import_warc
from storage.errors import NotFound
from storage.verify import verify
from tests.monitor.invented import Invented
from tests.monitor.watch import Watch, article_source

PLAN = Invented()
AMENDED = PLAN.with_bodies(0, 1, "水利部、司法部负责")


@pytest.fixture
def watched(publisher, watch):
    """Two versions of one page, and one more look with other bytes around the second."""
    publisher.page("/plan.html", PLAN.page())
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.poll()
    publisher.page("/plan.html", AMENDED.page())
    watch.poll()
    publisher.page("/plan.html", AMENDED.page(hits=5))
    watch.poll()
    return watch


def take_out(watch, folder):
    with watch.database.reading() as conn:
        return export(conn, "lakes", folder)


def test_what_was_exported_can_be_imported_elsewhere(
    watched, publisher, sqlite_target, open_database, tmp_path
):
    exported = take_out(watched, tmp_path / "out")
    assert (exported.versions, exported.snapshots, exported.released) == (2, 3, 0)
    elsewhere = Watch(
        open_database(str(tmp_path / "elsewhere.sqlite3")),
        article_source(publisher.url("/plan.html")),
    )
    results = list(import_warc(elsewhere.runtime, exported.warc, Wish()))
    assert [r.outcome for r in results] == ["new_version", "new_version", "witnessed"]
    here, there = watched.versions(), elsewhere.versions()
    assert [v.text_key for v in there] == [v.text_key for v in here]
    assert [v.url for v in there] == [v.url for v in here]
    assert [v.fetched_at for v in there] == [v.fetched_at for v in here]
    assert elsewhere.told() == []
    elsewhere.close()


def test_the_facts_are_told_in_json(watched, tmp_path):
    exported = take_out(watched, tmp_path)
    facts = json.loads(exported.facts.read_text(encoding="utf-8"))
    assert facts["document"]["id"] == "lakes"
    assert [v["ref"] for v in facts["versions"]] == ["lakes#1", "lakes#2"]
    (told,) = facts["versions"][1]["changesets"]
    assert told["changeset"]["changes"][0]["kind"] == "agency_assigned"
    assert len(facts["versions"][0]["plan"]["tasks"]) == 12
    assert all(len(shot["sha256"]) == 64 for shot in facts["snapshots"])
    assert len(facts["chain_head"]) == 64


def test_an_export_writes_over_nothing(watched, tmp_path):
    take_out(watched, tmp_path)
    with pytest.raises(FileExistsError):
        take_out(watched, tmp_path)
    with watched.database.reading() as conn, pytest.raises(NotFound):
        export(conn, "nothing", tmp_path)


def test_a_web_archive_that_is_none(watched, tmp_path):
    bad = tmp_path / "bad.warc.gz"
    bad.write_bytes(b"this is no archive\n" * 10)
    with pytest.raises(NotAnArchive, match="no WARC file"):
        list(import_warc(watched.runtime, bad, Wish()))


def test_the_archive_proves_whole_after_polls_imports_and_thinning(watched, publisher):
    for hits in range(6, 14):
        publisher.page("/plan.html", AMENDED.page(hits=hits))
        assert watched.poll(after=dt.timedelta(days=3)).outcome == "same_text"
    with watched.database.reading() as conn:
        assert list(verify(conn)) == []


def test_of_unchanged_texts_the_first_the_latest_and_one_a_month_keep_their_bytes(
    watched, publisher, tmp_path
):
    for hits in range(6, 46):
        publisher.page("/plan.html", AMENDED.page(hits=hits))
        watched.poll(after=dt.timedelta(days=3))
    exported = take_out(watched, tmp_path)
    facts = json.loads(exported.facts.read_text(encoding="utf-8"))
    shots = facts["snapshots"]
    kept = [shot for shot in shots if shot["bytes"]]
    months = {shot["fetched_at"][:7] for shot in shots}
    assert len(shots) == 43
    assert shots[-1] in kept
    assert {shot["fetched_at"][:7] for shot in kept} == months
    assert len(kept) <= len(months) + 4


def test_an_archive_that_is_cut_off_gives_no_shortened_text(watched, tmp_path, open_database):
    exported = take_out(watched, tmp_path / "out")
    plain = gzip.decompress(exported.warc.read_bytes())
    records = [m.start() for m in re.finditer(rb"WARC/1\.", plain)]
    cut = tmp_path / "cut.warc"
    # In the middle of the body of the second snapshot.
    cut.write_bytes(plain[: records[3] - 400])
    elsewhere = Watch(
        open_database(str(tmp_path / "elsewhere.sqlite3")), article_source("http://127.0.0.1:9/x")
    )
    found = []
    with pytest.raises(NotAnArchive, match="cut off"):
        for one in import_warc(elsewhere.runtime, cut, Wish()):
            found.append(one)
    assert [one.outcome for one in found] == ["new_version"]
    assert len(elsewhere.versions()) == 1
    elsewhere.close()


def test_a_record_that_was_changed_is_not_believed(watched, tmp_path, open_database):
    exported = take_out(watched, tmp_path / "out")
    plain = gzip.decompress(exported.warc.read_bytes())
    word = "水利部".encode()
    assert word in plain
    changed = tmp_path / "changed.warc"
    changed.write_bytes(plain.replace(word, "商务部".encode(), 1))
    elsewhere = Watch(
        open_database(str(tmp_path / "elsewhere.sqlite3")), article_source("http://127.0.0.1:9/x")
    )
    outcomes = [one.outcome for one in import_warc(elsewhere.runtime, changed, Wish())]
    assert outcomes[0] == "truncated"
    assert "new_version" in outcomes
    elsewhere.close()
