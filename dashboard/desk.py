"""What every page works with: database, registry, options, clock, and the comparisons in memory."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Annotated, cast

import msgspec
from fastapi import Depends, Request
from sqlalchemy.engine import Connection

from dashboard.comparisons import Comparisons
from dashboard.options import DashboardOptions
from dashboard.problems import Refused
from dashboard.templating import PageTemplates
from plans.registry.model import Registry
from storage import documents, refs, versions
from storage.database import Database
from storage.errors import BadRef, NotFound
from storage.records import Document, Version

#: More files than that are not read at one time: each may take a processor for half a minute.
UPLOADS_AT_ONCE = 2


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """Made once for an application; handlers get it as an argument.

    Whoever reads an uploaded file holds ``uploads`` meanwhile.
    """

    database: Database
    registry: Registry
    options: DashboardOptions
    clock: Callable[[], dt.datetime]
    comparisons: Comparisons
    templates: PageTemplates
    uploads: threading.Semaphore = msgspec.field(
        default_factory=lambda: threading.BoundedSemaphore(UPLOADS_AT_ONCE)
    )

    def now(self) -> dt.datetime:
        """This moment."""
        return self.clock()


def desk_of(request: Request) -> Desk:
    """The desk of the application that a request came to."""
    return cast("Desk", request.app.state.desk)


AtDesk = Annotated[Desk, Depends(desk_of)]


def document_of(conn: Connection, document_id: str) -> Document:
    """A document, or a 404 that says where the known ones are listed."""
    try:
        return documents.get(conn, document_id)
    except NotFound as error:
        raise Refused(
            404, f"There is no document {document_id}.", zh=f"没有文件 {document_id}。"
        ) from error


def version_of(conn: Connection, document_id: str, name: str) -> Version:
    """A version by its number, or by what stands behind the @ of a reference: latest, 2024 …

    Four digits are an edition where there is such a one, and else a number.
    """
    document_of(conn, document_id)
    number = name.isascii() and name.isdecimal() and len(name) < 10
    if not number or len(name) == 4:
        try:
            return refs.resolve(conn, f"{document_id}@{name}")
        except BadRef as error:
            if not number:
                raise Refused(
                    404,
                    f"{document_id} has no version {name}.",
                    zh=f"{document_id} 没有版本 {name}。",
                ) from error
    found = versions.by_number(conn, document_id, int(name))
    if found is None:
        raise Refused(
            404, f"{document_id} has no version {name}.", zh=f"{document_id} 没有版本 {name}。"
        )
    return found
