"""Pages that scripts build, by a real browser. For reading what is published, not for evading walls.

The browser has no network of its own. The page is fetched as every other one is, and what its
scripts ask for is fetched by us and handed in: by the same guard, caps, robots.txt and User-Agent.
Needs the ``browser`` extra (playwright) and an installed Chromium.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from monitor.fetching.transport import Wire

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright, Route

#: Where the browser is; else the names under which Debian and others install it.
EXECUTABLE = "PLANWATCH_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
#: What a page may load; pictures, fonts and films hold no text.
_NEEDED = frozenset({"script", "xhr", "fetch"})
MOST_REQUESTS = 60
#: A proxy at which nobody listens: what does not go through us goes nowhere.
_NOWHERE = "http://127.0.0.1:9"
#: What scripts ask for after loading comes within this time, or the page asks for ever.
_SETTLING = 5.0

Load = Callable[[str, bytes | None, tuple[tuple[str, str], ...], float], Wire]


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """A built page, or in ``reason`` why there is none; ``timed_out`` if for want of time."""

    html: bytes = b""
    reason: str = ""
    timed_out: bool = False


def executable() -> str | None:
    """The path of an installed browser, or None."""
    named = os.environ.get(EXECUTABLE)
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


def build_page(url: str, html: bytes, media_type: str, *, load: Load, seconds: float) -> Built:
    """Let the scripts of ``html``, served at ``url``, build the page, within ``seconds``.

    ``load(url, body, headers, seconds)`` fetches what they ask for. Never raises for what a page
    does; a missing browser is a reason, too.
    """
    try:
        from playwright.sync_api import Error, TimeoutError, sync_playwright
    except ImportError:
        return Built(reason="the browser extra is not installed: pip install 'planwatch[browser]'")
    program = executable()
    if program is None:
        return Built(reason=f"no Chromium was found; install one, or name it in {EXECUTABLE}")
    until = time.monotonic() + seconds
    feeder = _Feeder(url, html, media_type, load, until)
    try:
        with sync_playwright() as playwright:
            browser = _launch(playwright, program, until)
            try:
                page = browser.new_page(service_workers="block")
                page.route("**/*", feeder.decide)
                page.goto(url, wait_until="load", timeout=_left(until))
                _settle(page, until)
                return Built(html=page.content().encode())
            finally:
                browser.close()
    except TimeoutError:
        return Built(reason=f"the page was not built in {seconds:.0f} s", timed_out=True)
    except Error as error:
        return Built(reason=f"the browser: {error.message.splitlines()[0]}")


class _Feeder:
    """Hands a page what it asks for, as far as it may have it."""

    def __init__(self, url: str, html: bytes, media_type: str, load: Load, until: float) -> None:
        self._url = url
        self._html = html
        self._media_type = media_type
        self._load = load
        self._until = until
        self._count = 0
        self._given = False

    def decide(self, route: Route) -> None:
        asked = route.request
        if asked.resource_type == "document" and asked.url == self._url and not self._given:
            self._given = True
            route.fulfill(status=200, body=self._html, content_type=self._media_type)
            return
        self._count += 1
        left = self._until - time.monotonic()
        if asked.resource_type not in _NEEDED or self._count > MOST_REQUESTS or left <= 0:
            route.abort("blockedbyclient")
            return
        content_type = asked.headers.get("content-type")
        headers = (("Content-Type", content_type),) if content_type else ()
        body = asked.post_data_buffer if asked.method == "POST" else None
        wire = self._load(asked.url, body, headers, left)
        if wire.fault is not None:
            route.abort("failed")
            return
        # The body is unpacked already, and its framing was that of our connection.
        told = {name: value for name, value in wire.headers if name in ("content-type", "location")}
        told["access-control-allow-origin"] = "*"
        route.fulfill(status=wire.status or 200, headers=told, body=wire.body)


def _launch(playwright: Playwright, program: str, until: float) -> Browser:
    arguments = ["--proxy-bypass-list=<-loopback>", "--disable-gpu"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox does not start for root
    return playwright.chromium.launch(
        executable_path=program,
        timeout=_left(until),
        args=arguments,
        proxy={"server": _NOWHERE, "bypass": "<-loopback>"},
    )


def _settle(page: Page, until: float) -> None:
    from playwright.sync_api import TimeoutError

    try:
        page.wait_for_load_state("networkidle", timeout=min(_left(until), _SETTLING * 1000))
    except TimeoutError:
        return  # it goes on asking; what is there is what a reader would see


def _left(until: float) -> float:
    return max(until - time.monotonic(), 0.001) * 1000
