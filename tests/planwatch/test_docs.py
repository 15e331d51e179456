"""The pages of docs/ that come from the code are those of this code; every command says what it does."""

import re
import subprocess
import sys
from pathlib import Path

from typer.main import get_command

from planwatch.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


def every_command(command, path=()):
    children = getattr(command, "commands", None)
    if not children:
        yield " ".join(path), command
        return
    for name, child in children.items():
        yield from every_command(child, (*path, name))


def test_the_references_are_up_to_date():
    done = subprocess.run(
        [sys.executable, "docs/make.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schema_for_editors_is_that_of_the_code(planwatch):
    shipped = (ROOT / "sources.schema.json").read_text(encoding="utf-8")
    assert planwatch("sources", "schema").out.strip() == shipped.strip()


def test_every_command_and_every_parameter_has_a_help_text():
    for name, command in every_command(get_command(app)):
        assert command.help, name
        for parameter in command.params:
            assert parameter.help, f"{name}: {parameter.name}"


def test_every_command_is_in_the_reference():
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, _ in every_command(get_command(app)):
        assert f"\n## {name}\n" in reference


def test_every_link_of_the_documentation_leads_somewhere():
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
