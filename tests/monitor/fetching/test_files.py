"""A watched file has the outcomes of a watched page."""

import os

from tests.publisher.answers import redirect


def test_a_file_is_read_once_and_again_when_it_changes(ask, tmp_path):
    path = tmp_path / "计划 1.txt"
    path.write_text("一、完善制度")
    first = ask(path.as_uri(), files=True)
    assert (first.outcome, first.body.decode(), first.media_type) == (
        "ok",
        "一、完善制度",
        "text/plain",
    )
    assert ask(path.as_uri(), files=True, validators=first.validators).outcome == "not_modified"
    path.write_text("一、完善制度和机制")
    assert ask(path.as_uri(), files=True, validators=first.validators).outcome == "ok"


def test_what_is_no_file_of_ours(ask, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(bytes(101))
    for name, outcome in (
        ("nothing", "gone"),
        ("", "wrong_type"),
        ("pipe", "wrong_type"),
        ("large", "too_large"),
    ):
        assert ask((tmp_path / name).as_uri(), files=True, max_bytes=100).outcome == outcome
    assert ask("file://elsewhere/a.txt", files=True).outcome == "client_error"


def test_nothing_but_a_source_of_files_reads_one(ask, site, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    assert ask(path.as_uri()).outcome == "forbidden_address"
    site.answer("/a", redirect(path.as_uri()))
    assert ask(site.url("/a"), files=True).outcome == "client_error"
