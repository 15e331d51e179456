"""`planwatch diff OLD NEW`: who must now do what."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from planwatch.cli.context import Cli, cli_of
from planwatch.cli.errors import ExitCode, WrongUse
from planwatch.cli.options import Json, Output, one_form
from planwatch.cli.output import write_out
from planwatch.cli.shown import Lang, LangOption, NoPager, report_options, show

if TYPE_CHECKING:
    from plans.model import Changeset
    from planwatch.inputs import Loaded
    from reports.options import ReportOptions

SUFFIXES = {
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".json": "json",
    ".txt": "terminal",
    "": "terminal",
}


class DiffFormat(StrEnum):
    """The forms that a comparison can take."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    DOCX = "docx"
    DOCX_TABLE = "docx-table"
    XLSX = "xlsx"


BINARY = frozenset({DiffFormat.DOCX, DiffFormat.DOCX_TABLE, DiffFormat.XLSX})


class Only(StrEnum):
    """One subject of a comparison."""

    AGENCIES = "agencies"
    TASKS = "tasks"
    COMMITMENTS = "commitments"


class Least(StrEnum):
    """The least severity to show."""

    MAJOR = "major"
    MINOR = "minor"
    EDITORIAL = "editorial"


def add_to(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command()(diff)


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="REF (DOC#7, DOC@2024, DOC@baseline) or a file.")],
    new: Annotated[str, typer.Argument(help="REF (DOC@latest) or a file.")],
    format: Annotated[
        DiffFormat | None,
        typer.Option("--format", "-f", help="Default: by the output's suffix, else the terminal."),
    ] = None,
    json: Json = False,
    output: Output = None,
    only: Annotated[Only | None, typer.Option(help="Show one subject only.")] = None,
    agency: Annotated[str | None, typer.Option(help="A body, by id or any of its names.")] = None,
    section: Annotated[str | None, typer.Option(help="A section: id, number or title.")] = None,
    severity: Annotated[Least | None, typer.Option(help="Leave out what is less severe.")] = None,
    surrounding: Annotated[
        int | None,
        typer.Option("--context", min=0, help="Unchanged characters around a difference."),
    ] = None,
    lang: LangOption = Lang.EN,
    no_pager: NoPager = False,
) -> None:
    """Compare two plans: tasks new, gone, split or moved; bodies that came or left; commitments.

    Exits with 0 where nothing differs, after filters, and with 1 where something does.
    """
    from planwatch.inputs import load
    from reports.select import select

    cli = cli_of(context)
    chosen = one_form(DiffFormat.JSON, json=json, form=format) or _by_suffix(output)
    before = load(old, cli.registry, lambda: cli.database)
    after = load(new, cli.registry, lambda: cli.database)
    _check_filters(cli, before, after, agency, section)
    changes = comparison(cli, before, after)
    if chosen in BINARY and output is None and cli.console.is_terminal:
        raise WrongUse(f"{chosen} is not for the terminal: add --output FILE")
    options = msgspec.structs.replace(
        report_options(cli, lang, output),
        only=only.value if only else None,
        agency=agency,
        section=section,
        severity=severity.value if severity else None,
        context=surrounding,
        issued=_issued(cli, before, after),
    )
    result = render(chosen, changes, before, after, cli, options)
    if isinstance(result, str):
        show(cli, result, output, paged=chosen is DiffFormat.TERMINAL and not no_pager)
    else:
        write_out(result, output)
    kept = select(changes, before.plan, after.plan, cli.registry, options)
    if kept.changes:
        raise typer.Exit(int(ExitCode.DIFFERENCES))


def _check_filters(
    cli: Cli, before: Loaded, after: Loaded, agency: str | None, section: str | None
) -> None:
    """A name that nothing bears would leave nothing to show, as if there were no change."""
    from reports.select import is_known_agency, is_known_section

    plans = (before.plan, after.plan)
    if agency is not None and not is_known_agency(agency, plans, cli.registry):
        raise WrongUse(
            f"--agency {agency}: no body of that id or name is in the registry or in either plan; "
            f"`planwatch registry find NAME` says what a name points at"
        )
    if section is not None and not is_known_section(section, plans):
        titles = "; ".join(f"{s.number}{s.title}" for s in after.plan.sections[:4])
        raise WrongUse(
            f"--section {section}: neither plan has a section of that id, number or title"
            + (f"; the new one begins with {titles}" if titles else "")
        )


def _issued(cli: Cli, before: Loaded, after: Loaded) -> dict[str, dt.date]:
    """When instruments were issued; asked only of an archive that one of the two comes from."""
    if before.side.document is None and after.side.document is None:
        return {}
    from planwatch.issued import issued_between

    with cli.database.reading() as conn:
        return issued_between(conn, cli.config, before.plan, after.plan)


def comparison(cli: Cli, before: Loaded, after: Loaded) -> Changeset:
    """Compare two loaded plans, a person's verdicts on links included where there are any."""
    from plans.comparing.compare import compare
    from planwatch.wiring import stored_verdicts

    return compare(
        before.plan,
        after.plan,
        cli.registry,
        old_side=before.side,
        new_side=after.side,
        verdicts=stored_verdicts(cli.settings, now=cli.now()),
    )


def render(
    form: DiffFormat,
    changes: Changeset,
    before: Loaded,
    after: Loaded,
    cli: Cli,
    options: ReportOptions,
) -> str | bytes:
    """The report in one form; only the chosen one's libraries are loaded."""
    from importlib import import_module

    module = import_module(f"reports.{MODULES[form]}")
    result: str | bytes = module.render(changes, before.plan, after.plan, cli.registry, options)
    return result


MODULES = {
    DiffFormat.TERMINAL: "terminal",
    DiffFormat.JSON: "json",
    DiffFormat.HTML: "html",
    DiffFormat.MARKDOWN: "markdown",
    DiffFormat.DOCX: "docx_redline",
    DiffFormat.DOCX_TABLE: "docx_table",
    DiffFormat.XLSX: "xlsx",
}


def _by_suffix(output: Path | None) -> DiffFormat:
    if output is None:
        return DiffFormat.TERMINAL
    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        known = ", ".join(suffix for suffix in SUFFIXES if suffix)
        raise WrongUse(f"{output}: no form is known by this suffix; use {known}, or name --format")
    return DiffFormat(form)
