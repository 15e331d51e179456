"""docs/api.md: its commands are run as they stand there, and it leaves out no route."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from dashboard.security.tokens import new_token
from tests.dashboard.examples import ALERT
from tests.monitor.invented import Invented
from tests.monitor.watch import HEAD, article_source

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
TOKEN, KEPT = new_token("laptop")
OLD = Invented(2024)
NEW = Invented(2025).with_bodies(0, 1, "水利部、司法部负责")


def commands():
    """The curl commands of the guide, one string each."""
    joined = re.sub(r"\\\n\s+", "", GUIDE)
    return [line.strip() for line in joined.splitlines() if line.startswith("    curl ")]


@pytest.fixture
def server(watch, publisher, serve):
    """The document of the guide with an older and a newer edition."""
    head = HEAD.replace("id: lakes", "id: ip-power-plan")
    publisher.page("/plan.html", OLD.page())
    made = watch(
        article_source(publisher.url("/plan.html"), documents="[ip-power-plan]"), head=head
    )
    made.poll()
    publisher.page("/plan.html", NEW.page())
    made.poll()
    return serve(
        made.database, clock=made.clock.now, runtime=lambda: made.runtime,
        config=lambda: made.runtime.config, tokens=(KEPT,),
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_the_commands_do_what_they_say(server, publisher, tmp_path):
    alerts = requests.get(f"{server.url}/api/v1/alerts", timeout=30).json()["items"]
    (tmp_path / "plan.txt").write_text(Invented(2026).text, encoding="utf-8")
    found = commands()
    assert len(found) >= 8
    for command in found:
        ready = (
            command.replace("http://127.0.0.1:8321", server.url)
            .replace("$TOKEN", TOKEN)
            .replace("/alerts/ID", f"/alerts/{alerts[0]['id']}")
            .replace("https://plans.example/plan.html", publisher.url("/plan.html"))
        )
        words = [*shlex.split(ready), "-sS", "-w", "\n%{http_code}"]
        done = subprocess.run(words, capture_output=True, cwd=tmp_path, timeout=60, check=True)
        status = done.stdout.decode().rsplit("\n", 1)[-1]
        assert status in ("200", "201", "302"), (command, done.stdout.decode()[:500])


def test_every_route_stands_in_the_guide(small, serve):
    description = requests.get(f"{serve(small).url}/api/v1/openapi.json", timeout=30).json()
    told = re.sub(r"…/versions/V|/documents/DOC/versions/V", "/documents/DOC/versions/V", GUIDE)
    for path, operations in description["paths"].items():
        short = path.removeprefix("/api/v1")
        for name, word in (("document_id", "DOC"), ("name", "V"), ("agency_id", "ID"), ("source_id", "ID"),
                           ("instrument_id", "ID"), ("alert_id", "ID"), ("review_id", "ID")):  # fmt: skip
            short = short.replace(f"{{{name}}}", word)
        for method in operations:
            assert f"{short}`" in told or f"{short}?" in told or short.removesuffix("/ID") in told, (method, short)  # fmt: skip


def test_a_head_tells_what_a_get_would(small, serve):
    url = serve(small).url
    for path in ("/", "/api/v1/documents", f"/api/v1/alerts/{ALERT}", "/feed.atom"):
        head, get = requests.head(url + path, timeout=30), requests.get(url + path, timeout=30)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == get.headers["Content-Length"]
        assert head.headers.get("ETag") == get.headers.get("ETag")
