"""Wires the dashboard: where it listens, who may come in, what it may ask of the watch."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from dashboard.app import make_app
from dashboard.options import LOOPBACK_HOSTS, DashboardOptions
from dashboard.security.tokens import HashedToken, line_of, load_tokens, new_token
from dashboard.server import DashboardServer
from monitor.config.model import Config
from monitor.config.settings import DashboardConfig
from monitor.runtime import Runtime
from plans.registry.model import Registry
from storage.database import Database

TOKENS = "tokens"
#: In the folder of message templates: those of pages.
PAGES = "pages"


class Dashboard(msgspec.Struct, frozen=True, kw_only=True):
    """A server that is not started yet; ``token`` is one made because there was none, ``problems``
    are templates that cannot be used.
    """

    server: DashboardServer
    token: str | None = None
    problems: tuple[str, ...] = ()


class BadListen(ValueError):
    """An address to listen at that cannot be understood."""


def parse_listen(text: str) -> tuple[str, int]:
    """``HOST:PORT``, ``[::1]:PORT`` or ``:PORT``. Raises :class:`BadListen`."""
    host, _, port = text.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise BadListen(f"{text!r} is no address to listen at; write HOST:PORT, as 127.0.0.1:8321")
    return host.strip("[]") or "127.0.0.1", int(port)


def make_dashboard(
    database: Database,
    registry: Registry,
    runtime: Callable[[], Runtime],
    *,
    data: Path,
    listen: str | None = None,
) -> Dashboard:
    """The dashboard of a configuration, at ``listen`` or else where the configuration says.

    On loopback everybody who reaches it may read and decide. Beyond, it asks for a token; where
    there is none yet, one is made and given back to be shown once. Raises BadListen,
    :class:`dashboard.security.tokens.TokenFileError`.
    """
    config = runtime().config
    settings = config.settings.dashboard or DashboardConfig()
    host, port = parse_listen(listen) if listen else (settings.host, settings.port)
    tokens, shown = load_or_none(data / TOKENS), None
    login = not _is_loopback(host)
    own = config.templates_folder
    if login and not tokens and settings.proxy_header is None:
        shown = add_token(data / TOKENS, "first")
        tokens = load_or_none(data / TOKENS)
    options = DashboardOptions(
        hosts=(*LOOPBACK_HOSTS, *_named(host), *settings.hosts, *_public_host(config)),
        login=login,
        tokens=tokens,
        proxies=tuple(ipaddress.ip_network(proxy) for proxy in settings.proxies),
        proxy_header=settings.proxy_header,
        secure_cookies=(config.settings.dashboard_url or "").startswith("https:"),
        config=lambda: runtime().config,
        runtime=runtime,
        templates_folder=None if own is None else own / PAGES,
    )
    app = make_app(database, registry, options=options, clock=lambda: runtime().now())
    problems = tuple(str(problem) for problem in app.state.desk.templates.problems)
    return Dashboard(server=DashboardServer(app, host, port), token=shown, problems=problems)


def load_or_none(path: Path) -> tuple[HashedToken, ...]:
    """The tokens of a file; none where there is no file."""
    return load_tokens(path) if path.is_file() else ()


def add_token(path: Path, name: str) -> str:
    """Make a token and keep its hash; the file is its owner's alone. Gives the token itself."""
    token, hashed = new_token(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(line_of(hashed) + "\n")
    return token


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _named(host: str) -> tuple[str, ...]:
    """The name by which browsers reach an address listened at; "all addresses" is none."""
    if host in ("0.0.0.0", "::"):
        return ()
    return (f"[{host}]" if ":" in host else host,)


def _public_host(config: Config) -> tuple[str, ...]:
    url = config.settings.dashboard_url
    host = urlsplit(url).hostname if url else None
    return (host,) if host else ()
