"""Mistakes in sources.yaml: all at once, each with its line; exit code 2."""

import re
import textwrap
from pathlib import Path

import pytest


def test_every_mistake_is_told_with_file_and_line(planwatch):
    path = planwatch.configure(
        "documents:\n"
        "  - id: lakes\n"
        "    titels: {zh: 湖, en: Lakes}\n"
        "sources:\n"
        "  - {id: one, kind: articel, documents: [rivers], url: 'http://a.example/'}\n"
    )
    answer = planwatch("sources", "check")
    assert answer.code == 2
    assert f"{path}:3:" in answer.err
    assert f"{path}:5:" in answer.err
    assert "titles" in answer.err
    assert "article" in answer.err


def test_run_refuses_a_wrong_configuration_before_anything_is_made(planwatch):
    planwatch.configure("surces: []\n")
    answer = planwatch("run")
    assert answer.code == 2
    assert "sources" in answer.err


def test_the_status_of_a_wrong_configuration_is_a_status(planwatch):
    path = planwatch.configure("surces: []\n")
    answer = planwatch("status")
    assert answer.code == 3
    assert f"{path}:1:1: surces: unknown key" in " ".join(answer.out.split())
    assert "no daemon is running" in answer.out
    assert planwatch("status", "--json").json()["refused"]["mistakes"]


def test_the_shipped_configuration_is_right(planwatch):
    answer = planwatch("sources", "check")
    assert answer.code == 0
    assert "right" in answer.out


def test_the_schema_for_editors_describes_the_file(planwatch):
    schema = planwatch("sources", "schema").json()
    assert {"documents", "sources", "channels", "subscriptions"} <= set(schema["properties"])


@pytest.mark.parametrize("command", ["list", "list --all", "list --json"])
def test_sources_are_listed_before_anything_was_polled(planwatch, command):
    answer = planwatch("sources", *command.split())
    assert answer.code == 0
    assert "cnipa" in answer.out


def test_what_the_readme_says_of_slack_and_mail_is_right(planwatch, monkeypatch):
    root = Path(__file__).resolve().parents[2]
    readme = (root / "README.md").read_text(encoding="utf-8")
    block = re.search(r"\n    channels:\n(?:    .*\n)+", readme)[0]
    shipped = (root / "sources.yaml").read_text(encoding="utf-8")
    # A user adds these keys; in the shipped file they stand as comments.
    planwatch.configure(shipped + "\n" + textwrap.dedent(block))
    monkeypatch.setenv("SLACK_WEBHOOK_URL", "https://hooks.slack.example/services/x")
    monkeypatch.setenv("SMTP_PASSWORD", "none")
    answer = planwatch("sources", "check")
    assert answer.code == 0, answer.err
    assert "2 channels, 1 subscriptions" in answer.out
