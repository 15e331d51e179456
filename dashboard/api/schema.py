"""The OpenAPI document: the routes as they are, the bodies from the types that they are made of."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dashboard.api.answers import KINDS, anything
from dashboard.api.examples import EXAMPLES, SENT

_ABOUT = """Documents, their versions, the plans read from them and what changed between two.

Plans and changesets are documents of the contracts planwatch/plan/1 and planwatch/changeset/1.
Lists come page by page: follow `next`. Every answer has an ETag; send it as If-None-Match to hear
304 where nothing changed. Errors are problem+json. Reading needs no token where the dashboard
listens on this machine alone; writing needs one: `Authorization: Bearer TOKEN`."""


def openapi_of(app: FastAPI, version: str) -> dict[str, Any]:
    """The document, made once per application."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="planwatch",
            version=version,
            description=_ABOUT,
            routes=app.routes,
        )
        _, components = msgspec.json.schema_components(
            KINDS, ref_template="#/components/schemas/{name}", schema_hook=anything
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas.update(components)
        made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                _finish(operation, path, method)
        app.openapi_schema = made
    return app.openapi_schema


def _finish(operation: dict[str, Any], path: str, method: str) -> None:
    """Examples, who may, and none of the bodies that FastAPI supposes."""
    operation["security"] = [{"token": []}] if method == "post" else [{}, {"token": []}]
    answers = operation["responses"]
    answers["422"]["content"].pop("application/json", None)
    if method == "post":
        answers.pop("304", None)
    if (method, path) in EXAMPLES:
        answers["200"]["content"]["application/json"]["example"] = EXAMPLES[method, path]
    if method == "post" and path in SENT:
        operation["requestBody"]["content"]["application/json"]["example"] = SENT[path]
