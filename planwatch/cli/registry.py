"""`planwatch registry`: the bodies, instruments and programmes that are known by name."""

from __future__ import annotations

from typing import Annotated

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.errors import ExitCode
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, print_table

app = typer.Typer(no_args_is_help=True, help="Known bodies, instruments and programmes.")


def add_to(program: typer.Typer) -> None:
    """Add this file's commands to the program."""
    program.add_typer(app, name="registry")


@app.command()
def find(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Any name or title, in either language.")],
    year: Annotated[int | None, typer.Option(help="As the name stood in this year.")] = None,
    json: Json = False,
) -> None:
    """Say what a name points at. Exits with 1 where it points at nothing."""
    cli = cli_of(context)
    registry = cli.registry
    agency = registry.agencies.get(name) or registry.find_agency(name, year)
    instrument = registry.instruments.get(name) or registry.find_instrument(name)
    programme = registry.programmes.get(name) or registry.find_programme(name)
    found = {"agency": agency, "instrument": instrument, "programme": programme}
    if json:
        write_out(as_json({kind: entry for kind, entry in found.items() if entry}), None)
    else:
        rows = [
            (kind, entry.id, entry.zh, entry.en)
            for kind, entry in found.items()
            if entry is not None
        ]
        print_table(
            cli.console,
            ("kind", "id", "Chinese", "English"),
            rows,
            empty=f"Nothing is known under the name {name!r}. A row in "
            f"{cli.settings.own_registry}/agencies.csv teaches it (docs/registry.md).",
        )
        if agency is not None:
            names = [*agency.zh_names, *agency.en_names]
            spans = [
                n.text + (f" ({n.since or ''}–{n.until or ''})" if n.since or n.until else "")
                for n in names
            ]
            cli.console.print("names: " + "; ".join(spans), markup=False)
            for before, since in agency.predecessors:
                cli.console.print(
                    f"successor of {registry.agency_display(before, 'zh')} ({before}) since {since}",
                    markup=False,
                )
    if not any(found.values()):
        raise typer.Exit(int(ExitCode.DIFFERENCES))


@app.command()
def unknown(context: typer.Context, json: Json = False) -> None:
    """The bodies in stored plans that the registry does not know, with how often each is named."""
    from storage import actors

    cli = cli_of(context)
    with cli.database.reading() as conn:
        found = actors.unknown(conn)
    if json:
        write_out(as_json([{"name": name, "tasks": tasks} for name, tasks in found]), None)
        return
    print_table(
        cli.console,
        ("tasks", "name"),
        [(tasks, name) for name, tasks in found],
        empty="Every body named in the stored plans is known.",
        note=f"Teach one by a row in {cli.settings.own_registry}/agencies.csv, then run: "
        "planwatch reread"
        if found
        else None,
    )
