"""A process that drains an outbox until nothing is left, by a clock that runs faster than ours.

``python -m tests.alerts.drain_process SETTINGS.json``; it is killed at random by the tests.
"""

import datetime as dt
import json
import os
import sys
import time
from pathlib import Path

import structlog
from pydantic import TypeAdapter

from alerts.channels.make import make_channels
from alerts.composing.templates import Templates
from alerts.config import ChannelConfig, SubscriptionConfig
from alerts.drain import Drainer
from storage import outbox
from storage.database import Database
from tests.alerts.examples import REGISTRY


class FastClock:
    """Runs ``scale`` times as fast as the real one, from a moment that all processes share."""

    def __init__(self, real_start: float, start: dt.datetime, scale: float) -> None:
        self.real_start, self.start, self.scale = real_start, start, scale

    def __call__(self) -> dt.datetime:
        return self.start + dt.timedelta(seconds=(time.time() - self.real_start) * self.scale)


def main(path: str) -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    settings = json.loads(Path(path).read_text())
    clock = FastClock(
        settings["real_start"], dt.datetime.fromisoformat(settings["start"]), settings["scale"]
    )
    configs = TypeAdapter(list[ChannelConfig]).validate_python(settings["channels"])
    subscriptions = [SubscriptionConfig.model_validate(s) for s in settings["subscriptions"]]
    channels, problems = make_channels(configs, settings["env"], Templates())
    assert not problems, problems
    database = Database.open(settings["target"], now=clock())
    drainer = Drainer(
        database, channels, subscriptions, REGISTRY, holder=f"drain-{os.getpid()}", clock=clock
    )
    drainer.start()
    print("draining", flush=True)
    deadline = time.monotonic() + settings["patience"]
    while time.monotonic() < deadline:
        time.sleep(0.1)
        with database.reading() as conn:
            if not outbox.counts(conn)["pending"]:
                break
    drainer.stop()


if __name__ == "__main__":
    main(sys.argv[1])
