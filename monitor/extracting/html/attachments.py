"""Files that an article links to or shows in a frame."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from monitor.extracting.text import squeeze
from plans.model import Attachment

_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|rtf|txt|xlsx?|et|pptx?|zip|rar|7z|ceb|tiff?)$", re.IGNORECASE
)
#: Download programs of JCMS and its relatives: the file's name is in the query.
_DOWNLOAD = re.compile(r"downfile\.jsp|/download/|downloadfile|attachment", re.IGNORECASE)
_MOST = 200


def attachments_of(root: LexborNode, base: str) -> tuple[Attachment, ...]:
    """The files linked under ``root``, in order, each address once and absolute.

    ``base`` is the address that relative links count from; where it is empty they stay relative.
    Links to other pages are no attachments.
    """
    found: dict[str, Attachment] = {}
    for node in root.css("a[href],iframe[src],embed[src],object[data]"):
        attributes = node.attributes
        target = (
            attributes.get("href") or attributes.get("src") or attributes.get("data") or ""
        ).strip()
        name = file_name(target)
        if name is None:
            continue
        try:
            url = urljoin(base, target)
        except ValueError:
            continue
        if base and not url.lower().startswith(("http://", "https://")):
            continue
        shown = squeeze(node.text(deep=True) or "") or squeeze(attributes.get("title") or "")
        if url not in found and len(found) < _MOST:
            found[url] = Attachment(url=url, title=shown[:300] or name or None)
    return tuple(found.values())


def file_name(target: str) -> str | None:
    """The name of the file that a link leads to; None where it leads to a page."""
    if (
        not target
        or len(target) > 2000
        or target.lower().startswith(("javascript:", "mailto:", "data:", "#"))
    ):
        return None
    try:
        parts = urlsplit(target)
        query = parse_qs(parts.query) if "?" in target else {}
    except ValueError:
        return None
    if parts.scheme and parts.scheme.lower() not in ("http", "https"):
        return None
    path = unquote(parts.path).rpartition("/")[2]
    if _FILE.search(path):
        return path
    if _DOWNLOAD.search(target):
        names = [
            value
            for key in ("showname", "filename", "fileName", "name")
            for value in query.get(key, [])
        ]
        return next((name for name in names if _FILE.search(name)), None)
    return None
