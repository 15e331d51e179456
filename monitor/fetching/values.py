"""What a fetch is asked for, and what it can come to. Every expected end is an outcome here."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

FetchOutcome = Literal[
    "ok",
    "not_modified",
    "forbidden_by_robots",
    "forbidden_address",
    "gone",
    "moved_home",
    "redirect_loop",
    "truncated",
    "too_large",
    "wrong_type",
    "timeout",
    "dns_error",
    "tls_error",
    "connection_error",
    "rate_limited",
    "client_error",
    "server_error",
]

#: Outcomes that may be different a moment later; only these are tried again within one fetch.
TRANSIENT: frozenset[FetchOutcome] = frozenset(
    {"timeout", "dns_error", "connection_error", "rate_limited", "server_error", "truncated"}
)

#: Outcomes that say the server answered, so that the network is not to blame.
ANSWERED: frozenset[FetchOutcome] = frozenset(
    {
        "ok",
        "not_modified",
        "gone",
        "moved_home",
        "redirect_loop",
        "truncated",
        "too_large",
        "wrong_type",
        "rate_limited",
        "client_error",
        "server_error",
    }
)


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What a server gave to ask "still the same?" with. Kept only from what was accepted.

    ``url`` is the address that gave them, where that was not the one asked for: they are sent to
    that address alone, or else a redirect to another old page would answer "not modified".
    """

    etag: str | None = None
    last_modified: str | None = None
    url: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


NO_VALIDATORS = Validators()


class FetchPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How one source may be fetched. Seconds and bytes throughout.

    ``deadline`` is for everything that one fetch does on the network, redirects, attempts and the
    waits between them included; waiting for the host's turn is not counted. ``max_bytes`` is for
    the body as sent and as unpacked. ``legacy_tls`` admits old ciphers and TLS 1.0, for the
    source's own hosts alone; ``ca_file`` holds certificates that a server forgets to send.
    ``files`` allows ``file:`` addresses, which nothing else does: no redirect leads to one.
    """

    deadline: float = 60.0
    max_bytes: int = 20_000_000
    spacing: float = 2.0
    attempts: int = 3
    allow_private: bool = False
    obey_robots: bool = True
    proxy: str | None = None
    legacy_tls: bool = False
    ca_file: str | None = None
    browser: bool = False
    files: bool = False


DEFAULT_POLICY = FetchPolicy()


class FetchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One address to fetch. ``body`` (with its media type in ``headers``) makes it a POST."""

    url: str
    validators: Validators = NO_VALIDATORS
    policy: FetchPolicy = DEFAULT_POLICY
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that pointed elsewhere; ``by`` is the header or the page's own text."""

    url: str
    status: int
    location: str
    by: Literal["header", "page"] = "header"


class FetchResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a fetch came to.

    ``body`` is unpacked, and present for ``ok`` and for refusals (a challenge page is recognised
    by its text); headers are lower case, in the server's order. ``reason`` is for people.
    ``retry_after`` is in seconds, where the server asked for a wait that this fetch did not make.
    """

    outcome: FetchOutcome
    url: str
    final_url: str
    fetched_at: dt.datetime
    elapsed: float
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    media_type: str = ""
    charset: str | None = None
    validators: Validators = NO_VALIDATORS
    hops: tuple[Hop, ...] = ()
    attempts: int = 1
    retry_after: float | None = None
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is a body to be read."""
        return self.outcome == "ok"

    def header(self, name: str) -> str | None:
        """The first header of this name (any case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)
