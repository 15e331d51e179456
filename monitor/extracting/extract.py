"""Bytes to main text and metadata: the entrance of this folder."""

from __future__ import annotations

import zlib

import msgspec

from monitor.extracting.answers import read_json, read_xml
from monitor.extracting.charset import decode
from monitor.extracting.errors import NotBytesError
from monitor.extracting.html.page import read_page
from monitor.extracting.limited import bounded, read_limited
from monitor.extracting.limits import (
    LARGEST_BODY,
    LARGEST_INFLATED,
    LARGEST_PAGE,
    LARGEST_RATIO,
    MOST_GZIP_PARTS,
)
from monitor.extracting.plain import LARGEST_MARKDOWN_IN_PROCESS, read_markdown, read_text
from monitor.extracting.sniff import Kind, media_type_of, sniff
from plans.model import Extract

#: Raised whenever the same bytes may give another Extract: kept texts are then extracted again.
EXTRACTOR_VERSION = "3"

_TEXTUAL: frozenset[Kind] = frozenset({"html", "json", "xml", "text", "markdown"})


def extract(
    body: bytes,
    *,
    media_type: str = "",
    url: str = "",
    charset: str | None = None,
    apart: bool = False,
) -> Extract:
    """Tell what a fetched body is and, where it is a document, its text and facts.

    ``media_type`` and ``charset`` are what the server declared, ``url`` is the final address: it
    makes attachments absolute and names the site's system. The bytes count more than any of
    them. Text formats are read here; PDF, Office and OFD files, and pages that could keep a
    parser busy, in a process with limits of time and memory; with ``apart`` every page too.

    No body makes it raise: bad input is a state with a reason. Raises
    :class:`~monitor.extracting.errors.ExtractError` for faults of the caller or the machine.
    """
    if not isinstance(body, (bytes, bytearray, memoryview)):
        raise NotBytesError(f"extract() reads bytes, not {type(body).__name__}")
    return _stamped(_extract(bytes(body), media_type, url, charset, nested=False, apart=apart))


def _extract(
    body: bytes, media_type: str, url: str, charset: str | None, *, nested: bool, apart: bool
) -> Extract:
    if len(body) > LARGEST_BODY:
        return _too_large(f"{len(body):,} bytes, the limit is {LARGEST_BODY:,}")
    kind = sniff(body, media_type, url)
    if kind == "gzip":
        return _inflated(body, media_type, url, charset, nested=nested, apart=apart)
    if kind in _TEXTUAL:
        if len(body) > LARGEST_PAGE:
            return _too_large(f"a text of {len(body):,} bytes, the limit is {LARGEST_PAGE:,}")
        text, used = decode(body, charset)
        made = _read_text(kind, text, body, url, charset, apart=apart)
        return msgspec.structs.replace(made, media_type=media_type_of(kind), charset=used)
    made = _read_file(kind, body, url)
    return (
        made if made.media_type else msgspec.structs.replace(made, media_type=media_type_of(kind))
    )


def _read_text(
    kind: Kind, text: str, body: bytes, url: str, charset: str | None, *, apart: bool
) -> Extract:
    if kind in ("html", "json", "markdown") and apart:
        return read_limited(kind, body, url=url, charset=charset)
    if kind == "html":
        return read_page(text, url) or read_limited("html", body, url=url, charset=charset)
    if kind == "json":
        return read_json(text, url) or read_limited("json", body, url=url, charset=charset)
    if kind == "xml":
        return read_xml(text)
    if kind == "markdown":
        if len(text) > LARGEST_MARKDOWN_IN_PROCESS:
            return read_limited("markdown", body, url=url, charset=charset)
        return read_markdown(text, url)
    return read_text(text)


def _read_file(kind: Kind, body: bytes, url: str) -> Extract:
    if kind == "empty":
        return Extract(state="empty", text="", reason="the body is empty")
    if kind in ("pdf", "zip", "ole", "rtf"):
        made = read_limited(kind, body, url=url)
        return _recognised(made, body) if made.state == "scanned" else made
    if kind == "image":
        return _recognised(
            Extract(
                state="scanned", text="", reason="a picture; its text would have to be recognised"
            ),
            body,
        )
    what = "an archive of a kind that is not opened" if kind == "archive" else "a binary file"
    return Extract(state="unreadable", text="", reason=f"{what}, no document")


def _recognised(scanned: Extract, body: bytes) -> Extract:
    """The text of a scan, where the OCR extra and tesseract are installed; else ``scanned``."""
    from monitor.extracting.files.ocr import available

    missing = available()
    if missing is not None:
        return msgspec.structs.replace(scanned, reason=f"{scanned.reason} ({missing})")
    made = read_limited("ocr", body)
    if made.state == "document":
        return msgspec.structs.replace(made, media_type=scanned.media_type)
    return msgspec.structs.replace(scanned, reason=f"{scanned.reason}; {made.reason}")


def _inflated(
    body: bytes, media_type: str, url: str, charset: str | None, *, nested: bool, apart: bool
) -> Extract:
    """What a gzip file holds; a bomb is given up before it has grown."""
    if nested:
        return Extract(state="unreadable", text="", reason="compressed more than once")
    limit = min(LARGEST_INFLATED, max(LARGEST_RATIO * len(body), 1_000_000))
    inner = bytearray()
    rest = body
    # A gzip file may be several, one after the other.
    parts = 0
    while rest[:2] == body[:2]:
        parts += 1
        if parts > MOST_GZIP_PARTS:
            return _too_large(f"a gzip file of more than {MOST_GZIP_PARTS} parts")
        inflater = zlib.decompressobj(wbits=31)
        try:
            inner += inflater.decompress(rest, limit - len(inner))
        except zlib.error as error:
            return Extract(state="unreadable", text="", reason=f"a broken gzip file: {error}")
        if inflater.unconsumed_tail or len(inner) >= limit:
            return _too_large(f"a gzip file that grows beyond {limit:,} bytes")
        if not inflater.eof:
            return Extract(state="unreadable", text="", reason="a gzip file that is cut off")
        rest = inflater.unused_data
    return _extract(
        bytes(inner),
        "" if "gzip" in media_type else media_type,
        url,
        charset,
        nested=True,
        apart=apart,
    )


def _too_large(what: str) -> Extract:
    return Extract(state="too_large", text="", reason=what)


def _stamped(made: Extract) -> Extract:
    made = bounded(made)
    return msgspec.structs.replace(made, made_by={"extractor": EXTRACTOR_VERSION, **made.made_by})
