"""One answer of a publisher, or one imported file, as the facts that a snapshot keeps."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cached_property

import msgspec

from monitor.fetching.values import FetchResult


class Served(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Bytes and where they came from. ``hops`` are the addresses between ``url`` and ``final_url``;
    ``status`` is None for a file; ``fetched_at`` is aware.
    """

    url: str
    final_url: str
    body: bytes
    fetched_at: dt.datetime
    hops: tuple[str, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = ""
    charset: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


def served_of(result: FetchResult) -> Served:
    """The facts of a fetch that has a body."""
    return Served(
        url=result.url,
        final_url=result.final_url,
        body=result.body,
        fetched_at=result.fetched_at,
        hops=tuple(hop.location for hop in result.hops),
        status=result.status,
        headers=result.headers,
        media_type=result.media_type,
        charset=result.charset,
    )
