"""Published text made safe to send: on one line, without control characters, without live links.

Chat and mail programs turn anything that looks like an address into a link, and ``@name`` into a
mention. An invisible WORD JOINER inside such a piece stops them and leaves it readable.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reports.clean import clean

_JOINER = "\u2060"
_SCHEME = re.compile(r"(?<=[A-Za-z])://")
_DOMAIN_DOT = re.compile(r"(?<=[A-Za-z0-9-])\.(?=[A-Za-z]{2})")
_AT = re.compile(r"[@＠](?=\w)")
_MAILTO = re.compile(r"\b(mailto|tel|javascript|data):(?=\S)", re.IGNORECASE)
_UNSAFE_IN_URL = re.compile(r"[\s<>|\"'`\\\x00-\x20\x7f]")
_LONGEST_URL = 1500


def plain(text: str, longest: int | None = None) -> str:
    """``text`` on one line, its links and mentions dead; cut at ``longest`` characters with …"""
    text = " ".join(clean(text).split())
    if longest is not None and len(text) > longest:
        text = text[: longest - 1].rstrip() + "…"
    return unlinked(text)


def unlinked(text: str) -> str:
    """``text`` in which no program finds a link, an address or a mention."""
    text = _SCHEME.sub(f":{_JOINER}//", text)
    text = _DOMAIN_DOT.sub(f"{_JOINER}.", text)
    text = _MAILTO.sub(rf"\1{_JOINER}:", text)
    return _AT.sub(lambda match: match[0] + _JOINER, text)


def safe_url(url: str | None) -> str | None:
    """``url`` where it is an http(s) address fit to be a link, else None."""
    if not url or len(url) > _LONGEST_URL or _UNSAFE_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and not parts.username else None
