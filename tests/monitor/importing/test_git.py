"""The history of a file in git becomes versions with the days of its commits."""

import datetime as dt
import os
import subprocess

import pytest

from monitor.importing import NotAnArchive, Wish
from monitor.importing_git import import_git_history, texts_in_git
from tests.monitor.importing.repository import Repository
from tests.monitor.invented import Invented
from tests.monitor.watch import article_source

PLAN = Invented()
AMENDED = PLAN.with_bodies(0, 1, "水利部、司法部负责")


def draft(n):
    return PLAN.with_words(0, 0, f"研究制定《湖泊观测数据登记办法》第{n}稿。").text


@pytest.fixture
def desk(watch):
    return watch(article_source("http://127.0.0.1:9/none.html"))


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path / "history")


def days(texts):
    return [f"{text.committed_at:%m-%d}" for text in texts]


def bring(desk, repository, file="plan.txt", **wish):
    return list(import_git_history(desk.runtime, repository.folder, file, Wish(**wish)))


def test_each_text_is_a_version_of_the_day_of_its_commit(desk, repository):
    repository.write("plan.txt", PLAN.text, day="2031-05-07")
    repository.write("other.txt", "apart", day="2031-05-08")
    repository.write("plan.txt", PLAN.text + "\n", day="2031-05-09")
    repository.write("plan.txt", AMENDED.text, day="2031-06-01")
    results = bring(desk, repository)
    assert [r.outcome for r in results] == ["new_version", "witnessed", "new_version"]
    first, second = desk.versions()
    assert second.predecessor_id == first.id
    assert second.fetched_at == dt.datetime(2031, 6, 1, tzinfo=dt.UTC)
    assert second.url.startswith("git:plan.txt@")
    assert desk.told() == []


def test_a_second_import_adds_nothing(desk, repository):
    repository.write("plan.txt", PLAN.text, day="2031-05-07")
    repository.write("plan.txt", AMENDED.text, day="2031-06-01")
    bring(desk, repository)
    assert [r.outcome for r in bring(desk, repository)] == ["witnessed", "witnessed"]
    assert len(desk.versions()) == 2


def test_a_file_that_was_renamed_keeps_its_history(repository):
    repository.write("old name.txt", PLAN.text, day="2031-05-07")
    (repository.folder / "texts").mkdir()
    repository.git("mv", "old name.txt", "texts/plan.txt")
    repository.git("commit", "-q", "-m", "move", day="2031-05-20")
    repository.write("texts/plan.txt", AMENDED.text, day="2031-06-01")
    # Moving it changed no text.
    assert days(texts_in_git(repository.folder, "texts/plan.txt")) == ["05-07", "06-01"]
    inside = texts_in_git(repository.folder / "texts", "plan.txt")
    assert days(inside) == ["05-07", "06-01"]


def test_a_file_that_was_taken_away_and_came_back(desk, repository):
    repository.write("plan.txt", PLAN.text, day="2031-05-07")
    repository.git("rm", "-q", "plan.txt")
    repository.git("commit", "-q", "-m", "away", day="2031-05-20")
    repository.write("plan.txt", PLAN.text, day="2031-06-01")
    repository.write("plan.txt", AMENDED.text, day="2031-06-02")
    assert days(texts_in_git(repository.folder, "plan.txt")) == ["05-07", "06-01", "06-02"]
    outcomes = [r.outcome for r in bring(desk, repository)]
    assert outcomes == ["new_version", "witnessed", "new_version"]


def test_a_file_that_is_gone_now_still_has_its_history(repository):
    repository.write("plan.txt", PLAN.text, day="2031-05-07")
    repository.git("rm", "-q", "plan.txt")
    repository.git("commit", "-q", "-m", "away", day="2031-05-20")
    assert days(texts_in_git(repository.folder, "plan.txt")) == ["05-07"]


def test_texts_of_branches_and_of_their_merge_are_there(repository):
    repository.write("plan.txt", draft(1), day="2031-05-01")
    repository.git("checkout", "-q", "-b", "side")
    repository.write("plan.txt", draft(2), day="2031-05-03")
    repository.git("checkout", "-q", "main")
    repository.write("apart.txt", "x", day="2031-05-04")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "side", day="2031-05-05")
    found = texts_in_git(repository.folder, "plan.txt")
    assert days(found)[:2] == ["05-01", "05-03"]
    # The merge brought the same text to the main line: once is enough.
    assert len(found) == 2
    # A merge that settles a conflict has a text that neither side had.
    repository.git("checkout", "-q", "-b", "other")
    repository.write("plan.txt", draft(3), day="2031-05-06")
    repository.git("checkout", "-q", "main")
    repository.write("plan.txt", draft(4), day="2031-05-07")
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "-q", "other")
    repository.write("plan.txt", draft(5), day="2031-05-08")
    found = texts_in_git(repository.folder, "plan.txt")
    assert days(found) == ["05-01", "05-03", "05-06", "05-07", "05-08"]


@pytest.mark.parametrize(
    "name", ["推进计划 全文.txt", "a*b[1].txt", ":(top)plan.txt", "-plan.txt", 'q"uote\n.txt']
)
def test_the_name_is_taken_as_it_is(desk, repository, name):
    (repository.folder / name).write_text(PLAN.text, encoding="utf-8")
    (repository.folder / "aXb1.txt").write_text(AMENDED.text, encoding="utf-8")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "text", day="2031-05-07")
    (result,) = bring(desk, repository, name)
    assert result.outcome == "new_version"
    (version,) = desk.versions()
    assert version.url.startswith("git:") and not set(version.url) & set(' "\n')


