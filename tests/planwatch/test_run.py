"""The daemon as a process: it polls, names itself to a second one, and ends cleanly."""

import datetime as dt
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from storage import sources
from storage.database import Database
from tests.fixtures.webhook_server import Answer as HookAnswer
from tests.fixtures.webhook_server import WebhookReceiver
from tests.planwatch.plans import NEW, OLD

CONFIG = """
settings: {{spacing_seconds: 0, deadline_seconds: 5, attempts: 1, health: {{port: 0}}, dashboard: {{port: 0}}}}
documents:
  - id: lakes
    titles: {{zh: 湖泊创新推进计划, en: Lake Innovation Plan}}
    title_patterns: ['(?P<edition>20\\d\\d)年湖泊创新推进计划']
sources:
  - id: page
    kind: article
    documents: [lakes]
    url: {url}
    allow_private: true
    schedule: {{every: 1m, jitter: 1m}}
"""


def page(text: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines()[1:])
    title = text.splitlines()[0]
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}"></head>'
        f'<body><h1>{title}</h1><div class="article-content">{paragraphs}</div></body></html>'
    )


class Daemon:
    """A `planwatch run` of its own data, as a process."""

    def __init__(self, folder: Path, *more: str, **environment: str) -> None:
        self.log = folder / f"log-{time.monotonic_ns()}"
        self.environment = os.environ | {"PLANWATCH_DATA": str(folder / "data")} | environment
        command = [sys.executable, "-m", "planwatch", "run", *more]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, env=self.environment, stderr=log, stdout=log
            )

    def says(self, words: str, seconds: float = 60) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if words in self.text():
                return True
            if self.process.poll() is not None:
                return words in self.text()
            time.sleep(0.05)
        return False

    def text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def end(self, signal_number: int = signal.SIGTERM, seconds: float = 30) -> int:
        self.process.send_signal(signal_number)
        return self.process.wait(timeout=seconds)


def wait_for_the_rounds_end(planwatch) -> None:
    """Until then the killed daemon's lease on the source holds."""
    until = time.monotonic() + 30
    while planwatch("sources", "list", "--json").json()[0]["last_success_at"] is None:
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture
def start(tmp_path) -> Iterator[Callable[..., Daemon]]:
    running: list[Daemon] = []

    def begin(*more: str, **environment: str) -> Daemon:
        running.append(Daemon(tmp_path, *more, **environment))
        return running[-1]

    yield begin
    for daemon in running:
        if daemon.process.poll() is None:
            daemon.process.kill()
            daemon.process.wait()


@pytest.fixture
def site(tmp_path, publisher):
    publisher.page("/plan.html", page(OLD))
    (tmp_path / "sources.yaml").write_text(
        CONFIG.format(url=publisher.url("/plan.html")), encoding="utf-8"
    )
    return publisher


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_works_polls_and_ends_cleanly(start, site, number):
    daemon = start()
    assert daemon.says("new version"), daemon.text()
    assert "planwatch.sqlite3" in daemon.text()
    assert "1 sources" in daemon.text()
    assert daemon.end(number) == 0
    assert "Traceback" not in daemon.text()


def test_log_lines_for_machines_are_json(start, site):
    daemon = start("--log-format", "json")
    assert daemon.says("new version"), daemon.text()
    daemon.end()
    lines = [json.loads(line) for line in daemon.text().splitlines() if line.startswith("{")]
    assert any(line["event"] == "new version" and line["source"] == "page" for line in lines)


def test_a_second_daemon_on_the_same_database_exits_with_3_and_names_the_first(start, site):
    first = start()
    assert first.says("new version"), first.text()
    second = start()
    assert second.process.wait(timeout=60) == 3
    assert str(first.process.pid) in second.text()
    assert first.process.poll() is None


def test_after_a_kill_it_starts_again_at_once_and_goes_on(start, site, planwatch):
    first = start()
    assert first.says("new version"), first.text()
    wait_for_the_rounds_end(planwatch)
    first.end(signal.SIGKILL)
    site.page("/plan.html", page(NEW))
    planwatch("poll", "page")
    assert len(planwatch("versions", "lakes", "--json").json()) == 2
    second = start()
    assert second.says("watching"), second.text()
    time.sleep(2)
    assert second.process.poll() is None, second.text()
    assert second.end() == 0
    assert len(planwatch("versions", "lakes", "--json").json()) == 2


