"""Errors of the API and of the door: problem+json (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import msgspec
from starlette.responses import Response

PROBLEM_TYPE = "application/problem+json"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong and, in ``detail``, what to do about it.

    ``outcome`` is there where something was to be imported: what came of it, by name.
    """

    type: str = "about:blank"
    title: str
    status: Annotated[int, msgspec.Meta(ge=400, le=599)]
    detail: str
    outcome: str | msgspec.UnsetType = msgspec.UNSET


class Refused(Exception):
    """A request that cannot be answered as asked; pages show it as a page, the API as a problem.

    ``zh`` is ``detail`` in Chinese, for pages.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        headers: dict[str, str] | None = None,
        *,
        outcome: str | None = None,
        zh: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.zh = zh
        self.headers = headers or {}
        self.outcome = outcome


def problem_answer(
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
    *,
    outcome: str | None = None,
) -> Response:
    """A problem as an answer."""
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        outcome=msgspec.UNSET if outcome is None else outcome,
    )
    return Response(
        msgspec.json.encode(problem), status_code=status, media_type=PROBLEM_TYPE, headers=headers
    )
