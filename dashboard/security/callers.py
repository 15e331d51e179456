"""Who asks: a person in a browser, a program with a token, or whoever reaches this machine's own port.

A browser shows that a form is ours in two ways: the Origin that it sends must be this very address,
and the form holds a token that only our pages know: an HMAC of the browser's own cookie, under a
key that lives as long as the process.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import secrets
from typing import cast
from urllib.parse import urlsplit

import msgspec
from fastapi import Request
from starlette.responses import Response

from dashboard.options import DashboardOptions
from dashboard.problems import Refused
from dashboard.security.tokens import holder_of

BROWSER_COOKIE = "planwatch_browser"
SESSION_COOKIE = "planwatch_session"
SESSION_SECONDS = 12 * 3600
_LONGEST_NAME = 100


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks; ``browser`` where no token came with the request: then forms must be ours."""

    name: str
    browser: bool


def caller_of(request: Request, options: DashboardOptions, now: dt.datetime) -> Caller | None:
    """Who asks, None where nobody has said and somebody must."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        name = holder_of(token.strip(), options.tokens)
        return Caller(name=name, browser=False) if name else None
    named = _named_by_proxy(request, options) or session_name(request, now)
    if named:
        return Caller(name=named, browser=True)
    return None if options.login else Caller(name=options.user, browser=True)


def _named_by_proxy(request: Request, options: DashboardOptions) -> str | None:
    """The person in the proxy's header, where the request comes from the proxy itself."""
    if options.proxy_header is None or request.client is None:
        return None
    try:
        peer = ipaddress.ip_address(request.client.host)
    except ValueError:
        return None
    if not any(peer in network for network in options.proxies):
        return None
    given = request.headers.getlist(options.proxy_header)
    name = given[0].strip() if len(given) == 1 else ""
    return name if 0 < len(name) <= _LONGEST_NAME and name.isprintable() else None


# --- forms -------------------------------------------------------------------------------------


def ensure_browser(request: Request) -> str:
    """The browser's own cookie, made where it has none; ``keep_browser`` sends it."""
    known = getattr(request.state, "browser", None) or request.cookies.get(BROWSER_COOKIE, "")
    if not 20 <= len(known) <= 100:
        known = secrets.token_urlsafe(24)
        request.state.new_browser = known
    request.state.browser = known
    return cast("str", known)


def keep_browser(request: Request, answer: Response, options: DashboardOptions) -> None:
    """Send the cookie that ``ensure_browser`` made for this request."""
    made = getattr(request.state, "new_browser", None)
    if made:
        answer.set_cookie(
            BROWSER_COOKIE, made, httponly=True, samesite="strict", secure=options.secure_cookies
        )


def form_token(request: Request) -> str:
    """What a form on this page has to hold."""
    return _mac(_key(request), "form", ensure_browser(request))


def require_own_origin(request: Request) -> None:
    """Refuse what no page of ours sent; before its body is read, where that is long. Raises Refused."""
    origin = request.headers.get("origin")
    expected = request.headers.get("host", "").lower()
    site = request.headers.get("sec-fetch-site", "same-origin")
    if origin is None or urlsplit(origin).netloc.lower() != expected or site != "same-origin":
        raise Refused(
            403,
            "This was sent from another page. Open the dashboard and do it there.",
            zh="此操作来自其他页面。请打开面板后再操作。",
        )


def require_own_form(request: Request, token: str) -> None:
    """Refuse what no form of ours sent. Raises Refused."""
    require_own_origin(request)
    known = request.cookies.get(BROWSER_COOKIE, "")
    if not known or not _same(_mac(_key(request), "form", known), token):
        raise Refused(
            403,
            "This form is too old, or cookies are off. Load the page again and repeat it.",
            zh="表单已过期，或浏览器未启用 Cookie。请重新载入页面后再试。",
        )


# --- sessions ----------------------------------------------------------------------------------


def start_session(
    request: Request, answer: Response, name: str, options: DashboardOptions, now: dt.datetime
) -> None:
    """Remember in the browser who logged in; a restart of the program ends all sessions."""
    until = int(now.timestamp()) + SESSION_SECONDS
    said = f"{until}.{name.encode().hex()}"
    answer.set_cookie(
        SESSION_COOKIE,
        f"{said}.{_mac(_key(request), 'session', said)}",
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=options.secure_cookies,
    )


def session_name(request: Request, now: dt.datetime) -> str | None:
    """Who logged in with this browser, while that holds."""
    said, _, mac = request.cookies.get(SESSION_COOKIE, "")[:500].rpartition(".")
    if not said or not _same(_mac(_key(request), "session", said), mac):
        return None
    until, _, name = said.partition(".")
    if int(until) < now.timestamp():
        return None
    return bytes.fromhex(name).decode()


def _key(request: Request) -> bytes:
    return cast("bytes", request.app.state.key)


def _mac(key: bytes, purpose: str, words: str) -> str:
    return hmac.new(key, f"{purpose}:{words}".encode(), hashlib.sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing; what a browser sent may hold anything."""
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))
