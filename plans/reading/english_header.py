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

_NUMBER = re.compile(r"\b(?:(?:[A-Z][A-Za-z]{1,20}|issued) )?[(\[〔]20\d\d[)\]〕],? No\. ?\d{1,4}")
_LABEL_ALONE = re.compile(
    r"^(?:release|publish(?:ed|ing)?|post(?:ed)?|update[ds]?)?(?: ?(?:time|date|on))? ?:$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"^(?:published|posted|updated|date|released)\b:?", re.IGNORECASE)
#: Somebody & Co | May 21, 2031 | 4 min read
_PARTED = re.compile(r" [|·•] |\bmin(?:ute)? read\b")
_ISSUED = re.compile(
    r"^On (?P<date>[^,]{4,20}(?:, ?20\d\d)?|[^,]{4,24}), .{0,400}?\b(?:released|issued|published|promulgated|unveiled)\b",
    re.IGNORECASE | re.DOTALL,
)
_YEARS = re.compile(r"\b(20\d\d)(?: ?[-–—] ?(20\d\d))?\b")
#: Words of which a title of a plan, or of an article on one, holds at least one.
_TITLE_WORD = re.compile(
    r"\b(?:Plan|Programme|Program|Outline|Notice|Circular|Opinions|Measures|Regulations?|Law|Guidelines?|Agenda|"
    r"Work Points|Priorities|Strategy|Rules|Provisions|Decision|Blueprint|Roadmap)s?\b",
    re.IGNORECASE,
)
#: No line is longer that holds little more than a date.
_LONGEST_DATED = 120
_ENDS_IN_DATE = re.compile(rf"[^,|]{{4,80}}, (?:{DATE.pattern})$", re.IGNORECASE)
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
    #: issued_on is a date that stood alone on its line, without a number or a signer near it.
    dated_alone: bool = False
    #: That line stood above every paragraph, and not in brackets.
    dated_above: bool = False

    def dated_under_title(self) -> None:
        """A date above everything else is a page's, where no signer and no number stand by it."""
        if self.dated_above and self.issuer is None and self.number is None:
            self.published_on = self.published_on or self.issued_on
            self.issued_on = None

    def dated_as_published(self) -> None:
        """A date alone over a commentary is the commentary's, not the plan's."""
        if self.dated_alone and self.issuer is None and self.number is None:
            self.published_on = self.published_on or self.issued_on
            self.issued_on = None
            for part in self.parts:
                self.issued_on = self.issued_on or _told(part.text)


def read_english_header(lines: list[Line], extract: Extract, registry: Registry) -> EnglishHeader:
    """Read the opening lines of an English text."""
    header = EnglishHeader(parts=[], body=[])
    # Whether everything before was as short as a title, a name or a menu.
    all_short = True
    for index, line in enumerate(lines):
        text = line.passage.text
        # A date or number alone on a line is one of a short line; the rest is not searched.
        date = DATE.search(text) if len(text) < _LONGEST_DATED else None
        byline = (
            len(text) < 120
            and index > 0
            and (_PARTED.search(text) is not None or _signs_article(text, registry))
        )
        if date and (byline or (_PUBLISHED.match(text) and len(text) < 80)):
            header.published_on = header.published_on or english_date(date)
            continue
        number = _NUMBER.search(text) if len(text) < 80 else None
        if number:
            header.number = number[0]
            if number.end() - number.start() > len(text) - 12:
                continue
        if date and len(text) - (date.end() - date.start()) < 6:
            if index and _LABEL_ALONE.match(lines[index - 1].passage.text):
                header.published_on = header.published_on or english_date(date)
                continue
            header.issued_on, header.dated_alone = english_date(date), True
            header.dated_above = (
                all(_is_short(part.text) for part in header.body) and text[0] != "("
            )
            before = lines[index - 1].passage.text if index else ""
            if index > 1 and len(before) < 120 and not before.endswith("."):
                header.issuer = before
            continue
        if text.endswith(":") and len(text) < 3000 and not header.addressees and index:
            header.addressees = _addressees(text, registry, extract)
            if header.addressees:
                continue
        if not text.endswith((".", ":")) and all_short:
            if not header.title:
                header.title = text
                continue
            if _is_titled(text) and not _is_titled(header.title):
                # The name of a site or a menu stood above.
                header.title = text
                continue
        if len(text) < 60 and _BYLINE.match(text) and not text.endswith("."):
            continue
        header.issued_on = header.issued_on or _told(text)
        all_short = all_short and _is_short(text)
        header.body.append(line.passage)
        header.parts.append(FramePart(role="preamble", text=text, at=line.passage.span()))
    header.edition = _edition(header.title or extract.title or "")
    for paragraph in header.body[:4] if header.edition is None else ():
        header.edition = header.edition or _edition_in(paragraph.text)
    return header


def _signs_article(text: str, registry: Registry) -> bool:
    """By Ada Lindholm, 14 May 2031; A briefing for subscribers, 14 May 2031. A body signs a plan."""
    if text.startswith("By "):
        return True
    date = _ENDS_IN_DATE.search(text)
    if date is None or re.match("On |Issued|Adopted|Promulgated|Effective", text):
        return False
    return next(english_of(registry, None).lists(text[: date.start()]), None) is None


def _is_short(text: str) -> bool:
    return len(text) < 60 and not text.endswith(".")


def _is_titled(text: str) -> bool:
    return len(text) < 300 and len(text.split()) >= 3 and _TITLE_WORD.search(text) is not None


def _told(text: str) -> dt.date | None:
    """On 11 May 2024, the office released the plan: the day that a commentary names."""
    date = DATE.search(text[:60]) if _ISSUED.match(text) else None
    return english_date(date) if date else None


def _edition(title: str) -> str | None:
    match = _YEARS.search(re.sub(r"[(\[]20\d\d[)\]],? No", "", title))
    if match is None:
        return None
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


#: has released the 2031 Harbour Plan; a plan of the year of issue alone names no edition.
_PLAN_OF = re.compile(
    r"\b(?P<a>20\d\d(?: ?[-–—] ?20\d\d)?) (?:(?:[A-Z][\w-]*|annual|for|of|the|and|national) ){0,6}(?:Plan|Programme|Program|Work Points|Agenda)\b"
    r"|\b(?:Plan|Programme|Program)(?: [\w’'-]+){0,12}? (?:in|for|of) (?P<b>20\d\d(?: ?[-–—] ?20\d\d)?)\b"
)


def _edition_in(text: str) -> str | None:
    match = _PLAN_OF.search(text)
    return _edition(match["a"] or match["b"]) if match else None


def _addressees(text: str, registry: Registry, extract: Extract) -> tuple[Actor, ...]:
    english = english_of(registry, extract.published_on.year if extract.published_on else None)
    actors: list[Actor] = []
    for one in english.lists(text):
        for start, end in (*one.names, *one.helpers):
            actors.append(english.names.actor(text[start:end], text[start:end]))
    return tuple(actors)
