"""Parts out of the archive, to be read again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from monitor.polling.served import Served
from monitor.polling.text import Part, make_part
from monitor.polling.tools import Tools
from storage import snapshots
from storage.errors import BytesReleased
from storage.records import Part as PartRow


def stored_parts(
    conn: Connection, members: Sequence[PartRow], tools: Tools
) -> tuple[Part, ...] | None:
    """The parts as they were served, extracted with today's tools.

    None where the bytes of one were not kept.
    """
    found = []
    for part in members:
        snapshot = snapshots.get(conn, part.snapshot_id)
        try:
            body = snapshots.body(conn, part.snapshot_id)
        except BytesReleased:
            return None
        served = Served(
            url=snapshot.url,
            final_url=snapshot.final_url,
            body=body,
            fetched_at=snapshot.fetched_at,
            hops=snapshot.hops,
            status=snapshot.status,
            headers=snapshot.headers,
            media_type=snapshot.media_type,
        )
        found.append(make_part(part.kind, served, tools))
    return tuple(found)
