"""What every request has to pass: a Host that is ours, and on the way back headers that bind a browser.

The Host check is what stops a web page that made its own name point at this machine (DNS
rebinding): such a request carries the page's name.
"""

from __future__ import annotations

import asyncio
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.problems import problem_answer

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
#: ``same-origin`` and not ``no-referrer``: with that, browsers send no Origin with a form.
_HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("X-Frame-Options", "DENY"),
)
#: A request's body is a form or a small JSON object, except where a file is imported.
LONGEST_BODY = 64 * 1024
LARGEST_UPLOAD = 20_000_000
#: A file may take so many times as long to arrive as a form.
_UPLOAD_TIMES = 20
_IMPORT = re.compile(r"(?:/api/v1)?/documents/[^/]+/import")


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], body_seconds: float) -> None:
        """``hosts`` are the names that are ours; a form has to arrive within ``body_seconds``."""
        self.app = app
        self.body_seconds = body_seconds
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or say why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with_headers = _adding(send)
        if host_name(headers.get("host", "")) not in self.hosts or len(headers.getlist("host")) > 1:
            answer = problem_answer(
                421,
                "This is not the address of this dashboard. Open it by the address that it prints "
                "when it starts, or add the name to the hosts that it answers to.",
            )
            await answer(scope, receive, with_headers)
            return
        if b"%00" in scope["raw_path"] + scope["query_string"]:
            refusal = problem_answer(400, "No name and no word has a zero byte.")
            await refusal(scope, receive, with_headers)
            return
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            longest = longest_body(scope["path"])
            refused = await _too_long(headers, longest, scope, receive, with_headers)
            if refused:
                return
            scope.setdefault("state", {})
            times = 1 if longest == LONGEST_BODY else _UPLOAD_TIMES
            receive = _limited(receive, scope, longest, self.body_seconds * times)
        if scope["method"] == "HEAD":
            # The server leaves out the body by the scope that it made itself.
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, with_headers)


def host_name(host: str) -> str:
    """The name in a Host header, without its port, in lower case; an IPv6 address in brackets."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[: host.find("]") + 1]
    return host.partition(":")[0]


def longest_body(path: str) -> int:
    """How many bytes a request to this path may send: a file with its fields, or a form."""
    return LARGEST_UPLOAD + LONGEST_BODY if _IMPORT.fullmatch(path) else LONGEST_BODY


async def _too_long(
    headers: Headers, longest: int, scope: Scope, receive: Receive, send: Send
) -> bool:
    length = headers.get("content-length", "0")
    if length.isascii() and length.isdecimal() and int(length[:12]) <= longest:
        return False
    await problem_answer(413, f"At most {longest:,} bytes are taken.")(scope, receive, send)
    return True


def _limited(receive: Receive, scope: Scope, longest: int, seconds: float) -> Receive:
    """A body without a length ends where the limit is: what is cut off is no valid form.

    So does one that drips in for longer than ``seconds``: then ``request.state.late`` is set.
    """
    taken = 0
    ends = time.monotonic() + seconds
    whole = False

    async def limited() -> Message:
        nonlocal taken, whole
        if whole:  # What is asked for after the body is whether the client is still there.
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), max(ends - time.monotonic(), 0.001))
        except TimeoutError:
            # An error of our own would not come through the layers between here and a handler.
            scope["state"]["late"] = True
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        taken += len(message.get("body", b""))
        if taken > longest:
            return {"type": "http.disconnect"}
        return message

    return limited


def _adding(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS:
                if name not in headers:
                    headers.append(name, value)
        await send(message)

    return sending
