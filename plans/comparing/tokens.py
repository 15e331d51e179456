"""Text as tokens that a difference must not cut: titles, quoted names, bodies, numbers, words.

Joining the tokens of a text gives the text. Words come from dictionaries by longest match, forward
and backward, and the cut with fewer single characters wins; characters between known words stay
together in runs of up to three, since an unknown word must not be cut either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from sys import intern

from plans.comparing.memo import ByVersion
from plans.comparing.wordings import wordings
from plans.registry.model import Registry

#: Longest word that is looked up; longer names of bodies are found by pattern.
LONGEST = 8
_RANGES = (("㐀", "鿿"), ("豈", "﫿"), ("〇", "〇"))
_CHINESE = "".join(f"{first}-{last}" for first, last in _RANGES)
_NUMERAL = "〇零一二三四五六七八九十百千万亿两"


class Tokenizer:
    """Cuts texts for one registry. Its memory of texts is bounded."""

    def __init__(self, registry: Registry) -> None:
        names = sorted(
            (
                name.text
                for agency in registry.agencies.values()
                for name in (*agency.zh_names, *agency.en_names)
                if len(name.text) > 2
            ),
            key=lambda name: (-len(name), name),
        )
        bodies = "|".join(map(re.escape, names))
        # Group 1: characters that begin neither a name nor a number, many in one step.
        free = _without({name[0] for name in names} | set(f"第百{_NUMERAL}"))
        self._pattern = re.compile(
            rf"([{free}]+)|《[^《》]{{1,80}}》|[“「][^“”「」]{{1,40}}[”」]|{bodies + '|' if bodies else ''}"
            rf"\d+(?:[.,]\d+)*[%％]?|百分之[{_NUMERAL}]+|第?[{_NUMERAL}]{{2,}}"
            rf"|[A-Za-z]+(?:[’'-][A-Za-z]+)*|([{_CHINESE}])|\s+|."
            , re.DOTALL,
        )  # fmt: skip
        self._words = _general_words() | {
            word
            for word in (
                *(term.zh for term in registry.terms),
                *(t.zh for t in registry.programmes.values()),
                *(t.zh for t in registry.instruments.values()),
            )
            if 2 <= len(word) <= LONGEST
        }
        # Most characters begin, or end, few words or none: only these lengths are looked up.
        self._starting = _lengths(self._words, 0)
        self._ending = _lengths(self._words, -1)
        self._spell = lru_cache(maxsize=8192)(self._cut)
        # Old and new wordings share most of their clauses.
        self._cut_run = lru_cache(maxsize=16384)(self._segment)

    def tokens(self, text: str) -> tuple[str, ...]:
        """The tokens of a text, in order; joined they are the text."""
        return self._spell(text)

    def _cut(self, text: str) -> tuple[str, ...]:
        tokens: list[str] = []
        run: list[str] = []
        for match in self._pattern.finditer(text):
            piece = match.group()
            if match.lastindex:
                run.append(piece)
                continue
            if run:
                tokens.extend(self._cut_run("".join(run)))
                run.clear()
            tokens.append(piece)
        if run:
            tokens.extend(self._cut_run("".join(run)))
        return tuple(tokens)

    def _segment(self, run: str) -> tuple[str, ...]:
        forward, backward = self._forward(run), self._backward(run)
        if (_loose(backward), len(backward)) <= (_loose(forward), len(forward)):
            forward = backward
        return tuple(map(intern, _join_unknown(forward)))

    def _forward(self, run: str) -> list[str]:
        words: list[str] = []
        known, starting = self._words, self._starting.get
        start, last = 0, len(run)
        while start < last:
            for size in starting(run[start], ()):
                word = run[start : start + size]
                if word in known:
                    break
            else:
                word = run[start]
            words.append(word)
            start += len(word)
        return words

    def _backward(self, run: str) -> list[str]:
        words: list[str] = []
        known, ending = self._words, self._ending.get
        end = len(run)
        while end > 0:
            for size in ending(run[end - 1], ()):
                word = run[end - size : end] if size <= end else ""
                if word in known:
                    break
            else:
                word = run[end - 1]
            words.append(word)
            end -= len(word)
        words.reverse()
        return words


def _lengths(words: Iterable[str], at: int) -> dict[str, tuple[int, ...]]:
    """First (0) or last (-1) character -> the lengths of the words with it, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        if 1 < len(word) <= LONGEST:
            found.setdefault(word[at], set()).add(len(word))
    return {letter: tuple(sorted(sizes, reverse=True)) for letter, sizes in found.items()}


@lru_cache(maxsize=4)
def _tokenizer(holder: ByVersion) -> Tokenizer:
    return Tokenizer(holder.registry)


def tokenizer(registry: Registry) -> Tokenizer:
    """The tokenizer for this version of the registry; the four used last are kept."""
    return _tokenizer(ByVersion(registry))


@lru_cache(maxsize=1)
def _general_words() -> frozenset[str]:
    folder = resources.files("plans.comparing") / "data"
    words = {
        word
        for line in (folder / "words.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
        for word in line.split()
    }
    known = wordings()
    words.update(word for word in (*known.frame, *known.same) if len(word) <= LONGEST)
    return frozenset(words)


def _without(characters: set[str]) -> str:
    """All Chinese characters but these, as ranges for a character class."""
    ranges: list[str] = []
    for first, last in _RANGES:
        start = ord(first)
        for code in sorted(ord(c) for c in characters if first <= c <= last):
            if code > start:
                ranges.append(f"{chr(start)}-{chr(code - 1)}")
            start = code + 1
        if start <= ord(last):
            ranges.append(f"{chr(start)}-{last}")
    return "".join(ranges)


def _loose(words: list[str]) -> int:
    return [*map(len, words)].count(1)


def _join_unknown(words: list[str]) -> list[str]:
    """Single characters beside each other are an unknown word: kept together, up to three.

    Particles and conjunctions (的, 和, 等) are words of their own.
    """
    joined: list[str] = []
    loose = ""
    for word in words:
        if len(word) == 1 and word not in _PARTICLES:
            loose += word
            if len(loose) == 4:
                joined += loose[:2], loose[2:]
                loose = ""
            continue
        if loose:
            joined.append(loose)
            loose = ""
        joined.append(word)
    if loose:
        joined.append(loose)
    return joined


_PARTICLES = frozenset("的和与及或等在对为将把向从以由于按并而其所该本各每年月日第不被至到")
