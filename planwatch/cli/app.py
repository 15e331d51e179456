"""The command line: `planwatch COMMAND`. Each command stands in the file of its subject."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from planwatch.cli import (
    alerts,
    archive,
    baseline,
    dashboard,
    db,
    demo,
    diff,
    errors,
    evidence,
    imports,
    links,
    parse,
    poll,
    registry,
    review,
    run,
    sources,
    status,
    years,
)
from planwatch.cli.context import Cli
from planwatch.cli.output import nobody_reads

app = typer.Typer(
    name="planwatch",
    help="Watch China's yearly intellectual-property power plan, and see who must now do what.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 same or done, 1 differences found, 2 wrong use, 3 could not be done, "
    "130 ended by ctrl-C, 141 the reader of a pipe went away.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"planwatch {metadata.version('planwatch')}")
        raise typer.Exit


@app.callback()
def _main(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(help="Folder of database and logs.", envvar="PLANWATCH_DATA"),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            help="Database: a SQLite file or a postgresql:// URL.", envvar="PLANWATCH_DATABASE"
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(help="The sources.yaml to use.", envvar="PLANWATCH_CONFIG"),
    ] = None,
    debug: Annotated[bool, typer.Option(help="Show tracebacks of errors.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = Cli(data, database, config, debug)


#: The subjects in the order of help, under what a person wants to do.
PANELS = {
    "Watch": (run, demo, dashboard, status, poll, sources),
    "Keep": (imports, archive, review, baseline, evidence),
    "Compare": (diff, links, years),
    "Read": (parse, registry),
    "Tell": (alerts,),
    "Database": (db,),
}

for _panel, _subjects in PANELS.items():
    _commands, _groups = len(app.registered_commands), len(app.registered_groups)
    for _subject in _subjects:
        _subject.add_to(app)
    for _command in app.registered_commands[_commands:]:
        _command.rich_help_panel = _panel
    for _group in app.registered_groups[_groups:]:
        _group.rich_help_panel = _panel


def main() -> None:
    """Run the command line; every expected error is one line on standard error."""
    try:
        app()
    except SystemExit as end:
        # Help is printed by the library, which ends with 1 where nobody reads it any more.
        if isinstance(end.__context__, BrokenPipeError):
            nobody_reads()
        raise
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        known = errors.expected(error)
        if known is None:
            message = (
                f"unexpected {type(error).__name__}: {error}\n"
                "This is a fault of planwatch; run again with --debug to see where it happened."
            )
            code = errors.ExitCode.NOT_DONE
        else:
            message, code = known
        typer.echo(f"planwatch: {message}", err=True)
        sys.exit(int(code))
