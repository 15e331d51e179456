"""Commands on what is kept: import, versions, show, diff of stored versions, baseline, links."""

import json
import sqlite3

import pytest

from storage.verify import OUTSIDE
from tests.planwatch.plans import NEW, OLD

CONFIG = """
documents:
  - id: lakes
    titles: {zh: 湖泊创新推进计划, en: Lake Innovation Plan}
    title_patterns: ['(?P<edition>20\\d\\d)年湖泊创新推进计划']
"""


@pytest.fixture
def kept(planwatch):
    """Two versions of one edition."""
    planwatch.configure(CONFIG)
    for text in (OLD, NEW):
        answer = planwatch("import", planwatch.file("plan.txt", text))
        assert answer.code == 0, answer.err
    return planwatch


def test_an_imported_text_is_a_version_of_the_document_that_its_title_fits(kept):
    rows = kept("versions", "lakes", "--json").json()
    assert [(row["ref"], row["edition"]) for row in rows] == [
        ("lakes#2", "2041"),
        ("lakes#1", "2041"),
    ]


def test_the_same_text_again_is_the_same_version(kept):
    answer = kept("import", kept.file("copy.txt", NEW), "--json")
    assert answer.json()[0]["ref"] == "lakes#2"
    assert len(kept("versions", "lakes", "--json").json()) == 2


def test_any_two_stored_versions_compare(kept):
    answer = kept("diff", "lakes#1", "lakes@latest")
    assert answer.code == 1
    assert "Ministry of Public Security joins" in answer.out
    assert kept("diff", "lakes#2", "lakes#2").code == 0


def test_a_stored_version_compares_with_a_file(kept):
    assert kept("diff", "lakes#1", kept.file("old.txt", OLD)).code == 0


def test_show_gives_the_bytes_as_they_were_served(kept):
    assert kept("show", "lakes#1", "--format", "bytes").out == OLD
    assert "湖泊登记条例" in kept("show", "lakes#1", "--format", "text").out
    assert kept("show", "lakes#1", "--json").json()["edition"] == "2041"


def test_documents_tell_the_newest_version_and_the_baseline(kept):
    rows = {row["id"]: row for row in kept("documents", "--json").json()}
    assert rows["lakes"]["latest"] == "lakes#2"
    assert rows["ip-power-plan"]["baseline"] == "ip-power-plan#1"


def test_a_baseline_is_set_shown_and_cleared(kept):
    assert kept("baseline", "set", "lakes#1").code == 0
    assert kept("baseline", "show", "lakes", "--json").json()["ref"] == "lakes#1"
    assert kept("diff", "lakes@baseline", "lakes#1").code == 0
    kept("baseline", "clear", "lakes")
    assert kept("baseline", "show", "lakes", "--json").json()["ref"] is None
    assert kept("diff", "lakes@baseline", "lakes#1").code == 2


def test_a_version_that_is_not_there_says_what_there_is(kept):
    answer = kept("show", "lakes#9")
    assert answer.code == 2
    assert "lakes" in answer.err


def test_a_rejected_link_is_no_link_from_then_on(kept):
    assert kept("links", "reject", "lakes#1", "lakes#2", "2", "2").code == 0
    changes = kept("diff", "lakes#1", "lakes#2", "--json").json()["changes"]
    assert {"task_added", "task_removed"} <= {
        c["kind"] for c in changes if "2" in c["old"] + c["new"]
    }
    assert kept("links", "confirm", "lakes#1", "lakes#2", "2", "2").code == 0
    links = kept("diff", "lakes#1", "lakes#2", "--json").json()["links"]
    assert (["2"], ["2"], 1.0) in [(one["old"], one["new"], one["confidence"]) for one in links]


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("empty.txt", b"", "empty"),
        ("noise.txt", bytes(range(256)) * 40, "unreadable"),
        ("letter.txt", "各位同事：周五下午开会。".encode(), "not_a_plan"),
        ("half.html", f"<html><body><p>{OLD.splitlines()[0]}</p>".encode() + b"<p>x" * 9, None),
    ],
)
def test_what_is_no_plan_is_named_and_nothing_of_it_is_stored(kept, name, content, outcome):
    answer = kept("import", kept.file(name, content), "--document", "lakes", "--json")
    assert answer.code == 3
    if outcome is not None:
        assert answer.json()[0]["outcome"] == outcome
    assert len(kept("versions", "lakes", "--json").json()) == 2


