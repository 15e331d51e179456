"""Kept copies of watched addresses for Memento clients (RFC 7089): TimeGate, TimeMap and the copies.

A copy is shown as it was served, in a sandbox: no script of it runs, nothing is fetched for it, and
it belongs to no origin. What is no page or text is given to save.
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import format_datetime
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboard.desk import AtDesk, Desk
from dashboard.memento import STAMP, Copies, chosen, original_of, wanted_moment
from dashboard.problems import Refused
from storage import snapshots
from storage.errors import CorruptSnapshot
from storage.records import Snapshot

router = APIRouter(include_in_schema=False)

SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SHOWN = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_CHARSET = re.compile(r"""(?i)charset\s*=\s*["']?([a-z0-9][a-z0-9._:-]{0,38})""")
_CACHED = {"Cache-Control": "private, no-cache"}


@router.get("/timegate/{address:path}")
def gate(request: Request, desk: AtDesk, address: str) -> Response:
    """To the copy of the moment in Accept-Datetime; without it to the newest."""
    header = request.headers.get("accept-datetime")
    copies, _ = _copies(request, desk, "/timegate/")
    try:
        wanted = wanted_moment(header) if header is not None else None
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused(
            400,
            "Accept-Datetime: a date such as Tue, 18 Mar 2042 06:00:00 GMT.",
            zh="Accept-Datetime 应为 Tue, 18 Mar 2042 06:00:00 GMT 这样的日期。",
        ) from error
    found = chosen(copies.moments, wanted)
    headers = {"Location": copies.copy(found), "Vary": "accept-datetime",
               "Link": copies.links(found)}  # fmt: skip
    return Response(status_code=302, headers=headers | _CACHED)


@router.get("/timemap/link/{address:path}")
def timemap(request: Request, desk: AtDesk, address: str) -> Response:
    """All copies of an address."""
    copies, _ = _copies(request, desk, "/timemap/link/")
    return Response(copies.timemap(), media_type="application/link-format", headers=_CACHED)


@router.get("/memento/{stamp}/{address:path}")
def memento(request: Request, desk: AtDesk, stamp: str, address: str) -> Response:
    """One copy; a moment at which none was kept leads to the copy of that moment."""
    copies, kept = _copies(request, desk, f"/memento/{stamp}/")
    try:
        moment = dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise Refused(
            404,
            f"{stamp[:30]} is no moment such as 20420318060000.",
            zh=f"{stamp[:30]} 不是 20420318060000 这样的时刻。",
        ) from error
    if moment not in kept:
        where = copies.copy(chosen(copies.moments, moment))
        return Response(status_code=302, headers={"Location": where} | _CACHED)
    try:
        with desk.database.reading() as conn:
            body = snapshots.body(conn, kept[moment].id)
    except CorruptSnapshot as error:
        raise Refused(
            503,
            f"{error}; run: planwatch verify",
            zh="所存副本已损坏，请运行：planwatch verify",
        ) from error
    headers = {
        "Memento-Datetime": format_datetime(moment, usegmt=True),
        "Link": copies.links(moment),
        "Content-Security-Policy": SANDBOX,
        "Referrer-Policy": "no-referrer",
        **_kind(kept[moment]),
    }
    return Response(body, headers=headers | _CACHED)


def _copies(
    request: Request, desk: Desk, prefix: str
) -> tuple[Copies, dict[dt.datetime, Snapshot]]:
    """The copies of the address behind ``prefix``; of one second the last. Refused where none is kept."""
    meant = original_of(request.scope["raw_path"], request.url.query.encode("latin-1"), prefix)
    with desk.database.reading() as conn:
        for url in meant:
            kept = {
                shot.fetched_at.astimezone(dt.UTC).replace(microsecond=0): shot
                for shot in snapshots.kept_of_url(conn, url)
            }
            if kept:
                base = _base(request, desk)
                return Copies(url=url, base=base, moments=tuple(sorted(kept))), kept
    if not meant:
        raise Refused(
            404,
            "No copy is kept: an address begins with http:// or https://.",
            zh="没有保存副本：网址应以 http:// 或 https:// 开头。",
        )
    shown = meant[0][:200]
    raise Refused(404, f"No copy of {shown} is kept.", zh=f"没有保存 {shown} 的副本。")


def _base(request: Request, desk: Desk) -> str:
    config = desk.options.config() if desk.options.config else None
    public = config.settings.dashboard_url if config else None
    return (public or str(request.base_url)).rstrip("/")


def _kind(shot: Snapshot) -> dict[str, str]:
    """What browsers are told that a copy is; what they would not just show is for saving."""
    declared = next((v for name, v in shot.headers if name.lower() == "content-type"), "")
    if shot.media_type in _SHOWN:
        charset = _CHARSET.search(declared)
        return {
            "Content-Type": f"{shot.media_type}; charset={charset[1]}"
            if charset
            else shot.media_type
        }
    name = PurePosixPath(urlsplit(shot.url).path).name or "copy"
    return {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name[-150:], safe='')}",
    }
