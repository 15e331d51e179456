"""The rows that storage takes and gives: frozen values, moments aware and in UTC.

A ``New…`` record has no id yet; the function that stores it gives one.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from plans.model import Language, Nature

Authority = Literal["official", "mirror", "translation", "commentary"]
PartKind = Literal["page", "further", "attachment"]
VersionStatus = Literal["accepted", "variant"]
Against = Literal["predecessor", "baseline", "adhoc"]
DeliveryState = Literal["pending", "sent", "dead", "dropped"]
Verdict = Literal["confirmed", "rejected"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records."""


# --- documents and sources --------------------------------------------------------------------


class DocumentSpec(Record, frozen=True, kw_only=True):
    """A document as the configuration names it; ``kind`` is plan, law, draft …"""

    id: str
    title_zh: str
    title_en: str
    kind: str = "plan"


class Document(DocumentSpec, frozen=True, kw_only=True):
    """A document that is or was followed; ``removed_at`` once the configuration dropped it."""

    added_at: dt.datetime
    removed_at: dt.datetime | None


class SourceSpec(Record, frozen=True, kw_only=True):
    """A source as the configuration names it. ``digest`` changes whenever its settings do."""

    id: str
    kind: str
    authority: Authority
    url: str
    documents: tuple[str, ...]
    title: str = ""
    enabled: bool = True
    digest: str = ""


class Source(SourceSpec, frozen=True, kw_only=True):
    """A source with its state. ``failure_streak`` counts failed rounds since the last good one."""

    added_at: dt.datetime
    removed_at: dt.datetime | None
    next_due_at: dt.datetime | None
    last_visit_at: dt.datetime | None
    last_success_at: dt.datetime | None
    last_outcome: str
    last_detail: str
    failure_streak: int
    failing_since: dt.datetime | None
    failure_told_at: dt.datetime | None
    moved_at: dt.datetime | None
    first_round_done_at: dt.datetime | None


class SyncResult(Record, frozen=True, kw_only=True):
    """What taking a configuration changed, as ids."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


# --- pages, visits, snapshots -----------------------------------------------------------------


class Page(Record, frozen=True, kw_only=True):
    """One URL of one source. Validators, hash and text key are those last accepted, else None."""

    id: int
    source_id: str
    url: str
    document_id: str | None
    kind: str
    title: str
    published_on: dt.date | None
    first_seen_at: dt.datetime
    last_visit_at: dt.datetime | None
    last_visit_id: int | None
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    text_key: str | None
    snapshot_id: int | None
    version_id: int | None
    accepted_at: dt.datetime | None
    full_fetch_at: dt.datetime | None
    gone_since: dt.datetime | None
    gone_visits: int
    withdrawn_told_at: dt.datetime | None


class JudgedRows(Record, frozen=True, kw_only=True):
    """Rows of one list that concern no document, as digests of what was listed.

    ``judged_by`` is a digest of the rules that were applied, ``whole_at`` when the list was last
    read as far as it is ever read; None: not yet to its end.
    """

    judged_by: str
    whole_at: dt.datetime | None = None
    digests: tuple[str, ...] = ()


class Accepted(Record, frozen=True, kw_only=True):
    """What a URL served and the program believed. ``full``: fetched without validators."""

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    text_key: str | None = None
    snapshot_id: int | None = None
    version_id: int | None = None
    full: bool = True


class NewVisit(Record, frozen=True, kw_only=True):
    """One look at a page. Equal outcome, detail, status and hash in a row become one row."""

    page_id: int
    at: dt.datetime
    outcome: str
    detail: str = ""
    status: int | None = None
    sha256: str | None = None
    milliseconds: int = 0


class Visit(Record, frozen=True, kw_only=True):
    """Equal looks in a row: the first, the last, how many, and the milliseconds of the last."""

    id: int
    page_id: int
    outcome: str
    detail: str
    status: int | None
    sha256: str | None
    first_at: dt.datetime
    last_at: dt.datetime
    count: int
    milliseconds: int


class NewSnapshot(Record, frozen=True, kw_only=True):
    """Facts of one fetch; ``hops`` are the URLs between ``url`` and ``final_url``, both left out."""

    url: str
    fetched_at: dt.datetime
    final_url: str = ""
    source_id: str | None = None
    hops: tuple[str, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = ""


class Snapshot(NewSnapshot, frozen=True, kw_only=True):
    """A stored snapshot; ``blob_id`` is None where the bytes were released."""

    id: int
    sha256: str
    size: int
    blob_id: int | None


# --- versions ---------------------------------------------------------------------------------


class Part(Record, frozen=True, kw_only=True):
    """One snapshot that a version is made of."""

    snapshot_id: int
    kind: PartKind = "page"


class NewVersion(Record, frozen=True, kw_only=True):
    """A different text. ``fetched_at`` is when its first part was served; ``edition`` None: none."""

    document_id: str
    edition: str | None
    language: Language
    nature: Nature
    text_key: str
    parts: tuple[Part, ...]
    fetched_at: dt.datetime
    url: str = ""
    source_id: str | None = None
    status: VersionStatus = "accepted"
    title: str = ""
    document_number: str | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    published_on: dt.date | None = None
    first_look: bool = False


class Version(Record, frozen=True, kw_only=True):
    """A recorded version. ``number`` runs per document; ``predecessor_id`` as when recorded."""

    id: int
    document_id: str
    number: int
    edition: str | None
    language: Language
    nature: Nature
    text_key: str
    status: VersionStatus
    title: str
    document_number: str | None
    issuer: str | None
    issued_on: dt.date | None
    published_on: dt.date | None
    source_id: str | None
    url: str
    fetched_at: dt.datetime
    recorded_at: dt.datetime
    predecessor_id: int | None
    first_look: bool

    @property
    def ref(self) -> str:
        """How people name it: ``ip-power-plan#7``."""
        return f"{self.document_id}#{self.number}"


