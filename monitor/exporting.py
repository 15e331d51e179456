"""Everything about one document as files that outlive the program: WARC for bytes, JSON for facts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.engine import Connection
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage import baselines, documents, evidence, readings, snapshots, versions
from storage.errors import BytesReleased
from storage.records import Snapshot, Version

SCHEMA = "planwatch/export/1"


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """The two files, and how much is in them. ``released`` are snapshots of which the archive has
    hash and headers, but, their text being unchanged, no bytes.
    """

    warc: Path
    facts: Path
    versions: int
    snapshots: int
    released: int


def export(conn: Connection, document: str, folder: Path) -> Exported:
    """Write ``DOCUMENT.warc.gz`` and ``DOCUMENT.json`` into ``folder``, which is made if need be.

    Raises NotFound for an unknown document, CorruptSnapshot where bytes are not what was kept, and
    :class:`FileExistsError` rather than writing over an older export.
    """
    about = documents.get(conn, document)
    folder.mkdir(parents=True, exist_ok=True)
    warc, facts = folder / f"{document}.warc.gz", folder / f"{document}.json"
    kept = sorted(versions.list_all(conn, document), key=lambda version: version.number)
    shots = _snapshots(conn, kept)
    released = set()
    with warc.open("xb") as out:
        # Of this form, for its dates may say parts of a second.
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        writer.write_record(
            writer.create_warcinfo_record(
                warc.name, {"software": "planwatch", "format": "WARC File Format 1.1"}
            )
        )
        for shot in shots:
            try:
                body = snapshots.body(conn, shot.id)
            except BytesReleased:
                released.add(shot.id)
                continue
            writer.write_record(_record(writer, shot, body))
    whole = {
        "schema": SCHEMA,
        "document": about,
        "chain_head": evidence.head(conn),
        "baselines": baselines.history(conn, document),
        "versions": [_version(conn, version) for version in kept],
        "snapshots": [
            msgspec.to_builtins(shot) | {"bytes": shot.id not in released} for shot in shots
        ],
    }
    with facts.open("xb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n")
    return Exported(
        warc=warc,
        facts=facts,
        versions=len(kept),
        snapshots=len(shots),
        released=len(released),
    )


def _snapshots(conn: Connection, kept: list[Version]) -> list[Snapshot]:
    """Every snapshot of the document's texts, in the order in which they were kept."""
    found: dict[int, Snapshot] = {}
    for version in kept:
        for part in versions.parts_of(conn, version.id):
            found[part.snapshot_id] = snapshots.get(conn, part.snapshot_id)
        for witness in versions.witnesses_of(conn, version.id):
            for shot in _between(conn, witness.url, witness.first_snapshot_id):
                found[shot.id] = shot
    return [found[number] for number in sorted(found)]


def _between(conn: Connection, url: str, first: int) -> Iterator[Snapshot]:
    return (shot for shot in snapshots.of_url(conn, url, limit=100_000) if shot.id >= first)


def _record(writer: WARCWriter, shot: Snapshot, body: bytes) -> Any:
    date = shot.fetched_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    more = {"WARC-Date": date}
    if shot.status is None:
        return writer.create_warc_record(
            shot.url,
            "resource",
            payload=io.BytesIO(body),
            warc_content_type=shot.media_type or "application/octet-stream",
            warc_headers_dict=more,
        )
    # The bytes are kept unpacked, so these headers would say what is not so.
    unpacked = [
        (name, value)
        for name, value in shot.headers
        if name.lower() not in ("content-encoding", "transfer-encoding", "content-length")
    ]
    headers = StatusAndHeaders(
        str(shot.status), [*unpacked, ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
    )
    return writer.create_warc_record(
        shot.final_url or shot.url,
        "response",
        payload=io.BytesIO(body),
        http_headers=headers,
        warc_headers_dict=more,
    )


def _version(conn: Connection, version: Version) -> dict[str, Any]:
    reading = readings.reading_of(conn, version.id)
    return {
        "version": version,
        "ref": version.ref,
        "parts": versions.parts_of(conn, version.id),
        "witnesses": versions.witnesses_of(conn, version.id),
        "reading": reading,
        "plan": None if reading is None else readings.plan(conn, reading.id),
        "changesets": [
            {"stored": stored, "changeset": readings.changeset(conn, stored.id)}
            for stored in readings.changesets_of(conn, version.id)
        ],
    }
