"""Our names in both languages, as a translation must use them. Pure."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property

import msgspec

from plans.registry.model import Registry

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
#: Services refuse longer entries; a name is shorter.
_LONGEST = 200


class Glossary(msgspec.Struct, frozen=True, dict=True):
    """Pairs of Chinese and English, longest Chinese first."""

    pairs: tuple[tuple[str, str], ...]

    @cached_property
    def version(self) -> str:
        """Changes whenever any pair does."""
        return hashlib.sha256(repr(self.pairs).encode()).hexdigest()[:12]

    def within(self, text: str) -> tuple[tuple[str, str], ...]:
        """The pairs whose Chinese stands in ``text``."""
        return tuple(pair for pair in self.pairs if pair[0] in text)

    def put_in(self, text: str) -> str:
        """``text`` with our names in English put in, for services that know no glossary."""
        for zh, en in self.within(text):
            text = text.replace(zh, f" {en} ")
        return text


def glossary_of(registry: Registry) -> Glossary:
    """Bodies, instruments, programmes and terms of the registry."""
    pairs: dict[str, str] = {}
    for agency in registry.agencies.values():
        for zh in (agency.zh_short, agency.zh):
            pairs.setdefault(zh, agency.en)
    for titled in (*registry.instruments.values(), *registry.programmes.values()):
        pairs.setdefault(titled.zh, titled.en)
    for term in registry.terms:
        pairs.setdefault(term.zh, term.en)
    kept = [
        (zh, en)
        for zh, en in pairs.items()
        if zh and en and zh != en and max(len(zh), len(en)) <= _LONGEST and chinese(zh)
    ]
    return Glossary(tuple(sorted(kept, key=lambda pair: (-len(pair[0]), pair[0]))))


def chinese(text: str) -> bool:
    """Whether ``text`` has Chinese characters."""
    return _HAN.search(text) is not None
