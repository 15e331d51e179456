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
from monitor.config.yaml_text import parse_yaml
from plans.registry.load import shipped_registry
from plans.registry.model import Registry

_LARGEST = 5_000_000


def load_config(
    path: Path, *, env: Mapping[str, str] | None = None, registry: Registry | None = None
) -> Config:
    """Read and check the file.

    ``env`` is where secrets are looked for; with None they are not looked for. ``registry`` knows
    the agencies and instruments that the file may name (None: the shipped one). Paths in the file
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
    return config_from(text, str(path), env=env, registry=registry, folder=path.resolve().parent)


def config_from(
    text: str,
    file: str,
    *,
    env: Mapping[str, str] | None = None,
    registry: Registry | None = None,
    folder: Path | None = None,
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
    problems += check_references(parsed, registry or shipped_registry())
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


def _at_start(path: Path, message: str) -> Problem:
    return Problem(file=str(path), line=1, column=1, where="", message=message)
