"""Who may write, and what writing does: forms of our own pages, and programs with a token."""

import datetime as dt
import ipaddress
import re

import pytest
import requests

from dashboard.pages.login import own_path
from dashboard.security.tokens import new_token
from plans.comparing.verdicts import task_key
from storage import outbox, readings, reviews, verdicts
from tests.dashboard.examples import ALERT, DOCUMENT, NOW

ACKNOWLEDGE = f"/alerts/{ALERT}/acknowledge"


def form_of(session, url, path):
    """The token that the forms of a page hold."""
    return re.search(r'name="token" value="([0-9a-f]+)"', session.get(url + path, timeout=30).text)[
        1
    ]


def seen(database):
    with database.reading() as conn:
        return outbox.get(conn, ALERT).acknowledged_by


def test_a_form_of_our_own_page_writes(archive, serve):
    url, session = serve(archive, user="ann").url, requests.Session()
    token = form_of(session, url, f"/alerts/{ALERT}")
    answer = session.post(url + ACKNOWLEDGE, {"token": token}, headers={"Origin": url}, timeout=30)
    assert answer.status_code == 200
    assert "Seen by" in answer.text
    assert seen(archive) == "ann"


def test_nothing_else_writes(small, serve):
    url, session, other = serve(small).url, requests.Session(), requests.Session()
    token = form_of(session, url, f"/alerts/{ALERT}")
    form_of(other, url, f"/alerts/{ALERT}")
    ours = {"Origin": url}
    tries = [
        (session, {"token": token}, {}),
        (session, {"token": token}, {"Origin": "http://evil.example"}),
        (session, {"token": token}, {"Origin": "null"}),
        (session, {"token": token}, ours | {"Sec-Fetch-Site": "cross-site"}),
        (session, {"token": "0" * 64}, ours),
        (session, {"token": "密"}, ours),
        (session, {}, ours),
        (other, {"token": token}, ours),
        (requests.Session(), {"token": token}, ours),
    ]
    for who, data, headers in tries:
        answer = who.post(url + ACKNOWLEDGE, data, headers=headers, timeout=30)
        assert answer.status_code == 403, (data, headers)
    assert session.get(url + ACKNOWLEDGE, timeout=30).status_code == 405
    assert seen(small) is None


def test_a_rejected_link_changes_the_comparison_until_it_is_taken_back(small, serve):
    url, session = serve(small).url, requests.Session()
    path = f"/documents/{DOCUMENT}/compare?old=2&new=3"
    with small.reading() as conn:
        old, new = (readings.plan_of(conn, version) for version in (2, 3))
    changes = f"{url}/api/v1/documents/{DOCUMENT}/changes?old=2&new=3"
    link = next(k for k in requests.get(changes, timeout=30).json()["links"] if k["old"] == ["5"])
    token = form_of(session, url, f"/alerts/{ALERT}")

    def say(verdict):
        data = {"token": token, "old": "2", "new": "3", "old_task": link["old"],
                "new_task": link["new"], "verdict": verdict}  # fmt: skip
        where = f"{url}/documents/{DOCUMENT}/links"
        return session.post(where, data, headers={"Origin": url}, timeout=30)

    answer = say("rejected")
    assert answer.url == f"{url}{path}#doubts"
    assert "Decided by people" in answer.text
    assert link not in requests.get(changes, timeout=30).json()["links"]
    by_id = {t.id: t for t in old.tasks}, {t.id: t for t in new.tasks}
    with small.reading() as conn:
        given = verdicts.all_given(conn)
    assert given == {
        (task_key(by_id[0][a]), task_key(by_id[1][b])): "rejected"
        for a in link["old"] for b in link["new"]
    }  # fmt: skip
    say("none")
    assert link in requests.get(changes, timeout=30).json()["links"]


def test_a_review_is_rejected_once(small, serve):
    url, session = serve(small, user="ann").url, requests.Session()
    token = form_of(session, url, "/reviews")
    data = {"token": token, "decision": "rejected", "note": "an excerpt"}
    for status in (200, 409):
        answer = session.post(f"{url}/reviews/1", data, headers={"Origin": url}, timeout=30)
        assert answer.status_code == status
    with small.reading() as conn:
        held = reviews.get(conn, 1)
    assert (held.decision, held.decided_by, held.note) == ("rejected", "ann", "an excerpt")


def test_accepting_without_a_watch_says_what_to_run(small, serve):
    url, session = serve(small).url, requests.Session()
    data = {"token": form_of(session, url, "/reviews"), "decision": "accepted"}
    answer = session.post(f"{url}/reviews/1", data, headers={"Origin": url}, timeout=30)
    assert answer.status_code == 409
    assert "planwatch review accept 1" in answer.text


# --- programs ----------------------------------------------------------------------------------


