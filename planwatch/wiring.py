"""Puts the rooms together: database, runtime of the watch, channels and outbox."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path

import msgspec
from sqlalchemy.engine import Connection

from alerts.channels.make import make_channels
from alerts.composing.compose import LinkMaker
from alerts.composing.templates import Templates
from alerts.drain import Drainer
from alerts.events import Event
from alerts.record import ahead, record
from alerts.secrets import SecretError
from alerts.translating.translate import Translations, make_translations
from monitor.config.model import Config
from monitor.fetching.clock import Clock
from monitor.fetching.fetcher import Fetcher, user_agent
from monitor.polling.tools import Tools
from monitor.reading_pool import ReadingPool
from monitor.runtime import Runtime
from plans.comparing.verdicts import NO_VERDICTS, Verdicts
from plans.registry.model import Registry
from planwatch.settings import Settings
from planwatch.shipped import load_baseline
from storage import verdicts
from storage.database import Database


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A runtime with the means to tell; ``problems`` are channels and templates that cannot be used."""

    runtime: Runtime
    drainer: Drainer
    problems: tuple[str, ...]

    def close(self) -> None:
        """Let go of connections and of the processes that read; the database stays open."""
        self.runtime.fetcher.close()
        self.runtime.tools.close()


def open_database(settings: Settings, *, now: dt.datetime) -> Database:
    """The database of these settings; one that does not have the shipped baseline gets it.

    Raises StorageError and its kinds, each with the remedy in its message.
    """
    if "://" not in settings.database:
        Path(settings.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
    database = Database.open(settings.database, now=now)
    load_baseline(database, now=now)
    return database


def stored_verdicts(settings: Settings, *, now: dt.datetime) -> Verdicts:
    """What a person has said of links; nothing where there is no database yet.

    Comparing two files must work without a database, and must not make one.
    """
    if "://" not in settings.database and not Path(settings.database).expanduser().exists():
        return NO_VERDICTS
    database = Database.open(settings.database, now=now)
    with database.reading() as conn:
        return verdicts.all_given(conn)


def make_program(
    database: Database,
    config: Config,
    registry: Registry,
    *,
    clock: Clock,
    env: Mapping[str, str],
    stopping: Callable[[], bool] = bool,
    holder: str | None = None,
) -> Program:
    """Everything that `run`, `poll` and `import` need, from a checked configuration.

    ``holder`` is this process's name in leases; left out, it gets one of its own. A channel whose
    secret is missing is no error: its alerts wait until somebody gives it.
    """
    holder = holder or process_name()
    templates = Templates(config.templates_folder)
    channels, missing = make_channels(config.channels, env, templates)
    links = LinkMaker(dashboard_url=config.settings.dashboard_url)

    def tell(conn: Connection, event: Event) -> None:
        record(conn, event, config.subscriptions, registry, now=event.at, links=links)

    runtime = Runtime(
        database=database,
        config=config,
        fetcher=Fetcher(
            clock=clock,
            agent=user_agent(metadata.version("planwatch"), config.settings.contact),
            connections=config.settings.workers,
        ),
        tools=_tools(registry, config.settings.readers),
        clock=clock,
        holder=holder,
        tell=tell,
        ahead=lambda event: ahead(event, config.subscriptions, registry, links=links),
        env=env,
        stopping=stopping,
    )
    translations, untranslated = _translations(database, config, registry, clock, env)
    drainer = Drainer(
        database,
        channels,
        config.subscriptions,
        registry,
        holder=holder,
        clock=clock.now,
        translations=translations,
    )
    problems = (*missing, *(str(problem) for problem in templates.problems), *untranslated)
    return Program(runtime=runtime, drainer=drainer, problems=problems)


def _tools(registry: Registry, readers: int) -> Tools:
    if not readers:
        return Tools(registry=registry)
    pool = ReadingPool(registry, readers)
    return Tools(
        registry=registry,
        extract=pool.extract,
        read=pool.read,
        index=pool.index,
        close=pool.close,
    )


def _translations(
    database: Database, config: Config, registry: Registry, clock: Clock, env: Mapping[str, str]
) -> tuple[Translations | None, tuple[str, ...]]:
    """The provider that the configuration names, or what keeps it from being used.

    Without it alerts go out all the same, with their sentences made from the facts.
    """
    if config.translation is None:
        return None, ()
    try:
        made = make_translations(config.translation, env, registry, database, clock=clock.now)
    except (SecretError, ImportError) as error:
        return None, (str(error),)
    return made, ()


def process_name() -> str:
    """A name for this process in leases: host, process id, and a part that no other has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
