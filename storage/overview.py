"""What stands where, in a bounded number of questions: for lists and the first page."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.records import StoredChangeset, Version
from storage.rows import build, columns
from storage.tables.facts import versions
from storage.tables.readings import changesets, plans

#: The order in which texts of one document are preferred where a name leaves it open.
NATURES = ("official", "summary", "translation", "commentary", "draft")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def newest_of_each(
    conn: Connection, document_ids: Sequence[str] | None = None
) -> dict[str, Version]:
    """What ``DOC@latest`` points at, by document, in one question."""
    number = sa.func.row_number().over(partition_by=versions.c.document_id, order_by=_preferred())
    return {v.document_id: v for v in _first(conn, number, document_ids)}


def newest_of_each_edition(conn: Connection, document_id: str) -> tuple[Version, ...]:
    """What ``DOC@EDITION`` points at, for each edition, the oldest edition first."""
    number = sa.func.row_number().over(partition_by=versions.c.edition, order_by=_preferred())
    found = _first(conn, number, [document_id])
    return tuple(sorted(found, key=lambda version: version.edition or ""))


def counts(conn: Connection) -> dict[str, int]:
    """The number of versions of each document, variants among them."""
    query = sa.select(versions.c.document_id, sa.func.count()).group_by(versions.c.document_id)
    return {str(document): int(count) for document, count in conn.execute(query)}


def newest_changesets(
    conn: Connection, version_ids: Sequence[int], against: str = "predecessor"
) -> dict[int, StoredChangeset]:
    """The newest changeset of each version that has one, by the version's id."""
    query = (
        sa.select(plans.c.version_id, *columns(StoredChangeset, changesets))
        .join(plans, plans.c.id == changesets.c.new_plan_id)
        .where(plans.c.version_id.in_(version_ids), changesets.c.against == against)
        .order_by(changesets.c.id)
    )
    return {int(row.version_id): build(StoredChangeset, row) for row in conn.execute(query)}


def _preferred() -> list[sa.ColumnElement[object]]:
    return [
        sa.case({n: i for i, n in enumerate(NATURES)}, value=versions.c.nature),
        sa.case({n: i for i, n in enumerate(LANGUAGES)}, value=versions.c.language),
        versions.c.edition.desc(),
        versions.c.ordered_on.desc(),
        versions.c.fetched_at.desc(),
        versions.c.id.desc(),
    ]


def _first(
    conn: Connection, number: sa.Over[int], document_ids: Sequence[str] | None
) -> list[Version]:
    ranked = sa.select(*columns(Version, versions), number.label("place")).where(
        versions.c.status == "accepted"
    )
    if document_ids is not None:
        ranked = ranked.where(versions.c.document_id.in_(document_ids))
    inner = ranked.subquery()
    rows = conn.execute(sa.select(inner).where(inner.c.place == 1).order_by(inner.c.document_id))
    return [build(Version, row, edition=row.edition or None) for row in rows]
