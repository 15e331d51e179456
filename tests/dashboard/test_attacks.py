"""What somebody with bad intentions tries, against a real server: names that are markup, headers that
are lies, paths that climb, questions without end."""

import datetime as dt
import ipaddress
import socket

import pytest
import requests
from lxml import etree, html

from alerts.composing.message import Group, Item, Link, Message
from alerts.composing.templates import AlertFacts
from alerts.payload import Payload
from dashboard.security.tokens import new_token
from storage import documents, outbox, pages, reviews, snapshots, sources, versions, visits
from storage.records import (
    DocumentSpec,
    NewAlert,
    NewDelivery,
    NewReview,
    NewSnapshot,
    NewVersion,
    NewVisit,
    Part,
    SourceSpec,
)
from tests.dashboard.examples import ALERT, DOCUMENT, NOW

MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&{{7*7}}"
SCHEME = "javascript:alert(document.cookie)"
ITEM = Item(
    text=MARKUP, place=MARKUP, quote=MARKUP, segments=(("insert", MARKUP),), translation=MARKUP
)
MESSAGE = Payload(
    message=Message(
        headline=MARKUP, topic=MARKUP, language="en", notes=(MARKUP,), counts=(MARKUP,),
        groups=(Group(title=MARKUP, items=(ITEM,)),), links=(Link(label=MARKUP, url=SCHEME),),
    ),
    body={}, facts=AlertFacts(id="b" * 32, subscription=MARKUP),
).to_row()  # fmt: skip


@pytest.fixture
def hostile(archive):
    """An archive in which every text that came from outside is an attack."""
    with archive.writing() as conn:
        documents.ensure(conn, DocumentSpec(id=MARKUP, title_zh=MARKUP, title_en=MARKUP), NOW)
        sources.sync(
            conn,
            [SourceSpec(id=MARKUP, kind="article", authority="official", url=SCHEME, title=MARKUP,
                        documents=(MARKUP,))],
            NOW,
        )  # fmt: skip
        shot = snapshots.store(
            conn, NewSnapshot(url=SCHEME, fetched_at=NOW, media_type="text/html"), b"x", now=NOW
        )
        version = versions.record(
            conn,
            NewVersion(
                document_id=MARKUP, edition="2042", language="en", nature="official",
                text_key="k", parts=(Part(snapshot_id=shot),), fetched_at=NOW, url=SCHEME,
                title=MARKUP, document_number=MARKUP, issuer=MARKUP,
            ),
            expected_predecessor=None,
            now=NOW,
        )  # fmt: skip
        page = pages.ensure(conn, MARKUP, SCHEME, now=NOW, document_id=MARKUP, title=MARKUP)
        visits.record(conn, NewVisit(page_id=page.id, at=NOW, outcome="gone", detail=MARKUP))
        sources.record_result(
            conn, MARKUP, now=NOW, outcome="gone", detail=MARKUP, ok=False, next_due_at=NOW
        )
        reviews.hold(
            conn,
            NewReview(subject="p", reason=MARKUP, url=SCHEME, title=MARKUP, document_id=MARKUP,
                      source_id=MARKUP),
            now=NOW,
        )  # fmt: skip
        outbox.add(
            conn,
            NewAlert(id="b" * 32, event="version_recorded", subscription=MARKUP, headline=MARKUP,
                     payload=MESSAGE, severity="major", url=SCHEME, document_id=MARKUP,
                     version_id=version.id, source_id=MARKUP),
            [NewDelivery(channel=MARKUP, due_at=NOW)],
            now=NOW,
        )  # fmt: skip
    return archive


def paths():
    quoted = requests.utils.quote(MARKUP, safe="")
    doc = f"/documents/{quoted}"
    return ("/", doc, f"{doc}/versions/1", f"{doc}/import", f"{doc}/none", f"/sources/{quoted}",
            "/sources", "/alerts", f"/alerts/{'b' * 32}", "/reviews", f"/search?q={quoted}",
            f"/nowhere/{quoted}", f"/documents/{DOCUMENT}/compare?old=2&section={quoted}&body={quoted}",
            f"/documents/{DOCUMENT}/tasks/{quoted}", f"/alerts?state={quoted}&before={quoted}")  # fmt: skip


