"""Pages that scripts build: the browser reads what we fetched, and nothing behind our back."""

import pytest

from monitor.fetching.browser import executable
from monitor.fetching.fetcher import Fetcher
from monitor.fetching.values import FetchPolicy, FetchRequest
from tests.publisher.answers import html, json_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(executable() is None, reason="no Chromium is installed"),
]

SHELL = """<html><head><title>通知</title></head><body><div id="app"></div>
<script src="/app.js"></script></body></html>"""
SCRIPT = """fetch('/data.json').then(answer => answer.json()).then(data => {
  document.getElementById('app').innerHTML = '<p>' + data.text + '</p>';
});"""


@pytest.fixture
def shell(site):
    site.answer("/a.html", html(SHELL))
    site.page("/app.js", SCRIPT, media_type="text/javascript")
    site.answer("/data.json", json_answer('{"text": "一、完善知识产权制度"}'))
    return site


def test_the_text_that_a_script_fetches(shell, ask):
    assert "完善" not in ask(shell.url("/a.html")).body.decode()
    result = ask(shell.url("/a.html"), browser=True, deadline=30)
    assert result.outcome == "ok", result.reason
    assert "<p>一、完善知识产权制度</p>" in result.body.decode()
    assert not result.validators


def test_every_request_is_ours(shell, ask):
    ask(shell.url("/a.html"), browser=True, deadline=30)
    assert [seen.path for seen in shell.log] == ["/robots.txt", "/a.html", "/app.js", "/data.json"]
    assert {seen.headers["user-agent"] for seen in shell.log} == {
        "planwatch/test (+https://example.org)"
    }


def test_robots_txt_holds_for_what_scripts_ask(shell, ask):
    shell.robots("User-agent: *\nDisallow: /data.json\n")
    ask(shell.url("/a.html"), browser=True, deadline=30)
    assert shell.asked("/data.json") == []


def test_scripts_do_not_reach_private_networks(site, publishers, clock):
    """127.0.0.1 stands for the public internet, 127.0.0.2 for the network behind us."""
    inside = publishers(host="127.0.0.2")
    inside.page("/secret", "secret")
    script = f"""
      fetch('{inside.url("/secret")}').catch(() => 0);
      new WebSocket('{inside.url("/secret").replace("http", "ws")}');
      var picture = new Image(); picture.src = '{inside.url("/secret")}';
      var frame = document.createElement('iframe'); frame.src = '{inside.url("/secret")}';
      document.body.appendChild(frame);
      document.body.append('done');"""
    site.answer("/a.html", html(f"<html><body><script>{script}</script></body></html>"))
    fetcher = Fetcher(clock=clock, agent="t", public=lambda address: address == "127.0.0.1")
    policy = FetchPolicy(spacing=0, attempts=1, browser=True, deadline=30)
    result = fetcher.fetch(FetchRequest(url=site.url("/a.html"), policy=policy))
    assert "done" in result.body.decode(), result.reason
    assert inside.log == []


def test_a_script_without_end_stops_at_the_deadline(site, ask):
    site.answer("/a.html", html("<html><body><script>while(true){}</script></body></html>"))
    result = ask(site.url("/a.html"), browser=True, deadline=4)
    assert result.outcome == "timeout"
    assert result.elapsed < 30


def test_what_is_not_ok_never_reaches_the_browser(site, ask):
    result = ask(site.url("/nothing.html"), browser=True, deadline=30)
    assert (result.outcome, result.status) == ("gone", 404)
