"""Mistakes in a configuration file, each with its place, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One mistake: where (lines and columns count from 1), what is wrong, what is allowed."""

    file: str
    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return (
            f"{place}: {self.where}: {self.message}" if self.where else f"{place}: {self.message}"
        )


class ConfigError(ValueError):
    """A configuration that cannot be used. ``problems`` are in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        head = f"{count} mistake{'s' if count != 1 else ''} in the configuration"
        super().__init__("\n".join([head + ":", *(f"  {problem}" for problem in self.problems)]))
