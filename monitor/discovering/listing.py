"""What an adapter makes of a list page: rows, and where the list goes on."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One article that a list names. ``title`` is whole, also where the list shows it cut.

    ``url`` is absolute. ``cut`` where the list shows only the beginning of the title. ``number`` and ``issuer`` are set where the list gives them in fields of
    their own.
    """

    url: str
    title: str
    published_on: dt.date | None = None
    number: str | None = None
    issuer: str | None = None
    cut: bool = False


class ListRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The request for one page of a list; ``page`` counts from 1. A body makes it a POST."""

    url: str
    page: int = 1
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    #: Whether the answer is only the key to the list (a column page that names its unit).
    only_key: bool = False


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a :class:`ListRequest`: its text, and the address that served it."""

    request: ListRequest
    url: str
    text: str


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """``understood`` is False where the page does not have the shape that the adapter knows;
    ``reason`` then says what was looked for. ``next`` is None on the last page.
    """

    rows: tuple[Row, ...] = ()
    next: ListRequest | None = None
    understood: bool = True
    reason: str = ""


def not_understood(reason: str) -> Listing:
    """A page that is no list, as far as this adapter can tell."""
    return Listing(understood=False, reason=reason)


class Options(BaseModel):
    """What every adapter can be told in ``sources.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_pages: Annotated[int, Field(ge=1, le=200)] = Field(
        default=5, description="how many pages are read at most, while they bring new rows"
    )


def shorthand(value: Any) -> Any:
    """``adapter: jpage`` for ``adapter: {kind: jpage}``."""
    return {"kind": value} if isinstance(value, str) else value