def test_the_api_writes_with_a_token_only(archive, serve):
    token, kept = new_token("desk-bot")
    url = serve(archive, tokens=(kept,)).url + "/api/v1"
    bearer = {"Authorization": f"Bearer {token}"}
    for headers in ({}, {"Origin": url}, {"Authorization": "Bearer pw_wrong"}):
        answer = requests.post(url + ACKNOWLEDGE, headers=headers, timeout=30)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert seen(archive) is None
    answer = requests.post(url + ACKNOWLEDGE, headers=bearer, timeout=30)
    assert answer.json()["acknowledged_by"] == "desk-bot"
    body = {"old": "2", "new": "3", "old_tasks": ["5"], "new_tasks": ["5"], "verdict": "confirmed"}
    links = f"{url}/documents/{DOCUMENT}/links"
    assert (
        requests.post(links, json=body, headers=bearer, timeout=30).json()["verdict"] == "confirmed"
    )
    wrong = body | {"new_tasks": ["no such task"]}
    assert requests.post(links, json=wrong, headers=bearer, timeout=30).status_code == 404
    assert (
        requests.post(links, json=body | {"more": 1}, headers=bearer, timeout=30).status_code == 422
    )
    decided = requests.post(
        f"{url}/reviews/1", json={"decision": "rejected"}, headers=bearer, timeout=30
    )
    assert decided.json()["decided_by"] == "desk-bot"
    confirm = f"{url}/documents/{DOCUMENT}/versions/3/confirm"
    assert requests.post(confirm, headers=bearer, timeout=30).status_code == 409


def test_a_wrong_token_reads_nothing_even_here(small, serve):
    url = serve(small).url
    answer = requests.get(
        f"{url}/api/v1/documents", headers={"Authorization": "Bearer x"}, timeout=30
    )
    assert answer.status_code == 401


# --- logging in --------------------------------------------------------------------------------


def test_with_login_nothing_is_shown_before(small, serve):
    token, kept = new_token("ann")
    url, session = serve(small, login=True, tokens=(kept,)).url, requests.Session()
    for path in ("/", f"/documents/{DOCUMENT}", "/search?q=x", "/alerts", "/feed.atom"):
        answer = session.get(url + path, timeout=30)
        assert answer.url.startswith(f"{url}/login") or answer.status_code == 404, path
        assert "创新权益" not in answer.text
    for path in ("/documents", "/openapi.json", "/alerts"):
        assert requests.get(f"{url}/api/v1{path}", timeout=30).status_code == 401, path
    bearer = {"Authorization": f"Bearer {token}"}
    assert requests.get(f"{url}/api/v1/documents", headers=bearer, timeout=30).ok

    wanted = f"/documents/{DOCUMENT}?lang=zh"
    form = form_of(session, url, wanted)
    data = {"token": form, "secret": token, "next": wanted}
    answer = session.post(f"{url}/login", data, headers={"Origin": url}, timeout=30)
    assert answer.url == url + wanted
    assert "创新权益" in answer.text
    cookie = next(c for c in session.cookies if c.name == "planwatch_session")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "strict"
    session.post(f"{url}/logout", {"token": form_of(session, url, f"/alerts/{ALERT}")},
                 headers={"Origin": url}, timeout=30)  # fmt: skip
    assert session.get(f"{url}/alerts", timeout=30).url.startswith(f"{url}/login")


def test_a_session_ends(small, serve):
    token, kept = new_token("ann")
    now = [NOW]
    server = serve(small, clock=lambda: now[0], login=True, tokens=(kept,))
    session = requests.Session()
    data = {"token": form_of(session, server.url, "/login"), "secret": token}
    session.post(f"{server.url}/login", data, headers={"Origin": server.url}, timeout=30)
    assert session.get(server.url, timeout=30).url == f"{server.url}/"
    now[0] += dt.timedelta(hours=13)
    assert "/login" in session.get(server.url, timeout=30).url


def test_wrong_tokens_are_slowed_down(small, serve):
    token, kept = new_token("ann")
    now = [NOW]
    server = serve(small, clock=lambda: now[0], login=True, tokens=(kept,))
    session = requests.Session()
    form = form_of(session, server.url, "/login")

    def attempt(secret):
        data = {"token": form, "secret": secret}
        where = f"{server.url}/login"
        answer = session.post(where, data, headers={"Origin": server.url}, timeout=30,
                              allow_redirects=False)  # fmt: skip
        return answer.status_code

    assert [attempt("wrong") for _ in range(6)] == [403] * 5 + [429]
    assert attempt(token) == 429
    now[0] += dt.timedelta(seconds=61)
    assert attempt(token) == 303


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "evil", ""]
)
def test_a_login_leads_nowhere_else(path):
    assert own_path(path) == "/"
    assert own_path("/alerts?state=dead") == "/alerts?state=dead"


def test_a_proxys_word_counts_from_the_proxy_alone(small, serve):
    header = {"X-Forwarded-User": "ann"}
    here = (ipaddress.ip_network("127.0.0.0/8"),)
    there = (ipaddress.ip_network("10.0.0.0/8"),)
    known = serve(small, login=True, proxies=here, proxy_header="X-Forwarded-User").url
    assert requests.get(known, headers=header, timeout=30).url == f"{known}/"
    assert "/login" in requests.get(known, timeout=30).url
    for options in ({"proxies": there}, {}):
        url = serve(small, login=True, proxy_header="X-Forwarded-User", **options).url
        assert "/login" in requests.get(url, headers=header, timeout=30).url
    url = serve(small, login=True, proxies=here).url
    assert "/login" in requests.get(url, headers=header, timeout=30).url
