"""Files that are sent: by programs with a token, by people with a form, and by those who may not."""

import re
import socket

import pytest
import requests

from dashboard.security.guard import LARGEST_UPLOAD, LONGEST_BODY, longest_body
from dashboard.security.tokens import new_token
from tests.dashboard.examples import DOCUMENT
from tests.monitor.invented import Invented
from tests.monitor.watch import article_source

PLAN = Invented()
NEXT = PLAN.with_bodies(0, 1, "水利部、司法部负责")
HALF = PLAN.without(*((2, n) for n in range(5)))
TOKEN, KEPT = new_token("desk-bot")
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def desk(watch, publisher, serve):
    """A watch of nothing yet, with its dashboard."""
    watch = watch(article_source(publisher.url("/plan.html")))
    watch.url = serve(
        watch.database, clock=watch.clock.now, runtime=lambda: watch.runtime,
        config=lambda: watch.runtime.config, user="ann", tokens=(KEPT,),
    ).url  # fmt: skip
    return watch


def send(desk, content, name="plan.html", headers=BEARER, document="lakes", **fields):
    return requests.post(
        f"{desk.url}/api/v1/documents/{document}/import",
        files={"file": (name, content)},
        data=fields,
        headers=headers,
        timeout=120,
    )


def test_a_program_brings_a_text_and_hears_what_came_of_it(desk):
    answer = send(desk, PLAN.page())
    assert answer.status_code == 201, answer.text
    assert answer.json()["outcome"] == "new_version"
    assert answer.json()["version"]["number"] == 1
    again = send(desk, PLAN.text.encode(), name="plan.txt")
    assert (again.status_code, again.json()["version"]["id"]) == (200, 1)
    changed = send(desk, NEXT.page(), url="https://plans.example/next.html")
    assert changed.json()["version"]["url"] == "https://plans.example/next.html"
    (change,) = desk.changes(desk.versions()[1])
    assert change.kind == "agency_assigned"
    assert desk.told() == []


def test_subscribers_are_told_where_the_sender_says_so(desk):
    send(desk, PLAN.page())
    send(desk, NEXT.page(), tell="true")
    assert "version_recorded" in desk.events()


def test_what_the_checks_doubt_is_kept_where_the_sender_insists(desk):
    send(desk, PLAN.page())
    held = send(desk, HALF.page())
    assert (held.status_code, held.json()["outcome"]) == (409, "held")
    assert "believe" in held.json()["detail"]
    assert len(desk.versions()) == 1
    assert send(desk, HALF.page(), believe="true").status_code == 201


@pytest.mark.parametrize(
    ("content", "name", "fields", "status", "outcome"),
    [
        (b"", "empty.html", {}, 422, "empty"),
        (b"%PDF-1.7\n1 0 obj\n<<", "torn.pdf", {}, 422, "unreadable"),
        (b"MZ\x90\x00" * 99, "run.exe", {}, 415, "wrong_type"),
        ("湖边的天气很好，大家都去了。\n".encode() * 20, "notes.txt", {}, 422, "not_a_plan"),
        (PLAN.page(), "plan.html", {"nature": "rumour"}, 422, None),
        (PLAN.page(), "plan.html", {"url": "javascript:alert(1)"}, 422, None),
        (PLAN.page(), "plan.html", {"url": "file:///etc/passwd"}, 422, None),
        (PLAN.page(), "plan.html", {"edition": "9" * 99}, 422, None),
        (PLAN.page(), "plan.html", {"document": "none"}, 404, None),
    ],
)
def test_a_problem_says_what_came_of_it(desk, content, name, fields, status, outcome):
    answer = send(desk, content, name, **fields)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json().get("outcome") == outcome
    assert answer.json()["detail"]
    assert desk.versions() == []


