"""Takes docs/pictures/dashboard-*.png: pages over the tests' small archive of invented plans.

Needs Chromium and the Noto CJK fonts. Usage: python -m docs.pictures.make_dashboard
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from dashboard.app import make_app
from dashboard.options import DashboardOptions
from dashboard.server import DashboardServer
from plans.registry.load import shipped_registry
from storage.database import Database
from storage.heartbeat import beat
from storage.records import Heartbeat
from tests.dashboard.examples import ALERT, DOCUMENT, NOW, fill

HERE = Path(__file__).parent
DOC = f"/documents/{DOCUMENT}"
#: Name -> path, language, colours, width, what to begin the picture with.
PICTURES = {
    "home": ("/", "en-GB", "light", 1180, None),
    "comparison": (f"{DOC}/compare?old=2&new=3", "en-GB", "light", 1180, None),
    "changes-dark": (f"{DOC}/compare?old=2&new=3&view=sides", "zh-CN", "dark", 1180, ".columns"),
    "alert": (f"/alerts/{ALERT}", "en-GB", "light", 1180, None),
    "bodies": (f"{DOC}/bodies", "zh-CN", "light", 1180, None),
    "version": (f"{DOC}/versions/3", "en-GB", "light", 1180, None),
    "phone": (f"{DOC}/compare?old=2&new=3", "zh-CN", "light", 390, ".columns .chapter"),
}


def main() -> None:
    """Fill, serve, take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(Path(folder) / "a.sqlite3", now=NOW)
        registry = shipped_registry()
        fill(database, registry)
        with database.writing() as conn:
            beat(conn, Heartbeat(process="daemon", pid=1, host="h", started_at=NOW, beat_at=NOW, what="polling"))  # fmt: skip
        app = make_app(database, registry, options=DashboardOptions(), clock=lambda: NOW)
        server = DashboardServer(app, "127.0.0.1", 0)
        server.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            for name, (path, locale, scheme, width, begin) in PICTURES.items():
                page = browser.new_context(
                    base_url=server.url,
                    locale=locale,
                    color_scheme=scheme,  # type: ignore[arg-type]
                    viewport={"width": width, "height": 820},
                ).new_page()
                page.goto(path)
                if begin:
                    page.locator(begin).first.evaluate("one => one.scrollIntoView()")
                page.screenshot(path=HERE / f"dashboard-{name}.png")
            browser.close()
        server.stop()
        database.close()


if __name__ == "__main__":
    main()