class Witness(Record, frozen=True, kw_only=True):
    """A URL that served a version's text, from the first time to the last."""

    id: int
    version_id: int
    source_id: str | None
    url: str
    first_snapshot_id: int
    last_snapshot_id: int
    first_at: dt.datetime
    last_at: dt.datetime


class Baseline(Record, frozen=True, kw_only=True):
    """What a document is held against since a moment; ``version_id`` None: against nothing."""

    id: int
    document_id: str
    version_id: int | None
    pinned: bool
    since: dt.datetime
    until: dt.datetime | None


class Evidence(Record, frozen=True, kw_only=True):
    """One link of the chain of hashes; hashes are hexadecimal sha256."""

    sequence: int
    kind: str
    subject: int
    facts_hash: str
    hash: str
    at: dt.datetime


# --- readings ---------------------------------------------------------------------------------


class StoredExtract(Record, frozen=True, kw_only=True):
    """An extract of a snapshot, without its text; see ``readings.extract``."""

    id: int
    snapshot_id: int
    extractor: str
    state: str
    text_key: str
    made_at: dt.datetime


class Reading(Record, frozen=True, kw_only=True):
    """A plan as read from a version by one set of tools, without its content."""

    id: int
    version_id: int
    extractor: str
    reader: str
    registry: str
    title: str
    task_count: int
    made_at: dt.datetime


class StoredChangeset(Record, frozen=True, kw_only=True):
    """A changeset between two readings, without its content; the counts are of its changes."""

    id: int
    old_plan_id: int
    new_plan_id: int
    against: Against
    comparer: str
    registry: str
    verdicts: str
    change_count: int
    major_count: int
    minor_count: int
    made_at: dt.datetime


# --- telling ----------------------------------------------------------------------------------


class PackedPayload(Record, frozen=True):
    """A payload made ready to be written; ``changeset`` is the sha256 of the one that it leans on."""

    packed: bytes
    changeset: str | None


class NewAlert(Record, frozen=True, kw_only=True):
    """A message for one subscription. ``id`` is the idempotency key; ``payload`` has no secrets.

    ``ready`` is the payload made ready before the write, see :func:`storage.outbox.ready`.
    """

    id: str
    event: str
    subscription: str
    headline: str
    payload: dict[str, object]
    document_id: str | None = None
    version_id: int | None = None
    source_id: str | None = None
    url: str | None = None
    severity: str = "minor"
    changeset_ids: tuple[int, ...] = ()
    remind_at: dt.datetime | None = None
    ready: PackedPayload | None = None


class Alert(Record, frozen=True, kw_only=True):
    """A recorded alert; ``chain_head`` is the evidence chain's newest hash when it was written."""

    id: str
    event: str
    subscription: str
    headline: str
    payload: dict[str, object]
    document_id: str | None
    version_id: int | None
    source_id: str | None
    url: str | None
    severity: str
    chain_head: str | None
    created_at: dt.datetime
    acknowledged_at: dt.datetime | None
    acknowledged_by: str | None
    remind_at: dt.datetime | None


class NewDelivery(Record, frozen=True, kw_only=True):
    """Where an alert goes, and not before when. ``mode`` is at_once, daily, weekly, reminder …"""

    channel: str
    due_at: dt.datetime
    mode: str = "at_once"


class Delivery(Record, frozen=True, kw_only=True):
    """An alert on its way through one channel; held by ``holder`` until ``held_until``."""

    id: int
    alert_id: str
    channel: str
    state: DeliveryState
    due_at: dt.datetime
    mode: str
    holder: str | None
    held_until: dt.datetime | None
    attempt_count: int
    last_error: str | None
    finished_at: dt.datetime | None
    receipt: str | None


class Attempt(Record, frozen=True, kw_only=True):
    """One attempt; ``outcome`` is started (still running, or the process died), sent or failed."""

    id: int
    delivery_id: int
    holder: str
    started_at: dt.datetime
    ended_at: dt.datetime | None
    outcome: str
    error: str | None


# --- persons and processes --------------------------------------------------------------------


class NewReview(Record, frozen=True, kw_only=True):
    """Content that was not believed. ``subject`` says what it is about: one open review each."""

    subject: str
    reason: str
    url: str
    document_id: str | None = None
    source_id: str | None = None
    snapshot_id: int | None = None
    title: str = ""
    detail: dict[str, object] = {}


class Review(Record, frozen=True, kw_only=True):
    """A review, open while ``decision`` is None; then accepted or rejected."""

    id: int
    subject: str
    reason: str
    document_id: str | None
    source_id: str | None
    snapshot_id: int | None
    url: str
    title: str
    detail: dict[str, object]
    opened_at: dt.datetime
    told_at: dt.datetime | None
    decision: str | None
    decided_at: dt.datetime | None
    decided_by: str | None
    note: str


class Heartbeat(Record, frozen=True, kw_only=True):
    """A sign of life of one named process."""

    process: str
    pid: int
    host: str
    started_at: dt.datetime
    beat_at: dt.datetime
    what: str


class Lease(Record, frozen=True, kw_only=True):
    """Who may work on something, until when."""

    name: str
    holder: str
    until: dt.datetime


# --- search -----------------------------------------------------------------------------------


class TaskHit(Record, frozen=True, kw_only=True):
    """A wording found, with the newest version that has it; ``versions`` counts all that do."""

    content_id: int
    text: str
    task_id: str
    number: str | None
    section: str | None
    version_id: int
    document_id: str
    version_number: int
    edition: str | None
    versions: int
