"""`planwatch sources`: what is watched, and whether the configuration is right."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.errors import ExitCode, Failure, WrongUse
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, local_time, print_table

app = typer.Typer(no_args_is_help=True, help="The places that are watched.")


def add_to(program: typer.Typer) -> None:
    """Add this file's commands to the program."""
    program.add_typer(app, name="sources")


@app.command("list")
def list_sources(
    context: typer.Context,
    json: Json = False,
    every: Annotated[bool, typer.Option("--all", help="Disabled ones too, with why.")] = False,
) -> None:
    """The sources of the configuration, with when each was last seen and is looked at next."""
    from storage import sources

    cli = cli_of(context)
    with cli.database.reading() as conn:
        states = {state.id: state for state in sources.list_all(conn)}
    rows: list[dict[str, Any]] = []
    for source in cli.config.sources:
        if not source.enabled and not every:
            continue
        state = states.get(source.id)
        rows.append(
            {
                "id": source.id,
                "group": source.group,
                "kind": source.kind,
                "authority": source.authority,
                "url": source.url or str(source.path),
                "documents": list(source.documents),
                "enabled": source.enabled,
                "reason": source.reason,
                "certain": source.certain,
                "last_outcome": state.last_outcome if state else None,
                "last_success_at": state.last_success_at if state else None,
                "next_due_at": state.next_due_at if state else None,
            }
        )
    if json:
        write_out(as_json(rows), None)
        return
    print_table(
        cli.console,
        ("source", "kind", "last outcome", "last seen", "next", "address"),
        [
            (
                row["id"],
                row["kind"],
                (row["last_outcome"] or "-") if row["enabled"] else "disabled",
                local_time(row["last_success_at"]),
                local_time(row["next_due_at"]),
                f"{row['url']}{'' if row['certain'] else '  (address not certain)'}"
                f"{'' if row['enabled'] else '  ' + str(row['reason'])}",
            )
            for row in rows
        ],
        empty="The configuration names no enabled source.",
    )


@app.command()
def check(context: typer.Context) -> None:
    """Read the configuration and report every mistake at once, each with its line."""
    from monitor.config.load import load_config

    cli = cli_of(context)
    config = load_config(cli.settings.config, env=os.environ, registry=cli.registry)
    enabled = len(config.enabled_sources)
    cli.console.print(
        f"{cli.settings.config}: right. {len(config.documents)} documents, "
        f"{enabled} sources ({len(config.sources) - enabled} disabled), "
        f"{len(config.channels)} channels, {len(config.subscriptions)} subscriptions.",
        markup=False,
    )


@app.command()
def schema(context: typer.Context) -> None:
    """Print the JSON Schema of sources.yaml, for editors."""
    from monitor.config.load import config_schema

    write_out(as_json(config_schema()), None)


@app.command()
def test(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Id of a source.")],
    json: Json = False,
) -> None:
    """Look at one source now: what its list holds, and which document each article belongs to.

    Nothing is kept and nobody is told. Exits with 3 where the source could not be seen.
    """
    from monitor.host_leases import HostBusy
    from monitor.trial import try_source

    cli = cli_of(context)
    if source not in {one.id for one in cli.config.sources}:
        raise WrongUse(f"no source {source!r} in {cli.settings.config}; see planwatch sources list")
    runtime = cli.program.runtime
    try:
        trial = try_source(runtime, source)
    except HostBusy as busy:
        raise Failure(f"{busy}; try again when it is done, in a minute or so") from busy
    finally:
        # Else the daemon, and the next such look, would find the host taken.
        runtime.hosts.release(cli.database, runtime.holder)
    if json:
        write_out(as_json(trial), None)
    else:
        cli.console.print(trial.text(), markup=False)
    if not trial.seen:
        raise typer.Exit(int(ExitCode.NOT_DONE))
