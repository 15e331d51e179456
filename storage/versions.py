"""Versions: the different texts of a document, which one follows which, and who witnessed them.

Only texts of one document, language and nature succeed each other, by edition, then date of issue,
then time of fetch. Where a text has no date of issue that of publication stands in, else the day of
the fetch in Asia/Shanghai.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from plans.model import Language, Nature
from storage import evidence
from storage.errors import AlreadyRecorded, NotFound, PredecessorMoved
from storage.prepared import Prepared
from storage.records import NewVersion, Part, Version, VersionStatus, Witness
from storage.rows import Query, build, columns, insert, many, values
from storage.tables.facts import snapshots, version_parts, versions, witnesses

SHANGHAI = ZoneInfo("Asia/Shanghai")

#: The order in which versions of one document, language and nature follow each other.
_SUCCESSION = (versions.c.edition, versions.c.ordered_on, versions.c.fetched_at, versions.c.id)
_LAST_FIRST = tuple(column.desc() for column in _SUCCESSION)

# Made once: they are part of every poll that finds something.
_ALL = sa.select(*columns(Version, versions))
_OF_ID = Prepared(_ALL.where(versions.c.id == sa.bindparam("of_version")))
_BY_TEXT = Prepared(
    _ALL.where(
        *(
            versions.c[name] == sa.bindparam(name)
            for name in ("document_id", "edition", "language", "nature", "text_key")
        )
    )
)
_LINE = _ALL.where(
    *(
        versions.c[name] == sa.bindparam(name)
        for name in ("document_id", "language", "nature", "status")
    )
)
_PREDECESSOR = Prepared(
    _LINE.where(
        sa.tuple_(versions.c.edition, versions.c.ordered_on, versions.c.fetched_at)
        <= sa.tuple_(
            sa.bindparam("edition", type_=versions.c.edition.type),
            sa.bindparam("ordered_on", type_=versions.c.ordered_on.type),
            sa.bindparam("fetched_at", type_=versions.c.fetched_at.type),
        )
    )
    .order_by(*_LAST_FIRST)
    .limit(1)
)
_LAST = _LINE.order_by(*_LAST_FIRST).limit(1)
_LATEST = Prepared(_LAST)
_LATEST_OF_EDITION = Prepared(_LAST.where(versions.c.edition == sa.bindparam("edition")))
_NUMBER = Prepared(
    sa.select(sa.func.coalesce(sa.func.max(versions.c.number), 0)).where(
        versions.c.document_id == sa.bindparam("document_id")
    )
)
_MEMBER = Prepared(
    sa.select(snapshots.c.sha256).where(snapshots.c.id == sa.bindparam("of_snapshot"))
)
_ADD_PART = Prepared(version_parts.insert(), ("version_id", "ordinal", "kind", "snapshot_id"))
_PARTS = Prepared(
    sa.select(version_parts.c.snapshot_id, version_parts.c.kind)
    .where(version_parts.c.version_id == sa.bindparam("of_version"))
    .order_by(version_parts.c.ordinal)
)
_WITNESSES = Prepared(
    sa.select(*columns(Witness, witnesses))
    .where(witnesses.c.version_id == sa.bindparam("of_version"))
    .order_by(witnesses.c.first_at, witnesses.c.id)
)
_HERE = sa.and_(
    witnesses.c.version_id == sa.bindparam("of_version"), witnesses.c.url == sa.bindparam("at_url")
)
_WITNESS = Prepared(sa.select(witnesses).where(_HERE))
_STILL = Prepared(
    witnesses.update()
    .where(_HERE)
    .values(
        {
            name: sa.bindparam(name, type_=witnesses.c[name].type)
            for name in ("first_at", "last_at", "last_snapshot_id")
        }
    )
)


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
    number = next_number(conn, new.document_id)
    row = values(new, "parts") | {
        "edition": new.edition or "",
        "ordered_on": _ordered_on(new.issued_on, new.published_on, new.fetched_at),
        "number": number,
        "recorded_at": now,
        "predecessor_id": actual,
    }
    version_id = insert(conn, versions, **row)
    for ordinal, part in enumerate(new.parts):
        _ADD_PART.run(conn, {"version_id": version_id, "ordinal": ordinal} | values(part))
    stored = get(conn, version_id)
    evidence.append(conn, "version", version_id, evidence.version_facts(stored, members), now)
    _first_witness(
        conn, version_id, new.url, new.source_id, new.parts[0].snapshot_id, new.fetched_at, now
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
    found = _one(conn, _OF_ID, of_version=version_id)
    if found is None:
        raise NotFound(f"no version with the id {version_id}")
    return found


def by_number(conn: Connection, document_id: str, number: int) -> Version | None:
    """``DOC#number``."""
    query = _ALL.where(versions.c.document_id == document_id, versions.c.number == number)
    return _one(conn, query)


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
        _BY_TEXT,
        document_id=document_id,
        edition=edition or "",
        language=language,
        nature=nature,
        text_key=text_key,
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
    return _one(
        conn,
        _PREDECESSOR,
        document_id=document_id,
        language=language,
        nature=nature,
        status="accepted",
        edition=edition or "",
        ordered_on=_ordered_on(issued_on, published_on, fetched_at),
        fetched_at=fetched_at,
    )


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
    line = {
        "document_id": document_id,
        "language": language,
        "nature": nature,
        "status": status,
    }
    if edition is None:
        return _one(conn, _LATEST, **line)
    return _one(conn, _LATEST_OF_EDITION, **line, edition=edition)


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
    asked = {"document_id": document_id, "edition": edition, "status": status}
    given: dict[str, object] = {n: value for n, value in asked.items() if value is not None}
    if before_id is None and limit is None:
        return tuple(_version(row) for row in _whole_listing(tuple(given)).all(conn, given))
    query = _listing(tuple(given))
    if before_id is not None:
        query = query.where(versions.c.id < before_id)
    if limit is not None:
        query = query.limit(limit)
    return tuple(_version(row) for row in conn.execute(query, given))


