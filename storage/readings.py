"""Readings: extracts, plans and changesets, each stamped with the tools that made it.

A new reading stands beside the older ones; the newest of a version is the one that counts.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from plans.model import (
    Changeset,
    Extract,
    Plan,
    changeset_from_json,
    extract_from_json,
    plan_from_json,
    to_json,
)
from storage import blobs, task_rows
from storage.errors import NotFound
from storage.prepared import Prepared
from storage.records import Against, Reading, StoredChangeset, StoredExtract
from storage.rows import columns, insert, many, one
from storage.storable import storable
from storage.tables.facts import snapshots, version_parts, versions
from storage.tables.readings import changesets, extracts, plans
from storage.task_index import PlanIndex, index_of

# --- extracts ---------------------------------------------------------------------------------

_NEWEST_EXTRACT = (
    sa.select(extracts)
    .where(extracts.c.snapshot_id == sa.bindparam("of_snapshot"))
    .order_by(extracts.c.id.desc())
    .limit(1)
)
_EXTRACT = Prepared(_NEWEST_EXTRACT)
_EXTRACT_BY = Prepared(_NEWEST_EXTRACT.where(extracts.c.extractor == sa.bindparam("by_extractor")))
_SNAPSHOT = Prepared(
    sa.select(snapshots.c.url, snapshots.c.blob_id).where(
        snapshots.c.id == sa.bindparam("of_snapshot")
    )
)


def pack_extract(
    conn: Connection, extract: Extract, *, url: str, page: int | blobs.Packed | None
) -> blobs.Packed:
    """Make the extract of what ``url`` served (``page``) ready, before the write; reads only."""
    return blobs.pack(conn, to_json(extract), lineage=f"extract:{storable(url)}", like=page)


def store_extract(
    conn: Connection,
    snapshot_id: int,
    extract: Extract,
    *,
    extractor: str,
    text_key: str,
    now: dt.datetime,
    ready: blobs.Packed | None = None,
) -> int:
    """Keep what one extractor found in a snapshot; what it found before stays. Gives the number.

    ``ready`` is the extract made ready before.
    """
    known = stored_extract(conn, snapshot_id, extractor)
    if known is not None:
        return known.id
    if ready is None:
        row = _SNAPSHOT.first(conn, {"of_snapshot": snapshot_id})
        if row is None:
            raise NotFound(f"no snapshot {snapshot_id}")
        ready = pack_extract(conn, extract, url=row.url, page=row.blob_id)
    blob_id = blobs.put(conn, ready)
    return insert(
        conn,
        extracts,
        snapshot_id=snapshot_id,
        extractor=extractor,
        state=extract.state,
        text_key=text_key,
        blob_id=blob_id,
        made_at=now,
    )


def stored_extract(
    conn: Connection, snapshot_id: int, extractor: str | None = None
) -> StoredExtract | None:
    """The extract by this extractor (None: the newest), without its content."""
    asked = {"of_snapshot": snapshot_id, "by_extractor": extractor}
    return one(conn, _EXTRACT if extractor is None else _EXTRACT_BY, StoredExtract, asked)


def extract_of(conn: Connection, snapshot_id: int, extractor: str | None = None) -> Extract | None:
    """What this extractor (None: the newest) found in a snapshot, None where it has not looked."""
    asked = {"of_snapshot": snapshot_id, "by_extractor": extractor}
    query = _EXTRACT if extractor is None else _EXTRACT_BY
    row = query.first(conn, asked)
    return None if row is None else extract_from_json(blobs.get(conn, row.blob_id))


# --- plans ------------------------------------------------------------------------------------

_EVERY_READING = (
    sa.select(*columns(Reading, plans))
    .where(plans.c.version_id == sa.bindparam("of_version"))
    .order_by(plans.c.id.desc())
)
_READINGS = Prepared(_EVERY_READING)
_READING = Prepared(_EVERY_READING.limit(1))
_PLAN_BLOB = Prepared(sa.select(plans.c.blob_id).where(plans.c.id == sa.bindparam("of_plan")))
_LINE = Prepared(
    sa.select(versions.c.document_id, versions.c.language, versions.c.nature).where(
        versions.c.id == sa.bindparam("of_version")
    )
)
_FIRST_EXTRACT = Prepared(
    sa.select(extracts.c.blob_id)
    .join(version_parts, version_parts.c.snapshot_id == extracts.c.snapshot_id)
    .where(version_parts.c.version_id == sa.bindparam("of_version"))
    .order_by(version_parts.c.ordinal, extracts.c.id.desc())
    .limit(1)
)


def pack_plan(
    conn: Connection, document_id: str, plan: Plan, *, extract: blobs.Packed
) -> blobs.Packed:
    """Make a plan read from ``extract`` ready for :func:`store_plan`, before the write; reads only."""
    lineage = _line_of(document_id, plan.language, plan.nature)
    return blobs.pack(conn, to_json(plan), lineage=lineage, like=extract)


def store_plan(
    conn: Connection,
    version_id: int,
    plan: Plan,
    *,
    extractor: str,
    reader: str,
    registry: str,
    now: dt.datetime,
    index: PlanIndex | None = None,
    ready: blobs.Packed | None = None,
) -> int:
    """Keep a version as read by these tools and index it; gives the number of the plan.

    ``index`` is that of this plan, ``ready`` the plan made ready, where it was done before. Where the same tools read it before,
    that reading stays as it is.
    """
    older = readings_of(conn, version_id)
    stamp = (extractor, reader, registry)
    for reading in older:
        if (reading.extractor, reading.reader, reading.registry) == stamp:
            return reading.id
    lineage = _lineage(conn, version_id) if ready is None else ready.lineage
    if ready is None:
        ready = blobs.pack(
            conn, to_json(plan), lineage=lineage, like=_first_extract(conn, version_id)
        )
    blob_id = blobs.put(conn, ready)
    for reading in older:
        task_rows.drop(conn, reading.id)
    track, step = task_rows.place(conn, lineage, index_of(plan) if index is None else index)
    return insert(
        conn,
        plans,
        version_id=version_id,
        extractor=extractor,
        reader=reader,
        registry=registry,
        title=plan.title,
        task_count=len(plan.tasks),
        blob_id=blob_id,
        made_at=now,
        track=track,
        step=step,
    )


def reading_of(conn: Connection, version_id: int) -> Reading | None:
    """The newest reading of a version, without its content."""
    return one(conn, _READING, Reading, {"of_version": version_id})


def readings_of(conn: Connection, version_id: int) -> tuple[Reading, ...]:
    """All readings of a version, newest first."""
    return many(conn, _READINGS, Reading, {"of_version": version_id})


def plan_of(conn: Connection, version_id: int) -> Plan | None:
    """The newest plan of a version, None where it was never read."""
    reading = reading_of(conn, version_id)
    return None if reading is None else plan(conn, reading.id)


def plan(conn: Connection, plan_id: int) -> Plan:
    """One plan. Raises NotFound."""
    blob_id = _plan_blob(conn, plan_id)
    if blob_id is None:
        raise NotFound(f"no plan {plan_id}")
    return plan_from_json(blobs.get(conn, blob_id))


def reindex(conn: Connection, version_id: int) -> None:
    """Rebuild the rows of a version's tasks from its newest plan."""
    for reading in readings_of(conn, version_id):
        task_rows.drop(conn, reading.id)
    newest = reading_of(conn, version_id)
    if newest is not None:
        index = index_of(plan(conn, newest.id))
        track, step = task_rows.place(conn, _lineage(conn, version_id), index)
        place = {"track": track, "step": step}
        conn.execute(plans.update().where(plans.c.id == newest.id).values(place))


