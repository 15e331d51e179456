"""`planwatch parse` and `planwatch extract`: what a file holds, and what it says."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from planwatch.cli.context import cli_of, write_out
from planwatch.cli.options import Json, Output
from planwatch.cli.shown import Lang, LangOption, NoPager, report_options
from planwatch.cli.shown import show as show_report


class ParseFormat(StrEnum):
    """How a plan is shown."""

    TREE = "tree"
    JSON = "json"
    HTML = "html"


class ExtractFormat(StrEnum):
    """How an extract is shown."""

    TEXT = "text"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command()(parse)
    app.command()(extract)


def parse(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A published page or paper, a plan as JSON, or -.")],
    format: Annotated[ParseFormat, typer.Option("--format", "-f", help="How to show it.")] = (
        ParseFormat.TREE
    ),
    json: Json = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the text with its parts marked in colour.")
    ] = False,
    output: Output = None,
    lang: LangOption = Lang.EN,
    no_pager: NoPager = False,
) -> None:
    """Read a file as a plan: its sections, tasks, bodies, instruments and commitments."""
    from plans.model import to_json
    from planwatch.inputs import load_file

    cli = cli_of(context)
    loaded = load_file(file, cli.registry)
    chosen = ParseFormat.JSON if json else format
    options = report_options(cli, lang, output)
    if chosen is ParseFormat.JSON:
        write_out(to_json(loaded.plan), output)
    elif chosen is ParseFormat.HTML:
        from reports.plan_html import render

        show_report(cli, render(loaded.plan, cli.registry, options), output, paged=False)
    else:
        from reports.plan_tree import render

        show_report(cli, render(loaded.plan, cli.registry, options), output, paged=not no_pager)


def extract(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A fetched file of any kind, or - .")],
    format: Annotated[ExtractFormat, typer.Option("--format", "-f", help="How to show it.")] = (
        ExtractFormat.TEXT
    ),
    json: Json = False,
    output: Output = None,
) -> None:
    """Take the main text and the metadata out of a file, as it is before it is read."""
    from plans.model import to_json
    from planwatch.inputs import extract_file

    found = extract_file(file)
    if json or format is ExtractFormat.JSON:
        write_out(to_json(found), output)
    elif found.state == "document":
        write_out(found.text, output)
    if found.state != "document":
        from planwatch.cli.errors import Failure

        raise Failure(f"{file}: no document in it: {found.state}, {found.reason}")
