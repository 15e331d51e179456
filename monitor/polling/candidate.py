"""A text on its way into the archive, and how the archive stands to it."""

from __future__ import annotations

import msgspec

from alerts.events import Event
from monitor.deciding import Authority, Decision, Facts
from monitor.fetching.values import NO_VALIDATORS, Validators
from monitor.polling.text import Text
from plans.model import Changeset, Plan
from storage.blobs import Packed
from storage.records import Baseline, Page, Version
from storage.task_index import PlanIndex


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One text of ``document``, as served at ``url`` by ``source`` (None: brought by a person).

    ``full`` says that it was fetched without validators; ``quiet`` that nobody is to be told;
    ``believed`` that a person vouches for it, so that no check holds it; ``tasks_expected`` that a
    text of this document has tasks.
    """

    document: str
    authority: Authority
    text: Text
    url: str
    source: str | None = None
    page: Page | None = None
    validators: Validators = NO_VALIDATORS
    full: bool = True
    first_round: bool = False
    quiet: bool = False
    believed: bool = False
    tasks_expected: bool = True


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What the archive held at one moment that bears on a candidate.

    Two equal situations give the same decision and the same comparisons: the write compares the
    one it finds with the one that was decided on.
    """

    facts: Facts
    predecessor: int | None
    reference: int | None
    baseline: Baseline | None


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A changeset with the older side that it was made from.

    ``old_reading`` is the id of the stored plan, ``verdicts`` the digest of what persons had said.
    """

    old_version: Version
    old_reading: int
    old_plan: Plan
    changeset: Changeset
    verdicts: str = ""


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of what is to be kept, compressed before the write: of each part its body and (of
    a new version) its extract, the plan and the changesets.
    """

    bodies: tuple[Packed, ...]
    extracts: tuple[Packed, ...] = ()
    plan: Packed | None = None
    against_predecessor: Packed | None = None
    against_baseline: Packed | None = None


class Considered(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with all that was worked out for it outside of the write.

    ``index`` are the rows of the plan, where it is to be kept; ``number`` is the one that the
    version has or will have, where there is something to keep of it; ``event`` is what there is to
    tell, without what only the write knows (numbers of rows, head of the evidence chain); ``ready``
    are the bytes, compressed.
    """

    situation: Situation
    decision: Decision
    index: PlanIndex | None = None
    against_predecessor: Compared | None = None
    against_baseline: Compared | None = None
    number: int | None = None
    event: Event | None = None
    ready: Ready | None = None