def test_what_came_from_outside_is_never_markup_and_never_a_link_that_runs(hostile, serve):
    url = serve(hostile).url
    for path in paths():
        for lang in ("en", "zh"):
            answer = requests.get(url + path, headers={"Accept-Language": lang}, timeout=30)
            assert answer.status_code < 500, path
            page = html.fromstring(answer.content)
            for script in page.iter("script"):
                assert (script.get("src") or "").startswith("/static/"), path
            assert not page.xpath("//img | //iframe | //object | //embed | //base"), path
            for element in page.iter():
                for name, value in element.attrib.items():
                    assert not name.lower().startswith("on"), (path, name)
                    if name in ("href", "src", "action", "formaction"):
                        assert not value.strip().lower().startswith(("javascript", "data")), path
            assert "49" not in page.text_content().replace(MARKUP, ""), path


def test_feeds_stay_well_formed(hostile, serve):
    url = serve(hostile).url
    quoted = requests.utils.quote(MARKUP, safe="")
    for path in ("/feed.atom", f"/documents/{quoted}/feed.atom"):
        answer = requests.get(url + path, timeout=30)
        if answer.status_code == 404:
            continue
        feed = etree.fromstring(answer.content)
        for link in feed.iter("{*}link"):
            assert link.get("href", "").startswith(("http://", "https://", "/")), path


def test_nothing_of_a_name_becomes_a_header(hostile, serve):
    url = serve(hostile).url
    for name in ("x\r\nSet-Cookie: stolen=1", 'x"; filename="evil.exe', MARKUP):
        quoted = requests.utils.quote(name, safe="")
        for path in (f"/documents/{quoted}/versions/1/text.txt", f"/documents/{quoted}/compare/redline.docx",
                     f"/documents/{quoted}/latest", f"/documents/{quoted}", f"/login?next={quoted}"):  # fmt: skip
            answer = requests.get(url + path, timeout=30, allow_redirects=False)
            assert answer.status_code < 500, path
            assert "stolen" not in "".join(f"{k}:{v}" for k, v in answer.headers.items())
            assert "stolen" not in answer.cookies
            assert '"; filename="evil' not in answer.headers.get("Content-Disposition", "")


@pytest.mark.parametrize(
    "path",
    [
        "/static/0/../../../../etc/passwd",
        "/static/0/..%2f..%2f..%2fetc%2fpasswd",
        "/static/..%2f..%2fsettings.py/planwatch.css",
        "/static/0/%2e%2e/%2e%2e/pyproject.toml",
        f"/documents/{DOCUMENT}/compare/..%2f..%2f..%2fetc%2fpasswd?old=2",
        f"/documents/{DOCUMENT}/versions/3/../../../../etc/passwd",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/memento/20420301060000/file:///etc/passwd",
        "/timegate/file:///etc/passwd",
    ],
)
def test_no_path_climbs_out(small, serve, path):
    server = serve(small)
    # By hand: clients tidy such paths up before they send them.
    with socket.create_connection((server.host, server.port), timeout=10) as line:
        line.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    status = answer.split(b" ", 2)[1]
    assert status in (b"404", b"200")
    assert b"root:" not in answer
    assert b"[project]" not in answer
    if status == b"200":
        assert b"text/css" in answer  # another name of the digest gives the same, public file


