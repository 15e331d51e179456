"""Mistakes in sources.yaml: all at once, each with its line; exit code 2."""

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
