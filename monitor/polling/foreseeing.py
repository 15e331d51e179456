"""What a candidate will give to tell of, made before the write: composing messages takes far longer
than writing them, and everybody who writes waits meanwhile.

Only the write knows the numbers of rows and the head of the evidence chain; it puts them in.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy.engine import Connection

from alerts.events import Comparison, Event
from monitor.deciding import Confirmed, NewVariant, NewVersion, Reverted
from monitor.polling import events
from monitor.polling.candidate import Candidate, Compared, Considered
from plans.model import Plan
from storage import documents, readings, versions


def foresee(
    conn: Connection, candidate: Candidate, considered: Considered, at: dt.datetime
) -> Considered:
    """``considered`` with the number that its version will have, and the event to tell, if any.

    ``at`` is when it happened. Reads only.
    """
    match considered.decision:
        case NewVersion() | NewVariant():
            number = versions.next_number(conn, candidate.document)
            edition, version_id = candidate.text.plan.edition or None, None
            plan: Plan | None = candidate.text.plan
        case Reverted(version=known) | Confirmed(version=known):
            version = versions.get(conn, known)
            number, edition, version_id = version.number, version.edition, known
            plan = readings.plan_of(conn, known)
        case _:
            return considered
    ref = f"{candidate.document}#{number}"
    considered = msgspec.structs.replace(
        considered,
        number=number,
        against_predecessor=_numbered(considered.against_predecessor, ref, number),
        against_baseline=_numbered(considered.against_baseline, ref, number),
    )
    document = documents.get(conn, candidate.document)
    subject = events.Subject(
        at=at,
        document=candidate.document,
        edition=edition,
        number=number,
        ref=ref,
        version_id=version_id,
        title_zh=document.title_zh,
        title_en=document.title_en,
        url=candidate.url,
        source=candidate.source,
        occasion=candidate.text.parts[0].served.sha256,
    )
    event = _event(
        conn, considered, subject, () if plan is None else comparisons_of(considered, plan)
    )
    return msgspec.structs.replace(considered, event=event)


def comparisons_of(considered: Considered, new: Plan) -> tuple[Comparison, ...]:
    """The comparisons with the stored plans, the predecessor's first; without their rows' numbers."""
    before, base = considered.against_predecessor, considered.against_baseline
    found: list[Comparison] = []
    if before is not None:
        found.append(
            Comparison(
                against="predecessor", changeset=before.changeset, old=before.old_plan, new=new
            )
        )
    if base is not None:
        found.append(
            Comparison(against="baseline", changeset=base.changeset, old=base.old_plan, new=new)
        )
    return tuple(found)


def _event(
    conn: Connection,
    considered: Considered,
    subject: events.Subject,
    comparisons: tuple[Comparison, ...],
) -> Event | None:
    match considered.decision:
        case Reverted(instead_of=before, tell="changes"):
            instead_of = versions.get(conn, before)
            older = ", an older text," if instead_of.number > subject.number else ","
            reason = f"the page shows {subject.ref} again{older} in place of {instead_of.ref}"
            return events.reverted(subject, comparisons, reason)
        case Confirmed(becomes_baseline=True) | NewVersion(becomes_baseline=True):
            # Also said of an import: what the document is held against has changed.
            return events.baseline_replaced(subject)
        case Confirmed(tell="changes") | NewVersion(tell="changes"):
            return events.version_recorded(subject, comparisons)
        case NewVariant(tell="changes") if events.worth_telling_of_a_mirror(
            subject.edition, comparisons
        ):
            return events.mirror_differs(subject, comparisons)
        case _:
            return None


def _numbered(compared: Compared | None, ref: str, number: int) -> Compared | None:
    if compared is None:
        return None
    side = msgspec.structs.replace(compared.changeset.new, ref=ref, version=number)
    changeset = msgspec.structs.replace(compared.changeset, new=side)
    return msgspec.structs.replace(compared, changeset=changeset)
