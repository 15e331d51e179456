"""`planwatch parse` and `planwatch extract`: what a file holds, and what it says."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planwatch.cli.context import Cli, cli_of
from planwatch.cli.errors import Failure, WrongUse
from planwatch.cli.options import Json, Output, one_form
from planwatch.cli.output import write_out
from planwatch.cli.shown import Lang, LangOption, NoPager, report_options
from planwatch.cli.shown import show as show_report

if TYPE_CHECKING:
    from planwatch.inputs import Loaded
    from reports.options import ReportOptions


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
    format: Annotated[
        ParseFormat | None, typer.Option("--format", "-f", help="How to show it; default: tree.")
    ] = None,
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
    chosen = one_form(ParseFormat.JSON, json=json, form=format) or ParseFormat.TREE
    loaded = load_file(file, cli.registry)
    options = report_options(cli, lang, output)
    if chosen is ParseFormat.JSON:
        write_out(to_json(loaded.plan), output)
        return
    if explain:
        text = _explained(cli, loaded, chosen, options)
    elif chosen is ParseFormat.HTML:
        from reports.plan_html import render as render_html

        text = render_html(loaded.plan, cli.registry, options)
    else:
        from reports.plan_tree import render as render_tree

        text = render_tree(loaded.plan, cli.registry, options)
    show_report(cli, text, output, paged=chosen is ParseFormat.TREE and not no_pager)


def _explained(cli: Cli, loaded: Loaded, form: ParseFormat, options: ReportOptions) -> str:
    from plans.reading.explain import explain as segments_of
    from reports.explained import render_html, render_terminal

    if loaded.extract is None:
        raise WrongUse("a plan as JSON has no text to explain; give the published file")
    segments = segments_of(loaded.extract, loaded.plan, cli.registry)
    render = render_html if form is ParseFormat.HTML else render_terminal
    return render(loaded.extract.text, segments, loaded.plan, cli.registry, options)


def extract(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A fetched file of any kind, or - .")],
    format: Annotated[
        ExtractFormat | None, typer.Option("--format", "-f", help="How to show it; default: text.")
    ] = None,
    json: Json = False,
    output: Output = None,
) -> None:
    """Take the main text and the metadata out of a file, as it is before it is read."""
    from plans.model import to_json
    from planwatch.inputs import extract_file

    chosen = one_form(ExtractFormat.JSON, json=json, form=format) or ExtractFormat.TEXT
    found = extract_file(file)
    if chosen is ExtractFormat.JSON:
        write_out(to_json(found), output)
    elif found.state == "document":
        write_out(found.text, output)
    if found.state != "document":
        raise Failure(f"{file}: no document in it: {found.state}, {found.reason}")
