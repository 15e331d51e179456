"""A registry as a key of caches: equal where the version is, since a registry holds mappings."""

from __future__ import annotations

from plans.registry.model import Registry


class ByVersion:
    """A registry that is equal to every other one of its version."""

    __slots__ = ("registry",)

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __hash__(self) -> int:
        return hash(self.registry.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByVersion) and self.registry.version == other.registry.version
