"""Kept copies for Memento clients: which one belongs to a moment, how they are linked, and no script."""

import datetime as dt
import re
import urllib.parse

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from dashboard.memento import chosen, original_of
from storage import snapshots
from storage.records import NewSnapshot

PAGE = "http://office.example/notices/list?kind=1&sort=a"
EVIL = (
    "<html><head><title>Archived</title><meta http-equiv='refresh' content='0;url=/alerts'></head>"
    "<body><p id='a'>words</p><script>document.body.innerHTML='ran'</script>"
    "<img src='http://evil.example/x.png' onerror=\"document.title='ran'\">"
    "<form action='/logout' method='post'><button>x</button></form></body></html>"
)
DAYS = (1, 5, 9)


def at(day):
    return dt.datetime(2042, 3, day, 6, 0, tzinfo=dt.UTC)


def http_date(moment):
    return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.fixture
def kept(archive):
    """Three copies of a page, one of which was let go of, and a file."""
    with archive.writing() as conn:

        def keep(url, day, body, media_type, *headers):
            new = NewSnapshot(
                url=url, fetched_at=at(day), status=200, media_type=media_type, headers=headers
            )
            return snapshots.store(conn, new, body, now=at(day))

        for day in DAYS:
            keep(PAGE, day, f"{EVIL}<!-- {day} -->".encode("gb18030"), "text/html",
                 ("content-type", "text/html; charset=gb18030"))  # fmt: skip
        gone = keep(PAGE, 7, b"let go of", "text/html")
        snapshots.release_body(conn, gone)
        keep("http://office.example/计划.pdf", 2, b"%PDF-1.7", "application/pdf")
    return archive


def ask(server, path, method="GET", **headers):
    given_ = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.request(
        method, f"{server.url}{path}", headers=given_, timeout=30, allow_redirects=False
    )


def links(text):
    """relation word -> [(target, datetime)]"""
    found = {}
    for target, rest in re.findall(r"<([^>]*)>((?:; *\w+=\"[^\"]*\")*)", text):
        fields = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        for word in fields["rel"].split():
            found.setdefault(word, []).append((target, fields.get("datetime")))
    return found


@pytest.mark.parametrize(("asked", "day"), [(None, 9), (3, 1), (5, 5), (8, 5), (28, 9)])
def test_the_gate_leads_to_what_stood_there_then(kept, serve, asked, day):
    server = serve(kept)
    more = {} if asked is None else {"Accept_Datetime": http_date(at(asked))}
    for method in ("GET", "HEAD"):
        answer = ask(server, f"/timegate/{PAGE}", method, **more)
        assert answer.status_code == 302
        assert answer.headers["Vary"] == "accept-datetime"
        assert "Memento-Datetime" not in answer.headers
        assert answer.headers["Location"] == f"{server.url}/memento/204203{day:02}060000/{PAGE}"
        told = links(answer.headers["Link"])
        assert told["original"] == [(PAGE, None)]
        assert told["timemap"][0][0] == f"{server.url}/timemap/link/{PAGE}"
        assert told["first"] == [(f"{server.url}/memento/20420301060000/{PAGE}", http_date(at(1)))]
        assert told["last"] == [(f"{server.url}/memento/20420309060000/{PAGE}", http_date(at(9)))]


def test_before_the_first_there_is_the_first(kept, serve):
    answer = ask(serve(kept), f"/timegate/{PAGE}", Accept_Datetime="Thu, 01 Jan 1998 00:00:00 GMT")
    assert "/memento/20420301060000/" in answer.headers["Location"]


@pytest.mark.parametrize("header", ["yesterday", "2042-03-05", "Sat, 99 Mar 2042 06:00:00 GMT", ""])
def test_what_is_no_date_is_refused(kept, serve, header):
    assert ask(serve(kept), f"/timegate/{PAGE}", Accept_Datetime=header).status_code == 400


def test_a_client_walks_from_the_gate_to_the_copy_and_on(kept, serve):
    server = serve(kept)
    when = http_date(at(6))
    answer = requests.get(
        f"{server.url}/timegate/{PAGE}", headers={"Accept-Datetime": when}, timeout=30
    )
    assert answer.headers["Memento-Datetime"] == http_date(at(5))
    assert answer.content.endswith(b"<!-- 5 -->")
    assert answer.headers["Content-Type"] == "text/html; charset=gb18030"
    told = links(answer.headers["Link"])
    (following, _), (before, _) = told["next"][0], told["prev"][0]
    assert requests.get(following, timeout=30).content.endswith(b"<!-- 9 -->")
    assert requests.get(before, timeout=30).content.endswith(b"<!-- 1 -->")


