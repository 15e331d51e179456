"""What a text in either language speaks of: terms of the glossary, and names that have an id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from plans.comparing.normalise import fold, is_chinese
from plans.model import Task
from plans.registry.model import Registry, Titled

_PLURAL = re.compile(r"(?<=[a-z]{3})(?:ies|es|s)$")
_WORDS = re.compile(r"[a-z0-9]+")


class Concepts:
    """Finds concepts in texts of either language, for one registry."""

    def __init__(self, registry: Registry) -> None:
        self._chinese: dict[str, frozenset[str]] = {}
        self._english: dict[str, frozenset[str]] = {}
        entries: list[tuple[str, Iterable[str], Iterable[str]]] = [
            ("t:" + fold(term.zh), [term.zh], [term.en, *term.en_names]) for term in registry.terms
        ]
        entries += [("i:" + t.id, *_names(t)) for t in registry.instruments.values()]
        entries += [("p:" + t.id, *_names(t)) for t in registry.programmes.values()]
        for concept, chinese, english in entries:
            for name in chinese:
                key = fold(name)
                self._chinese[key] = self._chinese.get(key, frozenset()) | {concept}
            for name in english:
                key = " ".join(_stems(name))
                self._english[key] = self._english.get(key, frozenset()) | {concept}
        self._english.pop("", None)
        self._chinese.pop("", None)
        self._in_chinese = _alternation(self._chinese)
        self._longest = max((len(key.split()) for key in self._english), default=1)
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, text: str) -> frozenset[str]:
        """The concepts of a text; a term inside a longer one (专利 in 专利池) counts as well."""
        folded = fold(text)
        return self._of_chinese(folded) if is_chinese(folded) else self._of_english(folded)

    def _of_chinese(self, folded: str) -> frozenset[str]:
        found: set[str] = set()
        start = 0
        while match := self._in_chinese.search(folded, start):
            word = match.group()
            found |= self._chinese[word]
            for size in range(2, len(word)):
                for at in range(len(word) - size + 1):
                    found |= self._chinese.get(word[at : at + size], frozenset())
            start = match.end()
        return frozenset(found)

    def _of_english(self, folded: str) -> frozenset[str]:
        stems = _stems(folded)
        found: set[str] = set()
        for start in range(len(stems)):
            for size in range(1, min(self._longest, len(stems) - start) + 1):
                found |= self._english.get(" ".join(stems[start : start + size]), frozenset())
        return frozenset(found)


def concepts_of(task: Task, finder: Concepts) -> frozenset[str]:
    """The concepts of a task: those of its text, and the ids of what the reader found in it."""
    named = {f"i:{i.id}" for i in task.instruments if i.id}
    named |= {f"p:{p.id}" for p in task.programmes if p.id}
    return finder.of(task.text) | named


def _names(titled: Titled) -> tuple[list[str], list[str]]:
    return (
        [name for name in (titled.zh, *titled.zh_names) if name],
        [name for name in (titled.en, *titled.en_names) if name],
    )


def _stems(text: str) -> list[str]:
    return [_PLURAL.sub("", word) for word in _WORDS.findall(fold(text).replace("’", "'"))]


def _alternation(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
