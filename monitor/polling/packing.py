"""The bytes of a candidate made ready before the write: compressing is most of what keeping costs."""

from __future__ import annotations

import msgspec
from sqlalchemy.engine import Connection

from monitor.deciding import NewVariant, NewVersion
from monitor.polling.candidate import Candidate, Compared, Considered, Ready
from storage import readings, snapshots
from storage.blobs import Packed


def make_ready(conn: Connection, candidate: Candidate, considered: Considered) -> Considered:
    """``considered`` with all bytes that it will keep compressed as the archive is now. Reads only."""
    parts = candidate.text.parts
    bodies = tuple(snapshots.pack_body(conn, p.served.url, p.served.body) for p in parts)
    extracts: tuple[Packed, ...] = ()
    plan: Packed | None = None
    if isinstance(considered.decision, NewVersion | NewVariant):
        extracts = tuple(
            readings.pack_extract(conn, part.extract, url=part.served.url, page=body)
            for part, body in zip(parts, bodies, strict=True)
        )
        plan = readings.pack_plan(
            conn, candidate.document, candidate.text.plan, extract=extracts[0]
        )
    ready = Ready(
        bodies=bodies,
        extracts=extracts,
        plan=plan,
        against_predecessor=_changeset(conn, considered.against_predecessor),
        against_baseline=_changeset(conn, considered.against_baseline),
    )
    return msgspec.structs.replace(considered, ready=ready)


def _changeset(conn: Connection, compared: Compared | None) -> Packed | None:
    return None if compared is None else readings.pack_changeset(conn, compared.changeset)
