"""What a person brings: kept the poll's way, told to nobody, and named where it is no text."""

import pytest

from monitor.importing import Wish, files_below, import_path, import_url
from storage import baselines
from tests.monitor.invented import Invented, article
from tests.monitor.watch import article_source

PLAN = Invented()


@pytest.fixture
def desk(watch, publisher):
    return watch(article_source(publisher.url("/plan.html")))


def bring(desk, path, **wish):
    return list(import_path(desk.runtime, path, Wish(**wish)))


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_is_kept_once_and_told_to_nobody(desk, tmp_path):
    path = write(tmp_path, "plan.html", PLAN.page())
    (first,) = bring(desk, path)
    assert (first.outcome, first.ref) == ("new_version", "lakes#1")
    (again,) = bring(desk, path)
    assert (again.outcome, again.ref) == ("witnessed", "lakes#1")
    assert desk.told() == []
    (version,) = desk.versions()
    assert len(desk.plan(version).tasks) == 12
    # The archive does not say where on this machine a file lay.
    assert version.url == "file:plan.html"


def test_plain_text_and_a_page_of_it_are_one_text(desk, tmp_path):
    bring(desk, write(tmp_path, "plan.txt", PLAN.text))
    (page,) = bring(desk, write(tmp_path, "plan.html", PLAN.page()))
    assert page.outcome == "witnessed"


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("empty.html", b"", "empty"),
        ("plan.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, "unreadable"),
        ("plan.html", PLAN.page()[:-200], "truncated"),
        ("plan.pdf", b"%PDF-1.7\n1 0 obj\n<<", "unreadable"),
        ("news.html", article("湖泊保护志愿活动启动", "活动于今日启动。" * 40), "not_a_plan"),
        (
            "named.html",
            article(PLAN.title, "本计划正文将于近日公布，请各单位关注。" * 40),
            "not_a_plan",
        ),
        ("notes.txt", "今天的天气很好，大家都到湖边去了。\n" * 20, "not_a_plan"),
    ],
)
def test_what_is_no_text_is_named_and_nothing_of_it_is_stored(
    desk, tmp_path, name, content, outcome
):
    path = write(tmp_path, name, content)
    (result,) = bring(desk, path)
    assert (result.outcome, result.ref) == (outcome, None)
    assert result.detail
    assert desk.versions() == []
    assert path.exists()


def test_a_folder_is_taken_in_order_and_what_fails_stops_nothing(desk, tmp_path):
    folder = tmp_path / "texts"
    (folder / "more").mkdir(parents=True)
    write(folder, "a-2030.html", Invented(year=2030).page())
    write(folder, "b-empty.html", b"")
    write(folder / "more", "c-2031.html", PLAN.page())
    write(folder, ".hidden.html", PLAN.page())
    results = bring(desk, folder)
    assert [r.outcome for r in results] == ["new_version", "empty", "new_version"]
    assert [v.edition for v in desk.versions()] == ["2030", "2031"]
    assert len(files_below(folder)) == 3


def test_a_person_may_say_what_it_is(desk, tmp_path):
    path = write(tmp_path, "plan.txt", PLAN.text)
    (result,) = bring(desk, path, document="rivers", edition="2033", nature="draft")
    assert result.ref == "rivers#1"
    (version,) = desk.versions("rivers")
    assert (version.edition, version.nature) == ("2033", "draft")


def test_a_name_that_is_not_there(desk, tmp_path):
    with pytest.raises(FileNotFoundError, match="no file or folder"):
        bring(desk, tmp_path / "nothing.html")


def test_an_address_of_a_private_network_is_refused(desk, publisher):
    publisher.page("/plan.html", PLAN.page())
    result = import_url(desk.runtime, publisher.url("/plan.html"), Wish())
    assert result.outcome == "forbidden_address"
    assert publisher.log == []
    assert desk.versions() == []


def test_the_official_text_takes_the_place_of_the_summary_with_one_notice(desk, tmp_path):
    summary = "\n".join(PLAN.paragraphs()[7:14])
    (kept,) = bring(
        desk, write(tmp_path, "s.txt", summary), document="lakes", edition="2031", nature="summary"
    )
    with desk.database.writing() as conn:
        baselines.set_to(conn, "lakes", kept.version, pinned=False, now=desk.clock.now())
    (official,) = bring(desk, write(tmp_path, "plan.html", PLAN.page()))
    with desk.database.reading() as conn:
        assert baselines.current(conn, "lakes").version_id == official.version
    assert desk.events() == ["now_watching"]
    assert "baseline" in str(desk.alerts()[0].payload)


def test_a_summary_that_a_person_pinned_stays(desk, tmp_path):
    summary = "\n".join(PLAN.paragraphs()[7:14])
    (kept,) = bring(
        desk, write(tmp_path, "s.txt", summary), document="lakes", edition="2031", nature="summary"
    )
    with desk.database.writing() as conn:
        baselines.set_to(conn, "lakes", kept.version, pinned=True, now=desk.clock.now())
    bring(desk, write(tmp_path, "plan.html", PLAN.page()))
    with desk.database.reading() as conn:
        assert baselines.current(conn, "lakes").version_id == kept.version
    assert desk.told() == []


def test_next_year_against_a_summary_calls_nothing_added(desk, publisher, tmp_path):
    """What a summary does not mention may have been in the plan all the same."""
    summary = "\n".join(PLAN.paragraphs()[7:14])
    (kept,) = bring(
        desk, write(tmp_path, "s.txt", summary), document="lakes", edition="2031", nature="summary"
    )
    with desk.database.writing() as conn:
        baselines.set_to(conn, "lakes", kept.version, pinned=False, now=desk.clock.now())
    bring(desk, write(tmp_path, "next.html", Invented(year=2032).page()))
    newest = desk.versions()[-1]
    changes = desk.changes(newest, against="baseline")
    assert changes is not None
    assert not [change for change in changes if change.kind == "task_added"]