@cache
def _listing(names: tuple[str, ...]) -> sa.Select[tuple[object, ...]]:
    """All versions, narrowed by these columns, made once."""
    query = _ALL.order_by(versions.c.id.desc())
    return query.where(*(versions.c[name] == sa.bindparam(name) for name in names))


@cache
def _whole_listing(names: tuple[str, ...]) -> Prepared:
    return Prepared(_listing(names))


def with_predecessors(
    conn: Connection, wanted: Sequence[Version]
) -> tuple[tuple[Version, Version], ...]:
    """Each of these versions that has a predecessor, as (predecessor, version), in one question."""
    ids = {version.predecessor_id for version in wanted if version.predecessor_id is not None}
    query = _ALL.where(versions.c.id.in_(ids))
    found = {int(row.id): _version(row) for row in conn.execute(query)} if ids else {}
    return tuple(
        (found[version.predecessor_id], version)
        for version in wanted
        if version.predecessor_id is not None
    )


def in_succession(
    conn: Connection,
    document_id: str,
    *,
    language: Language | None = None,
    nature: Nature | None = None,
) -> tuple[Version, ...]:
    """The accepted versions of a document (of one language and nature), the first first."""
    query = _ALL.where(versions.c.document_id == document_id, versions.c.status == "accepted")
    if language is not None:
        query = query.where(versions.c.language == language)
    if nature is not None:
        query = query.where(versions.c.nature == nature)
    return tuple(_version(row) for row in conn.execute(query.order_by(*_SUCCESSION)))


def next_number(conn: Connection, document_id: str) -> int:
    """The number that the next version of a document will get."""
    return 1 + int(_NUMBER.scalar(conn, {"document_id": document_id}))


def parts_of(conn: Connection, version_id: int) -> tuple[Part, ...]:
    """The parts of a version, in order."""
    return many(conn, _PARTS, Part, {"of_version": version_id})


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
    here = {"of_version": version_id, "at_url": url}
    known = _WITNESS.first(conn, here)
    if known is not None:
        news = {
            "first_at": min(known.first_at, at),
            "last_at": max(known.last_at, at),
            "last_snapshot_id": snapshot_id or known.last_snapshot_id,
        }
        _STILL.run(conn, here | news)
        return
    if snapshot_id is None:
        raise NotFound(f"{url} has not witnessed version {version_id} before; name a snapshot")
    _first_witness(conn, version_id, url, source_id, snapshot_id, at, at)


def _first_witness(
    conn: Connection,
    version_id: int,
    url: str,
    source_id: str | None,
    snapshot_id: int,
    at: dt.datetime,
    now: dt.datetime,
) -> None:
    number = insert(
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
    seen = evidence.witness_facts(version_id, url, source_id, snapshot_id)
    evidence.append(conn, "witness", number, seen, now)


def ordered_rightly(
    issued_on: dt.date | None,
    published_on: dt.date | None,
    fetched_at: dt.datetime,
    ordered_on: dt.date,
) -> bool:
    """Whether a version stands in the succession where its own dates put it."""
    return ordered_on == _ordered_on(issued_on, published_on, fetched_at)


def witnesses_of(conn: Connection, version_id: int) -> tuple[Witness, ...]:
    """Who served a version's text, the first first."""
    return many(conn, _WITNESSES, Witness, {"of_version": version_id})


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
    line = {
        "document_id": version.document_id,
        "language": version.language,
        "nature": version.nature,
        "status": "accepted",
    }
    if later:
        query = _LINE.where(order > place).order_by(*_SUCCESSION)
    else:
        query = _LINE.where(order < place).order_by(*_LAST_FIRST)
    return _one(conn, query.limit(1), **line)


def _ordered_on(
    issued_on: dt.date | None, published_on: dt.date | None, fetched_at: dt.datetime
) -> dt.date:
    return issued_on or published_on or fetched_at.astimezone(SHANGHAI).date()


def _members(conn: Connection, parts: tuple[Part, ...]) -> list[tuple[Part, str]]:
    if not parts:
        raise NotFound("a version is made of at least one snapshot")
    found = []
    for part in parts:
        sha256 = _MEMBER.scalar(conn, {"of_snapshot": part.snapshot_id})
        if sha256 is None:
            raise NotFound(f"no snapshot {part.snapshot_id}")
        found.append((part, str(sha256)))
    return found


def _one(conn: Connection, query: Query, **asked: object) -> Version | None:
    if isinstance(query, Prepared):
        row = query.first(conn, asked)
    else:
        row = conn.execute(query, asked).first()
    return None if row is None else _version(row)


def _version(row: Any) -> Version:
    return build(Version, row, edition=row.edition or None)
