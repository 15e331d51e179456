"""Files that somebody sends: read apart within limits, and named where they are no text."""

import gzip
import io
import zipfile

import docx
import pytest

from monitor.importing import Wish, import_path
from monitor.importing_uploads import import_upload, plain_name
from storage import readings
from tests.monitor.invented import Invented
from tests.monitor.watch import article_source

PLAN = Invented()


@pytest.fixture
def desk(watch, publisher):
    return watch(article_source(publisher.url("/plan.html")))


def word(text):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.html", PLAN.page()),
        ("plan.txt", PLAN.text.encode()),
        ("plan.docx", word(PLAN.text)),
    ],
)
def test_an_upload_is_kept_as_an_import_of_the_file_is(desk, tmp_path, name, content):
    sent = import_upload(desk.runtime, name, content, Wish(document="lakes"))
    assert (sent.outcome, sent.ref) == ("new_version", "lakes#1")
    (version,) = desk.versions()
    assert version.url == f"file:{name}"
    plan = desk.plan(version)
    assert [task.assignments[0].role for task in plan.tasks] == ["responsible"] * 12
    path = tmp_path / name
    path.write_bytes(content)
    (brought,) = import_path(desk.runtime, path, Wish(document="lakes"))
    assert (brought.outcome, brought.ref) == ("witnessed", "lakes#1")
    assert desk.told() == []


def test_what_the_sender_says_goes_before_what_the_text_says(desk):
    wish = Wish(document="lakes", edition="2029", url="https://plans.example/2029.html")
    assert import_upload(desk.runtime, "plan.txt", PLAN.text.encode(), wish).kept
    (version,) = desk.versions()
    assert (version.edition, version.url) == ("2029", "https://plans.example/2029.html")


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b"<w>" + b" " * 200_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "outcome", "says"),
    [
        ("bomb.docx", bomb(), "unreadable", "grow"),
        ("bomb.html.gz", gzip.compress(b"<p>" * 30_000_000), "wrong_type", "gzip"),
        ("deep.html", b"<html><body>" + b"<div>" * 300_000 + b"</body></html>", None, ""),
        ("run.exe", b"MZ\x90\x00" * 100, "wrong_type", "binary"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "wrong_type", "image"),
        ("data.json", b'{"a": 1}', "wrong_type", "json"),
        ("empty.pdf", b"", "empty", ""),
        ("torn.pdf", b"%PDF-1.7\n1 0 obj\n<<", "unreadable", ""),
        ("notes.txt", "今天的天气很好，大家都到湖边去了。\n".encode() * 20, "not_a_plan", ""),
    ],
)
def test_what_is_no_text_is_named_and_nothing_is_kept(desk, name, content, outcome, says):
    sent = import_upload(desk.runtime, name, content, Wish(document="lakes"))
    assert sent.ref is None
    assert outcome in (None, sent.outcome), sent
    assert says in sent.detail
    assert desk.versions() == []
    with desk.database.reading() as conn:
        assert readings.plan_of(conn, 1) is None


def test_more_tasks_than_any_plan_has_are_not_compared(desk):
    text = "2031年湖泊创新强国建设推进计划\n" + "".join(
        f"{n}. 推进第{n}号观测站建设。（水利部负责）\n" for n in range(1, 2600)
    )
    sent = import_upload(desk.runtime, "plan.txt", text.encode(), Wish(document="lakes"))
    assert (sent.outcome, sent.kept) == ("unreadable", False)
    assert "tasks" in sent.detail


def test_a_file_above_the_cap_is_not_opened(desk):
    largest = desk.runtime.config.settings.max_bytes
    sent = import_upload(desk.runtime, "plan.txt", b"x" * (largest + 1), Wish(document="lakes"))
    assert sent.outcome == "too_large"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\计划.docx", "计划.docx"),
        ('a"\r\nSet-Cookie: x=1.txt', 'a"Set-Cookie: x=1.txt'),
        ("", "upload"),
        ("..", "upload"),
        ("x" * 400 + ".docx", "x" * 150 + ".docx"),
    ],
)
def test_a_name_is_its_last_part_without_signs_that_steer(sent, kept):
    assert plain_name(sent) == kept
