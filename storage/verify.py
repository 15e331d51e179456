"""Walks the whole archive and finds whatever is not as it was kept: a changed byte, a lost row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import blobs, evidence, snapshots, versions
from storage.errors import CorruptSnapshot, NotFound
from storage.records import Evidence
from storage.rows import columns, many
from storage.tables import facts
from storage.tables.work import alerts

_BATCH = 1000
_DATES = ("issued_on", "published_on", "ordered_on")
_WITNESS = sa.select(
    *(facts.witnesses.c[name] for name in ("version_id", "url", "source_id", "first_snapshot_id"))
).where(facts.witnesses.c.id == sa.bindparam("number"))


#: What is not evidence, so that a change there is no fault: whole tables, and columns of the tables
#: that are walked. Held to the schema by a test.
OUTSIDE: dict[str, str] = {
    "documents": "taken over from the configuration; a version names its document itself",
    "sources": "taken over from the configuration, and the state of the watch",
    "source_documents": "taken over from the configuration",
    "pages": "the state of the watch: what to ask a server with, when it was seen last",
    "visits": "a journal that adds up equal looks; what was fetched is in snapshots",
    "keyframes": "which bytes the next ones are compressed against",
    "witnesses.last_snapshot_id": "moves with each look that finds the same text",
    "witnesses.first_at": "moves where an older copy is brought; the snapshot has its time",
    "witnesses.last_at": "moves with each look that finds the same text",
    "extracts": "a reading, to be made again from the snapshot; its bytes are checked",
    "plans": "a reading, to be made again from the snapshot; its bytes are checked",
    "changesets": "a reading, to be made again from two plans; its bytes are checked",
    "assignment_lists": "an index, to be made again from the plans",
    "assignments": "an index, to be made again from the plans",
    "task_contents": "an index, to be made again from the plans",
    "tracks": "an index, to be made again from the plans",
    "task_places": "an index, to be made again from the plans",
    "section_places": "an index, to be made again from the plans",
    "task_instruments": "an index, to be made again from the plans",
    "task_programmes": "an index, to be made again from the plans",
    "translations": "kept so that nothing is translated twice",
    "leases": "work in hand",
    "heartbeats": "work in hand",
    "alerts": "work in hand, but for the head of the chain that each carries",
    "alert_changesets": "work in hand",
    "deliveries": "work in hand",
    "attempts": "work in hand",
    "reviews": "work in hand; what was held is in snapshots",
    "verdicts": "what persons said, not what was published",
    "baselines": "what persons said, not what was published",
    "notices": "work in hand",
    "judged_rows": "what need not be judged again; forgotten, it is judged once more",
}


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it was kept; ``subject`` is the row's number, or an alert's id."""

    kind: str
    subject: int | str
    message: str


def verify(
    conn: Connection, *, bodies: bool = True, progress: Callable[[int], None] | None = None
) -> Iterator[Fault]:
    """Every fault of the chain, of the facts that it covers and (with ``bodies``) of the bytes.

    ``progress`` is told the number of links looked at so far.
    """
    yield from _chain(conn, progress)
    yield from _unchained(conn, "snapshot", facts.snapshots)
    yield from _unchained(conn, "version", facts.versions)
    yield from _unchained(conn, "witness", facts.witnesses, since=_first_chained(conn, "witness"))
    yield from _places(conn)
    yield from _heads(conn)
    if bodies:
        yield from _bodies(conn)
        yield from _readings(conn)


def _chain(conn: Connection, progress: Callable[[int], None] | None) -> Iterator[Fault]:
    previous, expected = evidence.ORIGIN, 1
    confirmed = _confirmed(conn)
    for link in _links(conn):
        made = evidence.link_hash(
            link.sequence, link.kind, link.subject, link.facts_hash, previous, link.at
        )
        if link.sequence != expected:
            yield Fault(
                kind="chain",
                subject=link.sequence,
                message=f"links {expected} to {link.sequence - 1} of the chain are missing",
            )
        elif made != link.hash:
            yield Fault(
                kind="chain",
                subject=link.sequence,
                message=f"link {link.sequence} of the chain was changed, or the one before it",
            )
        try:
            same = blobs.digest(_facts(conn, link, confirmed)) == link.facts_hash
        except (NotFound, ValueError, msgspec.MsgspecError):
            same = False
        if not same:
            yield Fault(
                kind=link.kind,
                subject=link.subject,
                message=f"the facts of {link.kind} {link.subject} were changed or are gone",
            )
        previous, expected = link.hash, link.sequence + 1
        if progress is not None and link.sequence % _BATCH == 0:
            progress(link.sequence)


