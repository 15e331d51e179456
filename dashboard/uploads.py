"""A file in a request: taken only after it is known who sends it, and never longer than the cap."""

from __future__ import annotations

from typing import Any, get_args
from urllib.parse import urlsplit

import msgspec
from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect

from dashboard.problems import Refused
from dashboard.security.guard import LARGEST_UPLOAD
from monitor.importing import Wish
from plans.model import Nature

#: Fields beside the file, each a few words.
_MOST_FIELDS = 8
_LONGEST_FIELD = 2000
_YES = frozenset({"1", "on", "true", "yes"})

#: The body of an import, for the OpenAPI document.
UPLOAD_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "PDF, Word (doc, docx, wps), OFD, HTML, Markdown or plain text",
        },
        "edition": {"type": "string", "maxLength": 40, "description": "else as the text says"},
        "nature": {"enum": ["", *get_args(Nature)], "description": "else as it looks"},
        "url": {"type": "string", "maxLength": 2000, "description": "where it was published"},
        "believe": {
            "type": "boolean",
            "default": False,
            "description": "keep it also where the checks doubt it",
        },
        "tell": {
            "type": "boolean",
            "default": False,
            "description": "tell subscribers, as a poll would",
        },
    },
}


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A file with what its sender says of it; ``token`` is that of a form."""

    name: str
    body: bytes
    wish: Wish
    token: str


async def sent_file(request: Request, document_id: str) -> Sent:
    """The file and the fields of a multipart body. Refused where there is none, or too much."""
    try:
        async with request.form(
            max_files=1, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD * 4
        ) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                raise Refused(
                    422, "file: choose a file, sent as multipart/form-data.", zh="请选择文件。"
                )
            body = await file.read()
            return Sent(
                name=file.filename,
                body=body,
                wish=_wish(document_id, form),
                token=_text(form, "token"),
            )
    except ClientDisconnect as error:
        # The guard ends a body that takes too long, or gives no length and exceeds the cap.
        if getattr(request.state, "late", False):
            raise Refused(
                408,
                "The file took too long to arrive.",
                zh="文件未能及时传完，请检查网络后重试。",
            ) from error
        raise Refused(
            413,
            f"At most {LARGEST_UPLOAD:,} bytes are taken.",
            zh=f"文件不得超过 {LARGEST_UPLOAD:,} 字节。",
        ) from error


def _wish(document_id: str, form: FormData) -> Wish:
    nature, edition, url = (_text(form, name) for name in ("nature", "edition", "url"))
    if nature and nature not in get_args(Nature):
        raise Refused(
            422,
            f"nature: one of {', '.join(get_args(Nature))}, or empty.",
            zh="文本性质无效，请从列表中选择。",
        )
    if len(edition) > 40 or not edition.isprintable():
        raise Refused(
            422,
            "edition: a year such as 2026, or a span such as 2026-2030.",
            zh="年度应为年份（如 2026）或起止年份（如 2026-2030）。",
        )
    if url and not _public(url):
        raise Refused(
            422,
            "url: an address that begins with https:// or http://.",
            zh="发布地址应以 https:// 或 http:// 开头。",
        )
    return Wish(
        document=document_id,
        edition=edition or None,
        nature=nature or None,  # type: ignore[arg-type]
        url=url or None,
        believed=_text(form, "believe").lower() in _YES,
        tell=_text(form, "tell").lower() in _YES,
    )


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:_LONGEST_FIELD] if isinstance(value, str) else ""


def _public(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable()
