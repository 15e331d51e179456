"""Which document an article of a list belongs to, how sure that is, and why. Pure.

A title alone does not identify a document, and a number alone does not either: an office issues
more than its plan. What is near but not sure goes to review.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import msgspec

from monitor.config.documents import DocumentConfig
from monitor.config.fields import LONGEST_TITLE
from monitor.discovering.listing import Row
from plans.model import PARTIAL_NATURES, Nature
from plans.reading.characters import fold

Certainty = Literal["sure", "near", "no"]

#: Raised whenever rows may be judged otherwise than before: then all are judged anew.
JUDGING_VERSION = "1"

SURE = 60
NEAR = 25

_TITLE = 70
_NEAR_TITLE = 30
_CUT_TITLE = 30
_NUMBER = 30
_ISSUER = 20
_EDITION = 10
_ABOUT_IT = -60
#: 《…》 in a title names what the notice is about; its brackets do not matter to patterns.
_QUOTED = re.compile(r"《([^《》]{2,200})》")
#: So much of a document's name must stand at the end of a title that the list cuts.
_SHORTEST_START = 4
_YEAR = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NUMBER_SHAPE = re.compile(
    r"[一-鿿]{1,12}\s*[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*\d{1,4}\s*号"
)


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """``score`` in points, ``sure`` from :data:`SURE` on, ``near`` from :data:`NEAR` on.

    ``reasons`` tell each part of the score to people; ``edition`` is set where the title names it.
    """

    document: str
    certainty: Certainty
    score: int
    reasons: tuple[str, ...]
    edition: str | None = None


def best_match(
    row: Row, documents: Iterable[DocumentConfig], *, nature: Nature = "official"
) -> Match | None:
    """The document that fits best; None where none is even near. ``nature`` is the source's."""
    matches = [match_row(row, document, nature=nature) for document in documents]
    likely = [match for match in matches if match.certainty != "no"]
    return max(likely, key=lambda match: match.score, default=None)


def match_row(row: Row, document: DocumentConfig, *, nature: Nature = "official") -> Match:
    """How well one article of a list fits one document.

    Papers about a document are kept apart from it, save where the source is one of commentaries:
    there they are what is looked for.
    """
    forms = _forms(row.title)
    score, reasons, edition = 0, [], None
    found = _first(document.title_patterns, forms)
    if found is not None:
        score += _TITLE
        reasons.append(f"the title fits {found.re.pattern!r}")
        edition = found.groupdict().get("edition")
        if edition:
            score += _EDITION
            reasons.append(f"it names the edition {edition}")
    elif (near := _first(document.near_patterns, forms)) is not None:
        score += _NEAR_TITLE
        reasons.append(f"the title is near: {near.re.pattern!r}")
    elif row.cut and _may_go_on(row.title, document.titles.zh):
        score += _CUT_TITLE
        reasons.append(f"the list cuts the title where it may go on as {document.titles.zh}")
    number = row.number or _number_in(row.title)
    if number and (fits := _first(document.numbers, (number, _narrow(number)))):
        score += _NUMBER
        reasons.append(f"the number {number} fits {fits.re.pattern!r}")
    issuer = _issuer(row, document)
    if issuer is not None:
        score += _ISSUER
        reasons.append(f"{issuer} is named")
    about = None if nature in PARTIAL_NATURES else _first(document.not_patterns, forms)
    if about is not None and score:
        score += _ABOUT_IT
        reasons.append(f"it speaks about it: {about.group(0)}")
    certainty: Certainty = "sure" if score >= SURE else "near" if score >= NEAR else "no"
    return Match(
        document=document.id,
        certainty=certainty,
        score=score,
        reasons=tuple(reasons),
        edition=edition,
    )


def _forms(title: str) -> tuple[str, ...]:
    """The title as printed, folded without layout space, without 《》, and what stands in them."""
    title = title[:LONGEST_TITLE]
    bare = re.sub("[《》]", "", title)
    printed = dict.fromkeys((title, *_QUOTED.findall(title), bare))
    narrow = dict.fromkeys(map(_narrow, printed))
    return tuple(dict.fromkeys((*printed, *narrow, *map(_folded, narrow))))


def _narrow(text: str) -> str:
    """ASCII forms of letters, digits and brackets; Chinese without spaces."""
    narrow = unicodedata.normalize("NFKC", text)
    return narrow if narrow.isascii() else re.sub(r"\s+", "", narrow)


def _folded(text: str) -> str:
    """Simplified script with the marks that official pages use, and a year in digits."""
    narrow = _narrow(text)
    if narrow.isascii():
        return narrow
    simple = fold(narrow)
    return _YEAR.sub(lambda year: year[0].translate(_DIGITS), simple)


def _may_go_on(title: str, name: str) -> bool:
    """Whether what a list shows of a title ends within a document's name, or after it."""
    shown = _folded(title)
    starts = (name[:end] for end in range(_SHORTEST_START, len(name)))
    return name in shown or any(shown.endswith(start) for start in starts)


def _first(patterns: Iterable[str], forms: Iterable[str]) -> re.Match[str] | None:
    for pattern in patterns:
        compiled = _compiled(pattern)
        for form in forms:
            found = compiled.search(form)
            if found is not None:
                return found
    return None


@lru_cache(maxsize=2000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _number_in(title: str) -> str | None:
    found = _NUMBER_SHAPE.search(title)
    return found.group(0) if found else None


def _issuer(row: Row, document: DocumentConfig) -> str | None:
    where = f"{row.title} {row.issuer or ''}"
    return next((issuer for issuer in document.issuers if issuer in where), None)
