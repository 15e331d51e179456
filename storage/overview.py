"""What stands where, in a bounded number of questions: for lists and the first page."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.records import StoredChangeset, Version, Witness
from storage.rows import build, columns
from storage.tables.facts import versions, witnesses
from storage.tables.readings import changesets, plans
from storage.versions import in_succession

#: The order in which texts of one document are preferred where a name leaves it open.
NATURES = ("official", "summary", "translation", "commentary", "draft")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def newest_of_each(
    conn: Connection, document_ids: Sequence[str] | None = None
) -> dict[str, Version]:
    """What ``DOC@latest`` points at, by document, in one question."""
    lines = sa.select(versions.c.document_id, versions.c.language, versions.c.nature).where(
        versions.c.status == "accepted"
    )
    if document_ids is not None:
        lines = lines.where(versions.c.document_id.in_(document_ids))
    line = lines.distinct().subquery()
    other = versions.alias()
    # One look at the end of each line in the index of succession, however long the line is.
    last = (
        sa.select(other.c.id)
        .where(
            other.c.document_id == line.c.document_id,
            other.c.language == line.c.language,
            other.c.nature == line.c.nature,
            other.c.status == "accepted",
        )
        .order_by(
            other.c.edition.desc(),
            other.c.ordered_on.desc(),
            other.c.fetched_at.desc(),
            other.c.id.desc(),
        )
        .limit(1)
        .scalar_subquery()
    )
    ends = sa.select(last.label("id")).select_from(line).subquery()
    query = sa.select(*columns(Version, versions)).join(ends, ends.c.id == versions.c.id)
    found = [build(Version, row, edition=row.edition or None) for row in conn.execute(query)]
    found.sort(key=preference, reverse=True)
    newest = {version.document_id: version for version in found}
    return {document_id: newest[document_id] for document_id in sorted(newest)}


def newest_of_each_edition(conn: Connection, document_id: str) -> tuple[Version, ...]:
    """What ``DOC@EDITION`` points at, for each edition, the oldest edition first."""
    newest: dict[str | None, Version] = {}
    for version in in_succession(conn, document_id):
        before = newest.get(version.edition)
        if before is None or preference(version) <= preference(before):
            newest[version.edition] = version
    return tuple(sorted(newest.values(), key=lambda version: version.edition or ""))


def preference(version: Version) -> tuple[int, int]:
    """Where a text stands among others of its document; the least is the preferred one."""
    return NATURES.index(version.nature), LANGUAGES.index(version.language)


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


def witnesses_of(conn: Connection, version_ids: Sequence[int]) -> dict[int, tuple[Witness, ...]]:
    """Who served the text of each of these versions, the first first, by the version's id."""
    query = (
        sa.select(*columns(Witness, witnesses))
        .where(witnesses.c.version_id.in_(version_ids))
        .order_by(witnesses.c.first_at, witnesses.c.id)
    )
    found: dict[int, list[Witness]] = {version_id: [] for version_id in version_ids}
    for row in conn.execute(query):
        found[int(row.version_id)].append(build(Witness, row))
    return {version_id: tuple(rows) for version_id, rows in found.items()}
