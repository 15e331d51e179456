"""A daemon in a thread of the test, over real servers."""

import contextlib
import datetime as dt
import threading
import time

from alerts.channels.make import make_channels
from alerts.composing.templates import Templates
from alerts.drain import Drainer
from alerts.record import record
from monitor.config.load import config_from, load_config
from monitor.daemon import Daemon
from monitor.fetching.clock import SystemClock
from monitor.fetching.fetcher import Fetcher
from monitor.polling.tools import Tools
from monitor.reloading import ConfigFile
from monitor.runtime import Runtime
from monitor.stopping import StoppableClock
from plans.registry.load import shipped_registry

#: No test waits longer for anything.
PATIENCE = 30.0


class Shifted(SystemClock):
    """The clock of the day, as far off as a test sets it."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta(0)

    def now(self):
        return super().now() + self.ahead


class Assembled:
    def __init__(self, database, config, stop, env, tools, name, day) -> None:
        clock = StoppableClock(day, stop)
        registry = shipped_registry()
        channels, _ = make_channels(config.channels, env, Templates(None))
        self.runtime = Runtime(
            database=database,
            config=config,
            fetcher=Fetcher(clock=clock, agent="daemon-test"),
            tools=tools or Tools(registry=registry),
            clock=clock,
            holder=name,
            tell=lambda conn, event: record(
                conn, event, config.subscriptions, registry, now=event.at
            ),
            draw=lambda: 0.0,
        )
        self.drainer = Drainer(
            database,
            channels,
            config.subscriptions,
            registry,
            holder=name,
            clock=clock.now,
        )

        self.closed = False

    def close(self) -> None:
        self.runtime.fetcher.close()
        self.closed = True


def make_daemon(database, yaml, *, env=None, file=None, tools=None, name="daemon-test", clock=None):
    """A daemon for a configuration: a text, or with ``file`` that file's content."""
    env = env or {}
    day = clock or SystemClock()
    stop = threading.Event()
    config = load_config(file, env=env) if file else config_from(yaml, "sources.yaml", env=env)
    made = []

    def assemble(config, holder):
        made.append(Assembled(database, config, stop, env, tools, holder, day))
        return made[-1]

    daemon = Daemon(
        assemble,
        config,
        holder=name,
        stop=stop,
        file=ConfigFile(file, env) if file else None,
        tick_seconds=0.1,
    )
    daemon.made = made
    return daemon


@contextlib.contextmanager
def running(daemon):
    """Run until the end of the block; what the daemon raised is raised here."""
    raised = []

    def work():
        try:
            daemon.run()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield daemon
    finally:
        daemon.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the daemon does not end"
    if raised:
        raise raised[0]


def until(condition, what="it"):
    """Wait until ``condition()`` holds; gives what it gave."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen within {PATIENCE} s")
