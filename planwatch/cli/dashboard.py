"""`planwatch dashboard`: the pages without a daemon; `planwatch token`: who may come in."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.errors import Failure, WrongUse

Listen = Annotated[
    str | None,
    typer.Option(
        help="Where the dashboard answers, HOST:PORT; else as sources.yaml says.",
        envvar="PLANWATCH_LISTEN",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command()(dashboard)
    app.command()(token)


def dashboard(context: typer.Context, listen: Listen = None) -> None:
    """Serve the dashboard alone, until ctrl-C. `planwatch run` serves it beside the daemon."""
    from dashboard.server import PortTaken
    from planwatch.dashboards import BadListen, make_dashboard

    cli = cli_of(context)
    try:
        made = make_dashboard(
            cli.database,
            cli.registry,
            lambda: cli.program.runtime,
            data=cli.settings.data,
            listen=listen,
        )
        made.server.start()
    except BadListen as error:
        raise WrongUse(str(error)) from error
    except PortTaken as error:
        raise Failure(str(error)) from error
    for problem in made.problems:
        cli.errors.print(problem, style="yellow", markup=False)
    if made.token:
        cli.errors.print(f"A token to come in, shown this once: {made.token}", markup=False)
    cli.errors.print(f"The dashboard is at {made.server.url} ; ctrl-C ends it.", markup=False)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()
    made.server.stop()


def token(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Whose token it is: letters, digits, . _ @ -.")],
) -> None:
    """Make a token for the dashboard and its API. It is shown once; only its hash is kept."""
    import re

    from planwatch.dashboards import TOKENS, add_token, load_or_none

    cli = cli_of(context)
    path = cli.settings.data / TOKENS
    if not re.fullmatch(r"[A-Za-z0-9._@-]{1,64}", name):
        raise WrongUse(f"{name!r} is no name for a token: letters, digits, . _ @ - are allowed")
    if any(known.name == name for known in load_or_none(path)):
        raise WrongUse(f"{name} has a token already; take its line out of {path} first")
    cli.console.print(add_token(path, name), markup=False, soft_wrap=True)
