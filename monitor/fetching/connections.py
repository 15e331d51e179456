"""Connections that keep to a deadline and do not lead into private networks.

urllib3 is used without the layer of requests on top: docs/decisions/06-fetching-on-urllib3.md has the figures.
"""

from __future__ import annotations

import functools
import http.client
import io
import socket
import ssl
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from monitor.fetching.addresses import ForbiddenAddressError, Resolver, resolve_within

_READ_BUFFER = 65536
#: OpenSSL's flag; the ssl module has a name for it from Python 3.12 on.
_LEGACY_SERVER_CONNECT = 0x4


class Dialer:
    """Opens sockets: resolves a name, refuses private addresses, connects to what is left.

    The address is checked before connecting and the peer after it, so a name that answers
    differently the second time ("rebound") gains nothing.
    """

    def __init__(self, resolver: Resolver, allowed: Callable[[str], bool]) -> None:
        self._resolver = resolver
        self._allowed = allowed

    def dial(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connected socket within ``seconds``.

        Raises :class:`ForbiddenAddressError`, ``socket.gaierror``, ``TimeoutError``, ``OSError``.
        """
        until = time.monotonic() + seconds
        addresses = resolve_within(self._resolver, host, port, seconds)
        allowed = [a for a in addresses if self._allowed(a)]
        if not allowed:
            if addresses:
                raise ForbiddenAddressError(host, addresses[0])
            raise socket.gaierror(socket.EAI_NONAME, f"{host} has no address")
        for index, address in enumerate(allowed):
            # A dead first address must not eat the time of the others.
            share = max(until - time.monotonic(), 0.001) / (len(allowed) - index)
            try:
                return self._connect(host, address, port, share)
            except OSError:
                if index == len(allowed) - 1:
                    raise
        raise AssertionError("unreachable")

    def _connect(self, host: str, address: str, port: int, seconds: float) -> socket.socket:
        sock = socket.create_connection((address, port), timeout=seconds)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer = str(sock.getpeername()[0])
        if not self._allowed(peer):
            sock.close()
            raise ForbiddenAddressError(host, peer)
        return sock


class _DeadlineIO(io.RawIOBase):
    """Reads of a socket that all end at one moment, however small each of them is."""

    def __init__(self, raw: Any, sock: socket.socket, until: float) -> None:
        self._raw = raw
        self._sock = sock
        self._until = until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        self._sock.settimeout(left)
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _DeadlineResponse(http.client.HTTPResponse):
    """An answer whose status line, headers and body all keep to the deadline."""

    def __init__(self, until: float, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        raw = self.fp.detach()
        self.fp = io.BufferedReader(_DeadlineIO(raw, sock, until), _READ_BUFFER)


def _dial_for(connection: HTTPConnection, dialer: Dialer) -> socket.socket:
    """Dial as urllib3's connections do, with urllib3's errors."""
    host, port, timeout = connection._dns_host, connection.port, connection.timeout
    seconds = float(timeout) if isinstance(timeout, int | float) else 60.0
    try:
        sock = dialer.dial(host, port, seconds)
    except socket.gaierror as error:
        raise NameResolutionError(host, connection, error) from error
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, f"no connection to {host}: {error}") from error
    except OSError as error:
        raise NewConnectionError(connection, f"no connection to {host}: {error}") from error
    sys.audit("http.client.connect", connection, host, port)
    return sock


def _with_deadline(connection: HTTPConnection) -> None:
    # urllib3 has set the time that is left of the request's total just before the answer is read.
    timeout = connection.timeout
    seconds = float(timeout) if isinstance(timeout, int | float) else 60.0
    connection.response_class = functools.partial(  # type: ignore[assignment]
        _DeadlineResponse, time.monotonic() + seconds
    )


def _pool_classes(
    dialer: Dialer,
) -> tuple[type[HTTPConnectionPool], type[HTTPSConnectionPool]]:
    class GuardedHTTPConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _dial_for(self, dialer)

        def getresponse(self) -> Any:
            _with_deadline(self)
            return super().getresponse()

    class GuardedHTTPSConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _dial_for(self, dialer)

        def getresponse(self) -> Any:
            _with_deadline(self)
            return super().getresponse()

    class GuardedHTTPPool(HTTPConnectionPool):
        ConnectionCls = GuardedHTTPConnection

    class GuardedHTTPSPool(HTTPSConnectionPool):
        ConnectionCls = GuardedHTTPSConnection

    return GuardedHTTPPool, GuardedHTTPSPool


@functools.lru_cache(maxsize=32)
def tls_context(*, legacy: bool, ca_file: str | None) -> ssl.SSLContext:
    """How certificates are checked: always, against the public authorities and ``ca_file``.

    ``legacy`` admits TLS 1.0, short keys and renegotiation as old government servers need them;
    the certificate is checked all the same.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
    if legacy:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.options |= _LEGACY_SERVER_CONNECT
    return context


def _without_password(proxy: str) -> tuple[str, str | None]:
    """The proxy's address without, and ``user:password`` if it has them (as they are, not quoted).

    The address goes into messages; what is secret of it goes into a header only.
    """
    parts = urlsplit(proxy)
    if parts.username is None:
        return proxy, None
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    return urlunsplit(bare), f"{unquote(parts.username)}:{unquote(parts.password or '')}"


def make_pools(
    resolver: Resolver,
    public: Callable[[str], bool],
    *,
    allow_private: bool,
    legacy_tls: bool,
    ca_file: str | None,
    proxy: str | None,
    connections: int,
) -> urllib3.PoolManager:
    """Connection pools of one kind. Nothing is taken from the environment (no proxy, no netrc).

    With a proxy the connection goes to the proxy, which the user chose and which may be private.
    """
    anywhere = allow_private or proxy is not None
    dialer = Dialer(resolver, (lambda address: True) if anywhere else public)
    options: dict[str, Any] = {
        "num_pools": 200,
        "maxsize": connections,
        "ssl_context": tls_context(legacy=legacy_tls, ca_file=ca_file),
    }
    make: Callable[..., urllib3.PoolManager] = urllib3.PoolManager
    if proxy is not None:
        address, password = _without_password(proxy)
        headers = urllib3.make_headers(proxy_basic_auth=password) if password else None
        make = functools.partial(urllib3.ProxyManager, address, proxy_headers=headers)
    pools = make(**options)
    http_pool, https_pool = _pool_classes(dialer)
    pools.pool_classes_by_scheme = {"http": http_pool, "https": https_pool}
    return pools
