"""What kind of file a body is, told by its own bytes; what the server says counts last."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "empty", "html", "json", "xml", "text", "markdown", "gzip",
    "pdf", "zip", "ole", "rtf", "image", "archive", "binary",
]  # fmt: skip

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"BM\x00\x00", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"BZh", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"\x7fELF", "binary"),
    (b"MZ", "binary"),
)

_MEDIA: dict[Kind, str] = {
    "empty": "",
    "html": "text/html",
    "json": "application/json",
    "xml": "application/xml",
    "text": "text/plain",
    "markdown": "text/markdown",
    "gzip": "application/gzip",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "ole": "application/msword",
    "rtf": "application/rtf",
    "image": "image/*",
    "archive": "application/octet-stream",
    "binary": "application/octet-stream",
}

#: How far into a body a type is looked for; real files tell within the first lines.
_LOOK = 4096

_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|script|div|p|table|span|ul|li|h[1-6]|font|a\s"
    rb"|br|section|article|center|link|style|img|iframe|form)[\s>/]",
    re.IGNORECASE,
)
#: What a page may begin with, beside the tags above: any tag, a comment.
_ANY_TAG = re.compile(rb"<(?:!--|[a-z][a-z0-9]{0,12}(?:\s[^<>]{0,500})?/?>)", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(rb"(?:\A|\n)#{1,6} \S")
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown)(?:[?#]|$)", re.IGNORECASE)


#: Control characters, but for the blanks and the escape that old Japanese and Chinese mail has.
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))


def media_type_of(kind: Kind) -> str:
    """The usual media type of a kind, for :attr:`Extract.media_type`."""
    return _MEDIA[kind]


def sniff(body: bytes, media_type: str = "", url: str = "") -> Kind:
    """Tell what ``body`` is.

    Servers name PDFs text/html and pages application/octet-stream, so the bytes decide; the
    declared ``media_type`` and the address's ending only tell text formats apart that look alike.
    """
    head = body[:_LOOK]
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    # The PDF standard allows junk before the header within the first kilobyte.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _utf16(head):
        return _text_kind(_from_utf16(body[: 2 * _LOOK]), media_type, url)
    if b"\x00" in head and head.count(b"\x00") * 50 > len(head):
        return "binary"
    # No charset writes text with these; noise is full of them.
    if len(head) >= 64 and len(head.translate(None, _NO_TEXT)) * 20 < len(head) * 19:
        return "binary"
    return _text_kind(body[: 4 * _LOOK], media_type, url)


def _utf16(head: bytes) -> bool:
    """True for UTF-16 without a byte order mark: every other byte of its ASCII part is zero."""
    return len(head) >= 8 and (
        (head[1:8:2].count(0) == 4 and head[0] == 0x3C)
        or (head[0:8:2].count(0) == 4 and head[1] == 0x3C)
    )


def _from_utf16(part: bytes) -> bytes:
    order = "utf-16-be" if part[:2] == b"\xfe\xff" or part[:1] == b"\x00" else "utf-16-le"
    return part.decode(order, "replace").lstrip("\ufeff").encode()


def _text_kind(head: bytes, media_type: str, url: str) -> Kind:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = media_type.partition(";")[0].strip().lower()
    if start[:1] in b"{[" and start[:1] and (b'"' in start[:200] or start[1:2] in b"]}"):
        return "json"
    if start[:5].lower() == b"<?xml" or start[:10].lower() == b"<datastore":
        return "html" if re.search(rb"<html[\s>]", start[:2048], re.IGNORECASE) else "xml"
    if start[:4].lower() in (b"<rss", b"<fee"):
        return "xml"
    if declared == "text/markdown" or _MARKDOWN_NAME.search(url):
        return "markdown"
    if start[:1] == b"<" and (_TAG.search(start) or _ANY_TAG.match(start)):
        return "html"
    if declared in ("text/html", "application/xhtml+xml"):
        return "html"
    if declared != "text/plain" and len(_TAG.findall(head)) >= 2:
        return "html"
    if declared != "text/plain" and len(_MARKDOWN_HEADING.findall(head)) >= 2:
        return "markdown"
    return "text"
