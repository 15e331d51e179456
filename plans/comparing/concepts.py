"""What a text in either language speaks of: terms of the glossary, and names that have an id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from plans.comparing.normalise import fold, is_chinese
from plans.model import Task
from plans.registry.model import Registry, Titled

_PLURAL = re.compile(r"(?<=[a-z]{2})(?:(ies)|(?<=ss|ch|sh)es|(?<=x)es|(?<!s)s)$")
_WORDS = re.compile(r"[a-z0-9]+")


class Said(NamedTuple):
    """The concepts that a text speaks of, and those whose name only stands inside a longer one."""

    said: frozenset[str]
    inside: frozenset[str]


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
        self.found = lru_cache(maxsize=4096)(self._found)

    def of(self, text: str) -> frozenset[str]:
        """All concepts of a text, those inside longer ones too."""
        said, inside = self.found(text)
        return said | inside

    def _found(self, text: str) -> Said:
        """The concepts of a text; a term inside a longer one (专利 in 专利池) stands apart."""
        folded = fold(text)
        said, inside = (
            self._in_chinese_text(folded) if is_chinese(folded) else self._in_english_text(folded)
        )
        return Said(frozenset(said), frozenset(inside - said))

    def _in_chinese_text(self, folded: str) -> tuple[set[str], set[str]]:
        said: set[str] = set()
        inside: set[str] = set()
        start = 0
        while match := self._in_chinese.search(folded, start):
            word = match.group()
            said |= self._chinese[word]
            for size in range(2, len(word)):
                for at in range(len(word) - size + 1):
                    inside |= self._chinese.get(word[at : at + size], frozenset())
            start = match.end()
        return said, inside

    def _in_english_text(self, folded: str) -> tuple[set[str], set[str]]:
        stems = _stems(folded)
        said: set[str] = set()
        inside: set[str] = set()
        end = 0
        for start in range(len(stems)):
            for size in range(min(self._longest, len(stems) - start), 0, -1):
                concepts = self._english.get(" ".join(stems[start : start + size]))
                if concepts is None:
                    continue
                if start + size > end:
                    said |= concepts
                    end = start + size
                else:
                    inside |= concepts
        return said, inside


def concepts_of(task: Task, finder: Concepts) -> Said:
    """The concepts of a task: those of its text, and the ids of what the reader found in it."""
    named = {f"i:{i.id}" for i in task.instruments if i.id}
    named |= {f"p:{p.id}" for p in task.programmes if p.id}
    said, inside = finder.found(task.text)
    return Said(said | named, inside - named)


def _names(titled: Titled) -> tuple[list[str], list[str]]:
    return (
        [name for name in (titled.zh, *titled.zh_names) if name],
        [name for name in (titled.en, *titled.en_names) if name],
    )


def _stems(text: str) -> list[str]:
    words = _WORDS.findall(fold(text).replace("’", "'"))
    return [_PLURAL.sub(_singular, word) for word in words]


def _singular(plural: re.Match[str]) -> str:
    return "y" if plural.group(1) else ""


def _alternation(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