def test_a_question_without_end_is_answered_or_refused(small, serve):
    url = serve(small).url
    for path in (
        f"/search?q={'种' * 3000}",
        f"/search?q={'a' * 20_000}",
        f"/documents/{DOCUMENT}/compare?old=2&" + "&".join(f"x{n}=1" for n in range(3000)),
        f"/api/v1/tasks?q={'a' * 20_000}",
        f"/documents/{'x' * 20_000}",
        f"/alerts?before={'9' * 20_000}",
        f"/documents/{DOCUMENT}?before={'9' * 400}",
        f"/documents/{DOCUMENT}/flow?editions={'9' * 400}",
        f"/documents/{DOCUMENT}/versions/{'9' * 4000}",
        f"/timegate/http://{'x' * 20_000}",
        f"/search?q={'a' * 200_000}",
    ):
        try:
            status = requests.get(url + path, timeout=60).status_code
        except requests.RequestException:
            status = 400  # It hung up on the longest without a word.
            assert len(path) > 100_000
        assert status < 500, path[:60]
    session = requests.Session()
    page = html.fromstring(session.get(f"{url}/reviews", timeout=30).text)
    form = page.xpath("//input[@name='token']/@value")[0]
    answer = session.post(f"{url}/reviews/{'9' * 30}", {"token": form, "decision": "rejected"},
                          headers={"Origin": url}, timeout=30)  # fmt: skip
    assert answer.status_code == 422
    assert requests.get(url, timeout=30).ok


def test_no_other_page_may_read_an_answer(small, serve):
    url = serve(small).url
    for path in ("/", "/api/v1/documents", "/feed.atom"):
        for method in ("GET", "OPTIONS"):
            headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "GET"}
            answer = requests.request(method, url + path, headers=headers, timeout=30)
            assert not [n for n in answer.headers if n.lower().startswith("access-control")]
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


# --- who somebody says to be -----------------------------------------------------------------------

