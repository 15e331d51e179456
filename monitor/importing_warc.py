"""Brings in what others have kept as web archives: each text with the address and time of its record."""

from __future__ import annotations

import datetime as dt
import mmap
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed

from monitor.fetching.statuses import content_type, is_wrong_type
from monitor.importing import Imported, NotAnArchive, Wish, import_served
from monitor.polling.served import Served
from monitor.runtime import Runtime

WARC_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
_BLOCK = 2**16
#: What a record begins with: a member of gzip, or the line of its version.
_STARTS = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|WARC/[01]\.\d+\r?\n")
#: A false start costs a look; so many are no accident.
_MOST_STARTS = 1000
_SCRIPTS = ("application/javascript", "application/x-javascript", "text/javascript")


class _Damaged(Exception):
    """A record cannot be read to its end."""


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an archive; ``doubt`` says why its bytes are not to be believed."""

    name: str
    served: Served
    doubt: Imported | None = None


def is_warc(path: Path) -> bool:
    """Whether the name is that of a web archive."""
    return path.name.lower().endswith(WARC_SUFFIXES)


def is_arc(path: Path) -> bool:
    """Whether the name is that of an archive of the older form, ARC."""
    return path.name.lower().endswith((".arc", ".arc.gz"))


def import_warc(
    runtime: Runtime,
    path: Path,
    wish: Wish,
    *,
    progress: Callable[[float], None] = lambda share: None,
) -> Iterator[Imported]:
    """Import what a WARC file holds, each text with the address and the time of its record.

    Redirects, requests, revisits, answers other than 200, pictures, styles and scripts are passed
    over. A record that is damaged is an outcome, and the next one is looked for. ``progress`` is
    told which share of the file is read. Raises :class:`NotAnArchive` where the file is none,
    holds no page, or is cut off; what was imported before stays.
    """
    found = False
    size = max(1, path.stat().st_size)
    with path.open("rb") as stream:
        start: int | None = 0
        while start is not None:
            stream.seek(start)
            reading = ArchiveIterator(stream, check_digests=True, arc2warc=is_arc(path))
            try:
                for record in _pages(reading, runtime.config.settings.max_bytes):
                    found = True
                    yield record.doubt or import_served(runtime, record.name, record.served, wish)
                    progress(stream.tell() / size)
                    if runtime.stopping():
                        return
                start = None
            except (ArchiveLoadFailed, _Damaged) as error:
                at = max(reading.offset, start)
                start = _next_start(stream, at)
                if start is None and not at:
                    raise NotAnArchive(
                        f"{path} is no WARC file ({_short(error)}); get it again, or, where it "
                        "was packed as one piece, unpack it with gunzip and import that"
                    ) from error
                if start is None:
                    raise NotAnArchive(
                        f"{path} is cut off or damaged from byte {at:,} on; get it again"
                    ) from error
                detail = f"damaged from here to byte {start:,}; get it again"
                yield Imported(name=f"{path} at byte {at:,}", outcome="truncated", detail=detail)
    if not found:
        raise NotAnArchive(f"{path} holds no page that was answered with 200; get another archive")


def _pages(reading: ArchiveIterator, largest: int) -> Iterator[_Record]:
    """The pages among the records, each read to its end."""
    for record in reading:
        if record.format != "warc":
            # Any line of five words passes for the head of an ARC record.
            raise _Damaged("no record begins here")
        page = _page(record, largest)
        while record.raw_stream.read(_BLOCK):
            pass
        if _cut_off(record):
            raise _Damaged("the record is shorter than it says")
        if page is None:
            continue
        if page.doubt is None and record.digest_checker.passed is False:
            detail = "its bytes are not those that its digest was made of; get it again"
            doubt = Imported(name=page.name, outcome="truncated", detail=detail)
            page = msgspec.structs.replace(page, doubt=doubt)
        yield page


def _page(record: Any, largest: int) -> _Record | None:
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI")
    if record.rec_type not in ("response", "resource") or not url:
        return None
    status: int | None = None
    kept: tuple[tuple[str, str], ...] = ()
    declared = headers.get_header("Content-Type") or ""
    packed = ""
    if record.rec_type == "response":
        if record.http_headers is None or record.http_headers.get_statuscode() != "200":
            return None
        status = 200
        kept = tuple((name.lower(), value) for name, value in record.http_headers.headers)
        declared = record.http_headers.get_header("Content-Type") or ""
        packed = (record.http_headers.get_header("Content-Encoding") or "").lower()
    media_type, charset = content_type(declared)
    if is_wrong_type(media_type) or media_type in _SCRIPTS:
        return None
    body = record.content_stream().read(largest + 1)
    date = headers.get_header("WARC-Date")
    fetched_at = _moment(date)
    served = Served(
        url=url,
        final_url=url,
        body=body,
        fetched_at=fetched_at or dt.datetime.min.replace(tzinfo=dt.UTC),
        status=status,
        headers=kept,
        media_type=media_type,
        charset=charset,
    )
    name = f"{url} ({fetched_at:%Y-%m-%d})" if fetched_at else url
    doubt: Imported | None = None
    if fetched_at is None:
        detail = f"its WARC-Date {date!r} is no moment; correct it, and the record's length"
        doubt = Imported(name=name, outcome="unreadable", detail=detail)
    elif len(body) > largest:
        detail = f"more than settings.max_bytes, {largest:,} bytes"
        doubt = Imported(name=name, outcome="too_large", detail=detail)
    elif headers.get_header("WARC-Truncated"):
        detail = "whoever archived it did not get all of it; get it again"
        doubt = Imported(name=name, outcome="truncated", detail=detail)
    elif packed not in ("", "identity", *BufferedReader.get_supported_decompressors()):
        detail = f"it is packed with {packed!r}, which is not known here; save it unpacked"
        doubt = Imported(name=name, outcome="unreadable", detail=detail)
    return _Record(name=name, served=served, doubt=doubt)


def _cut_off(record: Any) -> bool:
    """Whether the file ended before a record that was read to its end had its whole length."""
    stream = record.raw_stream
    # A stream that checks digests stands around the one that counts.
    return bool(
        getattr(getattr(stream, "stream", stream), "limit", 0) or getattr(stream, "limit", 0)
    )


def _next_start(stream: BinaryIO, after: int) -> int | None:
    """Where the next record that can be read begins, behind the byte ``after``."""
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for tries, found in enumerate(_STARTS.finditer(content, after + 1)):
            if tries >= _MOST_STARTS:
                return None
            stream.seek(found.start())
            try:
                record = next(iter(ArchiveIterator(stream)))
            except (ArchiveLoadFailed, StopIteration):
                continue
            if record.format == "warc" or found[0][:1] == b"\x1f":
                return found.start()
    return None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _moment(text: str | None) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
