"""English brackets, terms and titles, as :class:`plans.reading.tongue.Tongue` asks for them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

import msgspec

from plans.model import Deadline, Instrument, Programme, Role
from plans.reading.duty import Duty
from plans.reading.english_bodies import English, parse_english
from plans.reading.grammar.reading import Reading
from plans.reading.passage import Passage
from plans.reading.titles import Titles

_PAREN = re.compile(r"[()（）]")
_LABEL = re.compile(
    r"^(?:responsible|lead(?:ing)?|support(?:ing)?|participating)(?: (?:departments?|units?|agency|agencies|bodies|body))?: ",
    re.IGNORECASE,
)
#: Build quays. Responsible: the Ministry of Tides. Lead: …: labels that close a paragraph.
_LABEL_INSIDE = re.compile(
    r"(?<=[.;)] )(?:responsible|lead(?:ing)?|support(?:ing)?|participating)(?: (?:departments?|units?|agency|agencies|bodies|body))?: (?=(?:the )?[A-Z])",
    re.IGNORECASE,
)
#: The word in a column's name, and the role of the bodies in it.
_ROLES: dict[str, Role] = {
    "lead": "lead", "leading": "lead", "supporting": "support", "support": "support",
    "participating": "support", "cooperating": "support", "assisting": "support",
    "guiding": "guide",
}  # fmt: skip
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
_MONTH = "(?:" + "|".join(sorted((m for m in _MONTHS), key=len, reverse=True)) + r")\.?"
DATE = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{_MONTH}),? (?P<y>(?:19|20)\d\d)"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_BY_DATE = re.compile(rf"\b(?=[bn])(?:by|before|no later than) (?:{DATE.pattern})", re.IGNORECASE)
_TERM = re.compile(
    r"(?P<lead>\b(?=[bun])(?:before|by|until|no later than)\b)(?P<end>(?: the)? end of)? ?(?:the )?"
    rf"(?:(?P<month>{_MONTH}),? )?(?P<year>20\d\d|the year|this year|year[- ]end)",
    re.IGNORECASE,
)
_LONGEST_TERM = 30
_ONGOING = re.compile(r"\b(?=[olc])(?:ongoing|long[- ]term|continuous(?:ly)?)\b", re.IGNORECASE)


def english_date(match: re.Match[str]) -> dt.date | None:
    """The day of a match of :data:`DATE`; None for a day that no calendar has."""
    month = _MONTHS[(match["m"] or match["m2"]).lower().rstrip(".")]
    try:
        return dt.date(int(match["y"] or match["y2"]), month, int(match["d"] or match["d2"]))
    except ValueError:
        return None


class EnglishTongue:
    """English, as official translations and commentary write it."""

    def __init__(self, english: English, titles: Titles) -> None:
        self.english = english
        self.names = english.names
        self._titles = titles

    def duties(self, paragraph: Passage) -> list[Duty]:
        """Brackets of responsibility, and a labelled line."""
        text = paragraph.text
        if _LABEL.match(text):
            reading = parse_english(text, self.english)
            return [Duty(0, len(text), 0, reading)] if reading else []
        found = []
        depth = opened = 0
        for match in _PAREN.finditer(text):
            if match[0] in "(（":
                opened = match.start() if depth == 0 else opened
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    duty = self._bracket(text, opened, match.end())
                    if duty is not None:
                        found.append(duty)
        label = _LABEL_INSIDE.search(text, found[-1].end if found else 0)
        if label is not None and depth == 0:
            reading = parse_english(text[label.start() :], self.english)
            if reading is not None and reading.named:
                found.append(Duty(label.start() - 1, len(text), label.start(), reading))
        if depth == 1:
            # A text cut off inside its last bracket.
            duty = self._bracket(text + ")", opened, len(text) + 1)
            if duty is not None:
                found.append(msgspec.structs.replace(duty, end=len(text)))
        return found

    def _bracket(self, text: str, start: int, end: int) -> Duty | None:
        reading = parse_english(text[start + 1 : end - 1], self.english)
        if reading is None:
            return None
        at_end = not text[end : end + 40].strip(" .;,")
        if (reading.doubt or not reading.named) and not at_end:
            return None
        if reading.doubt and len(reading.named) == 1 and self._names_before(text, start):
            # National Administration (NA): an abbreviation.
            return None
        begin = start
        while begin > 0 and text[begin - 1] == " ":
            begin -= 1
        return Duty(begin, end, start + 1, reading)

    def _names_before(self, text: str, start: int) -> bool:
        """Whether a body's name ends where the bracket opens."""
        before = text[max(0, start - 160) : start].rstrip()
        return any(one.end >= len(before) for one in self.english.lists(before))

    def sentences(self, text: Passage) -> list[Duty]:
        """Prose is read by :mod:`plans.reading.english_prose`; inside listed tasks it assigns none."""
        return []

    def listed(self, cell: Passage, role: str) -> Reading | None:
        """A table's cell of bodies; ``role`` is the word in its column's name."""
        reading = parse_english(cell.text, self.english)
        given = _ROLES.get(role.lower())
        if reading is None or given is None:
            return reading
        named = tuple(msgspec.structs.replace(one, role=given) for one in reading.named)
        return msgspec.structs.replace(reading, named=named)

    def term(self, words: Passage, year: int | None) -> Deadline | None:
        """The deadline that a bracket sets."""
        found = self.deadline(words, year)
        if found is None and len(words) < _LONGEST_TERM:
            # June 2031 in a column of deadlines.
            bare = self.deadline(Passage(f"by {words.text}", f"by {words.plain}", 0), year)
            if bare is not None and bare.text == f"by {words.text}":
                return msgspec.structs.replace(bare, text=words.text)
        if found is None and _ONGOING.search(words.text):
            return Deadline(text=words.text, ongoing=True)
        return found

    def deadline(self, text: Passage, year: int | None) -> Deadline | None:
        """By the end of June 2031, before 2035, by 30 June 2031."""
        best: Deadline | None = None
        for match in _BY_DATE.finditer(text.text):
            day = english_date(match)
            if day is not None and (best is None or best.date is None or day > best.date):
                best = Deadline(text=match[0], date=day)
        if best is not None:
            return best
        for match in _TERM.finditer(text.text):
            day = _last_day(match, year)
            if day is not None and (best is None or best.date is None or day > best.date):
                best = Deadline(text=match[0], date=day)
        return best

    def instruments(self, text: Passage) -> tuple[Instrument, ...]:
        """Known titles in the text."""
        return self._titles.english_instruments(text.text)

    def drafted(self, text: Passage) -> tuple[Instrument, ...]:
        """An English item of a legislative plan names its instrument by a known title only."""
        return ()

    def programmes(self, text: Passage) -> tuple[Programme, ...]:
        """Known campaigns in the text."""
        return self._titles.english_programmes(text.text)


def _last_day(match: re.Match[str], year: int | None) -> dt.date | None:
    word = match["year"].lower()
    which = int(word) if word.isdigit() else year
    if which is None:
        return None
    month = _MONTHS[match["month"].lower().rstrip(".")] if match["month"] else 12
    strictly = match["lead"].lower() == "before" and not match["end"]
    if strictly:
        first = dt.date(which, month if match["month"] else 1, 1)
        return first - dt.timedelta(days=1)
    return dt.date(which, month, calendar.monthrange(which, month)[1])
