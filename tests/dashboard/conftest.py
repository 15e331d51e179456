"""A served dashboard over a small archive, and a browser."""

import os
import shutil

import pytest

from dashboard.app import make_app
from dashboard.options import DashboardOptions
from dashboard.server import DashboardServer
from plans.registry.load import shipped_registry
from storage.database import Database
from tests.dashboard.examples import NOW, fill


@pytest.fixture(scope="session")
def registry():
    return shipped_registry()


@pytest.fixture
def serve(registry):
    """``serve(database, **options)``: the running server of a dashboard over ``database``."""
    running = []

    def start(database: Database, clock=lambda: NOW, **options) -> DashboardServer:
        app = make_app(database, registry, options=DashboardOptions(**options), clock=clock)
        server = DashboardServer(app, "127.0.0.1", 0)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def archive(database: Database, registry) -> Database:
    """A database of either kind with the small archive in it."""
    fill(database, registry)
    return database


@pytest.fixture
def small(sqlite_target, registry, open_database) -> Database:
    """The small archive in SQLite alone, for what has nothing to do with the kind of database."""
    database = open_database(sqlite_target)
    fill(database, registry)
    return database


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium; in CI it must be there")
        pytest.skip("no Chromium; install Debian's chromium to run these tests")
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