def test_a_bare_repository(desk, repository, tmp_path):
    repository.write("texts/plan.txt", PLAN.text, day="2031-05-07")
    repository.git("clone", "-q", "--bare", str(repository.folder), str(tmp_path / "bare.git"))
    found = list(import_git_history(desk.runtime, tmp_path / "bare.git", "texts/plan.txt", Wish()))
    assert [r.outcome for r in found] == ["new_version"]


def test_of_a_shallow_clone_what_there_is_is_imported_and_the_rest_is_missed(
    desk, repository, tmp_path
):
    repository.write("plan.txt", PLAN.text, day="2031-05-07")
    repository.write("plan.txt", AMENDED.text, day="2031-06-01")
    shallow = tmp_path / "shallow"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.folder}", str(shallow))
    found = []
    with pytest.raises(NotAnArchive, match=r"shallow.*--unshallow"):
        for one in import_git_history(desk.runtime, shallow, "plan.txt", Wish()):
            found.append(one)
    assert [r.outcome for r in found] == ["new_version"]


def test_what_is_no_text_is_named_and_stops_nothing(desk, repository):
    repository.write("plan.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, day="2031-05-01")
    repository.write("plan.txt", b"", day="2031-05-02")
    repository.write("plan.txt", PLAN.text, day="2031-05-07")
    largest = desk.runtime.config.settings.max_bytes
    repository.write("plan.txt", b"x" * (largest + 1), day="2031-05-08")
    repository.write("plan.txt", AMENDED.text, day="2031-05-09")
    outcomes = [r.outcome for r in bring(desk, repository)]
    assert outcomes == ["unreadable", "empty", "new_version", "too_large", "new_version"]
    assert len(desk.versions()) == 2


def test_two_hundred_commits_come_in_their_order(repository):
    lines = []
    for n in range(200):
        at = 1_935_000_000 + n * 3600
        text = draft(n).encode()
        lines.append(
            f"commit refs/heads/main\ncommitter a <a@example.org> {at} +0800\ndata 1\nx"
            f"\nM 100644 inline plan.txt\ndata {len(text)}\n".encode()
            + text
            + b"\n"
        )
    subprocess.run(
        ["git", "-C", str(repository.folder), "fast-import", "--quiet"],
        input=b"".join(lines), check=True, timeout=60,
    )  # fmt: skip
    found = texts_in_git(repository.folder, "plan.txt")
    assert len(found) == 200
    moments = [text.committed_at for text in found]
    assert moments == sorted(moments)
    assert len({text.blob for text in found}) == 200


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("other.txt", "no history of other.txt.*git ls-files"),
        ("../plan.txt", "outside"),
        ("/etc/passwd", "outside"),
        ("texts", "is a folder"),
        (".", "is a folder"),
        ("", "is a folder"),
    ],
)
def test_a_file_that_the_repository_does_not_have(desk, repository, file, says):
    repository.write("texts/plan.txt", PLAN.text, day="2031-05-07")
    with pytest.raises(NotAnArchive, match=says):
        bring(desk, repository, file)


def test_a_folder_that_is_no_repository_or_holds_no_commit(desk, repository, tmp_path):
    with pytest.raises(NotAnArchive, match="no commit yet"):
        bring(desk, repository)
    (tmp_path / "plain").mkdir()
    with pytest.raises(NotAnArchive, match="name the folder of a git repository"):
        list(import_git_history(desk.runtime, tmp_path / "plain", "plan.txt", Wish()))
    (tmp_path / "plan.txt").write_text(PLAN.text, encoding="utf-8")
    with pytest.raises(NotAnArchive, match="name the folder of a git repository"):
        list(import_git_history(desk.runtime, tmp_path / "plan.txt", "plan.txt", Wish()))


def test_a_link_is_no_text(repository):
    repository.write("plan.txt", PLAN.text, day="2031-05-01")
    (repository.folder / "link.txt").symlink_to("plan.txt")
    repository.git("add", "link.txt")
    repository.git("commit", "-q", "-m", "link", day="2031-05-02")
    with pytest.raises(NotAnArchive, match="no history"):
        texts_in_git(repository.folder, "link.txt")


def test_programs_that_a_repository_names_are_not_run(desk, repository, tmp_path):
    """A repository that somebody sent may name programs to show its files with."""
    ran = tmp_path / "ran"
    repository.write(".gitattributes", "*.txt diff=evil filter=evil\n", day="2031-05-01")
    repository.write("plan.txt", PLAN.text, day="2031-05-02")
    repository.write("plan.txt", AMENDED.text, day="2031-05-03")
    for key in ("diff.evil.textconv", "diff.evil.command", "filter.evil.smudge",
                "diff.external", "core.fsmonitor", "core.pager", "gpg.program"):  # fmt: skip
        repository.git("config", key, f"touch {ran};")
    repository.git("config", "log.showSignature", "true")
    assert len(bring(desk, repository)) == 2
    assert not ran.exists()


def test_a_repository_that_the_surroundings_name_is_not_taken(repository, tmp_path, monkeypatch):
    """As in a hook of git, which sets these for every program that it calls."""
    repository.write("plan.txt", PLAN.text, day="2031-05-02")
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    assert days(texts_in_git(repository.folder, "plan.txt")) == ["05-02"]
    assert "GIT_DIR" in os.environ
