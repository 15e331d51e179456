"""Each fault of a server comes to its own outcome, within the limits of the fetch."""

import pytest

from tests.publisher import faults
from tests.publisher.answers import Answer, html, redirect

PAGE = "<html><body><p>各成员单位：</p></body></html>"

#: Above what the dripping body announces, below what the endless one sends.
LIMIT = 3_000_000

FAULTS = [
    (faults.hang, "timeout"),
    (faults.drip(announced=1_000_000), "timeout"),
    (faults.drip_headers(), "timeout"),
    (faults.hang_up, "connection_error"),
    (faults.not_http, "connection_error"),
    (faults.endless, "too_large"),
    (faults.gzip_bomb(300_000_000), "too_large"),
    (faults.truncated(PAGE.encode()), "truncated"),
    (faults.truncated_chunks(PAGE.encode()), "truncated"),
    (faults.truncated_gzip(PAGE.encode() * 50), "truncated"),
    (html("<html><body><p>half a pa", framing="close"), "truncated"),
    (faults.wall_521(), "server_error"),
    (faults.wall_412(), "client_error"),
    (faults.busy(429), "rate_limited"),
    (faults.busy(503), "server_error"),
    (Answer(status=404), "gone"),
    (Answer(status=410), "gone"),
    (Answer(status=403), "client_error"),
    (Answer(b"\x89PNG", media_type="image/png"), "wrong_type"),
    (Answer(b"x", headers=(("Content-Encoding", "br"),)), "wrong_type"),
    (Answer(status=304, media_type=None), "server_error"),
    (redirect("/"), "moved_home"),
    (redirect("/index.html"), "moved_home"),
    (redirect("/404.html"), "gone"),
    (redirect("/a.html"), "redirect_loop"),
    (redirect("ftp://127.0.0.1/a"), "client_error"),
    (redirect(""), "client_error"),
]


@pytest.mark.parametrize(("fault", "outcome"), FAULTS)
def test_a_fault_has_its_outcome(site, ask, fault, outcome):
    site.answer("/a.html", fault)
    result = ask(site.url("/a.html"), deadline=1.0, max_bytes=LIMIT)
    assert result.outcome == outcome
    assert result.reason
    assert not result.validators


def test_a_dripping_body_ends_at_the_deadline(site, ask):
    site.answer("/a.html", faults.drip(interval=0.05, announced=1000))
    result = ask(site.url("/a.html"), deadline=0.7)
    assert result.outcome == "timeout"
    assert result.elapsed < 3


def test_redirects_share_one_deadline(site, ask):
    for number in range(8):

        def slow(seen, to=f"/{number + 1}.html"):
            site.stopping.wait(0.3)
            return redirect(to)

        site.route(f"/{number}.html", slow)
    result = ask(site.url("/0.html"), deadline=1.0)
    assert result.outcome == "timeout"
    assert len(result.hops) < 6


def test_a_good_page_is_whole_however_it_is_framed_and_packed(site, ask):
    for framing in ("length", "chunked", "close"):
        answer = html(PAGE * 3000, framing=framing)
        site.answer("/plain", answer)
        site.answer("/packed", answer.gzipped())
        for path in ("/plain", "/packed"):
            result = ask(site.url(path))
            assert (result.outcome, result.body.decode()) == ("ok", PAGE * 3000)


def test_the_cap_counts_unpacked_bytes_and_lets_the_exact_size_pass(site, ask):
    site.answer("/a", html("x" * 5000).gzipped())
    assert ask(site.url("/a"), max_bytes=5000).outcome == "ok"
    assert ask(site.url("/a"), max_bytes=4999).outcome == "too_large"


def test_a_refusal_keeps_its_body_so_that_the_wall_can_be_named(site, ask):
    site.answer("/a", faults.wall_521())
    result = ask(site.url("/a"))
    assert b"_jsl_clearance_s" in result.body
    assert result.status == 521


def test_who_asks_says_so(site, ask):
    site.page("/a", PAGE)
    ask(site.url("/a"))
    (seen,) = site.asked("/a")
    assert seen.headers["user-agent"] == "planwatch/test (+https://example.org)"
    assert seen.headers["accept-encoding"] == "gzip, deflate"


def test_the_environment_changes_nothing(site, ask, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.page("/a", PAGE)
    assert ask(site.url("/a")).outcome == "ok"


def test_a_name_that_is_not_there(ask):
    assert ask("http://nowhere.invalid/a").outcome == "dns_error"


def test_a_host_at_which_nobody_listens(site, ask):
    url = site.url("/a")
    site.close()
    assert ask(url).outcome == "connection_error"


def test_an_address_that_is_none(ask):
    for url in ("ftp://example.org/a", "http://", "notes.txt", "http://example.org:port/"):
        assert ask(url).outcome == "client_error"


def test_the_charset_and_type_are_the_headers(site, ask):
    site.answer("/a", html("公告", charset="gbk"))
    result = ask(site.url("/a"))
    assert (result.media_type, result.charset) == ("text/html", "gbk")
    site.answer("/a", html("公告", charset="gbk", declare=False))
    assert ask(site.url("/a")).charset is None
