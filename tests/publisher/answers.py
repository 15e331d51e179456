"""What the publisher answers, as values, and what it was asked.

An answer is either a :class:`Answer`, framed correctly by the server, or a function of
:mod:`tests.publisher.faults` that writes to the connection itself.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    import datetime as dt

    from tests.publisher.server import Connection


@dataclass(frozen=True)
class Seen:
    """One request as it arrived; ``at`` is the server's monotonic second."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.target).query).items()}


@dataclass(frozen=True)
class Answer:
    """A whole answer. ``framing``: how the end of the body is told (length, chunked, close)."""

    body: bytes = b""
    status: int = 200
    media_type: str | None = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    framing: str = "length"

    def with_header(self, name: str, value: str) -> "Answer":
        return replace(self, headers=(*self.headers, (name, value)))

    def gzipped(self) -> "Answer":
        packed = replace(self, body=gzip.compress(self.body, mtime=0))
        return packed.with_header("Content-Encoding", "gzip")


Fault = Callable[["Connection", Seen], None]
Responder = Callable[[Seen], "Answer | Fault"]


def html(text: str, *, charset: str = "utf-8", declare: bool = True, **fields: object) -> Answer:
    """A page encoded in ``charset``; with ``declare`` False the header does not name it."""
    media_type = f"text/html; charset={charset}" if declare else "text/html"
    return Answer(text.encode(charset), media_type=media_type, **fields)  # type: ignore[arg-type]


def json_answer(text: str, **fields: object) -> Answer:
    return Answer(text.encode(), media_type="application/json; charset=utf-8", **fields)  # type: ignore[arg-type]


def redirect(location: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=(("Location", location),))


@dataclass
class Page:
    """A page that changes over the test and answers conditional requests honestly.

    ``etag`` and ``dated`` say which validators it offers; ``lying`` keeps the first validators for
    ever, whatever the body has become.
    """

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    etag: bool = True
    dated: "dt.datetime | None" = None
    lying: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    _first: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._first = self.body

    def __call__(self, seen: Seen) -> Answer:
        validators = self._validators()
        asked = seen.headers
        same = bool(validators) and (
            asked["if-none-match"] == validators.get("ETag")
            if "if-none-match" in asked
            else asked.get("if-modified-since") == validators.get("Last-Modified", "")
        )
        headers = (*self.headers, *validators.items())
        if same:
            return Answer(status=304, media_type=None, headers=headers)
        return Answer(self.body, media_type=self.media_type, headers=headers)

    def _validators(self) -> dict[str, str]:
        kept = self._first if self.lying else self.body
        found = {"ETag": f'"{hashlib.sha256(kept).hexdigest()[:16]}"'} if self.etag else {}
        if self.dated is not None:
            found["Last-Modified"] = format_datetime(self.dated, usegmt=True)
        return found
