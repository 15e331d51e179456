"""A drainer over a real database and the loopback doubles, with a clock that tests move."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from alerts.channels.make import make_channels
from alerts.composing.templates import Templates
from alerts.config import ChannelConfig, SubscriptionConfig
from alerts.drain import Drainer
from alerts.events import Event
from alerts.record import record
from alerts.translating.translate import Translations
from storage import documents, outbox
from storage.database import Database
from storage.records import DocumentSpec
from tests.alerts.examples import NOW, REGISTRY
from tests.fixtures.mail_server import MailServer
from tests.fixtures.slack_server import SlackServer
from tests.fixtures.webhook_server import WebhookReceiver

CHANNEL: TypeAdapter[ChannelConfig] = TypeAdapter(ChannelConfig)


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


class Office:
    """One planwatch as far as telling goes: outbox, channels, subscriptions, drainer, clock."""

    def __init__(
        self,
        database: Database,
        channels: list[dict[str, object]],
        subscriptions: list[SubscriptionConfig],
        env: dict[str, str],
        holder: str = "tests",
    ) -> None:
        self.database = database
        self.clock = Clock()
        self.subscriptions = subscriptions
        configs = [CHANNEL.validate_python(fields) for fields in channels]
        self.channels, self.problems = make_channels(configs, env, Templates())
        self.holder = holder
        self.restart()
        with database.writing() as conn:
            documents.sync(
                conn,
                [DocumentSpec(id="sea-data", title_zh="海洋数据计划", title_en="Sea data plan")],
                self.clock(),
            )

    def restart(self, translations: Translations | None = None) -> None:
        """Begin anew, as another process would: nothing is known but what the database holds."""
        self.drainer = Drainer(
            self.database,
            self.channels,
            self.subscriptions,
            REGISTRY,
            holder=self.holder,
            clock=self.clock,
            chance=lambda: 0.0,
            translations=translations,
        )

    def tell(self, event: Event) -> tuple[str, ...]:
        """Record the alerts of an event, as a poll does."""
        with self.database.writing() as conn:
            return record(conn, event, self.subscriptions, REGISTRY, now=self.clock())

    def deliveries(self, alert_id: str):
        with self.database.reading() as conn:
            return outbox.deliveries_of(conn, alert_id)

    def attempts(self, alert_id: str):
        """Outcome and error of every attempt of an alert, in order."""
        with self.database.reading() as conn:
            return [
                (attempt.outcome, attempt.error)
                for delivery in outbox.deliveries_of(conn, alert_id)
                for attempt in outbox.attempts_of(conn, delivery.id)
            ]

    def counts(self) -> dict[str, int]:
        with self.database.reading() as conn:
            return {state: n for state, n in outbox.counts(conn).items() if n}


SECRETS = {
    "SLACK_TOKEN": SlackServer.TOKEN,
    "HOOK_SECRET": WebhookReceiver.SECRET,
    "MAIL_PASSWORD": MailServer.PASSWORD,
}


def slack_bot(server: SlackServer, **more: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": "bot",
        "kind": "slack_bot",
        "token": "${SLACK_TOKEN}",
        "channel": SlackServer.CHANNEL,
        "api_url": server.api_url,
        "timeout_seconds": 1,
    }
    return fields | more


def slack_webhook(**more: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": "slack",
        "kind": "slack",
        "webhook_url": "${SLACK_URL}",
        "timeout_seconds": 1,
    }
    return fields | more


def webhook(server: WebhookReceiver, **more: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": "hook",
        "kind": "webhook",
        "url": f"{server.url}/in",
        "secret": "${HOOK_SECRET}",
        "timeout_seconds": 1,
    }
    return fields | more


def mail(server: MailServer, **more: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": "post",
        "kind": "mail",
        "host": "localhost",
        "port": server.port,
        "username": MailServer.USER,
        "password": "${MAIL_PASSWORD}",
        "sender": "planwatch@sender.example",
        "to": ["counsel@reader.example"],
        "ca_file": str(server.ca_file),
        "list_id": "planwatch.sender.example",
        "timeout_seconds": 5,
    }
    return fields | more


@pytest.fixture
def office(database: Database) -> Iterator[Callable[..., Office]]:
    """Makes an office over a fresh database, once for SQLite and once for PostgreSQL."""

    def make(channels, subscriptions, **env: str) -> Office:
        return Office(database, channels, subscriptions, SECRETS | env)

    yield make


@pytest.fixture
def sqlite_office(sqlite_target: str, open_database: Callable[..., Database]):
    """Makes an office over SQLite, for what does not hang on the database."""

    def make(channels, subscriptions, **env: str) -> Office:
        return Office(open_database(sqlite_target), channels, subscriptions, SECRETS | env)

    return make


@pytest.fixture
def plain_mail_server(tmp_path: Path) -> Iterator[MailServer]:
    server = MailServer(tmp_path, starttls=False, login=False)
    yield server
    server.close()
