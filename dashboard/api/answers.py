"""How the API answers: values as JSON, with an ETag, page by page."""

from __future__ import annotations

import hashlib
from typing import Any, Generic, TypeVar

import msgspec
from fastapi import Request
from starlette.responses import Response

from dashboard.problems import PROBLEM_TYPE, Problem
from dashboard.rendering import address

Item = TypeVar("Item")

MOST = 200
USUAL = 50


class Page(msgspec.Struct, Generic[Item], frozen=True, kw_only=True):
    """Some of many; ``next`` is the address of those that follow, null on the last page."""

    items: tuple[Item, ...]
    next: str | None = None


def answer(request: Request, value: Any, *, status: int = 200) -> Response:
    """A value as JSON; 304 without a body where the caller of a GET has this very answer."""
    return encoded(request, msgspec.json.encode(value), status=status)


def encoded(
    request: Request, body: bytes, media_type: str = "application/json", *, status: int = 200
) -> Response:
    """Bytes as an answer with their ETag; the answer to a POST has none."""
    if request.method == "POST":
        return Response(
            body, status_code=status, media_type=media_type, headers={"Cache-Control": "no-store"}
        )
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
    held = [part.strip().removeprefix("W/") for part in
            request.headers.get("if-none-match", "").split(",")]  # fmt: skip
    if tag in held or "*" in held:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def next_page(request: Request, **query: object) -> str:
    """The address of the page after this one."""
    asked: dict[str, object] = dict(request.query_params)
    return address(request.url.path, **(asked | query))


def told(
    kind: Any, says: str, *, problems: tuple[int, ...] = (404,), made: str | None = None
) -> dict[str, Any]:
    """What a route answers, for the OpenAPI document: ``kind`` is the type of its body.

    ``made`` is there where it may answer 201 as well, and says when.
    """
    content = {"application/json": {"schema": ref(kind)}}
    answers: dict[int | str, Any] = {
        200: {"description": says, "content": content},
        304: {"description": "The caller has this very answer (If-None-Match)."},
        422: _problem("A parameter is not what it has to be."),
        503: _problem("The database cannot answer now; ask again."),
    }
    if made is not None:
        answers[201] = {"description": made, "content": content}
    words = {
        400: "The request cannot be understood.",
        401: "No token, or one that is not known.",
        403: "Not allowed.",
        404: "There is no such thing.",
        409: "It cannot be done as things stand.",
        413: "More bytes than are taken.",
        415: "No file of a kind that is read.",
    }
    answers |= {code: _problem(words[code]) for code in (400, 401, *problems)}
    return {"responses": answers, "response_class": Response}


def _problem(says: str) -> dict[str, Any]:
    return {"description": says, "content": {PROBLEM_TYPE: {"schema": ref(Problem)}}}


#: The types that routes answer with; dashboard/api/schema.py describes them.
KINDS: list[Any] = []


def ref(kind: Any) -> dict[str, str]:
    """A reference to a type's schema."""
    if kind not in KINDS:
        KINDS.append(kind)
    return {"$ref": f"#/components/schemas/{name_of(kind)}"}


def name_of(kind: Any) -> str:
    """The name of a type's schema: ``Page_Version_`` for ``Page[Version]``."""
    (found,), _ = msgspec.json.schema_components(
        [kind], ref_template="{name}", schema_hook=anything
    )
    return str(found["$ref"])


def anything(kind: type) -> dict[str, Any]:
    """The schema of a value of which nothing is promised (an alert's payload)."""
    if kind is object:
        return {"description": "anything"}
    raise NotImplementedError(f"no schema for {kind}")
