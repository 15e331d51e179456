"""Reads the registry from the shipped CSV files, and from a user's own beside them.

A user's folder may hold any of the same file names; a row whose ``id`` the shipped file has
replaces it, another one is added.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from plans.registry.model import Agency, DatedName, Registry, Term, Titled

AGENCIES = "agencies.csv"
INSTRUMENTS = "instruments.csv"
PROGRAMMES = "programmes.csv"
TERMS = "terms.csv"
FILES = (AGENCIES, INSTRUMENTS, PROGRAMMES, TERMS)

T = TypeVar("T")


class RegistryError(ValueError):
    """A registry file that cannot be used; the message names file, line and remedy."""


@lru_cache(maxsize=1)
def shipped_registry() -> Registry:
    """The registry that comes with the program."""
    return _registry([_shipped_texts()])


def load_registry(own_folder: Path | None = None) -> Registry:
    """The shipped registry, with the rows of ``own_folder`` added or put in place of its rows.

    Raises :class:`RegistryError` where a file of that folder has a wrong column or value, or where
    a name would point at two bodies in one year.
    """
    if own_folder is None:
        return shipped_registry()
    own = {
        name: (str(own_folder / name), (own_folder / name).read_text(encoding="utf-8-sig"))
        for name in FILES
        if (own_folder / name).is_file()
    }
    return _registry([_shipped_texts(), own])


Texts = dict[str, tuple[str, str]]


def _shipped_texts() -> Texts:
    folder = resources.files("plans.registry") / "data"
    return {name: (name, (folder / name).read_text(encoding="utf-8")) for name in FILES}


def _registry(layers: list[Texts]) -> Registry:
    digest = hashlib.sha256()
    for layer in layers:
        for name in sorted(layer):
            digest.update(name.encode() + b"\0" + layer[name][1].encode() + b"\0")
    agencies = {a.id: a for a in _rows(layers, AGENCIES, _agency)}
    _check_names(agencies)
    return Registry(
        version=digest.hexdigest()[:12],
        agencies=agencies,
        instruments={t.id: t for t in _rows(layers, INSTRUMENTS, _titled)},
        programmes={t.id: t for t in _rows(layers, PROGRAMMES, _titled)},
        terms=tuple(_rows(layers, TERMS, _term)),
    )


def _rows(layers: list[Texts], name: str, make: Callable[[dict[str, str]], T]) -> Iterator[T]:
    for layer in layers:
        if name not in layer:
            continue
        label, text = layer[name]
        reader = csv.DictReader(io.StringIO(text), strict=True)
        try:
            for row in reader:
                if None in row or None in row.values():
                    raise RegistryError(
                        f"{label}, line {reader.line_num}: this row has not as many fields as the "
                        f"header; the columns are {', '.join(reader.fieldnames or ())}"
                    )
                yield make(row)
        except (csv.Error, KeyError, ValueError) as error:
            if isinstance(error, RegistryError):
                raise
            what = f"column {error} is missing" if isinstance(error, KeyError) else str(error)
            raise RegistryError(f"{label}, line {reader.line_num}: {what}") from error


def _agency(row: dict[str, str]) -> Agency:
    zh_names = _dated(row["zh_names"]) or (DatedName(row["zh_full"]),)
    # The formal name is a name too, and no file needs to say so twice.
    if row["zh_full"] not in {name.text for name in zh_names}:
        zh_names = (*zh_names, DatedName(row["zh_full"]))
    en_names = _dated(row["en_names"])
    if row["en_full"] and row["en_full"] not in {name.text for name in en_names}:
        en_names = (DatedName(row["en_full"]), *en_names)
    abbreviations = [n.text for n in en_names if n.text.isupper() and n.until is None]
    if not row["id"]:
        raise ValueError("a body needs an id")
    return Agency(
        id=row["id"],
        zh=row["zh_full"],
        en=row["en_full"] or row["zh_full"],
        zh_short=zh_names[0].text,
        en_short=abbreviations[0] if abbreviations else row["en_full"] or row["id"],
        zh_names=zh_names,
        en_names=en_names,
        predecessors=tuple(
            (before, int(year))
            for before, _, year in (item.partition(":") for item in _items(row["successor_of"]))
        ),
        since=int(row["since"]) if row["since"] else None,
        until=int(row["until"]) if row["until"] else None,
        member=row["member"] == "yes",
    )


def _titled(row: dict[str, str]) -> Titled:
    if not row["id"]:
        raise ValueError("a title needs an id")
    return Titled(
        id=row["id"],
        zh=row["zh"],
        en=row["en"],
        zh_names=tuple(_items(row["zh_names"])),
        en_names=tuple(_items(row["en_names"])),
    )


def _term(row: dict[str, str]) -> Term:
    english = _items(row["en"])
    if not row["zh"] or not english:
        raise ValueError("a term needs its words in both languages")
    return Term(row["zh"], english[0], tuple(english[1:]))


def _items(field: str) -> list[str]:
    return [item.strip() for item in field.split("|") if item.strip()]


def _dated(field: str) -> tuple[DatedName, ...]:
    names = []
    for item in _items(field):
        text, at, years = item.partition("@")
        since, _, until = years.partition("-")
        names.append(
            DatedName(text, int(since) if since else None, int(until) if until else None)
            if at
            else DatedName(text)
        )
    return tuple(names)


def _check_names(agencies: dict[str, Agency]) -> None:
    """No name points at two bodies in one year (the rule that makes a look-up certain)."""
    seen: dict[str, list[tuple[DatedName, Agency]]] = {}
    for agency in agencies.values():
        for name in (*agency.zh_names, *agency.en_names):
            for other, owner in seen.get(name.text, ()):
                if owner.id != agency.id and _overlap(name, other):
                    raise RegistryError(
                        f"{AGENCIES}: the name {name.text!r} points at {owner.id} and at "
                        f"{agency.id} in the same years; write years as NAME@from-to"
                    )
            seen.setdefault(name.text, []).append((name, agency))


def _overlap(one: DatedName, other: DatedName) -> bool:
    start = max(one.since or 0, other.since or 0)
    end = min(one.until or 9999, other.until or 9999)
    return start < end
