"""Every command, found in the program's own tree: its help, what it says where something is missing,
and that with --json it gives JSON and nothing else.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from planwatch.cli.app import app
from planwatch.cli.errors import MEANINGS, ExitCode
from tests.monitor.invented import Invented
from tests.monitor.watch import HEAD
from tests.planwatch.plans import NEW, OLD
from tests.planwatch.test_docs import ROOT, every_command

COMMANDS = dict(every_command(get_command(app)))
WITH_JSON = sorted(n for n, c in COMMANDS.items() if any("--json" in p.opts for p in c.params))
SOURCE = """
sources:
  - {id: desk-copy, kind: file, path: plan.txt, documents: [lakes]}
"""


def needed(command):
    return [p for p in command.params if p.param_type_name == "argument" and p.required]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_on_standard_output_and_needs_nothing(planwatch, name):
    answer = planwatch(*name.split(), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert " ".join(COMMANDS[name].help.split())[:30] in " ".join(answer.out.split())
    assert not (planwatch.folder / "data").exists()


@pytest.mark.parametrize("name", [n for n, c in COMMANDS.items() if needed(c)])
def test_a_missing_argument_is_named_on_standard_error(planwatch, name):
    answer = planwatch(*name.split())
    assert (answer.code, answer.out) == (2, "")
    assert "Missing argument" in answer.err
    assert needed(COMMANDS[name])[0].name in answer.err


@pytest.mark.parametrize("name", COMMANDS)
def test_an_unknown_option_is_wrong_use(planwatch, name):
    answer = planwatch(*name.split(), "--no-such-option")
    assert (answer.code, answer.out) == (2, "")
    assert "--no-such-option" in answer.err


#: A right call of every command that takes --json; {alert} is the id of an alert. What differs,
#: points at nothing or is not well is a result as well.
CALLS = {
    "agency": ("moj", "--document", "lakes"),
    "alerts list": (),
    "alerts show": ("{alert}",),
    "baseline show": ("lakes",),
    "db info": (),
    "diff": ("old.txt", "new.txt"),
    "documents": (),
    "export": ("lakes", "away"),
    "extract": ("old.txt",),
    "import": ("next.txt",),
    "instruments": ("--document", "lakes"),
    "links show": ("lakes#1", "lakes#1", "--below", "1"),
    "matrix": ("lakes",),
    "parse": ("old.txt",),
    "poll": (),
    "registry find": ("司法部",),
    "registry unknown": (),
    "reread": ("lakes",),
    "review list": (),
    "review show": ("1",),
    "show": ("lakes#1",),
    "sources list": (),
    "sources test": ("desk-copy",),
    "status": (),
    "subscriptions list": (),
    "trace": ("lakes", "1"),
    "verify": (),
    "versions": ("lakes",),
}
#: Those whose result is not "done": a difference, an unhealthy watch, a page not believed.
CODES = {"diff": 1, "status": 3}


@pytest.fixture
def watched(planwatch):
    """A polled file, an alert about it, and a second look that is not believed."""
    planwatch.configure(HEAD + SOURCE)
    planwatch.file("plan.txt", Invented().text)
    assert planwatch("poll").code == 0
    planwatch.file("plan.txt", "\n".join(Invented().text.splitlines()[:12]))
    planwatch("poll")
    planwatch.file("old.txt", OLD)
    planwatch.file("new.txt", NEW)
    planwatch.file("next.txt", Invented(2032).text)
    return planwatch


def test_json_is_json_and_nothing_else(watched):
    assert sorted(CALLS) == WITH_JSON, "a command with --json that nobody calls here, or a gone one"
    alerts = watched("alerts", "list", "--json").json()
    assert alerts, "nobody was told of the file that is watched now"
    for name, arguments in CALLS.items():
        given = [argument.format(alert=alerts[0]["id"]) for argument in arguments]
        answer = watched(*name.split(), *given, "--json")
        assert answer.code == CODES.get(name, 0), (name, answer)
        assert isinstance(answer.json(), list | dict), name
        assert not {"{", "["} & set(answer.err), (name, answer.err)


def test_an_empty_archive_answers_every_list(planwatch):
    planwatch.configure(HEAD)
    for name in ("alerts list", "documents", "registry unknown", "review list", "sources list"):
        answer = planwatch(*name.split(), "--json")
        assert (answer.code, answer.err) == (0, ""), name
        answer.json()
        assert planwatch(*name.split()).out.strip(), f"{name} says nothing at all"


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        (("show", "missing.txt"), 2, "missing.txt: no such file"),
        (("show", "missing.txt", "--format", "text"), 2, "missing.txt: no such file"),
        (("parse", "missing.txt"), 2, "missing.txt: no such file"),
        (("extract", "missing.txt"), 2, "missing.txt: no such file"),
        (("links", "show", "missing.txt", "old.txt"), 2, "missing.txt: no such file"),
        (("diff", "old.txt", "lakes"), 2, "lakes@latest"),
        (("parse", "."), 2, "is a folder; name one file"),
        (("diff", ".", "old.txt"), 2, "is a folder; name one file"),
        (("diff", "old.txt", "old.txt", "-o", "."), 2, "is a folder; name a file in it"),
        (("parse", "old.txt", "-o", "no/where.txt"), 2, "there is no folder no; make it first"),
        (("matrix", "--json", "--csv"), 2, "--json and --csv"),
        (("diff", "old.txt", "old.txt", "--json", "--format", "html"), 2, "--json and --format"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_line(planwatch, command, code, says):
    planwatch.configure(HEAD)
    planwatch.file("old.txt", OLD)
    answer = planwatch(*command)
    assert (answer.code, answer.out) == (code, "")
    assert says in answer.err
    assert len(answer.err.splitlines()) == 1


def test_an_output_that_is_there_is_written_over(planwatch):
    planwatch.file("old.txt", OLD)
    planwatch.file("out.txt", "before")
    assert planwatch("parse", "old.txt", "-o", "out.txt").code == 0
    assert "before" not in (planwatch.folder / "out.txt").read_text(encoding="utf-8")


def test_the_reference_has_every_exit_code():
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert set(MEANINGS) == set(ExitCode)
    for code, meaning in MEANINGS.items():
        assert f"\n| {int(code)} | {meaning}".replace(" | head", " \\| head") in reference


def run(*arguments, cwd, **given):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **given.pop("env", {})}
    command = [sys.executable, "-m", "planwatch", *arguments]
    return subprocess.Popen(command, cwd=cwd, env=environment, stderr=subprocess.PIPE, **given)


@pytest.mark.parametrize(
    "command", [("parse", "old.txt"), ("sources", "list", "--all"), ("--help",), ("diff", "--help")]
)
def test_a_reader_that_goes_away_ends_a_command_quietly(planwatch, command):
    planwatch.file("old.txt", OLD)
    planwatch.configure(HEAD + SOURCE)
    reader, writer = os.pipe()
    os.close(reader)
    process = run(*command, cwd=planwatch.folder, stdout=writer)
    os.close(writer)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [("parse", "old.txt"), ("sources", "list", "--all")])
def test_a_full_disk_is_no_fault_of_the_program(planwatch, command):
    planwatch.file("old.txt", OLD)
    planwatch.configure(HEAD + SOURCE)
    with Path("/dev/full").open("wb") as full:
        process = run(*command, cwd=planwatch.folder, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert b"No space left" in err
    assert b"fault of planwatch" not in err
