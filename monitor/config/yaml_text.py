"""YAML with the place of every value: the data, and where each piece of it stands.

Read from ruamel's node graph rather than its round-trip containers, because that keeps a second
key of the same name, which is a mistake that must be shown like any other.
"""

from __future__ import annotations

from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from monitor.config.problems import Problem

Path = tuple[str | int, ...]
_DEEPEST = 40
_MOST_NODES = 200_000


class Place(msgspec.Struct, frozen=True):
    """Line and column, from 1."""

    line: int
    column: int


class YamlText(msgspec.Struct, frozen=True, kw_only=True):
    """``data`` are plain builtins; ``keys`` and ``values`` tell where a path's key and value stand."""

    file: str
    data: Any
    keys: dict[Path, Place]
    values: dict[Path, Place]
    problems: tuple[Problem, ...]

    def problem(self, path: Path, message: str, *, at_key: bool = True) -> Problem:
        """A mistake at ``path``, or at the nearest part of the file above it."""
        place = None
        for end in range(len(path), -1, -1):
            near = path[:end]
            place = (self.keys.get(near) if at_key else None) or self.values.get(near)
            if place:
                break
        place = place or Place(1, 1)
        return Problem(
            file=self.file,
            line=place.line,
            column=place.column,
            where=path_name(path, self.data),
            message=message,
        )


def path_name(path: Path, data: Any) -> str:
    """A path as people read it: ``sources[cnipa-notices].schedule.cron``, by id where there is one."""
    name = ""
    for part in path:
        if isinstance(part, int):
            item = data[part] if isinstance(data, list) and part < len(data) else None
            own = item.get("id") if isinstance(item, dict) else None
            name += f"[{own if isinstance(own, str) else part + 1}]"
            data = item
        else:
            name += f".{part}" if name else str(part)
            data = data.get(part) if isinstance(data, dict) else None
    return name


def parse_yaml(text: str, file: str) -> YamlText:
    """Parse; what is wrong with the YAML itself is in ``problems``, never raised."""
    reader = _Reader(file)
    data: Any = {}
    try:
        # A new one for each text: ruamel keeps state between calls.
        node = YAML(typ="rt", pure=True).compose(text)
        data = reader.build(node, (), 0) if node is not None else {}
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _at(mark) if mark else Place(1, 1)
        reader.note(place, f"no valid YAML: {error.problem or error.context or error}")
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reader.note(Place(line, 1), f"no valid YAML: the character {error.character!r} is not text")
    except RecursionError:
        reader.note(Place(1, 1), "nested too deeply")
    return YamlText(
        file=file,
        data=data,
        keys=reader.keys,
        values=reader.values,
        problems=tuple(reader.problems),
    )


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._scalars = YAML(typ="safe", pure=True).constructor
        self._count = 0

    def note(self, place: Place, message: str) -> None:
        """A mistake of the file as such."""
        self.problems.append(
            Problem(file=self.file, line=place.line, column=place.column, where="", message=message)
        )

    def build(self, node: Node, path: Path, depth: int) -> Any:
        self._count += 1
        if depth > _DEEPEST or self._count > _MOST_NODES:
            if self._count != _MOST_NODES + 2:
                self._problem(node, path, "nested too deeply, or repeated by aliases too often")
            return None
        self.values[path] = _place(node)
        if isinstance(node, MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, SequenceNode):
            return [
                self.build(child, (*path, index), depth + 1)
                for index, child in enumerate(node.value)
            ]
        return self._scalar(node, path)

    def _mapping(self, node: MappingNode, path: Path, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._problem(key_node, path, "a key must be a word")
                continue
            key = str(key_node.value)
            if key == "<<":
                self._problem(key_node, path, "merge keys (<<) are not taken; write the keys out")
                continue
            here = (*path, key)
            if key in data:
                first = self.keys[here]
                self._problem(
                    key_node,
                    here,
                    f"the key stands here a second time (first in line {first.line})",
                )
                continue
            self.keys[here] = _place(key_node)
            data[key] = self.build(value_node, here, depth + 1)
        return data

    def _scalar(self, node: Node, path: Path) -> Any:
        if node.tag == "tag:yaml.org,2002:timestamp":
            return node.value  # dates are read where a date is expected, as text everywhere else
        try:
            value = self._scalars.construct_object(node)
        except (MarkedYAMLError, ValueError) as error:
            problem = getattr(error, "problem", None) or str(error)
            self._problem(node, path, f"cannot be read: {problem}; put it in quotes")
            return None
        if value is None or isinstance(value, str | int | float | bool):
            return value
        self._problem(node, path, "only text, numbers, true and false are taken; put it in quotes")
        return None

    def _problem(self, node: Node, path: Path, message: str) -> None:
        place = _place(node)
        self.problems.append(
            Problem(
                file=self.file,
                line=place.line,
                column=place.column,
                where=path_name(path, None),
                message=message,
            )
        )


def _place(node: Node) -> Place:
    return _at(node.start_mark)


def _at(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)
