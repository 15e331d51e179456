"""What a command works with: settings, registry, database and terminal, each made when asked for."""

from __future__ import annotations

import datetime as dt
import os
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from planwatch.settings import Settings, resolve

if TYPE_CHECKING:
    from rich.console import Console

    from monitor.config.model import Config
    from plans.registry.model import Registry
    from planwatch.wiring import Program
    from storage.database import Database


class Cli:
    """One command's surroundings. The clock is read here and nowhere below."""

    def __init__(
        self, data: Path | None, database: str | None, config: Path | None, debug: bool
    ) -> None:
        """Take the global options as given; None where an option was not."""
        self.settings: Settings = resolve(
            os.environ,
            cwd=Path.cwd(),
            home=Path.home(),
            data=data,
            database=database,
            config=config,
        )
        self.debug = debug

    @staticmethod
    def now() -> dt.datetime:
        """This moment, aware, in UTC."""
        return dt.datetime.now(dt.UTC)

    @cached_property
    def registry(self) -> Registry:
        """The shipped registry with the user's own rows. Raises RegistryError."""
        from plans.registry.load import load_registry

        return load_registry(self.settings.registry)

    @cached_property
    def config(self) -> Config:
        """The configuration, checked. Raises ConfigError with every mistake in it."""
        from monitor.config.load import load_config

        return load_config(self.settings.config, registry=self.registry)

    @cached_property
    def database(self) -> Database:
        """The database, opened; made and upgraded where it does not exist yet."""
        from planwatch.wiring import open_database

        return open_database(self.settings, now=self.now())

    @cached_property
    def program(self) -> Program:
        """Runtime, channels and outbox of the configuration, with the machine's own clock."""
        from monitor.fetching.clock import SystemClock
        from planwatch.wiring import make_program

        return make_program(
            self.database, self.config, self.registry, clock=SystemClock(), env=os.environ
        )

    @cached_property
    def console(self) -> Console:
        """Where results go; colours and width follow the terminal and NO_COLOR."""
        from planwatch.cli.console import ResultConsole

        return ResultConsole(highlight=False, soft_wrap=not sys.stdout.isatty())

    @cached_property
    def errors(self) -> Console:
        """Where progress and errors go, so that standard output can be piped."""
        from rich.console import Console

        return Console(stderr=True, highlight=False)


def cli_of(context: typer.Context) -> Cli:
    """The surroundings that the program's callback put into the context."""
    return cast(Cli, context.obj)
