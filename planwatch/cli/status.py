"""`planwatch status`: whether all is well, for people, scripts and probes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from planwatch.cli.context import Cli, cli_of
from planwatch.cli.errors import ExitCode
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, local_time, print_table

if TYPE_CHECKING:
    from monitor.config.model import Config
    from monitor.refused import Refused
    from monitor.status import Status


def add_to(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command()(status)


def status(
    context: typer.Context,
    json: Json = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Only whether the daemon lives, by exit code.")
    ] = False,
) -> None:
    """Say what is watched, when it is looked at next, what is wrong, and what waits to be sent.

    Exits with 0 where all is well and with 3 where something is wrong; with --quiet, for probes,
    with 3 only where no daemon is alive.
    """
    from monitor.status import status as status_of

    cli = cli_of(context)
    config, mistakes = _configuration(cli)
    with cli.database.reading() as conn:
        found = status_of(
            conn, config, database=cli.database.name, now=cli.now(), mistakes=mistakes
        )
    if quiet:
        raise typer.Exit(int(ExitCode.OK if found.daemon.running else ExitCode.NOT_DONE))
    if json:
        write_out(as_json(found), None)
    else:
        _print(cli, found)
    if not found.ok:
        raise typer.Exit(int(ExitCode.NOT_DONE))


def _configuration(cli: Cli) -> tuple[Config | None, Refused | None]:
    """The configuration; or what is wrong with its file, since it was last written."""
    from monitor.config.problems import ConfigError
    from monitor.refused import Refused

    path = cli.settings.config
    try:
        return cli.config, None
    except ConfigError as error:
        if not path.exists():
            raise  # Nothing is known of what is meant to be watched: wrong use, not a state.
        written = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        return None, Refused(since=written, mistakes=tuple(str(one) for one in error.problems))


def _print(cli: Cli, found: Status) -> None:
    out = cli.console
    daemon = found.daemon
    if daemon.running:
        out.print(
            f"Daemon running (process {daemon.pid} on {daemon.host}, since "
            f"{local_time(daemon.started_at)}): {daemon.what}",
            markup=False,
        )
    enabled = [source for source in found.sources if source.enabled]
    out.print(
        f"{len(enabled)} sources watched, next look {local_time(found.next_due_at)} (Asia/Shanghai)",
        markup=False,
    )
    failing = found.failing
    if failing:
        count = sum(failing.values())
        outcomes = ", ".join(f"{outcome} ({times})" for outcome, times in failing.items())
        out.print(
            f"{count} of them failed at the last look, tried again later: {outcomes}",
            style="yellow",
            markup=False,
        )
    if found.cut_off:
        out.print("None could be reached: has this machine a way to the internet?", style="yellow")
    waiting = found.queue.get("pending", 0)
    out.print(f"{waiting} deliveries waiting, {found.queue.get('dead', 0)} given up", markup=False)
    if found.reviews:
        out.print(f"{found.reviews} reviews to decide: planwatch review list", style="yellow")
    print_table(
        out,
        ("document", "newest", "edition", "kept", "title"),
        [
            (d.id, d.newest, d.newest_edition, local_time(d.newest_at), d.title_en)
            for d in found.documents
            if d.versions
        ],
        empty="No version of any document is kept yet.",
    )
    if found.problems:
        out.print("What is wrong", style="bold red")
        for problem in found.problems:
            out.print(f"  {problem}", markup=False)
    elif not failing:
        out.print("All is well.", style="green")
