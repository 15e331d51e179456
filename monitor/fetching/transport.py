"""One request, one answer: what can go wrong on the wire, as values."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Mapping
from http.client import BadStatusLine, RemoteDisconnected

import msgspec
import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from monitor.fetching.addresses import ForbiddenAddressError, Resolver, literal_address
from monitor.fetching.bodies import read_body
from monitor.fetching.connections import make_pools
from monitor.fetching.values import FetchOutcome, FetchPolicy

_BODY_OUTCOMES: dict[str, FetchOutcome] = {
    "truncated": "truncated",
    "too_large": "too_large",
    "timeout": "timeout",
    "broken": "connection_error",
    "unknown_encoding": "wrong_type",
}


class Wire(msgspec.Struct, frozen=True, kw_only=True):
    """What one request came to. ``fault`` is None where an answer was read to its end."""

    fault: FetchOutcome | None = None
    reason: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    set_cookies: tuple[str, ...] = ()


class Transport:
    """Sends requests over pools of kept connections, shared by all threads."""

    def __init__(
        self, resolver: Resolver, public: Callable[[str], bool], *, connections: int
    ) -> None:
        self._resolver = resolver
        self._public = public
        self._connections = connections
        self._pools: dict[tuple[bool, bool, str | None, str | None], urllib3.PoolManager] = {}
        self._lock = threading.Lock()

    def send(
        self,
        url: str,
        *,
        policy: FetchPolicy,
        headers: Mapping[str, str],
        body: bytes | None,
        seconds: float,
        max_bytes: int,
    ) -> Wire:
        """Ask ``url`` once, within ``seconds`` from name to last byte. Never raises for the far end."""
        try:
            host = urllib3.util.parse_url(url).host or ""
        except LocationParseError as error:
            return Wire(fault="client_error", reason=f"no usable address: {error}")
        refused = self._refused_before_proxy(host, policy)
        if refused is not None:
            return Wire(fault="forbidden_address", reason=refused)
        pools = self._pools_for(policy)
        method = "GET" if body is None else "POST"
        try:
            response = pools.request(
                method,
                url,
                body=body,
                headers=headers,
                timeout=urllib3.Timeout(total=max(seconds, 0.001)),
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
        except ForbiddenAddressError as error:
            return Wire(fault="forbidden_address", reason=str(error))
        except LocationParseError as error:
            return Wire(fault="client_error", reason=f"no usable address: {error}")
        except UnicodeError as error:
            return Wire(fault="dns_error", reason=f"{host} is no host name: {error}")
        except (HTTPError, OSError) as error:
            return _fault(error, seconds)
        return _answer(response, max_bytes)

    def close(self) -> None:
        """Close all kept connections."""
        with self._lock:
            for pools in self._pools.values():
                pools.clear()
            self._pools.clear()

    def _pools_for(self, policy: FetchPolicy) -> urllib3.PoolManager:
        key = (policy.allow_private, policy.legacy_tls, policy.ca_file, policy.proxy)
        pools = self._pools.get(key)
        if pools is None:
            with self._lock:
                pools = self._pools.get(key)
                if pools is None:
                    pools = make_pools(
                        self._resolver,
                        self._public,
                        allow_private=policy.allow_private,
                        legacy_tls=policy.legacy_tls,
                        ca_file=policy.ca_file,
                        proxy=policy.proxy,
                        connections=self._connections,
                    )
                    self._pools[key] = pools
        return pools

    def _refused_before_proxy(self, host: str, policy: FetchPolicy) -> str | None:
        """A proxy resolves names by itself, so what can be known is checked before it is asked."""
        if policy.proxy is None or policy.allow_private:
            return None
        literal = literal_address(host)
        if literal is not None:
            addresses = [literal]
        elif host == "localhost" or host.endswith((".localhost", ".internal", ".local")):
            return f"{host} is a local name"
        else:
            try:
                addresses = self._resolver(host, 0)
            except OSError:
                return None  # only the proxy knows the name
        private = next((a for a in addresses if not self._public(a)), None)
        return f"{host} is at {private}, a private or local address" if private else None


def _answer(response: urllib3.BaseHTTPResponse, max_bytes: int) -> Wire:
    headers = tuple((name.lower(), value) for name, value in response.headers.items())
    cookies = tuple(response.headers.getlist("set-cookie"))
    body = read_body(response, max_bytes)
    if body.state == "whole":
        response.release_conn()
        return Wire(status=response.status, headers=headers, body=body.data, set_cookies=cookies)
    # What is left on the line belongs to this answer: the connection is of no further use.
    response.close()
    return Wire(
        fault=_BODY_OUTCOMES[body.state],
        reason=body.reason,
        status=response.status,
        headers=headers,
        body=body.data,
    )


def _fault(error: Exception, seconds: float) -> Wire:
    """Name what happened before there was an answer. By type; wrapped errors by what they wrap."""
    if isinstance(error, ProxyError) and isinstance(error.original_error, Exception):
        inner = _fault(error.original_error, seconds)
        return msgspec.structs.replace(inner, reason=f"the proxy: {inner.reason}")
    if isinstance(error, NameResolutionError):
        return Wire(fault="dns_error", reason=f"the name was not found: {_words(error)}")
    if isinstance(error, NewConnectionError):  # a kind of time-out to the library, not to us
        return Wire(fault="connection_error", reason=f"no connection: {_words(error)}")
    if isinstance(error, ConnectTimeoutError | ReadTimeoutError | TimeoutError):
        return Wire(fault="timeout", reason=f"no answer within {seconds:.0f} s")
    if isinstance(error, SSLError | ssl.SSLError | ssl.CertificateError):
        return Wire(fault="tls_error", reason=_words(error))
    return Wire(fault="connection_error", reason=_words(error))


def _words(error: BaseException) -> str:
    """What an error says at its root, for people: without the objects that wrap it."""
    inner = error.__cause__ or next(
        (part for part in reversed(error.args) if isinstance(part, Exception)), None
    )
    if inner is not None and inner is not error:
        return _words(inner)
    # The second is a kind of the first.
    if isinstance(error, BadStatusLine) and not isinstance(error, RemoteDisconnected):
        return "the answer is not HTTP"
    system = getattr(error, "strerror", None)
    return " ".join(str(system or error).split())[:300] or type(error).__name__
