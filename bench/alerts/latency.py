"""From the commit of an alert to its arrival: by a process that knows of it, and by another one.

``python -m bench.alerts.latency`` prints milliseconds: median, 95th percentile, worst of 40.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from pathlib import Path

from alerts.channels.make import make_channels
from alerts.composing.templates import Templates
from alerts.config import SubscriptionConfig, WebhookConfig
from alerts.drain import Drainer
from alerts.record import record
from storage import documents
from storage.database import Database
from storage.records import DocumentSpec
from tests.alerts.examples import REGISTRY, comparison, event
from tests.fixtures.webhook_server import WebhookReceiver

ROUNDS = 40


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def main() -> None:
    server = WebhookReceiver()
    config = WebhookConfig.model_validate(
        {"id": "hook", "kind": "webhook", "url": server.url + "/in", "secret": "${SECRET}"}
    )
    channels, _ = make_channels([config], {"SECRET": server.SECRET}, Templates())
    subscriptions = [SubscriptionConfig(id="all", channels=("hook",))]
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(Path(folder) / "latency.sqlite3", now=_now())
        with database.writing() as conn:
            spec = DocumentSpec(id="sea-data", title_zh="海洋数据计划", title_en="Sea data plan")
            documents.sync(conn, [spec], _now())
        drainer = Drainer(database, channels, subscriptions, REGISTRY, holder="bench", clock=_now)
        drainer.start()
        for name, kicked in (("known to the process", True), ("of another process", False)):
            took: list[float] = []
            for round_ in range(ROUNDS):
                before = len(server.accepted)
                happened = event(comparison(), at=_now(), version=round_ + 1000 * kicked)
                time.sleep(random.uniform(0, 0.5))
                with database.writing() as conn:
                    record(conn, happened, subscriptions, REGISTRY, now=_now())
                began = time.perf_counter()
                if kicked:
                    drainer.kick()
                while len(server.accepted) == before:
                    time.sleep(0.001)
                took.append(1000 * (time.perf_counter() - began))
            took.sort()
            print(
                f"{name}: median {statistics.median(took):.0f} ms, "
                f"95th {took[int(ROUNDS * 0.95) - 1]:.0f} ms, worst {took[-1]:.0f} ms"
            )
        drainer.stop()
        database.close()
    server.close()


if __name__ == "__main__":
    main()
