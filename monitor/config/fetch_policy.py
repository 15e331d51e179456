"""From a source's settings to the limits under which it is fetched."""

from __future__ import annotations

from collections.abc import Mapping

from alerts.secrets import SecretRef
from monitor.config.settings import SettingsConfig
from monitor.config.sources import SourceConfig
from monitor.fetching.values import FetchPolicy


def fetch_policy(
    source: SourceConfig, settings: SettingsConfig, env: Mapping[str, str]
) -> FetchPolicy:
    """The policy for every fetch of ``source``.

    ``env`` resolves a proxy that is named as ``${NAME}``; raises
    :class:`alerts.secrets.SecretError` where it does not.
    """
    proxy = source.proxy
    if proxy is not None and proxy.startswith("$"):
        proxy = SecretRef.parse(proxy).resolve(env).get_secret_value()
    spacing = source.spacing_seconds
    return FetchPolicy(
        deadline=settings.deadline_seconds,
        max_bytes=settings.max_bytes,
        spacing=settings.spacing_seconds if spacing is None else spacing,
        attempts=settings.attempts,
        allow_private=source.allow_private,
        obey_robots=source.robots_exception is None,
        proxy=proxy,
        legacy_tls=source.tls == "legacy",
        ca_file=str(source.ca_file) if source.ca_file is not None else None,
        browser=source.browser,
        files=source.kind == "file",
    )
