"""Rows of a list that were judged to concern no document: not to be judged anew at every look."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.prepared import Prepared
from storage.records import JudgedRows
from storage.rows import columns, one
from storage.tables.work import judged_rows

_OF_SOURCE = Prepared(
    sa.select(*columns(JudgedRows, judged_rows)).where(
        judged_rows.c.source_id == sa.bindparam("of_source")
    )
)
_FIELDS = ("judged_by", "whole_at", "digests")
_CHANGE = Prepared(
    judged_rows.update()
    .where(judged_rows.c.source_id == sa.bindparam("of_source"))
    .values({name: sa.bindparam(name, type_=judged_rows.c[name].type) for name in _FIELDS})
)
_ADD = Prepared(judged_rows.insert(), ("source_id", *_FIELDS))


def of_source(conn: Connection, source_id: str) -> JudgedRows | None:
    """What was judged at this source, None where nothing was."""
    return one(conn, _OF_SOURCE, JudgedRows, {"of_source": source_id})


def keep(conn: Connection, source_id: str, judged: JudgedRows) -> None:
    """Put ``judged`` in the place of what was kept of this source."""
    row = {name: getattr(judged, name) for name in _FIELDS}
    if not _CHANGE.run(conn, row | {"of_source": source_id}):
        _ADD.run(conn, row | {"source_id": source_id})
