"""Which document an article belongs to, by what its list or its own page says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from monitor.config.documents import DocumentConfig
from monitor.config.fields import LONGEST_TITLE
from monitor.discovering.listing import Row


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """``sure``: it is a text of ``document``; ``near``: a person decides; ``no``: it is none."""

    certainty: Literal["sure", "near", "no"]
    document: str | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()


def match_row(row: Row, documents: Sequence[DocumentConfig]) -> Match:
    """The document that a row of a list belongs to, the surest one."""
    best = Match(certainty="no")
    for document in documents:
        match = _match(row, document)
        if match.score > best.score:
            best = match
    return best


def fits_document(document: DocumentConfig, titles: Iterable[str], numbers: Iterable[str]) -> bool:
    """Whether a title or a number is one that ``document`` has or had."""
    return any(_any(document.title_patterns, title) for title in titles) or any(
        _any(document.numbers, number) for number in numbers
    )


def _match(row: Row, document: DocumentConfig) -> Match:
    if _any(document.not_patterns, row.title):
        return Match(certainty="no")
    if row.number and _any(document.numbers, row.number):
        return Match(
            certainty="sure", document=document.id, score=1.0, reasons=("its number fits",)
        )
    if _any(document.title_patterns, row.title):
        return Match(certainty="sure", document=document.id, score=0.9, reasons=("its title fits",))
    if _any(document.near_patterns, row.title):
        return Match(
            certainty="near", document=document.id, score=0.5, reasons=("its title is near",)
        )
    return Match(certainty="no")


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(re.search(pattern, text[:LONGEST_TITLE]) for pattern in patterns)
