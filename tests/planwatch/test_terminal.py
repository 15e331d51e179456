"""On a real terminal: colours, the pager for what is long, and columns where they fit."""

import os
import pty
import re
import subprocess
import sys

import pytest

from tests.planwatch.plans import NEW, OLD
from tests.planwatch.test_archive import CONFIG
from tests.planwatch.test_docs import ROOT

COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")


@pytest.fixture
def terminal(planwatch):
    """Runs a command on a terminal of its own; gives what it showed there, and its exit code."""
    planwatch.configure(CONFIG)
    for name, text in (("old.txt", OLD), ("new.txt", NEW)):
        planwatch("import", planwatch.file(name, text))

    def run(*arguments, columns=100, lines=50, **environment):
        ours, theirs = pty.openpty()
        kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "LESS", "PAGER")}
        size = {"COLUMNS": str(columns), "LINES": str(lines), "TERM": "xterm-256color"}
        process = subprocess.Popen(
            [sys.executable, "-m", "planwatch", *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=planwatch.folder,
            env={**kept, "PYTHONPATH": str(ROOT), **size, **environment},
        )  # fmt: skip
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 65536):
                shown += data
        except OSError:
            pass  # Its other end is closed: the command is done.
        os.close(ours)
        return shown.decode().replace("\r\n", "\n"), process.wait(timeout=60)

    run.folder = planwatch.folder
    return run


def pager(folder):
    """A pager that notes how it was called and shows what it was given."""
    path = folder / "pager"
    path.write_text('#!/bin/sh\necho "paged, LESS=$LESS"\ncat\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_difference_is_in_colour(terminal):
    shown, code = terminal("diff", "old.txt", "new.txt", "--no-pager")
    assert code == 1
    assert COLOUR.search(shown)
    assert "{+" not in shown


def test_no_color_marks_differences_without_colour(terminal):
    shown, _ = terminal("diff", "old.txt", "new.txt", "--no-pager", NO_COLOR="1")
    assert "\x1b[" not in shown
    assert "[-每季度-]{+每月+}" in shown


def test_what_is_long_is_paged_and_less_is_asked_to_show_colours(terminal):
    own = pager(terminal.folder)
    shown, code = terminal("diff", "old.txt", "new.txt", lines=8, PAGER=own)
    assert (shown.splitlines()[0], code) == ("paged, LESS=-R", 1)
    assert COLOUR.search(shown)
    shown, _ = terminal("diff", "old.txt", "new.txt", lines=8, PAGER=own, LESS="iM")
    assert shown.splitlines()[0] == "paged, LESS=-R -iM"


def test_what_is_short_is_not_paged(terminal):
    shown, _ = terminal("diff", "old.txt", "new.txt", lines=200, PAGER=pager(terminal.folder))
    assert "paged" not in shown


def test_a_narrow_terminal_cuts_no_name_off(terminal):
    shown, _ = terminal("versions", "lakes", columns=50, NO_COLOR="1")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert "\nlakes#1\n" in shown
    assert re.search(r"title +2041年湖泊创新推进计划", shown)
    shown, _ = terminal("versions", "lakes", columns=120, NO_COLOR="1")
    assert re.search(r"lakes#1 +2041 .* 2041年湖泊创新推进计划", shown)


def test_a_pipe_gets_one_line_a_row_however_wide(terminal):
    done = subprocess.run(
        [sys.executable, "-m", "planwatch", "versions", "lakes"],
        cwd=terminal.folder, capture_output=True, text=True, check=True,
        env={k: v for k, v in os.environ.items() if k != "COLUMNS"} | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert re.search(r"lakes#1 +2041 .* 2041年湖泊创新推进计划", done.stdout)
