"""`planwatch run`: the daemon, in the foreground."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import ExitStack
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planwatch.cli.context import Cli, cli_of
from planwatch.cli.dashboard import Listen
from planwatch.cli.errors import Failure

if TYPE_CHECKING:
    from monitor.config.model import Config
    from monitor.daemon import Daemon
    from monitor.status import Status


class LogFormat(StrEnum):
    """Log lines for people or for machines."""

    TEXT = "text"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command()(run)


def run(
    context: typer.Context,
    log_format: Annotated[LogFormat, typer.Option(help="Log lines.")] = LogFormat.TEXT,
    listen: Listen = None,
) -> None:
    """Watch the sources of sources.yaml until ctrl-C: poll, keep, read, compare, tell.

    Started again it goes on where it was. SIGHUP takes a changed configuration at once.
    """
    stop, reload = threading.Event(), threading.Event()
    _listen_to_signals(stop, reload)
    import structlog

    from monitor.daemon import Daemon, DaemonRunning
    from monitor.fetching.clock import SystemClock
    from monitor.reloading import ConfigFile
    from monitor.stopping import StoppableClock
    from planwatch.logs import set_up
    from planwatch.wiring import Program, make_program, process_name

    cli = cli_of(context)
    set_up(log_format.value, colour=cli.errors.color_system is not None)
    log = structlog.get_logger("planwatch")

    def assemble(config: Config, holder: str) -> Program:
        program = make_program(
            cli.database,
            config,
            cli.registry,
            clock=StoppableClock(SystemClock(), stop),
            env=os.environ,
            stopping=stop.is_set,
            holder=holder,
        )
        for problem in program.problems:
            log.warning("cannot be used yet", what=problem)
        return program

    _banner(cli)
    with ExitStack() as beside:
        daemon = Daemon(
            assemble,
            cli.config,
            holder=process_name(),
            stop=stop,
            reload=reload,
            file=ConfigFile(cli.settings.config, os.environ),
            started=lambda: _start_beside(cli, daemon, beside, listen),
        )
        try:
            daemon.run()
        except DaemonRunning as running:
            raise Failure(str(running)) from running


def _start_beside(cli: Cli, daemon: Daemon, beside: ExitStack, listen: str | None) -> None:
    """Start what answers while the daemon works; a port that is taken does not stop the watch."""
    _start_dashboard(cli, daemon, beside, listen)
    _start_probe(cli, daemon, beside)


def _start_dashboard(cli: Cli, daemon: Daemon, beside: ExitStack, listen: str | None) -> None:
    import structlog

    from dashboard.server import PortTaken
    from planwatch.dashboards import make_dashboard

    log = structlog.get_logger("planwatch")
    if cli.config.settings.dashboard is None and listen is None:
        return
    made = make_dashboard(
        cli.database, cli.registry, lambda: daemon.runtime, data=cli.settings.data, listen=listen
    )
    for problem in made.problems:
        log.warning("cannot be used", what=problem)
    try:
        made.server.start()
    except PortTaken as taken:
        log.warning("no dashboard", reason=str(taken))
        return
    beside.callback(made.server.stop)
    log.info("dashboard", at=made.server.url)
    if made.token:
        log.warning("a token to come in, shown this once", token=made.token)


def _start_probe(cli: Cli, daemon: Daemon, beside: ExitStack) -> None:
    import structlog

    from monitor.probe import PortTaken, Probe
    from monitor.status import status

    def look() -> Status:
        with cli.database.reading() as conn:
            config = daemon.runtime.config  # A changed file is taken while the daemon runs.
            return status(conn, config, database=cli.database.name, now=cli.now())

    log = structlog.get_logger("planwatch")
    listen = cli.config.settings.health
    if listen is None:
        return
    try:
        probe = Probe(listen.host, listen.port, look)
    except PortTaken as taken:
        log.warning("no probes", reason=str(taken))
        return
    beside.callback(probe.close)
    log.info("answers probes", at=f"http://{listen.host}:{probe.port}/healthz")


def _banner(cli: Cli) -> None:
    """Where the data are and what is watched, on standard error before the log begins."""
    config = cli.config
    enabled = config.enabled_sources
    lines = (
        f"planwatch  database  {cli.database.name}",
        f"           sources   {cli.settings.config}",
        f"           watching  {len(config.documents)} documents at {len(enabled)} sources; "
        f"telling {len(config.subscriptions)} subscriptions",
        "           ctrl-C ends it after the page in hand",
    )
    cli.errors.print("\n".join(lines), markup=False, soft_wrap=True)


def _listen_to_signals(stop: threading.Event, reload: threading.Event) -> None:
    asked_at = float("-inf")

    def end(number: int, _: object) -> None:
        nonlocal asked_at
        before, asked_at = asked_at, time.monotonic()
        if asked_at - before < 1:
            return  # One ctrl-C that reached us twice, through a supervisor.
        if stop.is_set():
            # A second ctrl-C: the person will not wait. Nothing is lost, leases run out.
            os.write(sys.stderr.fileno(), b"ended at once\n")
            os._exit(130)
        os.write(sys.stderr.fileno(), b"ending after the page in hand; once more ends at once\n")
        stop.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: reload.set())
