"""Pages that are nothing but a pointer to another one. Pure."""

from __future__ import annotations

import re

_LONGEST = 4000
#: A page that sets cookies or computes its target is a wall, not a pointer.
_WALL = re.compile(rb"document\.cookie|eval\(|\$_ts|jsl_clearance|acw_sc|fromCharCode", re.I)
_META = re.compile(
    rb"<meta\s[^>]{0,200}http-equiv\s*=\s*[\"']?refresh[\"']?[^>]{0,200}"
    rb"url\s*=\s*[\"']?([^\"'>\s]{1,2000})",
    re.I,
)
_SCRIPT = re.compile(
    rb"(?:window\.|document\.|self\.|top\.)?location(?:\.href)?\s*=\s*[\"']([^\"']{1,2000})[\"']"
    rb"|location\.replace\(\s*[\"']([^\"']{1,2000})[\"']\s*\)"
    rb"|_cofing1\s*=\s*\{\s*href\s*:\s*[\"']([^\"']{1,2000})[\"']"
)
#: What a script does once somebody clicks is a link, not a pointer.
_CLICK = re.compile(rb"\bonclick\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.I)
_TAG = re.compile(rb"<(script|style|title|head)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)


def page_redirect(body: bytes) -> str | None:
    """The address that a small, otherwise empty HTML page sends its reader to, as written.

    MOFCOM's old articles are such pages. Anything with text of its own is a page, whatever its
    scripts do.
    """
    if len(body) > _LONGEST or _WALL.search(body):
        return None
    match = _META.search(body) or _SCRIPT.search(_CLICK.sub(b"", body))
    if match is None or len(_TAG.sub(b"", body).strip()) > 200:
        return None
    target = next(group for group in match.groups() if group)
    return target.decode("utf-8", "replace")
