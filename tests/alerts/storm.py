"""A storm: alerts to three channels whose far ends fail at random, drained by processes that are
killed without warning. It counts what arrived how often, and how often that could not be helped.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec

from alerts.config import SubscriptionConfig
from alerts.record import prepare, write
from storage import documents, outbox
from storage.database import Database
from storage.records import DocumentSpec
from tests.alerts.conftest import SECRETS, mail, slack_webhook, webhook
from tests.alerts.examples import CHANGES, NOW, REGISTRY, comparison, event
from tests.fixtures.mail_server import MailServer
from tests.fixtures.slack_server import SlackServer, shown
from tests.fixtures.webhook_server import Answer, WebhookReceiver

#: A second of ours is so many of the processes': waits of minutes pass in a test.
SCALE = 30.0
ROOT = Path(__file__).resolve().parents[2]


class Result(msgspec.Struct):
    """``arrived`` by channel and alert; ``excused``: answers lost on the line, or with a process."""

    alerts: tuple[str, ...]
    kills: int
    faults: int
    pending: int
    dead: int
    arrived: dict[str, Counter]
    excused: dict[str, Counter]

    @property
    def missing(self) -> list[tuple[str, str]]:
        return [(c, a) for c, got in self.arrived.items() for a in self.alerts if not got[a]]

    @property
    def twice(self) -> int:
        return sum(n - 1 for got in self.arrived.values() for n in got.values() if n > 1)

    @property
    def inexcusable(self) -> list[tuple[str, str]]:
        return [
            (channel, alert)
            for channel, got in self.arrived.items()
            for alert, n in got.items()
            if n - 1 > self.excused[channel][alert]
        ]


def fill(database: Database, count: int, subscriptions) -> tuple[str, ...]:
    """Write the alerts of ``count`` versions."""
    spec = DocumentSpec(id="sea-data", title_zh="海洋数据计划", title_en="Sea data plan")
    told = comparison(changes=CHANGES[:3])
    ids: list[str] = []
    with database.writing() as conn:
        documents.sync(conn, [spec], NOW)
        for version in range(count):
            made = prepare(event(told, version=version), subscriptions, REGISTRY, now=NOW)
            ids += write(conn, made, now=NOW)
    return tuple(ids)


def storm(
    target: str, folder: Path, *, count: int, kills: int, processes: int, fault: float, seed: int
) -> Result:
    """Let the storm blow until the outbox is empty; ``fault`` is the chance of one a request."""
    chance = random.Random(seed)
    slack, hook = SlackServer(), WebhookReceiver(check_time=False)
    post = MailServer(folder)
    faults = Counter()

    def http(path: str) -> Answer | None:
        if chance.random() >= fault:
            return None
        faults["http"] += 1
        return chance.choice(
            [
                Answer("refuse", 500, ""),
                Answer("refuse", 503, ""),
                Answer("refuse", 429, "", {"Retry-After": "3"}),
                Answer("reset"),
                Answer("lose"),
            ]
        )

    def smtp() -> str | None:
        if chance.random() >= fault:
            return None
        faults["smtp"] += 1
        return chance.choice(["greylist", "busy", "full", "hang_up"])

    slack.chooser = hook.chooser = http
    post.chooser = smtp
    channels = [slack_webhook(), webhook(hook), mail(post)]
    for fields in channels:
        fields["timeout_seconds"] = 15
    names = [str(fields["id"]) for fields in channels]
    subscription = {"id": "all", "channels": names, "burst": {"alerts": 1000}}
    subscriptions = [SubscriptionConfig.model_validate(subscription)]
    database = Database.open(target, now=NOW)
    ids = fill(database, count, subscriptions)
    settings = folder / "storm.json"
    settings.write_text(
        json.dumps(
            {
                "target": target,
                "real_start": time.time(),
                "start": NOW.isoformat(),
                "scale": SCALE,
                "channels": channels,
                "subscriptions": [subscription],
                "env": SECRETS | {"SLACK_URL": slack.webhook_url},
                "patience": 60 + count / 2,
            }
        )
    )
    try:
        killed = _weather(settings, chance, kills, processes, database)
        return Result(
            alerts=ids,
            kills=killed,
            faults=faults.total(),
            arrived=_arrived(slack, hook, post, ids),
            excused=_excused(slack, hook, post, database, ids),
            **_left(database),
        )
    finally:
        slack.close()
        hook.close()
        post.close()
        database.close()


def _weather(
    settings: Path, chance: random.Random, kills: int, processes: int, database: Database
) -> int:
    running = [_start(settings) for _ in range(processes)]
    killed = 0
    try:
        while killed < kills:
            time.sleep(chance.uniform(0.05, 0.5))
            if not _pending(database):
                break
            at = chance.randrange(len(running))
            os.kill(running[at].pid, signal.SIGKILL)
            running[at].wait()
            killed += 1
            running[at] = _start(settings)
        for process in running:
            assert process.wait(timeout=600) == 0
    finally:
        for process in running:
            if process.poll() is None:
                process.kill()
                process.wait()
    return killed


def _start(settings: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.alerts.drain_process", str(settings)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    # A process that is killed before it has begun to send tests nothing. Its log is not ours.
    assert process.stdout.readline()
    process.stdout.close()
    return process


def _pending(database: Database) -> int:
    with database.reading() as conn:
        return outbox.counts(conn)["pending"]


def _left(database: Database) -> dict[str, int]:
    with database.reading() as conn:
        counts = outbox.counts(conn)
    return {"pending": counts["pending"], "dead": counts["dead"]}


def _arrived(slack, hook, post, ids) -> dict[str, Counter]:
    by_start = {alert[:12]: alert for alert in ids}
    return {
        "slack": Counter(by_start[shown(m).rsplit(" · ", 1)[1][:12]] for m in slack.messages),
        "hook": Counter(alert["id"] for alert in hook.accepted),
        "post": Counter(mail["X-Planwatch-Alert"] for mail in post.mails),
    }


def _excused(slack, hook, post, database: Database, ids) -> dict[str, Counter]:
    """How often the far end had accepted an alert and the answer was lost: on the line, as the far
    ends know, or with a process that was killed, as attempts without an end tell.
    """
    by_start = {alert[:12]: alert for alert in ids}
    lost = {"slack": Counter(), "hook": Counter(), "post": Counter(post.hung_up)}
    for seen in hook.seen:
        if seen.answer.how == "lose":
            lost["hook"][seen.headers["webhook-id"]] += 1
    for seen in slack.seen:
        if seen.answer.how == "lose":
            message = json.loads(seen.body)
            lost["slack"][by_start[shown(message).rsplit(" · ", 1)[1][:12]]] += 1
    with database.reading() as conn:
        for alert in ids:
            for delivery in outbox.deliveries_of(conn, alert):
                for attempt in outbox.attempts_of(conn, delivery.id):
                    lost[delivery.channel][alert] += attempt.outcome == "started"
    return lost
