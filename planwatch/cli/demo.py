"""`planwatch demo`: the whole way in seconds, with no account and no internet."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.errors import Failure, WrongUse


def add_to(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command()(demo)


def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option(help="Where to put database and messages; must not exist yet.")
    ] = None,
    log: Annotated[bool, typer.Option(help="Show the daemon's own log lines, too.")] = False,
) -> None:
    """See it work: an invented plan is published, amended, and followed by next year's.

    A small publisher on this machine plays the site; your own database is not touched.
    """
    import logging

    import structlog

    from planwatch.demo.play import DemoFailed, play
    from planwatch.logs import set_up
    from storage.database import Database

    cli = cli_of(context)
    if folder is not None and folder.exists():
        raise WrongUse(f"{folder} is there already; name a folder that is not")
    if log:
        set_up("text", colour=cli.errors.color_system is not None)
    else:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    place = folder or Path(tempfile.mkdtemp(prefix="planwatch-demo-"))
    place.mkdir(parents=True, exist_ok=True)
    database = Database.open(place / "demo.sqlite3", now=cli.now())
    try:
        play(cli.console, place, database, cli.registry)
    except DemoFailed as failed:
        raise Failure(f"{failed}; run again with --log to see what the daemon says") from failed
    finally:
        database.close()
