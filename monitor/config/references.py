"""What one part of the file says of another: ids that stand twice, names that nothing has.

Works on the raw data, so that it finds its mistakes also where other parts have mistakes of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from alerts.secrets import SecretError, SecretRef
from monitor.config.explain import did_you_mean
from monitor.config.problems import Problem
from monitor.config.yaml_text import Path, YamlText
from plans.registry.model import Registry

_LISTS = ("documents", "sources", "channels", "subscriptions")
_REFERENCE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
#: Kinds of sources whose articles are told apart by the documents' patterns.
_DISCOVERING = ("list", "feed", "search")
#: So many of the names that there are stand behind one that is unknown.
_SHOWN = 12


def check_references(text: YamlText, registry: Registry) -> Iterator[Problem]:
    """Every id that stands twice, and every name that points at nothing."""
    for part in _LISTS:
        yield from _duplicates(text, part)
    documents = _ids(text, "documents")
    channels = _ids(text, "channels")
    for index, source in _items(text, "sources"):
        path: Path = ("sources", index)
        yield from _unknown(text, (*path, "documents"), source, documents, "document")
        if source.get("kind") in _DISCOVERING:
            yield from _without_patterns(text, (*path, "documents"), source)
    for index, subscription in _items(text, "subscriptions"):
        path = ("subscriptions", index)
        yield from _unknown(text, (*path, "channels"), subscription, channels, "channel")
        yield from _unknown(text, (*path, "documents"), subscription, documents, "document")
        yield from _unknown_agencies(text, (*path, "agencies"), subscription, registry)
    for index, document in _items(text, "documents"):
        instrument = document.get("instrument")
        if isinstance(instrument, str) and instrument not in registry.instruments:
            near = did_you_mean(instrument, list(registry.instruments))
            yield text.problem(
                ("documents", index, "instrument"),
                f"the registry has no instrument {instrument!r}{near}; add it to instruments.csv "
                "in the registry folder, or take one of its ids",
                at_key=False,
            )


def check_secrets(text: YamlText, env: Mapping[str, str]) -> Iterator[Problem]:
    """Every ``${NAME}`` of the file that the environment does not resolve. No value is kept."""
    for path, value in _strings(text.data, ()):
        if _REFERENCE.fullmatch(value.strip()):
            try:
                SecretRef.parse(value).resolve(env)
            except SecretError as error:
                yield text.problem(path, str(error), at_key=False)


def _items(text: YamlText, part: str) -> Iterator[tuple[int, dict[str, Any]]]:
    items = text.data.get(part) if isinstance(text.data, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield index, item


def _ids(text: YamlText, part: str) -> list[str]:
    return [item["id"] for _, item in _items(text, part) if isinstance(item.get("id"), str)]


def _duplicates(text: YamlText, part: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, item in _items(text, part):
        id = item.get("id")
        if not isinstance(id, str):
            continue
        if id in first:
            line = text.keys[(part, first[id], "id")].line
            yield text.problem(
                (part, index, "id"),
                f"the id {id!r} stands a second time (first in line {line}); ids are unique",
            )
        first.setdefault(id, index)


def _names(item: dict[str, Any], key: Any) -> Iterator[tuple[int, str]]:
    values = item.get(key)
    for place, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, str):
            yield place, value


def _unknown(
    text: YamlText, path: Path, item: dict[str, Any], known: list[str], what: str
) -> Iterator[Problem]:
    for place, value in _names(item, path[-1]):
        if value not in known:
            some = ", ".join(sorted(known)[:_SHOWN]) or "none is defined"
            if len(known) > _SHOWN:
                some += f" and {len(known) - _SHOWN} more"
            yield text.problem(
                (*path, place),
                f"there is no {what} {value!r}{did_you_mean(value, known)}; {what}s are: {some}",
                at_key=False,
            )


def _unknown_agencies(
    text: YamlText, path: Path, item: dict[str, Any], registry: Registry
) -> Iterator[Problem]:
    for place, value in _names(item, path[-1]):
        if value in registry.agencies or registry.find_agency(value) is not None:
            continue
        known = [*registry.agencies, *(a.zh_short for a in registry.agencies.values())]
        yield text.problem(
            (*path, place),
            f"the registry knows no agency {value!r}{did_you_mean(value, known)}; write a registry "
            "id (cnipa) or one of the agency's names",
            at_key=False,
        )


def _without_patterns(text: YamlText, path: Path, source: dict[str, Any]) -> Iterator[Problem]:
    documents = [item for _, item in _items(text, "documents")]
    by_id = {item["id"]: item for item in documents if isinstance(item.get("id"), str)}
    for place, value in _names(source, "documents"):
        document = by_id.get(value)
        if document is not None and not (document.get("title_patterns") or document.get("numbers")):
            yield text.problem(
                (*path, place),
                f"a {source['kind']} tells articles apart by title, and the document {value!r} has "
                "neither `title_patterns` nor `numbers`",
                at_key=False,
            )


def _strings(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _strings(value, (*path, index))
    elif isinstance(data, str):
        yield path, data