def outdated(
    conn: Connection,
    *,
    extractor: str,
    reader: str,
    registry: str,
    document_id: str | None = None,
    after_id: int = 0,
    limit: int = 1000,
) -> tuple[int, ...]:
    """Ids of versions that these tools have not read yet, in ascending order."""
    done = sa.exists().where(
        plans.c.version_id == versions.c.id,
        plans.c.extractor == extractor,
        plans.c.reader == reader,
        plans.c.registry == registry,
    )
    query = sa.select(versions.c.id).where(versions.c.id > after_id, ~done)
    if document_id is not None:
        query = query.where(versions.c.document_id == document_id)
    return tuple(conn.execute(query.order_by(versions.c.id).limit(limit)).scalars())


# --- changesets -------------------------------------------------------------------------------

_SAME_CHANGESET = Prepared(
    sa.select(changesets.c.id).where(
        *(
            changesets.c[name] == sa.bindparam(name)
            for name in (
                *("old_plan_id", "new_plan_id", "against"),
                *("comparer", "registry", "verdicts"),
            )
        )
    )
)


def pack_changeset(conn: Connection, changeset: Changeset) -> blobs.Packed:
    """Make a changeset ready for :func:`store_changeset`, before the write; reads only."""
    return blobs.pack(conn, to_json(changeset), common=True)


