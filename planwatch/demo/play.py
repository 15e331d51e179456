"""The demonstration: a plan is published, amended, and followed by next year's.

Everything but the publisher is the program itself: its daemon polls, its database keeps, its
channel writes what would have gone to Slack and by mail.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import threading
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.config.load import config_from
from monitor.config.model import Config
from monitor.daemon import Daemon
from monitor.fetching.clock import SystemClock
from plans.registry.model import Registry
from planwatch.demo.publisher import Publisher
from planwatch.wiring import Program, make_program, process_name
from storage import sources, versions
from storage.database import Database

if TYPE_CHECKING:
    from rich.console import Console

DOCUMENT = "demo-plan"
SOURCE = "demo-notices"
CONFIG = """
settings:
  spacing_seconds: 0
  schedule: {every: 1h, jitter: 1m}
documents:
  - id: demo-plan
    titles: {zh: 创新权益建设推进计划, en: Plan for the Rights of Innovation (invented)}
    title_patterns: ['(?P<edition>20\\d\\d)年创新权益建设推进计划']
sources:
  - id: demo-notices
    kind: list
    documents: [demo-plan]
    url: URL/notices/
    allow_private: true
    robots_exception: the demonstration's own publisher
channels:
  - {id: files, kind: file, folder: FOLDER}
subscriptions:
  - {id: demo, channels: [files], documents: [demo-plan], severity: editorial}
"""
#: Longest wait for one step; each takes about two seconds.
PATIENCE_SECONDS = 20.0


class DemoFailed(RuntimeError):
    """A step did not happen in time; the message names it."""


def play(console: Console, folder: Path, database: Database, registry: Registry) -> None:
    """Show the whole way once, in about ten seconds. Raises :class:`DemoFailed`.

    ``folder`` gets what was sent; it must be empty or absent.
    """
    sent = folder / "sent"
    with Publisher() as publisher:
        publisher.publish("/2041.html", _text("plan_2041.txt"), "2041-03-12")
        config = config_from(
            CONFIG.replace("URL", publisher.url).replace("FOLDER", str(sent.resolve())),
            "the demonstration's configuration",
            env=None,
        )
        # Shorter than a configuration may ask of a site that is not ours.
        settings = config.settings.model_copy(update={"look_again": dt.timedelta(0)})
        config = config.model_copy(update={"settings": settings})
        stop = threading.Event()
        daemon = Daemon(
            _assembler(database, registry, stop),
            config,
            holder=process_name(),
            stop=stop,
            tick_seconds=0.2,
        )
        thread = threading.Thread(target=daemon.run, name="demo-daemon")
        thread.start()
        try:
            _act(console, publisher, database, sent)
        finally:
            stop.set()
            thread.join()
    console.print(f"\nWhat was sent lies in {sent}: mail (.eml), Slack (.slack.json), JSON.")
    console.print("Next: planwatch run, which watches the real sources.", style="bold")


def _act(console: Console, publisher: Publisher, database: Database, sent: Path) -> None:
    _say(console, f"1  A publisher at {publisher.url} shows an invented plan. The daemon looks.")
    _wait_for("the first version", lambda: _kept(database) == 1)
    _say(console, "   Version 1 is kept. A first look tells nobody what changed.")
    _wait_for("the notice that it is watched", lambda: len(_mails(sent)) == 1)

    _say(console, "\n2  The publisher amends three tasks without a word.")
    publisher.publish("/2041.html", _text("plan_2041_amended.txt"), "2041-03-12")
    _look_now(database)
    _wait_for("the first alert", lambda: len(_mails(sent)) == 2)
    _show(console, _mails(sent)[-1])

    _say(console, "\n3  Next year's plan appears on the column page: every number has moved.")
    publisher.publish("/2042.html", _text("plan_2042.txt"), "2042-03-20")
    _look_now(database)
    _wait_for("the second alert", lambda: len(_mails(sent)) == 3)
    _show(console, _mails(sent)[-1])


def _assembler(
    database: Database, registry: Registry, stop: threading.Event
) -> Callable[[Config, str], Program]:
    def assemble(config: Config, holder: str) -> Program:
        return make_program(
            database,
            config,
            registry,
            clock=SystemClock(),
            env={},
            stopping=stop.is_set,
            holder=holder,
        )

    return assemble


def _text(name: str) -> str:
    return (resources.files("planwatch.demo") / name).read_text(encoding="utf-8")


def _kept(database: Database) -> int:
    with database.reading() as conn:
        return len(versions.list_all(conn, DOCUMENT))


def _look_now(database: Database) -> None:
    """What an hour of waiting would do."""
    now = dt.datetime.now(dt.UTC)
    _wait_for("the round in hand", lambda: _idle(database))
    with database.writing() as conn:
        sources.set_due(conn, SOURCE, now)


def _idle(database: Database) -> bool:
    with database.reading() as conn:
        return sources.get(conn, SOURCE).last_visit_at is not None


def _wait_for(what: str, happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > until:
            raise DemoFailed(f"{what} did not come within {PATIENCE_SECONDS:.0f} seconds")
        time.sleep(0.1)


def _mails(sent: Path) -> list[Path]:
    return sorted(sent.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)


def _show(console: Console, mail: Path) -> None:
    from rich import box
    from rich.panel import Panel
    from rich.text import Text

    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    part = message.get_body(("plain",))
    text = part.get_content() if part is not None else ""
    console.print(Panel(Text(text.strip()), title=Text(str(message["Subject"])), box=box.ROUNDED))


def _say(console: Console, line: str) -> None:
    console.print(line, style="bold", markup=False)
