"""Forms: confirm or reject a link, acknowledge an alert, decide a review, confirm a mirror's text."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path
from fastapi.responses import RedirectResponse

from dashboard import acting
from dashboard.desk import AtDesk
from dashboard.rendering import address, segment
from dashboard.security.doors import Writer
from storage.records import Verdict

router = APIRouter(include_in_schema=False)

_SEE_OTHER = 303
_LONGEST_NOTE = 1000


@router.post("/documents/{document_id}/links")
def judge_link(
    desk: AtDesk,
    caller: Writer,
    document_id: str,
    old: Annotated[str, Form()],
    new: Annotated[str, Form()],
    old_task: Annotated[list[str], Form()],
    new_task: Annotated[list[str], Form()],
    verdict: Annotated[Literal["confirmed", "rejected", "none"], Form()],
) -> RedirectResponse:
    """Say whether new tasks continue old ones; back to the comparison, made anew with it."""
    given: Verdict | None = None if verdict == "none" else verdict
    older, newer = acting.judge_link(
        desk, document_id, (old, new), (old_task, new_task), given, by=caller.name
    )
    back = address(f"/documents/{segment(document_id)}/compare", old=older.number, new=newer.number)
    return RedirectResponse(f"{back}#doubts", status_code=_SEE_OTHER)


@router.post("/documents/{document_id}/versions/{name}/confirm")
def confirm_version(desk: AtDesk, caller: Writer, document_id: str, name: str) -> RedirectResponse:
    """A person vouches for a mirror's text."""
    found = acting.confirm_version(desk, document_id, name)
    back = f"/documents/{segment(document_id)}/versions/{found.number}"
    return RedirectResponse(back, status_code=_SEE_OTHER)


@router.post("/alerts/{alert_id}/acknowledge")
def acknowledge(desk: AtDesk, caller: Writer, alert_id: str) -> RedirectResponse:
    """A person has seen an alert."""
    found = acting.acknowledge(desk, alert_id, by=caller.name)
    return RedirectResponse(f"/alerts/{segment(found.id)}", status_code=_SEE_OTHER)


@router.post("/reviews/{review_id}")
def decide(
    desk: AtDesk,
    caller: Writer,
    review_id: Annotated[int, Path(ge=1, lt=2**31)],
    decision: Annotated[acting.Decision, Form()],
    note: Annotated[str, Form(max_length=_LONGEST_NOTE)] = "",
) -> RedirectResponse:
    """Accept or reject what was held."""
    acting.decide_review(desk, review_id, decision, by=caller.name, note=note)
    return RedirectResponse(f"/reviews?all=true#review-{review_id}", status_code=_SEE_OTHER)
