"""What a plan says, and how two plans differ: the frozen types that every room shares.

The field names and their meaning are those of the JSON contracts in ``contracts/``: a value of
one of these types, encoded with :func:`to_json`, is a valid document of its contract. Fields may be
added here and there; none may change its meaning.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import msgspec

Language = Literal["zh-Hans", "zh-Hant", "en"]
Nature = Literal["official", "translation", "summary", "commentary", "draft"]
ActorKind = Literal["agency", "collective", "local", "unknown"]
Role = Literal["lead", "responsible", "support", "guide"]
TaskKind = Literal["task", "article"]
FrameRole = Literal["issue_sentence", "preamble", "objective", "introduction", "closing", "footer"]
ExtractState = Literal[
    "document",
    "challenge",
    "shell",
    "list",
    "empty",
    "scanned",
    "encrypted",
    "unreadable",
    "too_large",
]
ChangeKind = Literal[
    "task_added",
    "task_removed",
    "task_reworded",
    "task_moved",
    "task_renumbered",
    "task_split",
    "task_merged",
    "part_moved",
    "agency_assigned",
    "agency_released",
    "role_changed",
    "agency_renamed",
    "agency_unnamed",
    "commitment_raised",
    "commitment_lowered",
    "instrument_added",
    "instrument_dropped",
    "deadline_changed",
    "section_added",
    "section_removed",
    "section_retitled",
    "section_moved",
    "addressee_added",
    "addressee_removed",
    "frame_changed",
]
Severity = Literal["major", "minor", "editorial"]
SegmentOp = Literal["equal", "delete", "insert"]
Span = tuple[int, int]

#: Natures whose text covers only a part of the plan: what they do not mention is unknown.
PARTIAL_NATURES: frozenset[Nature] = frozenset({"summary", "commentary"})


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of all values: immutable, compared by content, made with named fields only."""


# --- one fetched file -------------------------------------------------------------------------


class Attachment(Value, frozen=True, kw_only=True):
    """A file that an article links to; ``url`` is absolute where the page's address was known."""

    url: str
    title: str | None = None


class Extract(Value, frozen=True, kw_only=True):
    """What one fetched file holds, before it is read as a plan (contracts/extract.schema.json).

    ``text`` is the main text as published, one paragraph a line. Anything but the state
    ``document`` is never stored as a version; ``reason`` then says why, for people.
    """

    schema: Literal["planwatch/extract/1"] = "planwatch/extract/1"
    state: ExtractState
    text: str
    reason: str | None = None
    media_type: str = ""
    charset: str | None = None
    title: str | None = None
    published_on: dt.date | None = None
    document_number: str | None = None
    source: str | None = None
    attachments: tuple[Attachment, ...] = ()
    #: Addresses of the pages that carry the article on, where its publisher parted it.
    further: tuple[str, ...] = ()
    made_by: dict[str, str] = {}


# --- one plan ---------------------------------------------------------------------------------


class Actor(Value, frozen=True, kw_only=True):
    """Who is named, as printed. ``agency`` is the registry id, None unless kind is agency."""

    name: str
    kind: ActorKind
    agency: str | None = None

    @property
    def key(self) -> str:
        """What makes two actors the same body: the registry id, else the printed name."""
        return self.agency or self.name


class Assignment(Actor, frozen=True, kw_only=True):
    """An actor with a role on a task; ``covers`` are characters of the task's text."""

    role: Role
    open_ended: bool = False
    covers: Span | None = None
    inherited: bool = False
    scope: str | None = None


class Commitment(Value, frozen=True, kw_only=True):
    """How far a task binds itself on an instrument: the words, and the level 0 (study) to 8."""

    text: str
    level: int


class Instrument(Value, frozen=True, kw_only=True):
    """A law, regulation or policy that a task names; title without 《》 and 中华人民共和国."""

    title: str
    id: str | None = None
    commitment: Commitment | None = None

    @property
    def key(self) -> str:
        """What makes two instruments the same: the registry id, else the title."""
        return self.id or self.title


class Programme(Value, frozen=True, kw_only=True):
    """A named campaign or project (“…”行动, 工程, 计划)."""

    name: str
    id: str | None = None

    @property
    def key(self) -> str:
        """What makes two programmes the same: the registry id, else the name."""
        return self.id or self.name


class Deadline(Value, frozen=True, kw_only=True):
    """A date that a task sets: the words, and the last day that they allow."""

    text: str
    date: dt.date | None = None
    ongoing: bool = False


