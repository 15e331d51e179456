"""A form for a file that a person has: it becomes a version of the document."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from dashboard import acting
from dashboard.desk import AtDesk, Desk, document_of
from dashboard.problems import Refused
from dashboard.rendering import segment, show
from dashboard.security.callers import Caller, require_own_form, require_own_origin
from dashboard.security.doors import person
from dashboard.security.guard import LARGEST_UPLOAD
from dashboard.uploads import sent_file
from plans.model import Nature

router = APIRouter(include_in_schema=False)

_SEE_OTHER = 303


@router.get("/documents/{document_id}/import")
def form(request: Request, desk: AtDesk, document_id: str) -> HTMLResponse:
    """The form."""
    return _form(request, desk, document_id)


@router.post("/documents/{document_id}/import", response_model=None)
async def bring(
    request: Request,
    desk: AtDesk,
    caller: Annotated[Caller, Depends(person)],
    document_id: str,
) -> HTMLResponse | RedirectResponse:
    """Keep a file; to its version, or the form again with what is wrong."""
    # Who sends it is looked at before the file is taken.
    require_own_origin(request)
    try:
        sent = await sent_file(request, document_id)
        require_own_form(request, sent.token)
        _, version = await run_in_threadpool(
            acting.import_file, desk, document_id, sent.name, sent.body, sent.wish, by=caller.name
        )
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return await run_in_threadpool(_form, request, desk, document_id, refused)
    where = f"/documents/{segment(document_id)}/versions/{version.number}"
    return RedirectResponse(where, status_code=_SEE_OTHER)


def _form(
    request: Request, desk: Desk, document_id: str, refused: Refused | None = None
) -> HTMLResponse:
    with desk.database.reading() as conn:
        found = document_of(conn, document_id)
    return show(
        request,
        desk,
        "import.html",
        status=refused.status if refused else 200,
        document=found,
        tab="timeline",
        can_import=desk.options.runtime is not None,
        natures=get_args(Nature),
        largest=LARGEST_UPLOAD // 1_000_000,
        wrong=refused,
        held=refused is not None and refused.outcome == "held",
    )
