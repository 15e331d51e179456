"""The payload of an alert, packed against what is kept beside it: the changeset that it tells of, and
its own row. Nearly all of it stands there already.
"""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa
import zstandard
from sqlalchemy.engine import Connection

from storage import blobs, packing
from storage.errors import CorruptSnapshot
from storage.prepared import Prepared
from storage.storable import storable
from storage.tables.readings import changesets
from storage.tables.work import alert_changesets, alerts

#: The columns of an alert that its payload repeats. They are written once and never changed.
REPEATED = ("id", "url", "headline", "chain_head")

_BLOB = Prepared(
    sa.select(changesets.c.blob_id).where(changesets.c.id == sa.bindparam("of_changeset"))
)
_REMEDY = "restore a backup of the database, then run `planwatch verify`"


def told_first() -> sa.ScalarSelect[Any]:
    """The first changeset that an alert tells of, as a column of a query over ``alerts``."""
    return (
        sa.select(alert_changesets.c.changeset_id)
        .where(alert_changesets.c.alert_id == alerts.c.id)
        .order_by(alert_changesets.c.ordinal)
        .limit(1)
        .correlate(alerts)
        .scalar_subquery()
    )


class Payloads:
    """Packs and unpacks payloads in one transaction; each changeset is read once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._texts: dict[int, bytes] = {}

    def pack(self, payload: dict[str, object], row: dict[str, Any], told: int | None) -> bytes:
        """``payload`` of the alert with the columns ``row``, whose first changeset is ``told``."""
        text = msgspec.json.encode(payload)
        return packing.packed_as_common(text, self._base(row, told), checked=True)

    def unpack(self, packed: bytes, row: dict[str, Any], told: int | None) -> dict[str, object]:
        """The payload again. Raises CorruptSnapshot where it, or what it leans on, was changed."""
        try:
            text = packing.unpacked(packed, self._base(row, told))
            return msgspec.json.decode(text, type=dict[str, object])
        except (zstandard.ZstdError, msgspec.DecodeError) as error:
            message = f"the payload of alert {row['id']} is not what was stored; {_REMEDY}"
            raise CorruptSnapshot(message) from error

    def _base(self, row: dict[str, Any], told: int | None) -> bytes:
        # As the columns keep them.
        repeated = "\n".join(storable(row[name] or "") for name in REPEATED).encode()
        return repeated if told is None else self._text(told) + repeated

    def _text(self, changeset_id: int) -> bytes:
        text = self._texts.get(changeset_id)
        if text is None:
            blob_id = _BLOB.scalar(self._conn, {"of_changeset": changeset_id})
            text = self._texts[changeset_id] = blobs.get(self._conn, blob_id)
        return text