def _facts(conn: Connection, link: Evidence, confirmed: frozenset[int]) -> bytes:
    if link.kind == "snapshot":
        return evidence.snapshot_facts(snapshots.get(conn, link.subject))
    if link.kind == "witness":
        row = conn.execute(_WITNESS, {"number": link.subject}).one_or_none()
        if row is None:
            raise NotFound(f"no witness {link.subject}")
        return evidence.witness_facts(*row)
    version = versions.get(conn, link.subject)
    if link.kind == "confirmed":
        return evidence.confirmed_facts(version)
    parts = versions.parts_of(conn, version.id)
    members = [(part, snapshots.get(conn, part.snapshot_id).sha256) for part in parts]
    return evidence.version_facts(version, members, confirmed=version.id in confirmed)


def _links(conn: Connection) -> Iterator[Evidence]:
    after = 0
    while True:
        query = sa.select(*columns(Evidence, facts.evidence))
        query = query.where(facts.evidence.c.sequence > after)
        found = many(conn, query.order_by(facts.evidence.c.sequence).limit(_BATCH), Evidence)
        if not found:
            return
        yield from found
        after = found[-1].sequence


def _confirmed(conn: Connection) -> frozenset[int]:
    query = sa.select(facts.evidence.c.subject).where(facts.evidence.c.kind == "confirmed")
    return frozenset(conn.execute(query).scalars())


def _first_chained(conn: Connection, kind: str) -> int | None:
    """The least number of this kind in the chain: older archives chained fewer kinds."""
    query = sa.select(sa.func.min(facts.evidence.c.subject)).where(facts.evidence.c.kind == kind)
    return conn.execute(query).scalar()


def _unchained(
    conn: Connection, kind: str, table: sa.Table, *, since: int | None = 0
) -> Iterator[Fault]:
    """Rows from the number ``since`` on that no link speaks of; with None there are none."""
    if since is None:
        return
    link = facts.evidence.c
    of_row = sa.and_(link.kind == kind, link.subject == table.c.id)
    query = sa.select(table.c.id).outerjoin(facts.evidence, of_row)
    query = query.where(link.subject.is_(None), table.c.id >= since).order_by(table.c.id)
    for number in conn.execute(query).scalars():
        yield Fault(kind=kind, subject=number, message=f"{kind} {number} is not in the chain")


def _places(conn: Connection) -> Iterator[Fault]:
    """A version out of its place in the succession, parts out of their order: both follow from facts."""
    table, part = facts.versions.c, facts.version_parts.c
    # As words: a date that cannot be read is a fault to name, not an error.
    dates = (sa.cast(table[name], sa.String).label(name) for name in _DATES)
    rows = sa.select(table.id, table.fetched_at, *dates)
    for row in conn.execute(rows.order_by(table.id)):
        try:
            issued, published, ordered = (_day(getattr(row, name)) for name in _DATES)
            right = ordered is not None and versions.ordered_rightly(
                issued, published, row.fetched_at, ordered
            )
        except ValueError:
            right = False
        if not right:
            message = f"the place of version {row.id} in the succession was changed"
            yield Fault(kind="version", subject=row.id, message=message)
    ends = sa.select(part.version_id, sa.func.min(part.ordinal), sa.func.max(part.ordinal),
                     sa.func.count()).group_by(part.version_id)  # fmt: skip
    for number, first, last, count in conn.execute(ends.order_by(part.version_id)):
        if (first, last) != (0, count - 1):
            message = f"the order of the parts of version {number} was changed"
            yield Fault(kind="version", subject=number, message=message)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _heads(conn: Connection) -> Iterator[Fault]:
    """An alert's head that the chain does not have: its end was cut off, or it was made anew."""
    link = facts.evidence.c
    query = sa.select(alerts.c.id).outerjoin(facts.evidence, link.hash == alerts.c.chain_head)
    query = query.where(alerts.c.chain_head.is_not(None), link.hash.is_(None))
    for alert_id in conn.execute(query.order_by(alerts.c.id)).scalars():
        yield Fault(
            kind="head",
            subject=alert_id,
            message=f"the chain does not hold the head that alert {alert_id} carries: cut off, "
            "or made anew",
        )


def _bodies(conn: Connection) -> Iterator[Fault]:
    query: sa.Select[Any] = (
        sa.select(facts.snapshots.c.id)
        .where(facts.snapshots.c.blob_id.is_not(None))
        .order_by(facts.snapshots.c.id)
    )
    for snapshot_id in conn.execute(query).scalars().all():
        try:
            snapshots.body(conn, snapshot_id)
        except (CorruptSnapshot, NotFound) as error:
            yield Fault(kind="bytes", subject=snapshot_id, message=str(error))
        except (ValueError, msgspec.MsgspecError):
            continue  # Facts that cannot be read are a fault of the chain.


def _readings(conn: Connection) -> Iterator[Fault]:
    """Stored bytes that are no snapshot's: extracts, plans, changesets."""
    there = sa.exists().where(facts.snapshots.c.blob_id == facts.blobs.c.id)
    query = sa.select(facts.blobs.c.id).where(~there).order_by(facts.blobs.c.id)
    for blob_id in conn.execute(query).scalars().all():
        try:
            blobs.get(conn, blob_id)
        except (CorruptSnapshot, NotFound) as error:
            yield Fault(kind="reading", subject=blob_id, message=str(error))
