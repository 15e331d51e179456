"""REF: how people name a version: DOC#7, DOC@2024, DOC@latest, DOC@baseline, DOC@as-of:2025-05-07.

Where a name leaves open which text is meant, official comes before summary, translation, commentary
and draft, and simplified Chinese before traditional before English.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

import msgspec
from sqlalchemy.engine import Connection

from storage import baselines, documents, versions
from storage.errors import BadRef, NotFound
from storage.overview import LANGUAGES, NATURES
from storage.records import Version
from storage.versions import SHANGHAI

_REF = re.compile(r"(?P<document>[^\s#@]+)(?:#(?P<number>\d{1,9})|@(?P<word>\S+))")
_FORMS = "write DOC#7, DOC@2024, DOC@latest, DOC@baseline or DOC@as-of:2025-05-07"


class Ref(msgspec.Struct, frozen=True, kw_only=True):
    """A parsed reference; ``value`` is the number, the edition or the ISO day, else ""."""

    document_id: str
    kind: Literal["number", "edition", "latest", "baseline", "as_of"]
    value: str = ""


def parse(text: str) -> Ref:
    """Understand a reference without looking anything up. Raises BadRef with the forms allowed."""
    match = _REF.fullmatch(text.strip())
    if match is None:
        raise BadRef(f"{text!r} names no version; {_FORMS}")
    document_id = match["document"]
    if match["number"] is not None:
        return Ref(document_id=document_id, kind="number", value=str(int(match["number"])))
    word = match["word"]
    if word == "latest":
        return Ref(document_id=document_id, kind="latest")
    if word == "baseline":
        return Ref(document_id=document_id, kind="baseline")
    if word.startswith("as-of:"):
        day = word.removeprefix("as-of:")
        try:
            return Ref(
                document_id=document_id, kind="as_of", value=dt.date.fromisoformat(day).isoformat()
            )
        except ValueError as error:
            raise BadRef(f"{text!r}: {day!r} is no day; write it as 2025-05-07") from error
    return Ref(document_id=document_id, kind="edition", value=word)


def resolve(conn: Connection, ref: str | Ref) -> Version:
    """The version that a reference points at. Raises BadRef, saying what there is instead."""
    wanted = parse(ref) if isinstance(ref, str) else ref
    try:
        documents.get(conn, wanted.document_id)
    except NotFound as error:
        raise BadRef(str(error)) from error
    if wanted.kind == "number":
        found = versions.by_number(conn, wanted.document_id, int(wanted.value))
    elif wanted.kind == "baseline":
        found = _baseline(conn, wanted.document_id)
    else:
        found = _chosen(conn, wanted)
    if found is None:
        raise BadRef(
            f"{wanted.document_id} has no version {_words(wanted)}; "
            f"`planwatch versions {wanted.document_id}` lists what there is"
        )
    return found


def as_of(conn: Connection, document_id: str, day: dt.date) -> Version | None:
    """The version that was in force at the end of ``day`` in Asia/Shanghai, by what is known now.

    The first text of a date of issue counts from that date (of publication, where it is known); a
    later text with the same date, which replaced it without a word, from when it was first fetched.
    """
    for line in _lines(conn, document_id):
        known = [v for v, since in _in_force(line) if since <= day]
        if known:
            return known[-1]
    return None


def _in_force(line: tuple[Version, ...]) -> list[tuple[Version, dt.date]]:
    found: list[tuple[Version, dt.date]] = []
    seen: set[tuple[str | None, dt.date]] = set()
    for version in line:
        dated = version.published_on or version.issued_on
        fetched = version.fetched_at.astimezone(SHANGHAI).date()
        if dated is None or (version.edition, dated) in seen:
            found.append((version, fetched))
        else:
            seen.add((version.edition, dated))
            found.append((version, dated))
    return found


def _chosen(conn: Connection, wanted: Ref) -> Version | None:
    if wanted.kind == "as_of":
        return as_of(conn, wanted.document_id, dt.date.fromisoformat(wanted.value))
    for line in _lines(conn, wanted.document_id):
        fitting = [v for v in line if wanted.kind == "latest" or v.edition == wanted.value]
        if fitting:
            return fitting[-1]
    return None


def _lines(conn: Connection, document_id: str) -> list[tuple[Version, ...]]:
    """The document's texts by language and nature, the preferred ones first, each in succession."""
    lines: dict[tuple[str, str], list[Version]] = {}
    for version in versions.in_succession(conn, document_id):
        lines.setdefault((version.nature, version.language), []).append(version)
    preferred = [(nature, language) for nature in NATURES for language in LANGUAGES]
    return [tuple(lines[key]) for key in preferred if key in lines]


def _baseline(conn: Connection, document_id: str) -> Version | None:
    baseline = baselines.current(conn, document_id)
    if baseline is None or baseline.version_id is None:
        return None
    return versions.get(conn, baseline.version_id)


def _words(ref: Ref) -> str:
    return {
        "number": f"number {ref.value}",
        "edition": f"of the edition {ref.value}",
        "latest": "at all",
        "baseline": "set as its baseline",
        "as_of": f"that was in force on {ref.value}",
    }[ref.kind]
