"""Brings in what a person has: a file, an address, a folder. The poll's way, but nobody is told.

What is no text of a document is an outcome with a name, as in a poll; nothing of it is stored, and
the file stays where it is.
"""

from __future__ import annotations

import mimetypes
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec
from sqlalchemy.engine import Connection

from monitor.checking import Finding, check_extract
from monitor.config.documents import DocumentConfig
from monitor.deciding import Authority
from monitor.discovering.listing import Row
from monitor.discovering.score import match_row
from monitor.fetching.values import FetchPolicy, FetchRequest
from monitor.outcomes import OF_STATE, Outcome
from monitor.polling.candidate import Candidate
from monitor.polling.keeping import keep
from monitor.polling.naming import with_edition
from monitor.polling.served import Served, served_of
from monitor.polling.text import Given, Part, Text, make_part, make_text
from monitor.polling.walls import wall_in_place_of_page
from monitor.runtime import Runtime, document_spec
from plans.model import Extract, Language, Nature
from storage import documents, snapshots, versions
from storage.records import DocumentSpec, Version
from storage.storable import storable

#: Files in a folder that are never texts; everything else is looked into.
_SKIPPED = frozenset({".ds_store", ".gitignore", "thumbs.db"})


class NotAnArchive(ValueError):
    """The file or folder is not what it was taken for; the message names the remedy."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of the text. None: as the text itself says.

    ``believed``: keep it also where the checks doubt it; ``tell``: tell subscribers, as a poll
    would; ``url``: where it was published.
    """

    document: str | None = None
    edition: str | None = None
    nature: Nature | None = None
    language: Language | None = None
    url: str | None = None
    believed: bool = False
    tell: bool = False


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one file or address. ``ref`` names the version that it is, where it is one."""

    name: str
    outcome: Outcome
    detail: str = ""
    ref: str | None = None
    version: int | None = None

    @property
    def kept(self) -> bool:
        """Whether the archive has the text now, be it from before."""
        return self.ref is not None


def import_url(runtime: Runtime, url: str, wish: Wish) -> Imported:
    """Fetch one public address and import what it serves.

    Addresses of private networks are refused. Raises what :func:`import_bytes` raises.
    """
    settings = runtime.config.settings
    policy = FetchPolicy(
        deadline=settings.deadline_seconds,
        max_bytes=settings.max_bytes,
        spacing=settings.spacing_seconds,
        attempts=settings.attempts,
    )
    result = runtime.fetch(FetchRequest(url=url, policy=policy))
    if not result.ok:
        wall = wall_in_place_of_page(result, runtime.tools.extract)
        outcome: Outcome = "challenge" if wall is not None else result.outcome
        return Imported(name=url, outcome=outcome, detail=wall or result.reason)
    return import_served(runtime, url, served_of(result), wish)


def import_path(runtime: Runtime, path: Path, wish: Wish) -> Iterator[Imported]:
    """Import a file, or every file below a folder in the order of their names.

    A file that cannot be read is the outcome ``unreadable``. Raises :class:`FileNotFoundError`
    where there is nothing of this name.
    """
    if not path.exists():
        raise FileNotFoundError(f"there is no file or folder {path}")
    for file in files_below(path):
        if runtime.stopping():
            return
        yield import_file(runtime, file, wish)


def files_below(path: Path) -> tuple[Path, ...]:
    """The files that an import of ``path`` looks into, in the order of their names.

    Hidden ones are left out. Folders that are linked to are looked into, each folder once. What
    cannot be opened is named as well, so that :func:`import_file` says why.
    """
    if not path.is_dir():
        return (path,)
    found: list[Path] = []
    entered: set[tuple[int, int]] = set()
    closed: list[Path] = []

    def note(error: OSError) -> None:
        closed.append(Path(error.filename))

    for folder, folders, files in os.walk(path, followlinks=True, onerror=note):
        about = Path(folder).stat()
        if (about.st_dev, about.st_ino) in entered:
            folders.clear()
            continue
        entered.add((about.st_dev, about.st_ino))
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(
            Path(folder, name)
            for name in files
            if not name.startswith(".") and name.lower() not in _SKIPPED
        )
    return tuple(sorted(found + closed))


def import_file(runtime: Runtime, path: Path, wish: Wish) -> Imported:
    """Import one file. One that cannot be read is the outcome ``unreadable``."""
    largest = runtime.config.settings.max_bytes
    try:
        about = path.stat()
        size = about.st_size
        if not stat.S_ISREG(about.st_mode) and not path.is_dir():
            # A pipe or a device may never end.
            detail = "no plain file; write what it gives into one"
            return Imported(name=str(path), outcome="unreadable", detail=detail)
        if size <= largest:
            with path.open("rb") as file:
                body = file.read(largest + 1)
            # Of some files the machine does not know the size before they are read.
            size = max(size, len(body))
    except OSError as error:
        detail = f"cannot be read ({error.strerror})"
        return Imported(name=str(path), outcome="unreadable", detail=detail)
    if size > largest:
        detail = f"{size:,} bytes; settings.max_bytes is {largest:,}"
        return Imported(name=str(path), outcome="too_large", detail=detail)
    # The archive says what the file was called, not where on this machine it lay.
    address = wish.url or f"file:{quote(path.name)}"
    served = Served(
        url=address,
        final_url=address,
        body=body,
        fetched_at=runtime.now(),
        media_type=mimetypes.guess_type(path.name)[0] or "",
    )
    return import_served(runtime, str(path), served, wish)


def import_served(runtime: Runtime, name: str, served: Served, wish: Wish) -> Imported:
    """Import bytes with the facts of where and when they were served.

    What the archive has from the same address and moment is not kept twice. Raises storage's
    errors; what the bytes are is an outcome.
    """
    part = make_part("page", served, runtime.tools)
    if part.extract.state == "document" and _torn(served.body):
        detail = "the page stops before its end; get it again"
        return Imported(name=name, outcome="truncated", detail=detail)
    return import_parts(runtime, name, (part,), wish)


def import_parts(
    runtime: Runtime,
    name: str,
    parts: tuple[Part, ...],
    wish: Wish,
    *,
    authority: Authority | None = None,
) -> Imported:
    """Import one text of one or more parts; ``authority`` goes before that which its nature has.

    Raises what :func:`import_served` raises.
    """
    tools = runtime.tools
    extract = parts[0].extract
    if not any(part.extract.state == "document" for part in parts):
        finding = check_extract(extract)
        outcome = OF_STATE.get(extract.state, "unreadable")
        detail = finding.message if finding else extract.reason or ""
        return Imported(name=name, outcome=outcome, detail=detail)
    given = Given(
        document=wish.document or "",
        nature=wish.nature,
        edition=wish.edition,
        language=wish.language,
    )
    text = make_text(parts, given, tools)
    document = wish.document or _document_of(runtime.config.documents, extract, text)
    if document is None:
        what = f"{text.plan.title!r}" if text.plan.title else "it"
        detail = f"{what} fits no document; say which one it is of"
        return Imported(name=name, outcome="not_a_plan", detail=detail)
    config = next((d for d in runtime.config.documents if d.id == document), None)
    text = with_edition(text, config, ())
    with runtime.database.reading() as conn:
        known = _kept_before(conn, document, text)
        if known is not None and known.status == "variant" and authority != "mirror":
            known = None  # Whoever is no mirror confirms it.
    if known is not None:
        return _imported(name, "witnessed", known)
    candidate = Candidate(
        document=document,
        authority=authority or _authority(text.plan.nature),
        text=text,
        url=wish.url or parts[0].served.url,
        quiet=not wish.tell,
        believed=wish.believed,
        tasks_expected=config is None or config.kind == "plan",
    )
    _ensure_document(runtime, document, config, text)
    kept = keep(runtime, candidate)
    if isinstance(kept, Finding):
        outcome = "not_a_plan" if kept.unreadable else "held"
        return Imported(name=name, outcome=outcome, detail=kept.message)
    return _imported(name, kept.outcome, kept.version)


def _imported(name: str, outcome: Outcome, version: Version) -> Imported:
    return Imported(
        name=name, outcome=outcome, ref=version.ref, version=version.id, detail=version.title
    )


def _kept_before(conn: Connection, document: str, text: Text) -> Version | None:
    """The version of this text, where these very bytes were brought in before."""
    plan, served = text.plan, text.parts[0].served
    version = versions.by_text(conn, document, plan.edition, plan.language, plan.nature, text.key)
    if version is None:
        return None
    # A file that somebody has is no publisher whose every look says something.
    dated = not served.url.startswith("file:")
    before = any(
        shot.sha256 == served.sha256 and not (dated and shot.fetched_at != served.fetched_at)
        for shot in snapshots.of_url(conn, storable(served.url))
    )
    return version if before else None


def _document_of(
    configured: tuple[DocumentConfig, ...], extract: Extract, text: Text
) -> str | None:
    number = text.plan.document_number or extract.document_number
    titles = dict.fromkeys((text.plan.title, extract.title or ""))
    rows = [Row(url="", title=title, number=number) for title in titles if title or number]
    matches = [
        match
        for document in configured
        for row in rows
        if (match := match_row(row, document, nature=text.plan.nature)).certainty == "sure"
    ]
    best = max(matches, key=lambda match: match.score, default=None)
    return best.document if best else None


def _ensure_document(
    runtime: Runtime, document: str, config: DocumentConfig | None, text: Text
) -> None:
    """A document that no source names yet is added, once there is a text of it."""
    if config is not None:
        spec = document_spec(config)
    elif not text.plan.tasks:
        return
    else:
        spec = DocumentSpec(id=document, title_zh=text.plan.title, title_en=text.plan.title)
    with runtime.database.writing() as conn:
        documents.ensure(conn, spec, runtime.now())


def _authority(nature: Nature) -> Authority:
    authorities: dict[Nature, Authority] = {
        "translation": "translation",
        "summary": "commentary",
        "commentary": "commentary",
    }
    return authorities.get(nature, "official")


def _torn(body: bytes) -> bool:
    """Whether an HTML page lacks its end: half a download."""
    start, end = body[:2000].lower(), body[-4000:].lower()
    return b"<html" in start and b"</html" not in end and b"</body" not in end
