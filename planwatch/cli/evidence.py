"""`planwatch verify` and `planwatch export`: that nothing was changed, and all of it to take away."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from planwatch.cli.context import Cli, cli_of
from planwatch.cli.errors import ExitCode, Failure, WrongUse
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, print_table


def add_to(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command()(verify)
    app.command()(export)


def verify(
    context: typer.Context,
    json: Json = False,
    facts_only: Annotated[
        bool, typer.Option(help="Leave out the bytes of snapshots, which take the longest.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option(help="Name what is no evidence, with the reason of each.")
    ] = False,
) -> None:
    """Walk the whole archive along its chain of hashes. Exits with 3 where anything was changed."""
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from storage import evidence
    from storage.verify import OUTSIDE
    from storage.verify import verify as verify_archive

    cli = cli_of(context)
    with (
        Progress(
            SpinnerColumn(), TextColumn("{task.description}"), console=cli.errors, transient=True
        ) as progress,
        cli.database.reading() as conn,
    ):
        bar = progress.add_task("walking the chain")
        faults = list(
            verify_archive(
                conn,
                bodies=not facts_only,
                progress=lambda links: progress.update(bar, description=f"{links} links"),
            )
        )
        head = evidence.head(conn)
    if json:
        found = {"head": head, "faults": faults, "bytes": not facts_only, "outside": OUTSIDE}
        write_out(as_json(found), None)
    elif faults:
        for fault in faults:
            cli.console.print(
                f"{fault.kind} {fault.subject}: {fault.message}", style="red", markup=False
            )
    else:
        covered = "Of the facts, nothing" if facts_only else "Nothing"
        cli.console.print(f"{covered} was changed. The chain's head is {head or 'empty'}.")
    if not json:
        _say_outside(cli, OUTSIDE, verbose=verbose)
    if faults:
        raise typer.Exit(int(ExitCode.NOT_DONE))


def _say_outside(cli: Cli, outside: Mapping[str, str], *, verbose: bool) -> None:
    """What a green walk says nothing about."""
    if verbose:
        print_table(cli.console, ("no evidence", "because"), list(outside.items()), empty="")
        return
    cli.console.print(
        f"No evidence, and not looked at: {len(outside)} tables and columns of work in hand, of "
        "indexes and of what persons decided (--verbose names them)."
    )


def export(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Id of a document.")],
    folder: Annotated[Path, typer.Argument(help="Where to put the files.")] = Path(),
    json: Json = False,
) -> None:
    """Write everything about one document: a web archive (WARC) of the snapshots, facts as JSON."""
    from monitor.exporting import export as export_document

    cli = cli_of(context)
    try:
        with cli.database.reading() as conn:
            done = export_document(conn, document, folder)
    except FileExistsError as error:
        raise WrongUse(f"{error.filename} is there already; name another folder") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Failure(f"cannot write into {folder} ({reason}); name another folder") from error
    if json:
        write_out(as_json(done), None)
    else:
        cli.console.print(f"{done.warc}\n{done.facts}", markup=False)
