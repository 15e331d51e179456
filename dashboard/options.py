"""What the dashboard is told by whoever starts it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from pathlib import Path

import msgspec

from dashboard.security.tokens import HashedToken
from monitor.config.model import Config
from monitor.runtime import Runtime

#: Names under which a browser on this machine reaches it.
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class DashboardOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How the dashboard is reached, who may write, and what it may ask of the watch.

    ``hosts`` are the names (without port) that a request's Host header may have. ``login`` asks
    everybody who they are; without it everybody who reaches the dashboard may read and, in a
    browser, write: right on loopback only. ``tokens`` let in programs and, with ``login``, people.
    A person named by ``proxy_header`` is believed only where the request comes from one of
    ``proxies``. ``config`` gives the configuration in force, ``runtime`` what accepting a review
    needs; without it reviews can be looked at only. ``user`` names who decides where nobody had to
    log in. ``templates_folder`` has a user's own templates of pages. A form that takes longer than
    ``body_seconds`` to arrive is refused; a file has twenty times as long.
    """

    hosts: tuple[str, ...] = LOOPBACK_HOSTS
    login: bool = False
    tokens: tuple[HashedToken, ...] = ()
    proxies: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    proxy_header: str | None = None
    secure_cookies: bool = False
    config: Callable[[], Config] | None = None
    runtime: Callable[[], Runtime] | None = None
    user: str = "dashboard"
    templates_folder: Path | None = None
    body_seconds: float = 30.0
