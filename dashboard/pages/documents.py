"""A document: its editions and versions in order of time, with who served them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from dashboard.desk import AtDesk, document_of, version_of
from dashboard.rendering import address, segment, show
from storage import baselines, overview, versions
from storage.records import StoredChangeset, Version, Witness

router = APIRouter(include_in_schema=False)

PER_PAGE = 50
Before = Annotated[int | None, Query(ge=1, lt=2**31)]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One version on the time line; ``changes`` are those since its predecessor."""

    version: Version
    predecessor: Version | None
    witnesses: tuple[Witness, ...]
    changes: StoredChangeset | None


@router.get("/documents/{document_id}")
def document(
    request: Request, desk: AtDesk, document_id: str, before: Before = None
) -> HTMLResponse:
    """The time line of a document, newest first; ``before`` goes on after a page's last version."""
    with desk.database.reading() as conn:
        found = document_of(conn, document_id)
        listed = versions.list_all(conn, document_id, limit=PER_PAGE + 1, before_id=before)
        shown = listed[:PER_PAGE]
        ids = [version.id for version in shown]
        witnesses = overview.witnesses_of(conn, ids)
        changes = overview.newest_changesets(conn, ids)
        baseline = baselines.current(conn, document_id)
        held = versions.get(conn, baseline.version_id) if baseline and baseline.version_id else None
        by_id = {version.id: version for version in listed}
        entries = [
            Entry(
                version=version,
                predecessor=by_id.get(version.predecessor_id or 0),
                witnesses=witnesses[version.id],
                changes=changes.get(version.id),
            )
            for version in shown
        ]
        newest = overview.newest_of_each(conn, [document_id]).get(document_id)
    return show(
        request,
        desk,
        "document.html",
        document=found,
        tab="timeline",
        groups=_by_edition(entries),
        baseline=held,
        newest=newest,
        more=shown[-1].id if len(listed) > PER_PAGE else None,
    )


@router.get("/documents/{document_id}/latest")
def latest(desk: AtDesk, document_id: str) -> RedirectResponse:
    """The newest version, under an address that stays."""
    with desk.database.reading() as conn:
        newest = version_of(conn, document_id, "latest")
    return RedirectResponse(address(f"/documents/{segment(document_id)}/versions/{newest.number}"))


def _by_edition(entries: list[Entry]) -> list[tuple[str | None, list[Entry]]]:
    """The entries under their editions, the newest edition first."""
    groups: dict[str | None, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.version.edition, []).append(entry)
    return sorted(groups.items(), key=lambda pair: pair[0] or "", reverse=True)
