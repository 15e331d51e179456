"""The payload of an alert, packed against what is kept beside it: the changeset that it tells of, and
its own row. Nearly all of it stands there already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
import zstandard
from sqlalchemy.engine import Connection

from plans.model import Changeset, to_json
from storage import blobs, packing
from storage.errors import CorruptSnapshot
from storage.prepared import Prepared
from storage.records import NewAlert, PackedPayload
from storage.storable import storable
from storage.tables.facts import blobs as blobs_table
from storage.tables.readings import changesets
from storage.tables.work import alert_changesets, alerts

#: The columns of an alert that its payload repeats. They are written once and never changed.
REPEATED = ("id", "url", "headline")

_SHA256 = Prepared(
    sa.select(blobs_table.c.sha256)
    .join(changesets, changesets.c.blob_id == blobs_table.c.id)
    .where(changesets.c.id == sa.bindparam("of_changeset"))
)
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


def ready(alert: NewAlert, changeset: Changeset | None) -> PackedPayload:
    """The payload of ``alert`` packed before it is written, against the first changeset that it will
    tell of. Pure: packing takes longer than writing.
    """
    text = b"" if changeset is None else to_json(changeset)
    row = {name: getattr(alert, name) for name in REPEATED}
    packed = _packed(alert.payload, text + _repeated(row))
    return PackedPayload(packed, None if changeset is None else blobs.digest(text))


def _packed(payload: dict[str, object], base: bytes) -> bytes:
    return packing.packed_as_common(msgspec.json.encode(payload), base, checked=True)


def _repeated(row: Mapping[str, Any]) -> bytes:
    # As the columns keep them.
    return "\n".join(storable(row[name] or "") for name in REPEATED).encode()


class Payloads:
    """Packs and unpacks payloads in one transaction; each changeset is read once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._texts: dict[int, bytes] = {}

    def pack(self, payload: dict[str, object], row: dict[str, Any], told: int | None) -> bytes:
        """``payload`` of the alert with the columns ``row``, whose first changeset is ``told``."""
        return _packed(payload, self._base(row, told))

    def leans_on(self, made: PackedPayload, told: int | None) -> bool:
        """Whether what was packed before leans on the changeset as it is kept."""
        kept = None if told is None else _SHA256.scalar(self._conn, {"of_changeset": told})
        return made.changeset == kept

    def unpack(self, packed: bytes, row: dict[str, Any], told: int | None) -> dict[str, object]:
        """The payload again. Raises CorruptSnapshot where it, or what it leans on, was changed."""
        try:
            text = packing.unpacked(packed, self._base(row, told))
            return msgspec.json.decode(text, type=dict[str, object])
        except (zstandard.ZstdError, msgspec.DecodeError) as error:
            message = f"the payload of alert {row['id']} is not what was stored; {_REMEDY}"
            raise CorruptSnapshot(message) from error

    def _base(self, row: dict[str, Any], told: int | None) -> bytes:
        return _repeated(row) if told is None else self._text(told) + _repeated(row)

    def _text(self, changeset_id: int) -> bytes:
        text = self._texts.get(changeset_id)
        if text is None:
            blob_id = _BLOB.scalar(self._conn, {"of_changeset": changeset_id})
            text = self._texts[changeset_id] = blobs.get(self._conn, blob_id)
        return text
