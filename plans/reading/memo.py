"""Things compiled from a registry once and used for every text read with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from plans.registry.model import Registry

T = TypeVar("T")


class _Keyed:
    """A registry as a key: its version names its whole content."""

    __slots__ = ("key", "registry")

    def __init__(self, registry: Registry, year: int | None) -> None:
        self.registry = registry
        self.key = (registry.version, year)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and other.key == self.key


def once_per_registry(
    make: Callable[[Registry, int | None], T],
) -> Callable[[Registry, int | None], T]:
    """Keep what ``make(registry, year)`` gives for the registries and years last used."""

    @lru_cache(maxsize=24)
    def made(keyed: _Keyed) -> T:
        return make(keyed.registry, keyed.key[1])

    def look_up(registry: Registry, year: int | None) -> T:
        return made(_Keyed(registry, year))

    return look_up