def test_a_body_without_a_file_is_a_problem(desk):
    where = f"{desk.url}/api/v1/documents/lakes/import"
    for more in ({"data": b"x"}, {"json": {}}, {"data": {"file": "words"}},
                 {"data": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data"}}):  # fmt: skip
        headers = BEARER | more.pop("headers", {})
        answer = requests.post(where, headers=headers, timeout=30, **more)
        assert answer.status_code in (400, 422)
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_nobody_without_a_token_sends_anything(desk):
    for headers in ({}, {"Authorization": "Bearer pw_wrong"}, {"Origin": desk.url}):
        assert send(desk, PLAN.page(), headers=headers).status_code == 401
    assert desk.versions() == []


def test_without_a_watch_it_says_what_to_run(small, serve):
    url = serve(small, tokens=(KEPT,)).url
    answer = requests.post(
        f"{url}/api/v1/documents/{DOCUMENT}/import",
        files={"file": ("p.txt", PLAN.text)}, headers=BEARER, timeout=30,
    )  # fmt: skip
    assert answer.status_code == 409
    assert f"planwatch import FILE --document {DOCUMENT}" in answer.json()["detail"]
    page = requests.get(f"{url}/documents/{DOCUMENT}/import", timeout=30).text
    assert "planwatch import FILE" in page


# --- the cap -----------------------------------------------------------------------------------


def answer_to(desk, head, pieces):
    """The status line that a request sent by hand hears."""
    host, port = desk.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(head.encode())
        try:
            for piece in pieces:
                line.sendall(piece)
            line.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # It hung up in the middle, having answered.
        return line.recv(2000).split(b"\r\n")[0].decode()


@pytest.mark.parametrize("path", ["/api/v1/documents/lakes/import", "/documents/lakes/import"])
def test_a_length_above_the_cap_is_refused_unread(desk, path):
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
        f"Content-Length: {LARGEST_UPLOAD * 2}\r\n\r\n"
    )
    assert " 413 " in answer_to(desk, head, [])


def test_a_body_that_tells_no_length_ends_at_the_cap(desk):
    head = (
        "POST /api/v1/documents/lakes/import HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {TOKEN}\r\nTransfer-Encoding: chunked\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    )
    start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    pieces = [start, *([b"x" * 1_000_000] * 25)]
    chunks = [f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces]
    assert " 413 " in answer_to(desk, head, chunks)
    assert desk.versions() == []


def test_only_imports_may_be_long():
    assert longest_body("/documents/a/import") == LARGEST_UPLOAD + LONGEST_BODY
    for path in (
        "/alerts/x/acknowledge",
        "/documents/a/b/import",
        "/documents/a/imports",
        "/import",
    ):
        assert longest_body(path) == LONGEST_BODY


# --- the form ----------------------------------------------------------------------------------


def test_a_person_brings_a_file_in_the_page(desk):
    session, where = requests.Session(), f"{desk.url}/documents/lakes/import"
    page = session.get(where, timeout=30).text
    data = {"token": re.search(r'name="token" value="([0-9a-f]+)"', page)[1]}

    def submit(content, headers=None, **more):
        return session.post(
            where, data | more, files={"file": ("计划.html", content)},
            headers={"Origin": desk.url} | (headers or {}), timeout=60,
        )  # fmt: skip

    assert submit(PLAN.page(), {"Origin": "http://evil.example"}).status_code == 403
    assert submit(PLAN.page(), token="0" * 64).status_code == 403
    assert desk.versions() == []
    done = submit(PLAN.page())
    assert done.url == f"{desk.url}/documents/lakes/versions/1"
    held = submit(HALF.page())
    assert held.status_code == 409
    assert 'name="believe"' in held.text
    assert submit(HALF.page(), believe="true").url.endswith("/versions/2")
    assert "file:%E8%AE%A1%E5%88%92.html" in desk.versions()[0].url


def test_a_refusal_is_told_in_the_language_of_the_page(desk):
    session, where = requests.Session(), f"{desk.url}/documents/lakes/import"
    page = session.get(f"{where}?lang=zh", timeout=30).text
    data = {"token": re.search(r'name="token" value="([0-9a-f]+)"', page)[1]}

    def told(**more):
        answer = session.post(
            where, data | more, files={"file": ("plan.html", PLAN.page())},
            headers={"Origin": desk.url}, timeout=60,
        )  # fmt: skip
        assert answer.status_code == 422
        return re.search(r'role="alert">(.*?)</p>', answer.text)[1]

    assert told(url="javascript:alert(1)") == "发布地址应以 https:// 或 http:// 开头。"
    assert told(edition="9" * 41).startswith("年度应为年份")
    assert told(nature="rumour").startswith("文本性质无效")
