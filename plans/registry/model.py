"""The registry: bodies, instruments and programmes by all the names they have had.

A :class:`Registry` is a value that is passed in. Loading it from the shipped files and from the
user's own is :mod:`plans.registry.load`'s job.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

import msgspec

DisplayLanguage = Literal["zh", "en"]

#: Prefixes that an agency may drop without becoming another body (naming rule 1).
OPTIONAL_PREFIXES = ("国家", "中国", "国务院")

_SPACES = re.compile(r"\s+")
_ASCII_FOLD = str.maketrans("’‘“”", "''\"\"")


def name_key(name: str) -> str:
    """The form in which names are looked up: width folded, without layout space, lower case.

    Space is layout inside Chinese and a separator inside Latin text, so it is dropped where either
    neighbour is Chinese and folded to one blank elsewhere.
    """
    folded = unicodedata.normalize("NFKC", name).translate(_ASCII_FOLD).strip().lower()
    if folded.isascii():
        return _SPACES.sub(" ", folded)
    return _SPACES.sub("", folded)


class DatedName(msgspec.Struct, frozen=True):
    """A name and the years for which it points at its body: ``since`` counts, ``until`` does not."""

    text: str
    since: int | None = None
    until: int | None = None

    def holds_in(self, year: int | None) -> bool:
        """Whether the name pointed at this body in ``year``; with None, whether it does today."""
        if year is None:
            return self.until is None
        return (self.since is None or year >= self.since) and (
            self.until is None or year < self.until
        )


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """A body that the registry knows. ``predecessors`` are (agency id, year of succession)."""

    id: str
    zh: str
    en: str
    zh_short: str
    en_short: str
    zh_names: tuple[DatedName, ...]
    en_names: tuple[DatedName, ...]
    predecessors: tuple[tuple[str, int], ...] = ()
    since: int | None = None
    until: int | None = None
    member: bool = False

    def display(self, language: DisplayLanguage) -> str:
        """The name to show to a reader of ``language``: the current short form."""
        return self.zh_short if language == "zh" else self.en


class Titled(msgspec.Struct, frozen=True, kw_only=True):
    """An instrument or a programme: one id for its titles in both languages, current one first."""

    id: str
    zh: str
    en: str
    zh_names: tuple[str, ...]
    en_names: tuple[str, ...]

    def display(self, language: DisplayLanguage) -> str:
        """The title to show to a reader of ``language``; the other one where it has none."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


class Term(msgspec.Struct, frozen=True):
    """One entry of the bilingual glossary; ``en_names`` are other English words for it."""

    zh: str
    en: str
    en_names: tuple[str, ...] = ()


class Registry(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that is known of names. ``version`` changes whenever any of the data does."""

    version: str
    agencies: Mapping[str, Agency]
    instruments: Mapping[str, Titled]
    programmes: Mapping[str, Titled]
    terms: tuple[Term, ...] = ()

    @cached_property
    def _agency_names(self) -> dict[str, list[tuple[DatedName, Agency]]]:
        index: dict[str, list[tuple[DatedName, Agency]]] = {}
        for agency in self.agencies.values():
            for name in (*agency.zh_names, *agency.en_names):
                index.setdefault(name_key(name.text), []).append((name, agency))
        return index

    @cached_property
    def _instrument_titles(self) -> dict[str, Titled]:
        return _titles(self.instruments.values())

    @cached_property
    def _programme_names(self) -> dict[str, Titled]:
        return _titles(self.programmes.values())

    def find_agency(self, name: str, year: int | None = None) -> Agency | None:
        """The body that ``name``, exactly and wholly, pointed at in ``year`` (None: today)."""
        for dated, agency in self._agency_names.get(name_key(name), ()):
            if dated.holds_in(year):
                return agency
        return None

    def agency_names(self, year: int | None = None) -> dict[str, Agency]:
        """Every name, as written in the registry, that points at a body in ``year``."""
        return {
            dated.text: agency
            for entries in self._agency_names.values()
            for dated, agency in entries
            if dated.holds_in(year)
        }

    def find_instrument(self, title: str) -> Titled | None:
        """The instrument of this title in either language, with or without its decoration."""
        return self._instrument_titles.get(title_key(title))

    def find_programme(self, name: str) -> Titled | None:
        """The programme of this name in either language."""
        return self._programme_names.get(title_key(name))

    def continues(self, newer: str, older: str) -> bool:
        """Whether the body ``newer`` is ``older`` or, directly or through others, its successor."""
        if newer == older:
            return True
        agency = self.agencies.get(newer)
        if agency is None:
            return False
        return any(self.continues(before, older) for before, _ in agency.predecessors)

    def agency_display(self, id_or_name: str, language: DisplayLanguage) -> str:
        """The name to show for a registry id; what is no id is shown as it is."""
        agency = self.agencies.get(id_or_name)
        return agency.display(language) if agency else id_or_name


def title_key(title: str) -> str:
    """The form in which titles are looked up: no 《》, quotes, 中华人民共和国 or leading article."""
    key = name_key(title).strip("《》<>“”\"'「」『』")
    key = key.replace("《", "").replace("》", "").removeprefix("中华人民共和国")
    return key.removeprefix("the ")


def _titles(entries: Iterable[Titled]) -> dict[str, Titled]:
    index: dict[str, Titled] = {}
    for entry in entries:
        for title in (entry.zh, entry.en, *entry.zh_names, *entry.en_names):
            if title:
                index.setdefault(title_key(title), entry)
    return index
