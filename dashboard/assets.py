"""Styles and scripts, named by their content so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboard.problems import Refused

router = APIRouter(include_in_schema=False)

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
          "svg": "image/svg+xml"}  # fmt: skip
#: Files, each made of parts: comparisons look here as they look in the files of reports.
_FILES = {
    "planwatch.css": (
        ("reports.templates", "page.css"),
        ("reports.templates", "changes.css"),
        ("dashboard.static", "frame.css"),
        ("dashboard.static", "pages.css"),
        ("dashboard.static", "flow.css"),
    ),
    "planwatch.js": (("dashboard.static", "planwatch.js"),),
    "htmx.js": (("dashboard.static", "htmx.min.js"),),
    "icon.svg": (("dashboard.static", "icon.svg"),),
}


@lru_cache(maxsize=len(_FILES))
def _content(name: str) -> tuple[bytes, str]:
    """A file's bytes and their short hash. Raises KeyError for what is no file of ours."""
    pieces = []
    for package, part in _FILES[name]:
        folder, _, subfolder = package.partition(".")
        pieces.append((resources.files(folder) / subfolder / part).read_bytes())
    body = b"\n".join(pieces)
    return body, hashlib.sha256(body).hexdigest()[:12]


def asset_url(name: str) -> str:
    """Where a page finds a file."""
    return f"/static/{_content(name)[1]}/{name}"


@router.get("/static/{digest}/{name}")
def asset(digest: str, name: str) -> Response:
    """One file; an older name of it gives today's content, which is not kept by browsers."""
    if name not in _FILES:
        raise Refused(404, f"There is no file {name}.", zh=f"没有文件 {name}。")
    body, today = _content(name)
    kept = "public, max-age=31536000, immutable" if digest == today else "no-cache"
    return Response(
        body, media_type=_TYPES[name.rpartition(".")[2]], headers={"Cache-Control": kept}
    )


@router.get("/favicon.ico")
def icon(request: Request) -> Response:
    """The icon where browsers look for it unasked."""
    return asset(_content("icon.svg")[1], "icon.svg")
