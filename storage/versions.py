"""Versions: the different texts of a document, which one follows which, and who witnessed them.

Only texts of one document, language and nature succeed each other, by edition, then date of issue,
then time of fetch. Where a text has no date of issue that of publication stands in, else the day of
the fetch in Asia/Shanghai.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from plans.model import Language, Nature
from storage import evidence
from storage.errors import AlreadyRecorded, NotFound, PredecessorMoved
from storage.records import NewVersion, Part, Version, VersionStatus, Witness
from storage.rows import build, columns, insert, many, values
from storage.tables.facts import snapshots, version_parts, versions, witnesses

SHANGHAI = ZoneInfo("Asia/Shanghai")

#: The order in which versions of one document, language and nature follow each other.
_SUCCESSION = (versions.c.edition, versions.c.ordered_on, versions.c.fetched_at, versions.c.id)


def record(
    conn: Connection, new: NewVersion, *, expected_predecessor: int | None, now: dt.datetime
) -> Version:
    """Keep a new version with its parts and its first witness, chained into the evidence.

    ``expected_predecessor`` is the id of the version that the text was compared with outside of
    this transaction. Raises AlreadyRecorded where the same text is a version of this edition,
    language and nature, PredecessorMoved where another one is the predecessor by now, NotFound
    for parts that are not there.
    """
    same = by_text(conn, new.document_id, new.edition, new.language, new.nature, new.text_key)
    if same is not None:
        raise AlreadyRecorded(same.id, same.ref)
    before = predecessor_of(
        conn,
        new.document_id,
        new.language,
        new.nature,
        edition=new.edition,
        issued_on=new.issued_on,
        published_on=new.published_on,
        fetched_at=new.fetched_at,
    )
    actual = None if before is None else before.id
    if actual != expected_predecessor:
        raise PredecessorMoved(expected_predecessor, actual)
    members = _members(conn, new.parts)
    number = 1 + int(
        conn.execute(
            sa.select(sa.func.coalesce(sa.func.max(versions.c.number), 0)).where(
                versions.c.document_id == new.document_id
            )
        ).scalar_one()
    )
    row = values(new, "parts") | {
        "edition": new.edition or "",
        "ordered_on": _ordered_on(new.issued_on, new.published_on, new.fetched_at),
        "number": number,
        "recorded_at": now,
        "predecessor_id": actual,
    }
    version_id = insert(conn, versions, **row)
    for ordinal, part in enumerate(new.parts):
        conn.execute(
            version_parts.insert().values(
                version_id=version_id,
                ordinal=ordinal,
                kind=part.kind,
                snapshot_id=part.snapshot_id,
            )
        )
    stored = get(conn, version_id)
    evidence.append(conn, "version", version_id, evidence.version_facts(stored, members), now)
    witness(
        conn,
        version_id,
        url=new.url,
        source_id=new.source_id,
        snapshot_id=new.parts[0].snapshot_id,
        at=new.fetched_at,
    )
    return stored


def confirm(conn: Connection, version_id: int, *, now: dt.datetime) -> Version:
    """Make a variant a version, as an official source or a person says so; gives it as it is now."""
    found = get(conn, version_id)
    if found.status == "accepted":
        return found
    conn.execute(versions.update().where(versions.c.id == version_id).values(status="accepted"))
    confirmed = get(conn, version_id)
    evidence.append(conn, "confirmed", version_id, evidence.confirmed_facts(confirmed), now)
    return confirmed


def get(conn: Connection, version_id: int) -> Version:
    """One version by its id. Raises NotFound."""
    found = _one(conn, _select().where(versions.c.id == version_id))
    if found is None:
        raise NotFound(f"no version with the id {version_id}")
    return found


def by_number(conn: Connection, document_id: str, number: int) -> Version | None:
    """``DOC#number``."""
    return _one(
        conn,
        _select().where(versions.c.document_id == document_id, versions.c.number == number),
    )


def by_text(
    conn: Connection,
    document_id: str,
    edition: str | None,
    language: Language,
    nature: Nature,
    text_key: str,
) -> Version | None:
    """The version with this very text, accepted or variant."""
    return _one(
        conn,
        _select().where(
            versions.c.document_id == document_id,
            versions.c.edition == (edition or ""),
            versions.c.language == language,
            versions.c.nature == nature,
            versions.c.text_key == text_key,
        ),
    )


def predecessor_of(
    conn: Connection,
    document_id: str,
    language: Language,
    nature: Nature,
    *,
    edition: str | None,
    issued_on: dt.date | None,
    fetched_at: dt.datetime,
    published_on: dt.date | None = None,
) -> Version | None:
    """The accepted version that a text with these data would follow, None where it comes first."""
    place = sa.tuple_(
        sa.literal(edition or "", versions.c.edition.type),
        sa.literal(_ordered_on(issued_on, published_on, fetched_at), versions.c.ordered_on.type),
        sa.literal(fetched_at, versions.c.fetched_at.type),
    )
    query = _line(document_id, language, nature, "accepted").where(
        sa.tuple_(versions.c.edition, versions.c.ordered_on, versions.c.fetched_at) <= place
    )
    return _one(conn, query.order_by(*(column.desc() for column in _SUCCESSION)).limit(1))


def before(conn: Connection, version: Version) -> Version | None:
    """The accepted version that ``version`` follows as things stand today."""
    return _neighbour(conn, version, later=False)


def after(conn: Connection, version: Version) -> Version | None:
    """The accepted version that follows ``version`` as things stand today."""
    return _neighbour(conn, version, later=True)


