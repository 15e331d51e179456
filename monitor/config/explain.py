"""Turns pydantic's errors into mistakes with a place, a plain sentence, and what is allowed."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind

from alerts.timing import format_duration
from monitor.config.problems import Problem
from monitor.config.yaml_text import Path, YamlText


class ConfigSchema(GenerateJsonSchema):
    """Leaves defaults out that JSON has no form for, rather than warning of each."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {  # noqa: RUF012 - as pydantic declares it
        "skipped-choice",
        "non-serializable-default",
    }

    def encode_default(self, dft: Any) -> Any:
        """Durations as they are written in the file."""
        return (
            format_duration(dft) if isinstance(dft, dt.timedelta) else super().encode_default(dft)
        )


_TYPES = {
    "string_type": "text is needed here; put it in quotes if it looks like a number",
    "int_type": "a whole number is needed here",
    "int_parsing": "a whole number is needed here",
    "int_from_float": "a whole number is needed here",
    "float_type": "a number is needed here",
    "float_parsing": "a number is needed here",
    "bool_type": "true or false is needed here",
    "bool_parsing": "true or false is needed here",
    "tuple_type": "a list is needed here: [a, b], or lines that start with -",
    "list_type": "a list is needed here: [a, b], or lines that start with -",
    "model_type": "keys with values are needed here (key: value)",
    "model_attributes_type": "keys with values are needed here (key: value)",
    "dict_type": "keys with values are needed here (key: value)",
    "path_type": "a path is needed here",
}


def explain(error: ValidationError, text: YamlText, model: type[BaseModel]) -> Iterator[Problem]:
    """One problem for each of pydantic's errors, placed in ``text``."""
    schema = model.model_json_schema(schema_generator=ConfigSchema)
    for entry in error.errors(include_url=False, include_input=False):
        path, rest = _place(entry["loc"], text.data)
        kind = entry["type"]
        if kind == "extra_forbidden":
            yield text.problem(path, _unknown_key(str(path[-1]), _allowed(schema, entry["loc"])))
        elif kind == "missing":
            yield text.problem(path, f"`{rest[-1] if rest else path[-1]}` is missing")
        elif kind == "union_tag_invalid":
            yield text.problem((*path, _tag_name(entry)), _sentence(kind, entry), at_key=False)
        else:
            yield text.problem(path, _sentence(kind, entry), at_key=kind == "value_error")


def _sentence(kind: str, entry: Any) -> str:
    context = entry.get("ctx", {})
    if kind in _TYPES:
        return _TYPES[kind]
    if kind in ("literal_error", "enum"):
        return f"not known; allowed: {_or_list(context['expected'])}"
    if kind == "union_tag_not_found":
        return f"`{_tag_name(entry)}` is missing; it says which kind"
    if kind == "union_tag_invalid":
        return (
            f"kind {context['tag']!r} is not known; allowed: {_or_list(context['expected_tags'])}"
        )
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        if context["pattern"].startswith("^[a-z0-9]"):
            return "an id has lower-case letters, digits and . _ - only, at most 64 of them"
        return f"does not have the form {context['pattern']}"
    message = str(entry["msg"])
    return message[:1].lower() + message[1:]


def _tag_name(entry: Any) -> str:
    return str(entry["ctx"]["discriminator"]).strip("'")


def _or_list(text: str) -> str:
    return str(text).replace("'", "").replace(" or ", ", ")


def _unknown_key(key: str, allowed: Sequence[str]) -> str:
    near = did_you_mean(key, allowed)
    return f"unknown key `{key}`{near}; allowed here: {', '.join(sorted(allowed))}"


def did_you_mean(word: str, allowed: Sequence[str]) -> str:
    """``, did you mean `x`?`` where one of the allowed words is close, else nothing."""
    near = difflib.get_close_matches(word, allowed, n=1, cutoff=0.6)
    return f", did you mean `{near[0]}`?" if near else ""


def _place(loc: tuple[int | str, ...], root: Any) -> tuple[Path, tuple[int | str, ...]]:
    """The part of an error's location that the file has, and what is left of it.

    The location also names variants of a union and validators; the file does not have those.
    """
    path: list[str | int] = []
    data = root
    for index, part in enumerate(loc):
        if _has(data, part):
            path.append(part)
            data = data[part]
        elif index == len(loc) - 1:
            return tuple(path), (part,)
    return tuple(path), ()


def _has(data: Any, part: int | str) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _allowed(schema: dict[str, Any], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the schema allows beside the last part of ``loc``."""
    nodes = [schema]
    for part in loc[:-1]:
        nodes = [found for node in nodes for found in _into(schema, node, part)]
    names = {name for node in nodes for name in _flat(schema, node, "properties")}
    return sorted(names)


def _into(root: dict[str, Any], node: dict[str, Any], part: int | str) -> list[dict[str, Any]]:
    found = []
    for variant in _variants(root, node):
        if isinstance(part, int):
            found += [variant["items"]] if "items" in variant else []
        elif part in variant.get("properties", {}):
            found.append(variant["properties"][part])
    if found or isinstance(part, int):
        return found
    # The name of a variant, as `slack` among the channels: stay, but with that variant alone.
    tagged = [v for v in _variants(root, node) if _tag(v) == part]
    return tagged or [node]


def _tag(variant: dict[str, Any]) -> str | None:
    kind = variant.get("properties", {}).get("kind", {})
    value = kind.get("const", kind.get("default"))
    return value if isinstance(value, str) else None


def _variants(root: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        return _variants(root, root["$defs"][name])
    inner = [v for key in ("anyOf", "oneOf", "allOf") for v in node.get(key, ())]
    return [v for one in inner for v in _variants(root, one)] or [node]


def _flat(root: dict[str, Any], node: dict[str, Any], key: str) -> Iterator[str]:
    for variant in _variants(root, node):
        yield from variant.get(key, ())
