"""`planwatch import` of what people have: each file is told, what is wrong with one costs no other."""

import os

import pytest

from tests.monitor.importing.archives import record
from tests.monitor.importing.repository import Repository
from tests.monitor.invented import Invented
from tests.monitor.watch import HEAD


@pytest.fixture
def watched(planwatch):
    planwatch.configure(HEAD)
    return planwatch


def test_a_folder_with_things_that_cannot_be_read(watched, tmp_path):
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (folder / "a.txt").write_text(Invented(2030).text, encoding="utf-8")
    (folder / "deep" / "b 计划.txt").write_text(Invented(2031).text, encoding="utf-8")
    (tmp_path / "elsewhere" / "c.txt").write_text(Invented(2032).text, encoding="utf-8")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "deep" / "up").symlink_to(folder)
    (folder / "loop").symlink_to("loop")
    (folder / "dead.txt").symlink_to("nothing")
    (folder / "noise.warc").write_bytes(b"nothing")
    # The machine refuses to read it, also to root.
    (folder / "memory").symlink_to("/proc/self/mem")
    os.mkfifo(folder / "pipe")
    answer = watched("import", "texts", "--json")
    assert answer.code == 3
    told = {one["name"]: (one["ref"], one["outcome"]) for one in answer.json()}
    assert told == {
        "texts/a.txt": ("lakes#1", "new_version"),
        "texts/dead.txt": (None, "unreadable"),
        "texts/deep/b 计划.txt": ("lakes#2", "new_version"),
        "texts/linked/c.txt": ("lakes#3", "new_version"),
        "texts/loop": (None, "unreadable"),
        "texts/memory": (None, "unreadable"),
        "texts/noise.warc": (None, "unreadable"),
        "texts/pipe": (None, "unreadable"),
    }
    assert all(one["detail"] for one in answer.json())


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_is_closed_is_named(watched, tmp_path):
    (tmp_path / "texts" / "closed").mkdir(parents=True)
    (tmp_path / "texts" / "a.txt").write_text(Invented(2030).text, encoding="utf-8")
    (tmp_path / "texts" / "closed").chmod(0)
    answer = watched("import", "texts", "--json")
    (tmp_path / "texts" / "closed").chmod(0o700)
    assert [one["outcome"] for one in answer.json()] == ["new_version", "unreadable"]


def test_an_empty_folder_is_not_done(watched, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / ".hidden").write_text("x")
    answer = watched("import", "texts")
    assert answer.code == 3
    assert "no file in texts" in answer.err


def test_the_history_of_a_file(watched, tmp_path):
    repository = Repository(tmp_path / "history")
    repository.write("推进 计划.txt", Invented(2030).text, day="2030-05-07")
    repository.write("推进 计划.txt", Invented(2031).text, day="2031-05-07")
    answer = watched("import", "history", "--history-of", "推进 计划.txt", "--json")
    assert answer.code == 0, answer.err
    assert [one["ref"] for one in answer.json()] == ["lakes#1", "lakes#2"]
    missing = watched("import", "history", "--history-of", "other.txt")
    assert missing.code == 3
    assert "git ls-files" in missing.err


def test_a_damaged_archive_tells_what_was_kept_before(watched, tmp_path):
    whole = record("https://lakes.example/a.html", Invented(2030).page())
    cut = record("https://lakes.example/b.html", Invented(2031).page())[:-400]
    (tmp_path / "a.warc.gz").write_bytes(whole + cut)
    answer = watched("import", "a.warc.gz", "--json")
    assert answer.code == 3
    assert [one["ref"] for one in answer.json()] == ["lakes#1"]
    assert f"from byte {len(whole):,} on; get it again" in answer.err.replace("\n", " ")
