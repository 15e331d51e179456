"""What a poll works with: database, configuration, fetcher, tools, clock, and how news is told.

A value that entry points make once. The pieces are passed in, so that tests bring their own clock
and the demo its own publisher.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Mapping

import msgspec
from sqlalchemy.engine import Connection

from alerts.events import Event
from monitor.config.documents import DocumentConfig
from monitor.config.fetch_policy import fetch_policy
from monitor.config.model import Config
from monitor.config.sources import SourceConfig
from monitor.fetching.clock import Clock
from monitor.fetching.fetcher import Fetcher
from monitor.fetching.files import is_file_address
from monitor.fetching.values import FetchPolicy, FetchRequest, FetchResult
from monitor.host_leases import HostLeases
from monitor.polling.tools import Tools
from monitor.schedule import Schedule
from storage import documents, sources
from storage.database import Database
from storage.records import DocumentSpec, SourceSpec, SyncResult

#: Writes the alerts of an event to the outbox, in the caller's transaction.
Tell = Callable[[Connection, Event], None]


class Runtime(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that polling, importing and rereading need.

    ``holder`` names this process in leases; ``tell`` writes an event's alerts in the caller's
    transaction, and ``ahead`` does beforehand what of that needs no database: it gives the ``tell``
    of one event whose numbers of rows and head of the evidence chain are not known yet. ``env`` is where secrets of proxies are; ``draw`` gives numbers in [0, 1);
    ``stopping`` says that the page in hand is to be the last one.
    """

    database: Database
    config: Config
    fetcher: Fetcher
    tools: Tools
    clock: Clock
    holder: str
    tell: Tell
    ahead: Callable[[Event], Tell] | None = None
    env: Mapping[str, str] = {}
    draw: Callable[[], float] = random.random
    stopping: Callable[[], bool] = bool
    hosts: HostLeases = msgspec.field(default_factory=HostLeases)

    def now(self) -> dt.datetime:
        """This moment by the runtime's clock."""
        return self.clock.now()

    def policy(self, source: SourceConfig) -> FetchPolicy:
        """How the addresses of ``source`` may be fetched."""
        return fetch_policy(source, self.config.settings, self.env)

    def fetch(self, request: FetchRequest) -> FetchResult:
        """Fetch with the host's lease held, so that no other process asks it at the same time.

        A ``file:`` address has no host to share. Raises :class:`monitor.host_leases.HostBusy`.
        """
        if is_file_address(request.url):
            return self.fetcher.fetch(request)
        with self.hosts.hold(
            self.database,
            request.url,
            holder=self.holder,
            now=self.now(),
            longest=dt.timedelta(seconds=request.policy.deadline),
        ):
            return self.fetcher.fetch(request)

    def with_config(self, config: Config) -> Runtime:
        """The same with another configuration."""
        return msgspec.structs.replace(self, config=config)


def sync(runtime: Runtime) -> SyncResult:
    """Take documents and sources of the configuration over into the database."""
    config = runtime.config
    now = runtime.now()
    with runtime.database.writing() as conn:
        documents.sync(conn, [document_spec(document) for document in config.documents], now)
        return sources.sync(conn, [source_spec(source) for source in config.sources], now)


def document_spec(document: DocumentConfig) -> DocumentSpec:
    """A document as storage keeps it."""
    return DocumentSpec(
        id=document.id,
        title_zh=document.titles.zh,
        title_en=document.titles.en,
        kind=document.kind,
    )


def source_spec(source: SourceConfig) -> SourceSpec:
    """A source as storage keeps it."""
    return SourceSpec(
        id=source.id,
        kind=source.kind,
        authority=source.authority,
        url=source.url or str(source.path),
        documents=source.documents,
        title=source.purpose or "",
        enabled=source.enabled,
        digest=hashlib.sha256(source.model_dump_json().encode()).hexdigest()[:16],
    )


def schedule_for(config: Config, source: SourceConfig) -> Schedule:
    """When ``source`` is looked at."""
    return (source.schedule or config.settings.schedule).to_schedule()
