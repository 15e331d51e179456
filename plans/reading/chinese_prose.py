"""Measures of a Chinese text without numbers: bulleted lists, bracketed paragraphs, and commentary.

Articles on a plan tell who is to do what in running sentences, or list the measures behind dashes.
What is taken for a measure, with examples of our own:

- each paragraph behind a bullet, where two or more have one: ——修订《渔港条例》。
- each paragraph that a bracket of responsibility closes: 疏浚航道。（交通运输部负责）
- each clause with a body as its subject: 交通运输部将修订《渔港条例》，财政部将安排补助。
- each clause of a list that is said to be one: 包括修订条例，疏浚航道等措施。
"""

from __future__ import annotations

import re

import msgspec

from plans.model import Role
from plans.reading.duty import Duty
from plans.reading.grammar.reading import Named, Reading
from plans.reading.known import pattern_of
from plans.reading.memo import once_per_registry
from plans.reading.passage import Passage
from plans.reading.tasks import ends_in_duty
from plans.reading.tongue import ChineseTongue
from plans.registry.model import Registry

_BULLET = re.compile("(?:——|--|—|[•·●◆■▪○◇□★☆▲►➢])[ ]?(?=[\u3400-\u9fff《“])")
_SENTENCE = re.compile("[^。！？；]+[。！？；]?")
_LIST = re.compile(
    "(?:包括|提出|明确|部署了?|涉及)[：，]?(?P<list>[^：。]{8,}?)等(?:一系列)?(?:\\d+[项条])?"
    "(?:重点)?(?:具体)?(?:工作)?(?:措施|举措|任务|内容|工作|要求|事项)"
)
_PART = re.compile("[^，；]+")
_LONGEST = 600


#: What such an article is on: a quoted plan.
_ON_A_PLAN = re.compile("《[^《》]{4,80}(?:计划|方案|要点|规划|纲要|安排|分工)》")


class Measure(msgspec.Struct, frozen=True):
    """A paragraph or clause that states a measure."""

    text: Passage
    #: Brackets and labels, which are no part of the task's text.
    duties: tuple[Duty, ...] = ()
    #: What the clause itself says.
    told: Duty | None = None


class Measures(msgspec.Struct, frozen=True):
    """The measures of a text, in order, and whether it only tells of a plan."""

    found: tuple[Measure, ...]
    commentary: bool


#: 省水利厅, 市委网信办: the name ends where the clause goes on, for 省社会科学院 is one. A name holds no
#: word that parts a list: else a list could be cut into names in more ways than can be tried.
_LOCAL_BODY = (
    "(?:省|市(?!场)|州|区|县)"
    "(?:(?![和及与])[\u3400-\u9fff]|和(?=社会保障|信息化|旅游|改革|草原|规划|商务|城乡)){1,12}?"
    "(?:厅|局|海关|(?:委|办|部|院|会|署|中心|办公室)"
    "(?=$|[、，和及与等将要拟应计正负牵会联按分共推开制修建印落组出实加强完研]))"
)


class _Subjects:
    """Finds bodies as the subjects of clauses, for one registry."""

    def __init__(self, registry: Registry) -> None:
        names = [one for one in registry.agency_names(None) if not one.isascii() and len(one) > 2]
        body = f"(?:{pattern_of(names)}|{_LOCAL_BODY})"
        bodies = f"{body}(?:[、和及与]{body})*"
        self.name = re.compile(body)
        self.clause = re.compile(
            f"(?:^|(?<=[，：]))由?(?P<names>{bodies})(?:等(?:有关)?部门)?(?:按职责分工|分别|共同)?"
            f"(?:(?P<lead>牵头)|(?:会同|联合)(?P<helpers>{bodies})|将|要|拟|应|计划|正在|负责(?!人|同志))"
        )


_subjects_of = once_per_registry(lambda registry, _year: _Subjects(registry))


def measures_in(paragraphs: list[Passage], tongue: ChineseTongue, registry: Registry) -> Measures:
    """The measures of unnumbered paragraphs; none where the text states none in these ways."""
    bulleted = [(one, _BULLET.match(one.plain)) for one in paragraphs]
    if sum(mark is not None for _, mark in bulleted) > 1:
        bodies = [one.cut(mark.end()) for one, mark in bulleted if mark is not None]
        found = tuple(Measure(body, tuple(tongue.duties(body))) for body in bodies)
        return Measures(found, commentary=not any(one.duties for one in found))
    bracketed = [Measure(one, tuple(tongue.duties(one))) for one in paragraphs]
    closed = tuple(one for one in bracketed if ends_in_duty(one.text, list(one.duties)))
    if closed or not any(_ON_A_PLAN.search(one.plain) for one in paragraphs):
        return Measures(closed, commentary=False)
    subjects = _subjects_of(registry, None)
    told: list[Measure] = []
    for paragraph in paragraphs:
        for sentence in _SENTENCE.finditer(paragraph.plain):
            piece = paragraph.cut(*sentence.span())
            if len(piece) <= _LONGEST:
                told.extend(_told(piece, subjects) or _listed(piece))
    return Measures(tuple(told), commentary=bool(told))


def _told(sentence: Passage, subjects: _Subjects) -> list[Measure]:
    """The clauses of a sentence that have a body as their subject."""
    matches = list(subjects.clause.finditer(sentence.plain))
    found = []
    for index, match in enumerate(matches):
        start = match.start() if index else 0
        end = matches[index + 1].start() if index + 1 < len(matches) else len(sentence)
        text = sentence.cut(start, end).stripped("，； ")
        named = [
            *_named(match, "names", "lead" if match["lead"] else "responsible", subjects, start),
            *_named(match, "helpers", "support", subjects, start),
        ]
        duty = Duty(0, len(text), 0, Reading(named=tuple(named)), in_text=True)
        found.append(Measure(text, told=duty))
    return found


def _named(
    match: re.Match[str], group: str, role: Role, subjects: _Subjects, start: int
) -> list[Named]:
    if match[group] is None:
        return []
    offset = match.start(group) - start
    return [
        Named(offset + name.start(), offset + name.end(), role)
        for name in subjects.name.finditer(match[group])
    ]


def _listed(sentence: Passage) -> list[Measure]:
    """The clauses of 包括…，…等措施."""
    match = _LIST.search(sentence.plain)
    if match is None or "，" not in match["list"]:
        return []
    named = match["list"].rfind("包括")
    offset = match.start("list") + (named + 2 if named >= 0 else 0)
    parts = [
        sentence.cut(offset + part.start(), offset + part.end())
        for part in _PART.finditer(sentence.plain[offset : match.end("list")])
    ]
    return [Measure(part) for part in parts if len(part) > 3]