def latest(
    conn: Connection,
    document_id: str,
    *,
    language: Language = "zh-Hans",
    nature: Nature = "official",
    edition: str | None = None,
    status: VersionStatus = "accepted",
) -> Version | None:
    """The last version in the order of succession, of one edition where it is given."""
    query = _line(document_id, language, nature, status)
    if edition is not None:
        query = query.where(versions.c.edition == edition)
    return _one(conn, query.order_by(*(column.desc() for column in _SUCCESSION)).limit(1))


def list_all(
    conn: Connection,
    document_id: str | None = None,
    *,
    edition: str | None = None,
    status: VersionStatus | None = None,
    limit: int | None = None,
    before_id: int | None = None,
) -> tuple[Version, ...]:
    """Versions, newest recorded first; ``before_id`` goes on after the last one of a page."""
    query = _select().order_by(versions.c.id.desc())
    if document_id is not None:
        query = query.where(versions.c.document_id == document_id)
    if edition is not None:
        query = query.where(versions.c.edition == edition)
    if status is not None:
        query = query.where(versions.c.status == status)
    if before_id is not None:
        query = query.where(versions.c.id < before_id)
    if limit is not None:
        query = query.limit(limit)
    return tuple(_version(row) for row in conn.execute(query))


def in_succession(
    conn: Connection,
    document_id: str,
    *,
    language: Language | None = None,
    nature: Nature | None = None,
) -> tuple[Version, ...]:
    """The accepted versions of a document (of one language and nature), the first first."""
    query = _select().where(versions.c.document_id == document_id, versions.c.status == "accepted")
    if language is not None:
        query = query.where(versions.c.language == language)
    if nature is not None:
        query = query.where(versions.c.nature == nature)
    return tuple(_version(row) for row in conn.execute(query.order_by(*_SUCCESSION)))


def parts_of(conn: Connection, version_id: int) -> tuple[Part, ...]:
    """The parts of a version, in order."""
    query = (
        sa.select(version_parts.c.snapshot_id, version_parts.c.kind)
        .where(version_parts.c.version_id == version_id)
        .order_by(version_parts.c.ordinal)
    )
    return many(conn, query, Part)


def witness(
    conn: Connection,
    version_id: int,
    *,
    url: str,
    at: dt.datetime,
    source_id: str | None = None,
    snapshot_id: int | None = None,
) -> None:
    """A URL serves, or still serves, this version's text.

    ``snapshot_id`` may be left out for a URL that is a witness already (it answered 304).
    """
    here = sa.and_(witnesses.c.version_id == version_id, witnesses.c.url == url)
    known = conn.execute(sa.select(witnesses).where(here)).first()
    if known is not None:
        conn.execute(
            witnesses.update()
            .where(here)
            .values(
                first_at=min(known.first_at, at),
                last_at=max(known.last_at, at),
                last_snapshot_id=snapshot_id or known.last_snapshot_id,
            )
        )
        return
    if snapshot_id is None:
        raise NotFound(f"{url} has not witnessed version {version_id} before; name a snapshot")
    insert(
        conn,
        witnesses,
        version_id=version_id,
        url=url,
        source_id=source_id,
        first_snapshot_id=snapshot_id,
        last_snapshot_id=snapshot_id,
        first_at=at,
        last_at=at,
    )


def witnesses_of(conn: Connection, version_id: int) -> tuple[Witness, ...]:
    """Who served a version's text, the first first."""
    query = sa.select(*columns(Witness, witnesses)).where(witnesses.c.version_id == version_id)
    return many(conn, query.order_by(witnesses.c.first_at, witnesses.c.id), Witness)


def _neighbour(conn: Connection, version: Version, *, later: bool) -> Version | None:
    place = sa.tuple_(
        sa.literal(version.edition or "", versions.c.edition.type),
        sa.literal(
            _ordered_on(version.issued_on, version.published_on, version.fetched_at),
            versions.c.ordered_on.type,
        ),
        sa.literal(version.fetched_at, versions.c.fetched_at.type),
        sa.literal(version.id, versions.c.id.type),
    )
    order = sa.tuple_(*_SUCCESSION)
    query = _line(version.document_id, version.language, version.nature, "accepted")
    if later:
        query = query.where(order > place).order_by(*_SUCCESSION)
    else:
        query = query.where(order < place).order_by(*(column.desc() for column in _SUCCESSION))
    return _one(conn, query.limit(1))


def _ordered_on(
    issued_on: dt.date | None, published_on: dt.date | None, fetched_at: dt.datetime
) -> dt.date:
    return issued_on or published_on or fetched_at.astimezone(SHANGHAI).date()


def _members(conn: Connection, parts: tuple[Part, ...]) -> list[tuple[Part, str]]:
    if not parts:
        raise NotFound("a version is made of at least one snapshot")
    wanted = {part.snapshot_id for part in parts}
    rows = conn.execute(
        sa.select(snapshots.c.id, snapshots.c.sha256).where(snapshots.c.id.in_(wanted))
    )
    known = {row.id: row.sha256 for row in rows}
    if wanted - known.keys():
        raise NotFound(f"no snapshot {sorted(wanted - known.keys())}")
    return [(part, known[part.snapshot_id]) for part in parts]


def _line(
    document_id: str, language: str, nature: str, status: str
) -> sa.Select[tuple[object, ...]]:
    return _select().where(
        versions.c.document_id == document_id,
        versions.c.language == language,
        versions.c.nature == nature,
        versions.c.status == status,
    )


def _select() -> sa.Select[tuple[object, ...]]:
    return sa.select(*columns(Version, versions))


def _one(conn: Connection, query: sa.Select[tuple[object, ...]]) -> Version | None:
    row = conn.execute(query).first()
    return None if row is None else _version(row)


def _version(row: sa.Row[tuple[object, ...]]) -> Version:
    return build(Version, row, edition=row.edition or None)
