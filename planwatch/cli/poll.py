"""`planwatch poll`: look at sources now, beside or without a daemon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.errors import ExitCode, WrongUse
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, print_table

if TYPE_CHECKING:
    from monitor.polling.source import Round

#: How long the outbox may take before the command ends; the rest is the daemon's.
PATIENCE_SECONDS = 60.0


def add_to(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command()(poll)


def poll(
    context: typer.Context,
    source: Annotated[
        list[str] | None, typer.Argument(help="Ids; none: every enabled one.")
    ] = None,
    json: Json = False,
) -> None:
    """Look at sources now, whether due or not; keep and tell what is new.

    Exits with 3 where a source could not be seen.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from monitor.host_leases import HostBusy
    from monitor.outcomes import SEEN, in_words
    from monitor.polling.source import poll_source
    from monitor.runtime import sync
    from monitor.workers import SOURCE_LEASE
    from storage import sources

    cli = cli_of(context)
    known = {one.id for one in cli.config.enabled_sources}
    unknown = [name for name in source or () if name not in known]
    if unknown:
        raise WrongUse(
            f"no enabled source {', '.join(unknown)} in {cli.settings.config}; "
            "see planwatch sources list --all"
        )
    runtime = cli.program.runtime
    sync(runtime)
    rounds: list[Round] = []
    busy: list[tuple[str, str]] = []
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=cli.errors,
        transient=True,
    ) as progress:
        wanted = source or [one.id for one in cli.config.enabled_sources]
        bar = progress.add_task("polling", total=len(wanted))
        for name in wanted:
            progress.update(bar, description=name)
            now = runtime.now()
            with cli.database.writing() as conn:
                mine = sources.claim(conn, name, runtime.holder, now=now, until=now + SOURCE_LEASE)
            try:
                if mine:
                    rounds.append(poll_source(runtime, name))
                else:
                    busy.append((name, "another process is polling it"))
            except HostBusy as waiting:
                busy.append((name, str(waiting)))
                with cli.database.writing() as conn:
                    sources.release(conn, name, runtime.holder)
            progress.advance(bar)
    runtime.hosts.release(cli.database, runtime.holder)
    cli.program.drainer.drain(patience=PATIENCE_SECONDS)
    if json:
        write_out(as_json(rounds), None)
    else:
        print_table(
            cli.console,
            ("source", "outcome", "pages", "told", "ms", "detail"),
            [
                (r.source, in_words(r.outcome), len(r.looks), r.told, r.milliseconds, r.detail)
                for r in rounds
            ]
            + [(name, "busy", 0, 0, 0, why) for name, why in busy],
            empty="No enabled source.",
        )
    if busy or any(r.outcome not in SEEN for r in rounds):
        raise typer.Exit(int(ExitCode.NOT_DONE))