def test_probes_and_metrics_are_answered_beside_it(start, site):
    daemon = start()
    assert daemon.says("new version"), daemon.text()
    address = re.search(r"http://127\.0\.0\.1:\d+", daemon.text().split("answers probes")[1])[0]
    health = requests.get(f"{address}/healthz", timeout=10)
    assert health.status_code == 200
    assert health.json()["alive"] is True
    told = requests.get(f"{address}/metrics", timeout=10).text
    assert 'planwatch_source_failures{source="page"} 0.0' in told
    assert requests.get(f"{address}/etc/passwd", timeout=10).status_code == 404


def test_the_dashboard_is_served_beside_it(start, site):
    daemon = start()
    assert daemon.says("new version"), daemon.text()
    address = re.search(r"dashboard\s+at=(http://127\.0\.0\.1:\d+)", daemon.text())[1]
    assert "Lake Innovation Plan" in requests.get(address, timeout=30).text
    assert requests.get(address, timeout=30, headers={"Host": "evil.example"}).status_code >= 400
    assert daemon.end() == 0


def test_beyond_this_machine_it_asks_for_a_token_that_is_shown_once(start, site):
    daemon = start("--listen", "0.0.0.0:0")
    assert daemon.says("a token to come in"), daemon.text()
    port = re.search(r"dashboard\s+at=http://0\.0\.0\.0:(\d+)", daemon.text())[1]
    api = f"http://127.0.0.1:{port}/api/v1/documents"
    assert requests.get(api, timeout=30).status_code == 401
    token = re.search(r"token=(\S+)", daemon.text())[1]
    answer = requests.get(api, timeout=30, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    kept = (daemon.log.parent / "data" / "tokens").read_text(encoding="utf-8")
    assert token not in kept
    assert daemon.end() == 0
    again = start("--listen", "0.0.0.0:0")
    assert again.says("dashboard"), again.text()
    assert "a token to come in" not in again.text()


def test_status_tells_a_probe_that_the_daemon_lives(start, site, planwatch):
    daemon = start()
    assert daemon.says("new version"), daemon.text()
    assert planwatch("status", "--quiet").code == 0
    assert planwatch("status", "--json").json()["daemon"]["pid"] == daemon.process.pid
    daemon.end()
    assert planwatch("status", "--quiet").code == 3


def test_status_says_that_no_source_could_be_reached(start, tmp_path, planwatch):
    with socket.socket() as nobody:
        # Bound and never listening: whoever connects is refused.
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/plan.html"
        (tmp_path / "sources.yaml").write_text(CONFIG.format(url=url), encoding="utf-8")
        daemon = start()
        assert daemon.says("connection error"), daemon.text()
    answer = planwatch("status")
    assert "1 of them failed at the last look, tried again later: connection error (1)" in (
        " ".join(answer.out.split())
    )
    assert "has this machine a way to the internet?" in answer.out
    daemon.end()


def test_killed_after_a_reload_it_sends_at_once_what_it_had_in_hand(start, site, tmp_path):
    hook = WebhookReceiver()
    file = tmp_path / "sources.yaml"
    try:
        channel = (
            f"channels: [{{id: desk, kind: webhook, url: '{hook.url}/in', secret: '${{HOOK}}'}}]\n"
            "subscriptions: [{id: all, channels: [desk]}]\n"
        )
        daemon = start(HOOK=WebhookReceiver.SECRET)
        assert daemon.says("new version"), daemon.text()
        hook.answers.append(HookAnswer("hang"))
        file.write_text(channel + file.read_text(encoding="utf-8"), encoding="utf-8")
        daemon.process.send_signal(signal.SIGHUP)
        assert daemon.says("configuration in force"), daemon.text()
        site.page("/plan.html", page(NEW))
        let_it_be_due(tmp_path)
        until_asked(hook, times=1)
        daemon.end(signal.SIGKILL)
        (in_hand,) = [seen.headers["webhook-id"] for seen in hook.seen]
        start(HOOK=WebhookReceiver.SECRET)
        until_asked(hook, times=2)
        assert hook.accepted[0]["id"] == in_hand
    finally:
        hook.close()


def let_it_be_due(folder: Path) -> None:
    now = dt.datetime.now(dt.UTC)
    database = Database.open(folder / "data" / "planwatch.sqlite3", now=now)
    with database.writing() as conn:
        sources.set_due(conn, "page", now)
    database.close()


def until_asked(hook: WebhookReceiver, times: int) -> None:
    until = time.monotonic() + 90
    while len(hook.seen) < times or (times > 1 and not hook.accepted):
        assert time.monotonic() < until
        time.sleep(0.1)
