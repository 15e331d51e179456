"""Options that several commands share, each with one name and one meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

import typer

from planwatch.cli.errors import WrongUse

Form = TypeVar("Form")

Json = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file, not the terminal.")
]


def one_form(as_json: Form, *, json: bool, form: Form | None) -> Form | None:
    """The form that --json and --format ask for, None where neither does; WrongUse for two."""
    if json and form not in (None, as_json):
        raise WrongUse(f"--json and --format {form} exclude each other; give one of them")
    return as_json if json else form
