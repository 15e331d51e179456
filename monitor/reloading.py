"""The configuration file while the daemon runs: taken at once when it changes, never when it is bad."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import structlog

from monitor.config.load import load_config
from monitor.config.model import Config
from monitor.config.problems import ConfigError

log = structlog.get_logger(__name__)


def only_at_start(before: Config, after: Config) -> tuple[str, ...]:
    """What differs between two configurations and cannot be taken while the program runs."""
    named = {
        "settings.dashboard": (before.settings.dashboard, after.settings.dashboard),
        "settings.health": (before.settings.health, after.settings.health),
    }
    return tuple(name for name, (old, new) in named.items() if old != new)


class ConfigFile:
    """A file that is looked at between polls. Not for several threads at once."""

    def __init__(self, path: Path, env: Mapping[str, str] | None) -> None:
        self._path = path
        self._env = env
        self._seen = self._stamp()
        self._mistakes: tuple[str, ...] = ()

    @property
    def mistakes(self) -> tuple[str, ...]:
        """What is wrong with the file as it was read last, a line each; empty where it was good."""
        return self._mistakes

    def changed(self, *, asked: bool = False) -> Config | None:
        """The new configuration, where the file is another one since the last call or ``asked``.

        A file with mistakes is reported with every one of them and None is given: the last good
        configuration stays.
        """
        stamp = self._stamp()
        if stamp == self._seen and not asked:
            return None
        self._seen = stamp
        try:
            config = load_config(self._path, env=self._env)
        except ConfigError as error:
            log.error("configuration not taken, the last good one stays", problems=str(error))
            # A message of several lines would read as several mistakes.
            self._mistakes = tuple(" ".join(str(one).split()) for one in error.problems)
            return None
        self._mistakes = ()
        log.info("configuration read", file=str(self._path), sources=len(config.enabled_sources))
        return config

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
