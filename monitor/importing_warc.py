"""Brings in what others have kept as web archives: WARC files, each text with address and time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from monitor.fetching.statuses import content_type
from monitor.importing import Imported, NotAnArchive, Wish, import_served
from monitor.polling.served import Served
from monitor.runtime import Runtime

WARC_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")


def is_warc(path: Path) -> bool:
    """Whether the name is that of a web archive."""
    return path.name.lower().endswith(WARC_SUFFIXES)


def import_warc(runtime: Runtime, path: Path, wish: Wish) -> Iterator[Imported]:
    """Import what a WARC file holds, each text with the address and the time of its record.

    Redirects, requests and answers other than 200 are passed over. Raises :class:`NotAnArchive`
    where the file cannot be read to its end; what was imported before stays.
    """
    largest = runtime.config.settings.max_bytes
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests=True):
                served = _served(record, largest)
                if served is None:
                    continue
                if _short(record):
                    raise NotAnArchive(
                        f"{path} is cut off in the middle of {served.url}; get it again"
                    )
                name = f"{served.url} ({served.fetched_at:%Y-%m-%d})"
                if record.digest_checker.passed is False:
                    detail = "its bytes are not those that its digest was made of; get it again"
                    yield Imported(name=name, outcome="truncated", detail=detail)
                else:
                    yield import_served(runtime, name, served, wish)
    except ArchiveLoadFailed as error:
        raise NotAnArchive(
            f"{path} is no WARC file or is cut off ({error}); get it again"
        ) from error


def _served(record: Any, largest: int) -> Served | None:
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI")
    if record.rec_type not in ("response", "resource") or not url:
        return None
    status: int | None = None
    kept: tuple[tuple[str, str], ...] = ()
    declared = headers.get_header("Content-Type") or ""
    if record.rec_type == "response":
        if record.http_headers is None or record.http_headers.get_statuscode() != "200":
            return None
        status = 200
        kept = tuple((name.lower(), value) for name, value in record.http_headers.headers)
        declared = record.http_headers.get_header("Content-Type") or ""
    body = record.content_stream().read(largest + 1)
    if len(body) > largest:
        return None
    media_type, charset = content_type(declared)
    return Served(
        url=url,
        final_url=url,
        body=body,
        fetched_at=_moment(headers.get_header("WARC-Date")),
        status=status,
        headers=kept,
        media_type=media_type,
        charset=charset,
    )


def _short(record: Any) -> bool:
    """Whether the file ended before a record that was read to its end had its whole length."""
    stream = record.raw_stream
    # A stream that checks digests stands around the one that counts.
    return bool(
        getattr(getattr(stream, "stream", stream), "limit", 0) or getattr(stream, "limit", 0)
    )


def _moment(text: str | None) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text or "")
    except ValueError as error:
        raise NotAnArchive(f"a record has no valid WARC-Date ({text!r})") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
