"""Writing by programs: /api/v1, with a token only."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from dashboard import acting
from dashboard.api.answers import answer, told
from dashboard.desk import AtDesk
from dashboard.security.doors import WritingProgram
from dashboard.uploads import UPLOAD_SCHEMA, sent_file
from storage.records import Alert, Review, Version

router = APIRouter(prefix="/api/v1", tags=["writing"])

_Short = Annotated[str, Field(min_length=1, max_length=200)]


class DecisionBody(BaseModel):
    """What a person decided on a review."""

    model_config = ConfigDict(extra="forbid")

    decision: acting.Decision
    note: str = Field(default="", max_length=1000)


class LinkBody(BaseModel):
    """Whether the new tasks of one version continue the old ones of another."""

    model_config = ConfigDict(extra="forbid")

    old: _Short = Field(description="the older version: a number, an edition, `baseline`")
    new: _Short = Field(description="the newer version")
    old_tasks: list[_Short] = Field(min_length=1, max_length=20)
    new_tasks: list[_Short] = Field(min_length=1, max_length=20)
    verdict: Literal["confirmed", "rejected"] | None = Field(description="null takes it back")


class LinkKept(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict that was kept, with the two versions that it was given on."""

    old: Version
    new: Version
    verdict: Literal["confirmed", "rejected"] | None


@router.post(
    "/alerts/{alert_id}/acknowledge", **told(Alert, "The alert as it is now.", problems=(404,))
)
def acknowledge(
    request: Request,
    desk: AtDesk,
    caller: WritingProgram,
    alert_id: Annotated[str, Path(max_length=200)],
) -> Response:
    """Say that an alert was seen: no more reminders."""
    return answer(request, acting.acknowledge(desk, alert_id, by=caller.name))


@router.post(
    "/reviews/{review_id}", **told(Review, "The review as it is now.", problems=(404, 409))
)
def decide(
    request: Request,
    desk: AtDesk,
    caller: WritingProgram,
    review_id: Annotated[int, Path(ge=1, lt=2**31)],
    body: DecisionBody,
) -> Response:
    """Accept or reject what was fetched and not believed."""
    done = acting.decide_review(desk, review_id, body.decision, by=caller.name, note=body.note)
    return answer(request, done)


class ImportKept(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an import, by name, and the version that has the text."""

    outcome: str
    version: Version


@router.post(
    "/documents/{document_id}/import",
    **told(
        ImportKept,
        "The text was there already: which version has it.",
        made="A new version, or a variant.",
        problems=(404, 409, 413, 415),
    ),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": UPLOAD_SCHEMA}},
        }
    },
)
async def import_file(
    request: Request,
    desk: AtDesk,
    caller: WritingProgram,
    document_id: Annotated[str, Path(max_length=200)],
) -> Response:
    """Keep a file as a text of a document. Nobody is told unless you say so.

    What is no text of a plan is a problem with its `outcome`; nothing of it is stored.
    """
    sent = await sent_file(request, document_id)
    outcome, version = await run_in_threadpool(
        acting.import_file, desk, document_id, sent.name, sent.body, sent.wish, by=caller.name
    )
    made = outcome in acting.MADE
    return answer(
        request, ImportKept(outcome=outcome, version=version), status=201 if made else 200
    )


@router.post(
    "/documents/{document_id}/versions/{name}/confirm",
    **told(Version, "The version as it is now.", problems=(404, 409)),
)
def confirm(
    request: Request,
    desk: AtDesk,
    caller: WritingProgram,
    document_id: Annotated[str, Path(max_length=200)],
    name: Annotated[str, Path(max_length=60)],
) -> Response:
    """Vouch for a mirror's text: it becomes a version."""
    return answer(request, acting.confirm_version(desk, document_id, name))


@router.post("/documents/{document_id}/links", **told(LinkKept, "What was kept."))
def judge_link(
    request: Request,
    desk: AtDesk,
    caller: WritingProgram,
    document_id: Annotated[str, Path(max_length=200)],
    body: LinkBody,
) -> Response:
    """Say whether new tasks continue old ones; later comparisons of these texts go by it."""
    old, new = acting.judge_link(
        desk,
        document_id,
        (body.old, body.new),
        (body.old_tasks, body.new_tasks),
        body.verdict,
        by=caller.name,
    )
    return answer(request, LinkKept(old=old, new=new, verdict=body.verdict))
