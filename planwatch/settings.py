"""Where the data lie and which configuration holds, from options, environment and defaults.

Order, first found: the option, the environment variable, the default. Nothing here is secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import msgspec

CONFIG_NAME = "sources.yaml"
DATABASE_NAME = "planwatch.sqlite3"
REGISTRY_FOLDER = "registry"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What every command needs to know before it does anything.

    ``database`` is a SQLAlchemy URL or a path of a SQLite file; ``own_registry`` is where the
    user's own rows would be.
    """

    data: Path
    database: str
    config: Path
    own_registry: Path

    @property
    def registry(self) -> Path | None:
        """The folder of the user's own rows, None where there is none."""
        return self.own_registry if self.own_registry.is_dir() else None


def resolve(
    environ: Mapping[str, str],
    *,
    cwd: Path,
    home: Path,
    data: Path | None = None,
    database: str | None = None,
    config: Path | None = None,
) -> Settings:
    """Settings from the options given (None: not given) and the environment."""
    folder = data or _path(environ, "PLANWATCH_DATA") or _data_home(environ, home) / "planwatch"
    return Settings(
        data=folder,
        database=database or environ.get("PLANWATCH_DATABASE") or str(folder / DATABASE_NAME),
        config=config or _path(environ, "PLANWATCH_CONFIG") or _default_config(cwd, folder),
        own_registry=_path(environ, "PLANWATCH_REGISTRY") or folder / REGISTRY_FOLDER,
    )


def shipped_config() -> Path:
    """The sources.yaml that comes with the program: beside the checkout, or inside the wheel."""
    inside = Path(str(resources.files("planwatch.data") / CONFIG_NAME))
    return inside if inside.is_file() else Path(__file__).resolve().parent.parent / CONFIG_NAME


def _default_config(cwd: Path, data: Path) -> Path:
    for folder in (cwd, data):
        if (folder / CONFIG_NAME).is_file():
            return folder / CONFIG_NAME
    return shipped_config()


def _data_home(environ: Mapping[str, str], home: Path) -> Path:
    return _path(environ, "XDG_DATA_HOME") or home / ".local" / "share"


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name)
    return Path(value).expanduser() if value else None