def test_an_address_of_this_machine_is_refused(kept):
    answer = kept("import", "http://127.0.0.1:9/plan.html", "--json")
    assert answer.code == 3
    assert answer.json()[0]["outcome"] == "forbidden_address"


def test_the_schema_is_told(kept):
    assert kept("db", "info", "--json").json()["revision"]
    assert "up to date" in kept("db", "upgrade").out


def test_status_without_a_daemon_exits_with_3_and_says_what_to_do(kept):
    answer = kept("status")
    assert answer.code == 3
    assert "planwatch run" in answer.out
    assert kept("status", "--quiet").code == 3


def test_an_unknown_body_is_listed_and_one_line_teaches_it(kept):
    text = OLD.replace("科技部负责", "湖泊管理总署负责")
    kept("import", kept.file("third.txt", text))
    unknown = kept("registry", "unknown", "--json").json()
    assert {"name": "湖泊管理总署", "tasks": 1} in unknown
    own = kept.folder / "data" / "registry"
    own.mkdir()
    (own / "agencies.csv").write_text(
        "id,zh_full,zh_names,en_full,en_names,successor_of,since,until,member,checked,known_names\n"
        "lakes,湖泊管理总署,湖泊管理总署,Lakes Administration,LA,,,,no,seen,\n",
        encoding="utf-8",
    )
    assert kept("reread", "lakes", "--json").json()["differ"] == 1
    assert kept("registry", "unknown", "--json").json() == []
    assert kept("registry", "find", "LA", "--json").json()["agency"]["id"] == "lakes"


def test_the_shipped_baseline_is_not_read_by_a_program_that_knows_less(kept):
    before = kept("show", "ip-power-plan#1", "--json").json()
    kept("reread")
    assert kept("show", "ip-power-plan#1", "--json").json() == before


def test_verify_finds_a_single_changed_byte(kept):
    assert kept("verify").code == 0
    database = sqlite3.connect(kept.folder / "data" / "planwatch.sqlite3")
    with database:
        database.execute(
            "UPDATE snapshots SET final_url = 'http://elsewhere.example/' WHERE id = 2"
        )
    database.close()
    answer = kept("verify", "--json")
    assert answer.code == 3
    assert answer.json()["faults"][0]["kind"]


def test_verify_names_what_it_does_not_look_at(kept):
    answer = kept("verify")
    assert (answer.code, "Nothing was changed" in answer.out) == (0, True)
    assert "--verbose" in answer.out
    named = kept("verify", "--verbose").out
    for name, reason in OUTSIDE.items():
        assert name in named
        assert reason.split()[0] in named
    told = kept("verify", "--json", "--facts-only").json()
    assert told["outside"] == OUTSIDE
    assert (told["bytes"], told["faults"]) == (False, [])
    assert "Of the facts, nothing was changed" in kept("verify", "--facts-only").out


def test_export_and_import_of_a_web_archive_bring_the_same_versions(kept):
    kept("export", "lakes", "out")
    assert kept("export", "lakes", "out").code == 2
    again = kept("--data", "elsewhere", "import", "out/lakes.warc.gz", "--json")
    assert again.code == 0, again.err
    texts = {kept("show", f"lakes#{n}", "--format", "bytes").out for n in (1, 2)}
    copies = {
        kept("--data", "elsewhere", "show", f"lakes#{n}", "--format", "bytes").out for n in (1, 2)
    }
    assert copies == texts


def test_either_half_of_an_export_or_its_folder_brings_it_back_once(kept):
    kept("export", "lakes", "out")
    for n, what in enumerate(("out", "out/lakes.json", "out/lakes.warc.gz")):
        again = kept("--data", f"elsewhere-{n}", "import", what, "--json")
        assert again.code == 0, again.err
        assert [one["ref"] for one in again.json()] == ["lakes#1", "lakes#2"]
    kept("--data", "elsewhere-0", "export", "lakes", "again")
    one, other = ((kept.folder / name / "lakes.json").read_text() for name in ("out", "again"))
    assert [v["version"]["fetched_at"] for v in json.loads(one)["versions"]] == [
        v["version"]["fetched_at"] for v in json.loads(other)["versions"]
    ]
    (kept.folder / "out" / "lakes.json").write_text('{"schema": "planwatch/export/1"')
    broken = kept("--data", "elsewhere-3", "import", "out")
    assert broken.code == 3
    assert "export it again" in broken.err
