"""Links in mail and chats: the browser is led to the page with its cookies, which stay strict."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from dashboard.security.tokens import new_token
from tests.dashboard.examples import ALERT, DOCUMENT

ELSEWHERE = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def webmail():
    """``webmail(url)``: the address of a page on another site that links to ``url``."""
    servers = []

    def serve(url):
        class Page(BaseHTTPRequestHandler):
            def do_GET(self):
                body = f'<a href="{url}">the alert</a>'.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        # Another site than 127.0.0.1, for a browser.
        return f"http://localhost:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_who_has_logged_in_stays_so_by_a_link_in_a_mail(chromium, small, serve, webmail, scripts):
    token, kept = new_token("ann")
    server = serve(small, login=True, tokens=(kept,))
    context = chromium.new_context(base_url=server.url, locale="en-GB", java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="中文").click()
    page.goto(webmail(f"{server.url}/alerts/{ALERT}"))
    page.get_by_role("link", name="the alert").click()
    page.get_by_role("button", name="我已阅").wait_for()
    assert page.url == f"{server.url}/alerts/{ALERT}"
    cookies = {cookie["name"]: cookie["sameSite"] for cookie in context.cookies(server.url)}
    assert set(cookies.values()) == {"Strict"}
    page.get_by_role("button", name="我已阅").click()
    page.get_by_text("已阅：").wait_for()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login")
    context.close()


@pytest.mark.browser
def test_who_has_not_logged_in_is_asked(chromium, small, serve, webmail):
    server = serve(small, login=True)
    context = chromium.new_context(base_url=server.url, locale="en-GB")
    page = context.new_page()
    page.goto(webmail(f"{server.url}/documents/{DOCUMENT}/compare?old=2&new=3"))
    page.get_by_role("link", name="the alert").click()
    page.wait_for_url("**/login?next=**")
    assert page.get_by_role("heading", name="Log in").is_visible()
    assert page.locator("input[name=next]").get_attribute("value").endswith("old=2&new=3")
    context.close()


def test_the_page_that_leads_on_shows_nothing_and_leads_nowhere_else(small, serve):
    url = serve(small).url
    page = requests.get(f"{url}/alerts/{ALERT}?x=%22%3E%3Cb%3E", headers=ELSEWHERE, timeout=30)
    assert "two new tasks" not in page.text
    assert f'content="0; url=/alerts/{ALERT}?x=%22%3E%3Cb%3E"' in page.text
    page = requests.get(f"{url}//evil.example/", headers=ELSEWHERE, timeout=30)
    assert "url=//" not in page.text
    assert page.status_code == 404


def test_programs_are_not_led_on(small, serve):
    url = serve(small).url
    feed = requests.get(f"{url}/feed.atom", headers={"Sec-Fetch-Site": "cross-site"}, timeout=30)
    assert feed.text.startswith("<?xml")