def test_the_map_lists_every_copy_that_is_kept(kept, serve):
    server = serve(kept)
    answer = ask(server, f"/timemap/link/{PAGE}")
    assert answer.headers["Content-Type"].startswith("application/link-format")
    told = links(answer.text)
    assert [moment for _, moment in told["memento"]] == [http_date(at(day)) for day in DAYS]
    assert told["self"][0][0] == f"{server.url}/timemap/link/{PAGE}"
    assert told["timegate"][0][0] == f"{server.url}/timegate/{PAGE}"
    for target, moment in told["memento"]:
        assert requests.get(target, timeout=30).headers["Memento-Datetime"] == moment


def test_a_moment_of_no_copy_leads_to_the_copy_of_then(kept, serve):
    server = serve(kept)
    answer = ask(server, f"/memento/20420307060000/{PAGE}")
    assert answer.status_code == 302
    assert "/memento/20420305060000/" in answer.headers["Location"]
    assert ask(server, f"/memento/soon/{PAGE}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/timegate/http://office.example/none",
        "/timegate/file:plan.html",
        "/timegate/ftp://office.example/",
        "/timegate/",
        "/timemap/link/http://office.example/none",
        "/memento/20420301060000/http://office.example/none",
    ],
)
def test_what_is_not_kept_is_not_there(kept, serve, path):
    assert ask(serve(kept), path).status_code == 404


def test_a_file_is_for_saving_under_a_harmless_name(kept, serve):
    server = serve(kept)
    answer = requests.get(f"{server.url}/timegate/http://office.example/计划.pdf", timeout=30)
    assert answer.content == b"%PDF-1.7"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    name = urllib.parse.quote("计划.pdf")
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"


def test_with_login_no_copy_is_shown_before(kept, serve):
    server = serve(kept, login=True)
    for path in (f"/timegate/{PAGE}", f"/timemap/link/{PAGE}", f"/memento/20420301060000/{PAGE}"):
        assert "/login" in ask(server, path).headers["Location"]


def test_the_page_of_a_version_leads_to_the_page_as_served(archive, serve):
    url = serve(archive).url
    page = requests.get(f"{url}/documents/demo-plan/versions/1", timeout=30).text
    copy = re.search(r'href="(/memento/[^"]+)"', page)[1]
    answer = requests.get(url + copy, timeout=30)
    assert answer.headers["Memento-Datetime"] == "Tue, 12 Mar 2041 06:00:00 GMT"
    assert "2041年" in answer.content.decode()


@pytest.mark.browser
def test_in_a_browser_no_script_of_a_copy_runs(kept, serve, chromium):
    server = serve(kept)
    page = chromium.new_context(base_url=server.url).new_page()
    asked, refused = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    page.goto(f"/memento/20420305060000/{PAGE}")
    page.wait_for_timeout(500)
    assert page.url.endswith(PAGE)
    assert page.locator("#a").inner_text() == "words"
    assert page.title() == "Archived"
    assert refused == [("http://evil.example/x.png", "csp")]
    assert asked == [page.url, "http://evil.example/x.png"]
    page.get_by_role("button").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert page.url.endswith(PAGE)
    page.context.close()


@pytest.mark.parametrize(
    ("path", "query", "meant"),
    [
        (b"/timegate/http://a.example/x", b"q=1&r=%C4", "http://a.example/x?q=1&r=%C4"),
        (b"/timegate/http:/a.example/x", b"", "http://a.example/x"),
        (b"/timegate/https%3A%2F%2Fa.example%2Fx%3Fq%3D1", b"", "https://a.example/x?q=1"),
        (b"/timegate/http://a.example/%E8%AE%A1", b"", "http://a.example/计"),
    ],
)
def test_an_address_is_understood_however_it_is_written(path, query, meant):
    assert meant in original_of(path, query, "/timegate/")


@given(st.lists(st.datetimes(), min_size=1, unique=True), st.datetimes())
def test_the_copy_of_a_moment_is_the_last_up_to_then(moments, wanted):
    moments = sorted(moments)
    found = chosen(moments, wanted)
    assert found <= wanted or found == moments[0]
    assert not any(found < other <= wanted for other in moments)
