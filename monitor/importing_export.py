"""Brings an export back: the versions as they were, of all their parts, with the facts of each fetch."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from monitor.exporting import SCHEMA
from monitor.importing import Imported, NotAnArchive, Wish, import_parts
from monitor.polling.served import Served
from monitor.polling.text import Part, PartKind, make_part
from monitor.runtime import Runtime
from plans.model import Language, Nature
from storage import documents
from storage.records import DocumentSpec

_SUFFIX = ".warc.gz"
#: The schema stands at the beginning of the facts.
_HEAD = 200


class _Shot(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    url: str
    final_url: str
    fetched_at: dt.datetime
    sha256: str
    hops: tuple[str, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = ""
    bytes: bool = True


class _Member(msgspec.Struct, frozen=True, kw_only=True):
    snapshot_id: int
    kind: PartKind


class _About(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    edition: str | None
    language: Language
    nature: Nature
    status: str
    url: str


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    version: _About
    ref: str
    parts: tuple[_Member, ...]


class _Facts(msgspec.Struct, frozen=True, kw_only=True):
    document: DocumentSpec
    versions: tuple[_Kept, ...]
    snapshots: tuple[_Shot, ...]


def facts_beside(archive: Path) -> Path | None:
    """The JSON file of the export that the web archive is one half of; None where it is none."""
    if not archive.name.endswith(_SUFFIX):
        return None
    facts = archive.with_name(archive.name.removesuffix(_SUFFIX) + ".json")
    return facts if _is_export(facts) else None


def archive_beside(facts: Path) -> Path | None:
    """The web archive of the export that the JSON file is one half of; None where it is none."""
    if facts.suffix != ".json":
        return None
    archive = facts.with_name(facts.name.removesuffix(".json") + _SUFFIX)
    return archive if archive.is_file() and _is_export(facts) else None


def import_export(
    runtime: Runtime,
    archive: Path,
    facts: Path,
    *,
    tell: bool = False,
    progress: Callable[[float], None] = lambda share: None,
) -> Iterator[Imported]:
    """Import what :func:`monitor.exporting.export` wrote: every version in its order, then every
    further look at a text of one part. ``progress`` is told which share of it is done.

    Bytes that are not in the archive, or are not those of their sha256, are the outcome
    ``truncated``. What persons decided is not in an export, nor who is watched. Raises
    :class:`NotAnArchive` where the facts cannot be read.
    """
    told = _read(facts)
    # It names its document itself, so that this is no mistyped one.
    with runtime.database.writing() as conn:
        documents.ensure(conn, told.document, runtime.now())
    shots = {shot.id: shot for shot in told.snapshots}
    largest = runtime.config.settings.max_bytes
    versions = sorted(told.versions, key=lambda kept: kept.version.number)
    members = {part.snapshot_id for kept in versions for part in kept.parts}
    # Of what parts a further look was made is not told: only texts of one part have such looks.
    several = {shots[p.snapshot_id].url for k in versions if len(k.parts) > 1 for p in k.parts}
    looks = [s for s in told.snapshots if s.id not in members and s.bytes and s.url not in several]
    total = max(1, len(versions) + len(looks))
    by_text: dict[str, tuple[Wish, Imported]] = {}
    with _Bytes(archive, largest) as bodies:
        for done, kept in enumerate(versions):
            if runtime.stopping():
                return
            progress(done / total)
            parts = _parts(runtime, kept, shots, bodies)
            if parts is None:
                detail = f"{archive} has not all of its bytes; export it again"
                yield Imported(name=kept.ref, outcome="truncated", detail=detail)
                continue
            about = kept.version
            wish = Wish(
                document=told.document.id,
                edition=about.edition,
                nature=about.nature,
                language=about.language,
                url=about.url,
                believed=True,
                tell=tell,
            )
            mirror = about.status == "variant"
            one = import_parts(
                runtime, kept.ref, parts, wish, authority="mirror" if mirror else None
            )
            if one.kept and not mirror:
                by_text[parts[0].extract.text] = (wish, one)
            yield one
        for done, shot in enumerate(looks, len(versions)):
            if runtime.stopping():
                return
            progress(done / total)
            body = bodies.get(shot.sha256)
            name = f"{shot.url} ({shot.fetched_at:%Y-%m-%d})"
            if body is None:
                detail = f"{archive} has not its bytes; export it again"
                yield Imported(name=name, outcome="truncated", detail=detail)
                continue
            part = make_part("page", _served(shot, body), runtime.tools)
            known = by_text.get(part.extract.text)
            if known is not None:
                wish = msgspec.structs.replace(known[0], url=shot.url)
                yield import_parts(runtime, name, (part,), wish)


def _is_export(facts: Path) -> bool:
    try:
        with facts.open("rb") as file:
            return f'"schema": "{SCHEMA}"'.encode() in file.read(_HEAD)
    except OSError:
        return False  # Not there, or not to be read: then the archive is one like any other.


def _read(facts: Path) -> _Facts:
    try:
        told = msgspec.json.decode(facts.read_bytes(), type=_Facts)
    except (msgspec.MsgspecError, ValueError) as error:
        raise NotAnArchive(
            f"{facts} is no whole export ({error}); export it again, or import the web archive "
            "from a folder of its own"
        ) from error
    there = {shot.id for shot in told.snapshots}
    for kept in told.versions:
        if not kept.parts or not there.issuperset(part.snapshot_id for part in kept.parts):
            raise NotAnArchive(f"{facts} names no snapshot of {kept.ref}; export it again")
    return told


def _parts(
    runtime: Runtime, kept: _Kept, shots: dict[int, _Shot], bodies: _Bytes
) -> tuple[Part, ...] | None:
    found = []
    for member in kept.parts:
        shot = shots[member.snapshot_id]
        body = bodies.get(shot.sha256)
        if body is None:
            return None
        found.append(make_part(member.kind, _served(shot, body), runtime.tools))
    return tuple(found)


def _served(shot: _Shot, body: bytes) -> Served:
    return Served(
        url=shot.url,
        final_url=shot.final_url,
        body=body,
        fetched_at=shot.fetched_at,
        hops=shot.hops,
        status=shot.status,
        headers=shot.headers,
        media_type=shot.media_type,
    )


class _Bytes:
    """The bodies of a web archive by their sha256. Only their places are held in memory."""

    def __init__(self, archive: Path, largest: int) -> None:
        self._stream = archive.open("rb")
        self._largest = largest
        self._places: dict[str, int] = {}
        reading = ArchiveIterator(self._stream)
        try:
            for record in reading:
                body = record.content_stream().read(largest + 1)
                self._places[hashlib.sha256(body).hexdigest()] = reading.get_record_offset()
        except ArchiveLoadFailed:
            pass  # What is behind the damage is missed by its sha256, and named.

    def __enter__(self) -> _Bytes:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()

    def get(self, sha256: str) -> bytes | None:
        """The bytes with this sha256; None where the archive has none such."""
        place = self._places.get(sha256)
        if place is None:
            return None
        self._stream.seek(place)
        body: bytes = (
            next(iter(ArchiveIterator(self._stream))).content_stream().read(self._largest + 1)
        )
        return body