HERE = (ipaddress.ip_network("127.0.0.0/8"),)
FAR = (ipaddress.ip_network("10.1.2.3/32"),)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "10.1.2.3", "X-Remote-User": "ann"},
        {"X-Forwarded-For": "10.1.2.3, 127.0.0.1", "X-Remote-User": "ann"},
        {"Forwarded": "for=10.1.2.3;host=localhost;proto=https", "X-Remote-User": "ann"},
        {"X-Real-IP": "10.1.2.3", "X-Remote-User": "ann"},
        {"X-Forwarded-Host": "evil.example", "X-Remote-User": "ann"},
        {"X_Remote_User": "ann"},
        {"Remote-User": "ann"},
    ],
)
def test_no_header_makes_somebody_the_proxy(small, serve, headers):
    url = serve(small, login=True, proxies=FAR, proxy_header="X-Remote-User").url
    answer = requests.get(f"{url}/alerts", headers=headers, timeout=30, allow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/login")
    assert requests.get(f"{url}/api/v1/alerts", headers=headers, timeout=30).status_code == 401


@pytest.mark.parametrize(
    "lines",
    [
        "X-Remote-User: ann\r\nX-Remote-User: root\r\n",
        "X-Remote-User: \r\n",
        f"X-Remote-User: {'a' * 200}\r\n",
        "X-Remote-User: ann\x01\r\n",
        "X-Remote-User : ann\r\n",
    ],
)
def test_a_proxy_that_passes_on_what_it_was_sent_is_not_believed(small, serve, lines):
    server = serve(small, login=True, proxies=HERE, proxy_header="X-Remote-User")
    with socket.create_connection((server.host, server.port), timeout=10) as line:
        line.sendall(
            f"GET /alerts HTTP/1.1\r\nHost: localhost\r\n{lines}Connection: close\r\n\r\n".encode()
        )
        status = line.recv(200).split(b" ", 2)[1]
    assert status in (b"303", b"400")


def test_a_session_cannot_be_made_or_lengthened(small, serve):
    token, kept = new_token("ann")
    now = [NOW]
    server = serve(small, clock=lambda: now[0], login=True, tokens=(kept,))
    session = requests.Session()
    page = html.fromstring(session.get(f"{server.url}/login", timeout=30).text)
    form = page.xpath("//input[@name='token']/@value")[0]
    session.post(f"{server.url}/login", {"token": form, "secret": token},
                 headers={"Origin": server.url}, timeout=30)  # fmt: skip
    real = session.cookies["planwatch_session"]
    until, name, mac = real.split(".")
    later = int(until) + 10**6
    for forged in (
        f"{later}.{name}.{mac}",
        f"{until}.{b'root'.hex()}.{mac}",
        f"{until}.{name}.",
        f"{until}.{name}",
        f"..{mac}",
        "x" * 4000,
        f"{until}.zz.{mac}",
        "%00.%00.%00",
    ):
        answer = requests.get(
            f"{server.url}/alerts", cookies={"planwatch_session": forged}, timeout=30,
            allow_redirects=False,
        )  # fmt: skip
        assert answer.status_code == 303, forged[:40]
    good = {"planwatch_session": real}
    assert requests.get(f"{server.url}/alerts", cookies=good, timeout=30).ok
    # Another process has another key.
    other = serve(small, login=True, tokens=(kept,)).url
    answer = requests.get(f"{other}/alerts", cookies=good, timeout=30, allow_redirects=False)
    assert answer.status_code == 303
    now[0] += dt.timedelta(days=1)


def test_guessing_is_slowed_for_all_who_guess_together(small, serve):
    _, kept = new_token("ann")
    url, session = serve(small, login=True, tokens=(kept,)).url, requests.Session()
    page = html.fromstring(session.get(f"{url}/login", timeout=30).text)
    form = page.xpath("//input[@name='token']/@value")[0]
    statuses = [
        session.post(f"{url}/login", {"token": form, "secret": f"pw_{n}"},
                     headers={"Origin": url, "X-Forwarded-For": f"10.0.0.{n}"}, timeout=30).status_code
        for n in range(7)
    ]  # fmt: skip
    assert statuses == [403] * 5 + [429] * 2


def test_an_alert_is_not_acknowledged_by_a_link(small, serve):
    url = serve(small).url
    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH"):
        answer = requests.request(method, f"{url}/alerts/{ALERT}/acknowledge", timeout=30)
        assert answer.status_code in (404, 405)
    with small.reading() as conn:
        assert outbox.get(conn, ALERT).acknowledged_at is None


@pytest.mark.parametrize(
    "path", ["/login", f"/alerts/{ALERT}/acknowledge", f"/documents/{DOCUMENT}/import"]
)
def test_a_body_that_drips_in_does_not_hold_a_connection(small, serve, path):
    server = serve(small, body_seconds=0.02)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.url}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(head.encode())
        # Nothing more is sent: that an answer comes at all is what is asked for.
        status = int(line.recv(2000).split()[1])
    assert status in (400, 408)
    assert requests.get(server.url, timeout=30).ok


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example", "/\t/evil.example",
     SCHEME, " //evil.example", "/\r\nSet-Cookie: a=b", "///evil.example", "http:evil.example"],
)  # fmt: skip
def test_a_login_leads_nowhere_else(small, serve, elsewhere):
    secret, kept = new_token("ann")
    server = serve(small, login=True, tokens=(kept,))
    session = requests.Session()
    page = session.get(f"{server.url}/login", params={"next": elsewhere}, timeout=30).text
    assert html.fromstring(page).xpath("//input[@name='next']/@value") == ["/"]
    (token,) = html.fromstring(page).xpath("//main//input[@name='token']/@value")
    answer = session.post(
        f"{server.url}/login",
        data={"token": token, "secret": secret, "next": elsewhere},
        headers={"Origin": server.url},
        allow_redirects=False,
        timeout=30,
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    assert "a" not in answer.cookies


def test_a_token_in_the_address_opens_nothing(small, serve):
    secret, kept = new_token("ann")
    url = serve(small, login=True, tokens=(kept,)).url
    for query in (f"token={secret}", f"access_token={secret}", f"secret={secret}"):
        assert requests.get(f"{url}/api/v1/documents?{query}", timeout=30).status_code == 401
        answer = requests.get(f"{url}/?{query}", timeout=30, allow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/login")