class Section(Value, frozen=True, kw_only=True):
    """A heading above tasks. ``id`` is the dotted path by position: 1, 1.1, 1.2, 2."""

    id: str
    number: str
    title: str
    parent: str | None
    at: Span | None = None


class Task(Value, frozen=True, kw_only=True):
    """One numbered task. ``at`` is its place in the extracted text, [start, end) characters."""

    id: str
    number: str | None
    section: str | None
    text: str
    assignments: tuple[Assignment, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    programmes: tuple[Programme, ...] = ()
    deadline: Deadline | None = None
    uncertain: str | None = None
    kind: TaskKind = "task"
    at: Span | None = None


class FramePart(Value, frozen=True, kw_only=True):
    """A paragraph that is neither heading nor task."""

    role: FrameRole
    text: str
    at: Span | None = None


class Diagnostic(Value, frozen=True, kw_only=True):
    """Something the reader skipped or was not sure of; ``at`` are characters of the extract."""

    kind: str
    message: str
    at: Span | None = None


class Plan(Value, frozen=True, kw_only=True):
    """One plan, as read from one published text (contracts/plan.schema.json)."""

    schema: Literal["planwatch/plan/1"] = "planwatch/plan/1"
    title: str
    language: Language
    nature: Nature = "official"
    document_number: str | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    published_on: dt.date | None = None
    edition: str | None = None
    addressees: tuple[Actor, ...] = ()
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    frame: tuple[FramePart, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    made_by: dict[str, str] = {}

    @property
    def covers_part(self) -> bool:
        """True where the text tells of a part of the plan only (a summary, a commentary)."""
        return self.nature in PARTIAL_NATURES


# --- two plans --------------------------------------------------------------------------------


class Side(Value, frozen=True, kw_only=True):
    """How one of the two compared plans was named."""

    ref: str
    title: str
    language: Language
    nature: Nature = "official"
    edition: str | None = None
    sha256: str = ""
    document: str | None = None
    version: int | None = None


class Link(Value, frozen=True, kw_only=True):
    """These new tasks continue those old ones: one to one, a split, a merge.

    ``restated`` are fields of the one new task, as in its plan, that differ where no change tells
    it: its place in the text, brackets that were left out, the words of a date that stayed.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    confidence: float = 1.0
    restated: dict[str, Any] = {}


class Change(Value, frozen=True, kw_only=True):
    """One typed difference; which field is set for which kind is told in the contract."""

    kind: ChangeKind
    severity: Severity
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    agency: str | None = None
    name: str | None = None
    instrument: str | None = None
    instrument_id: str | None = None
    before: Any = None
    after: Any = None
    segments: tuple[tuple[SegmentOp, str], ...] = ()


class Unmatched(Value, frozen=True, kw_only=True):
    """Tasks without a counterpart on a side that covers part of a plan: neither new nor gone."""

    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


class Changeset(Value, frozen=True, kw_only=True):
    """Everything that differs between two plans (contracts/changeset.schema.json)."""

    schema: Literal["planwatch/changeset/1"] = "planwatch/changeset/1"
    old: Side
    new: Side
    links: tuple[Link, ...] = ()
    changes: tuple[Change, ...] = ()
    unmatched: Unmatched | msgspec.UnsetType = msgspec.UNSET
    made_by: dict[str, str] = {}

    def of_severity(self, severity: Severity) -> tuple[Change, ...]:
        """The changes of one severity, in the changeset's order."""
        return tuple(change for change in self.changes if change.severity == severity)


# --- JSON -------------------------------------------------------------------------------------


def to_json(value: Value) -> bytes:
    """Encode a value as the UTF-8 JSON of its contract; equal values give equal bytes."""
    return msgspec.json.encode(value)


def plan_from_json(data: bytes | str) -> Plan:
    """Decode a plan. Raises ``msgspec.ValidationError`` (with the path) where it does not fit."""
    return msgspec.json.decode(data, type=Plan)


def changeset_from_json(data: bytes | str) -> Changeset:
    """Decode a changeset. Raises ``msgspec.ValidationError`` where it does not fit."""
    return msgspec.json.decode(data, type=Changeset)


def extract_from_json(data: bytes | str) -> Extract:
    """Decode an extract. Raises ``msgspec.ValidationError`` where it does not fit."""
    return msgspec.json.decode(data, type=Extract)
