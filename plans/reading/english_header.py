"""The frame of an English text: title, dates, number, addressees, preamble."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from plans.model import Actor, Extract, FramePart
from plans.reading.english_bodies import english_of
from plans.reading.english_tongue import DATE, english_date
from plans.reading.lines import Line
from plans.reading.passage import Passage
from plans.registry.model import Registry

_NUMBER = re.compile(r"\b(?:[A-Z][A-Za-z]{1,20} )?[(\[〔]20\d\d[)\]〕],? No\. ?\d{1,4}")
_PUBLISHED = re.compile(r"^(?:published|posted|updated|date|released)\b:?", re.IGNORECASE)
_ISSUED = re.compile(
    r"^On (?P<date>[^,]{4,20}(?:, ?20\d\d)?|[^,]{4,24}), .{0,400}?\b(?:released|issued|published|promulgated|unveiled)\b",
    re.IGNORECASE | re.DOTALL,
)
_YEARS = re.compile(r"\b(20\d\d)(?: ?[-–—] ?(20\d\d))?\b")
_BYLINE = re.compile(r"^(?:By )?[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,4}$")


class EnglishHeader(msgspec.Struct, kw_only=True):
    """What stands before the first number."""

    title: str = ""
    number: str | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    published_on: dt.date | None = None
    edition: str | None = None
    addressees: tuple[Actor, ...] = ()
    parts: list[FramePart] = []
    #: The paragraphs themselves, read as prose where the text has no headings at all.
    body: list[Passage] = []


def read_english_header(lines: list[Line], extract: Extract, registry: Registry) -> EnglishHeader:
    """Read the opening lines of an English text."""
    header = EnglishHeader(parts=[], body=[])
    for index, line in enumerate(lines):
        text = line.passage.text
        date = DATE.search(text)
        if _PUBLISHED.match(text) and date and len(text) < 80:
            header.published_on = header.published_on or english_date(date)
            continue
        number = _NUMBER.search(text)
        if number and len(text) < 80:
            header.number = number[0]
            if number.end() - number.start() > len(text) - 12:
                continue
        if date and len(text) - (date.end() - date.start()) < 6:
            header.issued_on = english_date(date)
            before = lines[index - 1].passage.text if index else ""
            if index > 1 and len(before) < 120 and not before.endswith("."):
                header.issuer = before
            continue
        if text.endswith(":") and len(text) < 3000 and not header.addressees and index:
            header.addressees = _addressees(text, registry, extract)
            if header.addressees:
                continue
        if not header.title and not text.endswith("."):
            header.title = text
            continue
        if len(text) < 60 and _BYLINE.match(text) and not text.endswith("."):
            continue
        issued = _ISSUED.match(text)
        if issued and header.issued_on is None:
            on = DATE.search(text[:60])
            header.issued_on = english_date(on) if on else None
        header.body.append(line.passage)
        header.parts.append(FramePart(role="preamble", text=text, at=line.passage.span()))
    header.edition = _edition(header.title or extract.title or "")
    return header


def _edition(title: str) -> str | None:
    match = _YEARS.search(re.sub(r"[(\[]20\d\d[)\]],? No", "", title))
    if match is None:
        return None
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


def _addressees(text: str, registry: Registry, extract: Extract) -> tuple[Actor, ...]:
    english = english_of(registry, extract.published_on.year if extract.published_on else None)
    actors: list[Actor] = []
    for one in english.lists(text):
        for start, end in (*one.names, *one.helpers):
            actors.append(english.names.actor(text[start:end], text[start:end]))
    return tuple(actors)