def store_changeset(
    conn: Connection,
    changeset: Changeset,
    *,
    old_plan_id: int,
    new_plan_id: int,
    against: Against,
    comparer: str,
    registry: str,
    now: dt.datetime,
    verdicts: str = "",
    ready: blobs.Packed | None = None,
) -> int:
    """Keep what two readings differ in; gives the number, the older one where it is known.

    ``ready`` is the changeset made ready before.
    ``verdicts`` is a digest of the persons' verdicts that were taken into account, "" for none.
    """
    stamp = {
        "old_plan_id": old_plan_id,
        "new_plan_id": new_plan_id,
        "against": against,
        "comparer": comparer,
        "registry": registry,
        "verdicts": verdicts,
    }
    known = _SAME_CHANGESET.scalar(conn, stamp)
    if known is not None:
        return int(known)
    return insert(
        conn,
        changesets,
        **stamp,
        change_count=len(changeset.changes),
        major_count=len(changeset.of_severity("major")),
        minor_count=len(changeset.of_severity("minor")),
        blob_id=blobs.put(conn, ready or pack_changeset(conn, changeset)),
        made_at=now,
    )


def changeset(conn: Connection, changeset_id: int) -> Changeset:
    """One changeset. Raises NotFound."""
    blob_id = conn.execute(
        sa.select(changesets.c.blob_id).where(changesets.c.id == changeset_id)
    ).scalar()
    if blob_id is None:
        raise NotFound(f"no changeset {changeset_id}")
    return changeset_from_json(blobs.get(conn, blob_id))


def stored_changeset(conn: Connection, changeset_id: int) -> StoredChangeset:
    """A changeset without its content. Raises NotFound."""
    query = sa.select(*columns(StoredChangeset, changesets)).where(changesets.c.id == changeset_id)
    found = one(conn, query, StoredChangeset)
    if found is None:
        raise NotFound(f"no changeset {changeset_id}")
    return found


def changeset_between(
    conn: Connection,
    old_plan_id: int,
    new_plan_id: int,
    *,
    comparer: str,
    registry: str,
    verdicts: str = "",
) -> StoredChangeset | None:
    """The changeset of two plans by these tools, whatever it was made for, None where none is."""
    query = sa.select(*columns(StoredChangeset, changesets)).where(
        changesets.c.old_plan_id == old_plan_id,
        changesets.c.new_plan_id == new_plan_id,
        changesets.c.comparer == comparer,
        changesets.c.registry == registry,
        changesets.c.verdicts == verdicts,
    )
    return one(conn, query.order_by(changesets.c.id.desc()).limit(1), StoredChangeset)


def changesets_of(
    conn: Connection, version_id: int, *, against: Against | None = None
) -> tuple[StoredChangeset, ...]:
    """All changesets whose new side is this version, newest first."""
    query = (
        sa.select(*columns(StoredChangeset, changesets))
        .join(plans, plans.c.id == changesets.c.new_plan_id)
        .where(plans.c.version_id == version_id)
    )
    if against is not None:
        query = query.where(changesets.c.against == against)
    return many(conn, query.order_by(changesets.c.id.desc()), StoredChangeset)


def _lineage(conn: Connection, version_id: int) -> str:
    """What a version's plan resembles: those of the same document, language and nature."""
    line = _LINE.first(conn, {"of_version": version_id})
    if line is None:
        raise NotFound(f"no version with the id {version_id}")
    return _line_of(line.document_id, line.language, line.nature)


def _line_of(document_id: str, language: str, nature: str) -> str:
    return f"plan:{document_id}:{language}:{nature}"


def _first_extract(conn: Connection, version_id: int) -> int | None:
    found: int | None = _FIRST_EXTRACT.scalar(conn, {"of_version": version_id})
    return found


def _plan_blob(conn: Connection, plan_id: int) -> int | None:
    found: int | None = _PLAN_BLOB.scalar(conn, {"of_plan": plan_id})
    return found
