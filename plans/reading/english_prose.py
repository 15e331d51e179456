"""Running English prose to measures: one task per stated measure, with the bodies of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans.model import Assignment
from plans.reading.english_bodies import English, List, role_of, roles_in, straight
from plans.reading.english_tongue import EnglishTongue
from plans.reading.known import pattern_of
from plans.reading.lines import skipped
from plans.reading.passage import Passage
from plans.reading.tasks import Body, Context, Made, ends_in_duty, make

_SENTENCE_END = re.compile(r"[.!?][\"”’)]? +(?=[A-Z“\"(])")
_ABBREVIATED = re.compile(
    r"\b(?:U\.S|No|Art|Arts|Mr|Ms|Dr|e\.g|i\.e|etc|Inc|Ltd|Co|vs|approx|St)\.$"
)
_FUTURE = (
    "will", "shall", "must", "should", "is to", "are to", "is planned", "are planned",
    "is scheduled", "plan to", "plans to", "aim to be", "aims to be",
)  # fmt: skip
_WILL = re.compile(
    rf"\b(?=\w){pattern_of(_FUTURE, any_case=True)}\b",
)
#: A measure in the words of the plan itself, as lists in commentary give it.
_BIDS = re.compile(
    r"(?:(?:Vigorously|Actively|Steadily|Further|Continue to|Fully|Comprehensively) )?(?:[Aa]dvance|[Pp]romote|[Ii]mprove|[Ss]trengthen|[Aa]ccelerate|[Ff]ormulate|[Dd]raft|[Rr]evise|[Aa]mend|[Ii]ssue|[Ee]stablish|[Ee]nhance|[Oo]ptimi[sz]e|[Dd]eepen|[Bb]uild|[Cc]onduct|[Cc]arry out|[Ii]mplement|[Dd]evelop|[Ss]tudy|[Ee]xplore|[Ee]xpand|[Oo]rgani[sz]e|[Pp]ush forward|[Ss]peed up|[Ss]upport|[Ee]ncourage|[Gg]uide|[Cc]rack down|[Ll]aunch|[Cc]omplete|[Pp]ublish|[Cc]ultivate|[Rr]einforce|[Ss]tandardi[sz]e|[Ss]tep up|[Ff]oster|[Pp]erfect) (?!is\b|are\b|was\b|of\b)[a-z“\"]"
)
#: What a firm advises its readers is no measure of the plan.
_ADVICE = re.compile(
    r"(?:[A-Z]?[\w-]+ ){0,3}(?:[Cc]ompan(?:y|ies)|[Bb]usiness(?:es)?|(?:rights?|brand|patent|trademark|copyright)[ -]?(?:owners?|holders?)"
    r"|[Aa]pplicants?|[Cc]lients|[Ii]nvestors|[Rr]eaders|[Yy]ou|[Ww]e|[Tt]his|[Tt]hese)(?: [a-z]+ly)? (?:will|should|must|shall|are|is)\b"
)
_LETTER = re.compile(r"\(?[a-z]\) (?=[A-Z“\"])")
#: One sentence with two measures: X will do this, while Y will do that.
_SPLIT = re.compile(r"(?:,? while |;(?: and| while)? |, and |, whereas )")
#: No section states more; the rest of such a text is not read.
MOST_MEASURES = 2000
#: No sentence is longer; what is states no measure.
_LONGEST_SENTENCE = 4000
#: No sentence has as many places where another clause may begin; behind them it is not parted.
_MOST_LOOKS = 40


def sentences_of(paragraph: Passage) -> Iterator[Passage]:
    """The sentences of a paragraph; U.S. and No. end none."""
    text = paragraph.text
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATED.search(text[max(0, match.start() - 8) : match.start() + 1]):
            continue
        yield paragraph.cut(start, match.end()).stripped(" ")
        start = match.end()
    last = paragraph.cut(start).stripped(" ")
    if last.text:
        yield last


def measures_of(
    paragraphs: list[Passage], context: Context, most: int
) -> tuple[list[tuple[Passage, Made]], list[Passage]]:
    """The measures that the paragraphs of one section state, and the sentences that state none.

    A sentence states one where a body gets a duty in it, where something 'will' be done, or where
    it bids (Advance the ...); the first sentence of a section without a body only introduces its
    heading. A paragraph that a bracket of bodies closes is one measure. No more than about ``most``
    measures and sentences are given; the context's notes tell where reading ended.
    """
    tongue, year = context.tongue, context.year
    assert isinstance(tongue, EnglishTongue)
    measures: list[tuple[Passage, Made]] = []
    others: list[Passage] = []
    first = True
    for paragraph in paragraphs:
        letter = _LETTER.match(paragraph.text)
        if letter:
            paragraph = paragraph.cut(letter.end())
        duties = tongue.duties(paragraph)
        if duties and ends_in_duty(paragraph, duties):
            measures.append((paragraph, make(Body((paragraph,), (tuple(duties),)), context)))
            first = False
            continue
        for sentence in sentences_of(paragraph):
            if len(measures) >= MOST_MEASURES or len(measures) + len(others) >= most:
                message = "a section of more sentences than any plan has was not read to its end"
                context.notes.append(skipped("too_long", message, sentence))
                return measures, others
            if len(sentence) > _LONGEST_SENTENCE:
                others.append(sentence)
                continue
            for clause in _clauses(sentence, tongue):
                named = roles_in(clause.text, tongue.english, bracket=False)
                states = (
                    bool(named)
                    or (
                        not first
                        and _WILL.search(clause.text) is not None
                        and _ADVICE.match(clause.text) is None
                    )
                    or _BIDS.match(clause.text) is not None
                )
                first = False
                if not states or clause.text.endswith(":"):
                    others.append(clause)
                    continue
                assignments = tuple(
                    _assignment(clause, one.start, one.end, tongue, one.role, one.open_ended)
                    for one in named
                )
                measures.append(
                    (
                        clause,
                        Made(
                            text=clause,
                            assignments=tuple(dict.fromkeys(assignments)),
                            deadline=tongue.deadline(clause, year),
                            uncertain=None if named else "no body is named",
                        ),
                    )
                )
    return measures, others


def _assignment(
    clause: Passage, start: int, end: int, tongue: EnglishTongue, role: str, open_ended: bool
) -> Assignment:
    name = clause.text[start:end]
    actor = tongue.names.actor(name, name.replace("’", "'"))
    return Assignment(
        name=name,
        kind=actor.kind,
        agency=actor.agency,
        role=role,  # type: ignore[arg-type]
        open_ended=open_ended,
    )


def _clauses(sentence: Passage, tongue: EnglishTongue) -> list[Passage]:
    """A sentence cut where another body begins to do another thing."""
    # Once for all the looks at it: where a character stands is the same.
    text = straight(sentence.text)
    out: list[Passage] = []
    start = 0
    english = tongue.english
    duties = _Duties(text, 0, english)
    # How far a list reaches that was asked for its duty and has none: nor has the rest of it.
    idle = looks = 0
    for match in _SPLIT.finditer(text):
        at = match.end()
        if at < idle or not duties.before(match.start()):
            continue
        looks += 1
        if looks > _MOST_LOOKS:
            break
        if not any(english.begins(text, place) for place in range(at, at + 5)):
            continue
        first = next(english.lists(text, at), None)
        if first is None or first.start > at + 4:
            continue
        if not roles_in(text[at : first.end + 40], english, bracket=False):
            idle = first.end
            continue
        out.append(sentence.cut(start, match.start()))
        start = at
        duties = _Duties(text, start, english)
    out.append(sentence.cut(start))
    return out


class _Duties:
    """Whether a sentence, from ``start`` on, gives any body a duty before a place.

    Asked for one place after the other, it finds and judges each list of bodies once: one that the
    whole sentence gives no duty has none in a part of it either.
    """

    def __init__(self, text: str, start: int, english: English) -> None:
        self._text = text
        self._start = start
        self._english = english
        self._lists = english.lists(text, start)
        #: Looked for when a place is first asked for: most sentences are one clause.
        self._next: List | None = None
        self._begun = False
        #: Lists with a duty; the words that give it may stand behind the place.
        self._waiting: list[List] = []
        self._given = False

    def before(self, end: int) -> bool:
        """Whether the words before ``end`` give one, read as if the sentence ended there."""
        if self._given:
            return True
        if not self._begun:
            self._begun = True
            self._next = next(self._lists, None)
        while self._next is not None and self._next.start < end:
            if self._has_role(self._next, len(self._text)):
                self._waiting.append(self._next)
            self._next = next(self._lists, None)
        self._given = any(
            self._has_role(one._replace(end=min(one.end, end)), end) for one in self._waiting
        )
        return self._given

    def _has_role(self, one: List, end: int) -> bool:
        role = role_of(
            self._text,
            one,
            self._english,
            bracket=False,
            follows=False,
            start=self._start,
            end=end,
        )
        return role is not None
