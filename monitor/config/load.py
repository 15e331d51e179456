"""Reads ``sources.yaml``: every mistake at once, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.config.explain import ConfigSchema, explain
from monitor.config.model import Config
from monitor.config.problems import ConfigError, Problem
from monitor.config.references import check_references, check_secrets
from monitor.config.yaml_text import YamlText, parse_yaml
from plans.registry.load import RegistryError, load_registry, shipped_registry
from plans.registry.model import Registry

_LARGEST = 5_000_000


def load_config(path: Path, *, env: Mapping[str, str] | None) -> Config:
    """Read and check the file.

    ``env`` is where secrets are looked for; with None they are not looked for. Paths in the file
    start from its folder. Raises :class:`ConfigError` with every mistake that was found; the file
    that is not there or cannot be read is such a mistake, too.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            [_at_start(path, f"cannot be read ({error.strerror}); name another file")]
        ) from error
    if len(data) > _LARGEST:
        raise ConfigError([_at_start(path, f"is larger than {_LARGEST} bytes; this is no list")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(
            [
                Problem(
                    file=str(path), line=line, column=1, where="", message="not UTF-8; save it so"
                )
            ]
        ) from error
    return config_from(text, str(path), env=env, folder=path.resolve().parent)


def config_from(
    text: str, file: str, *, env: Mapping[str, str] | None, folder: Path | None = None
) -> Config:
    """As :func:`load_config`, of a text. ``file`` is the name in messages."""
    parsed = parse_yaml(text, file)
    if not isinstance(parsed.data, dict):
        raise ConfigError([parsed.problem((), "keys are needed: settings, documents, sources, …")])
    problems = list(parsed.problems)
    config: Config | None = None
    try:
        config = Config.model_validate(parsed.data, strict=False, context={"folder": folder})
    except ValidationError as error:
        problems += explain(error, parsed, Config)
    registry = _registry(parsed, config, problems)
    problems += check_references(parsed, registry)
    if env is not None:
        problems += check_secrets(parsed, env)
    if problems or config is None:
        raise ConfigError(dict.fromkeys(problems))
    return config


def config_schema() -> dict[str, Any]:
    """The JSON Schema of the file, for editors."""
    schema = Config.model_json_schema(schema_generator=ConfigSchema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "planwatch sources.yaml",
    }


def _registry(parsed: YamlText, config: Config | None, problems: list[Problem]) -> Registry:
    folder = config.settings.registry_folder if config is not None else None
    if folder is None:
        return shipped_registry()
    path = ("settings", "registry_folder")
    if not folder.is_dir():
        problems.append(parsed.problem(path, f"there is no folder {folder}", at_key=False))
        return shipped_registry()
    try:
        return load_registry(folder)
    except RegistryError as error:
        problems.append(parsed.problem(path, str(error), at_key=False))
        return shipped_registry()


def _at_start(path: Path, message: str) -> Problem:
    return Problem(file=str(path), line=1, column=1, where="", message=message)
