"""A source may have a proxy: it is asked in the source's place, and nothing else is."""

from base64 import b64encode

PAGE = "<html><body>x</body></html>"


def test_the_proxy_is_asked_for_the_whole_address(site, ask):
    site.page("/a.html", PAGE)
    result = ask("http://plans.example/a.html", allow_private=False, proxy=site.base)
    assert (result.outcome, result.body.decode()) == ("ok", PAGE)
    assert [seen.target for seen in site.log] == [
        "http://plans.example/robots.txt",
        "http://plans.example/a.html",
    ]


def test_its_password_goes_into_a_header_and_nowhere_else(site, ask):
    site.page("/a.html", PAGE)
    proxy = site.base.replace("http://", "http://us%65r:p%40ss@")
    assert ask("http://plans.example/a.html", proxy=proxy).outcome == "ok"
    told = "Basic " + b64encode(b"user:p@ss").decode()
    assert {seen.headers["proxy-authorization"] for seen in site.log} == {told}
    site.close()
    result = ask("http://plans.example/b.html", proxy=proxy, obey_robots=False)
    assert result.outcome == "connection_error"
    assert "p@ss" not in result.reason
    assert "p%40ss" not in result.reason


def test_a_page_is_not_told_the_proxy_s_password(site, publishers, ask):
    """Without the proxy the same fetcher sends no such header."""
    site.page("/a.html", PAGE)
    ask("http://plans.example/a.html", proxy=site.base.replace("http://", "http://me:secret@"))
    other = publishers()
    other.page("/a.html", PAGE)
    ask(other.url("/a.html"))
    assert "proxy-authorization" not in other.asked("/a.html")[0].headers


def test_a_proxy_that_is_not_there(ask):
    result = ask("http://plans.example/a", proxy="http://127.0.0.1:9", obey_robots=False)
    assert result.outcome == "connection_error"
    assert "proxy" in result.reason
