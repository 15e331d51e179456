"""A candidate into the archive: considered outside of the write, and again where the archive moved."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.engine import Connection

from monitor.checking import Finding
from monitor.deciding import NewVariant, NewVersion
from monitor.polling.candidate import Candidate, Considered
from monitor.polling.considering import consider
from monitor.polling.foreseeing import foresee
from monitor.polling.packing import make_ready
from monitor.polling.recording import Recorded, SituationMoved, record
from monitor.runtime import Runtime
from storage.errors import AlreadyRecorded, PredecessorMoved

#: How often a candidate is considered again because the archive moved meanwhile.
MOST_TRIES = 8


class ArchiveRestless(Exception):
    """The archive kept moving while one text was to be written; nothing was lost, try again."""


def keep(
    runtime: Runtime,
    candidate: Candidate,
    also: Callable[[Connection, Recorded], None] = lambda conn, recorded: None,
) -> Recorded | Finding:
    """Keep ``candidate``, or say why it is held. ``also`` is written in the same transaction.

    Raises :class:`ArchiveRestless`, and storage's errors.
    """
    for _ in range(MOST_TRIES):
        with runtime.database.reading() as conn:
            considered = consider(conn, candidate, runtime.tools)
            if isinstance(considered, Finding):
                return considered
            considered = foresee(conn, candidate, considered, runtime.now())
            considered = make_ready(conn, candidate, considered)
        tell = runtime.tell
        if considered.event is not None and runtime.ahead is not None:
            tell = runtime.ahead(considered.event)
        try:
            with runtime.database.writing(durable=not _first_look(candidate, considered)) as conn:
                recorded = record(conn, candidate, considered, runtime.tools, tell, runtime.now())
                also(conn, recorded)
                return recorded
        except (SituationMoved, PredecessorMoved, AlreadyRecorded):
            continue
    raise ArchiveRestless(
        f"{candidate.url}: the archive moved {MOST_TRIES} times meanwhile; try again"
    )


def _first_look(candidate: Candidate, considered: Considered) -> bool:
    """Whether a loss of power may take this write back: then the page is looked at anew.

    What comes later is lost with it, or makes it durable: one cannot be lost without the other.
    What a person brought would not come again by itself.
    """
    if candidate.source is None or candidate.quiet or candidate.believed:
        return False
    decision = considered.decision
    if isinstance(decision, NewVersion):
        return decision.tell == "nobody" and not decision.becomes_baseline
    return isinstance(decision, NewVariant) and decision.tell == "nobody"
