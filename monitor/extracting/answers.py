"""JSON and XML answers of site programs: one document (NFRA), a fragment of a page, or a list."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

import msgspec

from monitor.extracting.html.judging import attachments_reason
from monitor.extracting.html.labels import parse_date
from monitor.extracting.html.metadata import clean_title, own_number
from monitor.extracting.html.page import read_page
from plans.model import Attachment, Extract

_HTML_KEYS = ("docClob", "content", "html", "articleContent", "body")
_FEED = re.compile(
    r"<(?:rss|feed|datastore|recordset|urlset|sitemapindex|channel)[\s>]", re.IGNORECASE
)
_DEEPEST = 6


def read_json(text: str, url: str = "", *, limited: bool = False) -> Extract | None:
    """Read a JSON answer. None where its page fragment needs the limited process."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Extract(state="unreadable", text="", reason="the answer is cut off or no JSON")
    holder = _holder(data)
    if holder is None:
        if _rows(data) >= 2:
            return Extract(state="list", text="", reason="a JSON list of entries, no document")
        return Extract(state="unreadable", text="", reason="a JSON answer without a document in it")
    key = next(
        key for key in _HTML_KEYS if isinstance(holder.get(key), str) and holder[key].strip()
    )
    made = read_page(f"<body><div class=Section0>{holder[key]}</div></body>", url, limited=limited)
    if made is None:
        return None
    files = made.attachments + _files(holder, url)
    if made.state in ("empty", "shell") and files:
        reason = attachments_reason(files)
        made = msgspec.structs.replace(made, state="empty", reason=reason)
    return msgspec.structs.replace(
        made,
        title=clean_title(_first(holder, "docTitle", "docSubtitle", "title", "TITLE") or "")
        or made.title,
        published_on=parse_date(
            _first(holder, "publishDate", "pubDate", "publishTime", "pubtimeStr")
        )
        or made.published_on,
        document_number=own_number(_first(holder, "documentNo", "docNo", "pcode"))
        or made.document_number,
        source=_first(holder, "docSource", "source", "puborg") or made.source,
        attachments=files,
        made_by={"by": "nfra" if key == "docClob" else "json"},
    )


def _holder(data: Any) -> dict[str, Any] | None:
    """The innermost object that holds a page fragment, on the way down single objects."""
    for _ in range(_DEEPEST):
        if not isinstance(data, dict):
            return None
        if any(isinstance(data.get(key), str) and data[key].strip() for key in _HTML_KEYS):
            return data
        inner = [value for value in data.values() if isinstance(value, dict)]
        if len(inner) != 1:
            return None
        data = inner[0]
    return None


def _rows(data: Any) -> int:
    """How many entries the longest list near the top has."""
    level = [data]
    longest = 0
    for _ in range(_DEEPEST):
        lists = [item for item in level if isinstance(item, list)]
        longest = max([longest, *map(len, lists)])
        level = [
            value for item in level[:50] if isinstance(item, dict) for value in item.values()
        ] + [item[0] for item in lists if item]
    return longest


def _first(holder: dict[str, Any], *keys: str) -> str | None:
    return next((str(holder[key]).strip() for key in keys if holder.get(key)), None)


def _files(holder: dict[str, Any], url: str) -> tuple[Attachment, ...]:
    target = _first(holder, "pdfFileUrl", "docFileUrl")
    if not target:
        return ()
    try:
        address = urljoin(url, target)
    except ValueError:
        return ()
    return (Attachment(url=address, title=_first(holder, "docTitle")),)


def read_xml(text: str) -> Extract:
    """Feeds, site maps and JCMS data stores are lists; other XML is no document that we know."""
    if _FEED.search(text[:4096]):
        return Extract(state="list", text="", reason="a feed or data list, no document")
    return Extract(state="unreadable", text="", reason="an XML file of an unknown kind")
