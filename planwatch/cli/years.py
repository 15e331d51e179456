"""`planwatch trace`, `agency`, `matrix` and `instruments`: a document over the years."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planwatch.cli.baseline import DEFAULT_DOCUMENT
from planwatch.cli.context import Cli, cli_of
from planwatch.cli.errors import WrongUse
from planwatch.cli.options import Json, Output
from planwatch.cli.output import write_out
from planwatch.cli.shown import Lang, LangOption, NoPager, report_options, show
from planwatch.cli.tables import as_json

if TYPE_CHECKING:
    from plans.comparing.trace import Edition

Csv = Annotated[bool, typer.Option("--csv", help="As comma-separated values.")]
Document = Annotated[str, typer.Option("--document", help="Id of the document.")]


def add_to(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    for command in (trace, agency, matrix, instruments):
        app.command()(command)


def trace(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Id of a document.")],
    task: Annotated[str, typer.Argument(help="Id of a task.")],
    edition: Annotated[
        str | None, typer.Option(help="The edition in which the task has this id; else the newest.")
    ] = None,
    json: Json = False,
    csv: Csv = False,
    output: Output = None,
    lang: LangOption = Lang.EN,
    no_pager: NoPager = False,
) -> None:
    """Follow one task through all editions, also where it was split or merged."""
    from plans.comparing.trace import EditionError, trace_task
    from reports import trace as report

    cli = cli_of(context)
    editions = _editions(cli, document)
    names = [one.name for one in editions]
    if edition is not None and edition not in names:
        raise WrongUse(f"{document} has no edition {edition}; there is: {', '.join(names)}")
    at = names.index(edition) if edition else len(editions) - 1
    try:
        steps = trace_task(editions, at, task)
    except EditionError as error:
        known = [one.id for one in editions[at].plan.tasks]
        ids = f"; its tasks are {known[0]} … {known[-1]}" if known else ""
        raise WrongUse(f"{document}: {error}{ids}") from error
    options = report_options(cli, lang, output)
    shown = (steps, editions, cli.registry, options)
    _give(cli, report, shown, json=json, csv=csv, output=output, paged=not no_pager)


def agency(
    context: typer.Context,
    body: Annotated[str, typer.Argument(help="A body, by id or any of its names.")],
    document: Document = DEFAULT_DOCUMENT,
    json: Json = False,
    csv: Csv = False,
    output: Output = None,
    lang: LangOption = Lang.EN,
    no_pager: NoPager = False,
) -> None:
    """List what a body has to do in each edition, what is new and what is gone."""
    from plans.comparing.trace import duties
    from reports import agency as report
    from reports.select import agency_key

    cli = cli_of(context)
    key = agency_key(body, cli.registry)
    found = duties(_editions(cli, document), key, cli.registry)
    if not found and cli.registry.find_agency(body) is None and body not in cli.registry.agencies:
        raise WrongUse(
            f"no edition of {document} names {body!r}, and the registry does not know it; "
            "`planwatch matrix` lists who is named"
        )
    shown = (found, key, cli.registry, report_options(cli, lang, output))
    _give(cli, report, shown, json=json, csv=csv, output=output, paged=not no_pager)


def matrix(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Id of a document.")] = DEFAULT_DOCUMENT,
    json: Json = False,
    csv: Csv = False,
    output: Output = None,
    lang: LangOption = Lang.EN,
    no_pager: NoPager = False,
) -> None:
    """Count tasks by body and section in the newest edition, and how the counts changed."""
    from plans.comparing.trace import matrix as make_matrix
    from reports import matrix as report

    cli = cli_of(context)
    editions = _editions(cli, document)
    found = make_matrix(editions[-1], editions[-2] if len(editions) > 1 else None)
    shown = (found, cli.registry, report_options(cli, lang, output))
    _give(cli, report, shown, json=json, csv=csv, output=output, paged=not no_pager)


def instruments(
    context: typer.Context,
    document: Document = DEFAULT_DOCUMENT,
    json: Json = False,
    csv: Csv = False,
    output: Output = None,
    lang: LangOption = Lang.EN,
    no_pager: NoPager = False,
) -> None:
    """Show where each law and regulation stands on the ladder of commitment, by edition."""
    from plans.comparing.trace import ladders
    from reports import ladder as report

    cli = cli_of(context)
    found = ladders(_editions(cli, document))
    shown = (found, cli.registry, report_options(cli, lang, output))
    _give(cli, report, shown, json=json, csv=csv, output=output, paged=not no_pager)


def _give(
    cli: Cli,
    report: ModuleType,
    shown: tuple[Any, ...],
    *,
    json: bool,
    csv: bool,
    output: Path | None,
    paged: bool,
) -> None:
    """Write what ``report`` makes of ``shown``; its first element alone as JSON."""
    from reports.tables import to_csv

    if json and csv:
        raise WrongUse("--json and --csv exclude each other; give one of them")
    if json:
        write_out(as_json(shown[0]), output)
    elif csv:
        write_out(to_csv(report.table(*shown)), output)
    else:
        show(cli, report.render(*shown), output, paged=paged)


def _editions(cli: Cli, document: str) -> tuple[Edition, ...]:
    from planwatch.series import editions_of

    with cli.database.reading() as conn:
        found = editions_of(conn, document, cli.registry)
    if not found:
        raise WrongUse(f"no version of {document} has been kept and read yet")
    return found
