"""What linking knows of a task: its grams, its units, the titles and numbers that it names.

Traits depend on the text alone, so they are kept for the texts seen last: the second comparison of
a plan finds them ready.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import add
from sys import intern
from typing import NamedTuple

from plans.comparing.normalise import fold, is_chinese, yearless
from plans.comparing.wordings import wordings

#: Marks a frame word among grams; no gram of content starts with it.
FRAME_MARK = "~"

_TITLE = re.compile(r"《([^《》]{2,80})》")
_QUOTED = re.compile(r"[“\"「]([^“”\"「」]{2,30})[”\"」]")
_UNIT_END = re.compile(r"[,，。;；:：!！?？\n]+|\.(?=\s|$)")
_RUN = re.compile(r"[㐀-鿿〇]+|[a-z0-9][a-z0-9.%'-]*")
_NUMBER = re.compile(
    r"\d+(?:\.\d+)?%?|百分之[〇零一二三四五六七八九十百]+|[一二三四五六七八九十百千万亿两]{2,}"
)
#: What the title of an instrument may end in without saying which instrument it is.
_TITLE_TAIL = re.compile(
    r"(?:保护|管理|工作|试行|暂行)?(?:实施细则|实施条例|实施办法|管理条例|管理办法|管理规定|条例|办法|规定|规则|细则|"
    r"指南|指引|规程|方案|意见|规划|纲要|计划|标准|通知|法)$"
)
#: What the title of a policy paper may begin with, likewise.
_TITLE_HEAD = re.compile(r"^(?:关于)?(?:进一步)?(?:(?:加快|加强|推动|推进|促进|规范)+(?=..))?")
_ENGLISH_FRAME = frozenset(
    re.findall(
        r"\w+",
        """
        a accelerate advance aiming also among an and are as at be between by carry conduct
        develop efforts enhance ensure ensuring establish focusing for formulate from further
        implement improve in include including into is issues it its lead led may measures more
        new of on other out over particularly promote relating relevant responsible shall
        strengthen such support that the their these this through to under will with work
        """,
    )
)
_ENGLISH_ENDING = re.compile(r"(?:'s|ies|ing|ed|es|s|ment|ation)$")


Units = Sequence[frozenset[str]]


class _Spelled(NamedTuple):
    """A text in grams: the letters of each unit, its grams, its frame words, its objects, verbs."""

    clauses: list[str]
    units: list[frozenset[str]]
    frames: set[str]
    objects: list[frozenset[str]]
    verbs: list[str]


class Traits(NamedTuple):
    """The traits of one text.

    ``grams`` holds those of all ``units`` and the frame words; ``objects`` are the grams of the
    units without the verb that each begins with, ``subject`` those of the first unit. ``verbs``
    are what each unit begins with, empty where that is a frame word or no verb. ``clauses`` are
    the letters of each unit, ``core`` those of all. ``printed`` are the grams before any of them
    was renamed.
    """

    core: str
    units: tuple[frozenset[str], ...]
    grams: frozenset[str]
    titles: frozenset[str]
    quoted: frozenset[str]
    numbers: frozenset[str]
    objects: frozenset[str]
    subject: frozenset[str]
    verbs: tuple[str, ...]
    clauses: tuple[str, ...]
    printed: frozenset[str]


# Holds both sides of the largest plans; a text that is given out again costs nothing to keep.
@lru_cache(maxsize=32768)
def traits(text: str) -> Traits:
    """The traits of a task's text, in Chinese or in English."""
    folded = yearless(fold(text))
    chinese = is_chinese(folded)
    spelled = _chinese(folded) if chinese else _english(folded)
    units, objects = tuple(spelled.units), spelled.objects
    grams = frozenset().union(spelled.frames, *units)
    return Traits(
        core=("" if chinese else " ").join(spelled.clauses),
        units=units,
        grams=grams,
        titles=frozenset(title_stem(title) for title in _TITLE.findall(folded)),
        quoted=frozenset(name.replace("〇", "") for name in _QUOTED.findall(folded)),
        numbers=frozenset(_NUMBER.findall(folded)),
        objects=frozenset().union(*objects),
        subject=objects[0] if objects else frozenset(),
        verbs=tuple(spelled.verbs),
        clauses=tuple(spelled.clauses),
        printed=grams,
    )


def title_stem(title: str) -> str:
    """The part of an instrument's title that tells it from others.

    Without 中华人民共和国, without words of drive at the beginning and without the closing word for
    the kind of instrument, since 指南 becomes 指引 and 办法 becomes 条例 while the instrument stays
    the same.
    """
    bare = fold(title).replace("中华人民共和国", "").replace(" ", "")
    stem = _TITLE_TAIL.sub("", bare) or bare
    return _TITLE_HEAD.sub("", stem)


def _chinese(folded: str) -> _Spelled:
    pattern, frame, same = wordings()
    frames: set[str] = set()

    def reword(match: re.Match[str]) -> str:
        word = match.group()
        group = frame.get(word)
        if group is None:
            return same[word]
        frames.add(intern(FRAME_MARK + group))
        return " "

    clauses: list[str] = []
    units: list[frozenset[str]] = []
    objects: list[frozenset[str]] = []
    verbs: list[str] = []
    for part in _UNIT_END.split(pattern.sub(reword, folded)):
        grams: list[str] = []
        runs = _RUN.findall(part)
        # A clause begins with its verb: one that the thesaurus knows is out already.
        verb = 0 if not runs or part.startswith((" ", "《", "“")) else min(2, len(runs[0]) - 1)
        for run in runs:
            if len(run) == 1 or run[0] < "〇":
                grams.append(intern(run))
            else:
                grams.extend(map(intern, map(add, run, run[1:])))
        if grams:
            clauses.append("".join(runs))
            units.append(frozenset(grams))
            objects.append(frozenset(grams[verb:]))
            verbs.append(grams[0] if verb else "")
    return _Spelled(clauses, units, frames, objects, verbs)


def _english(folded: str) -> _Spelled:
    clauses: list[str] = []
    units: list[frozenset[str]] = []
    frames: set[str] = set()
    for part in _UNIT_END.split(folded):
        words: list[str] = []
        for word in _RUN.findall(part):
            if word in _ENGLISH_FRAME:
                frames.add(intern(FRAME_MARK + word))
            else:
                stem = _ENGLISH_ENDING.sub("", word) if len(word) > 5 else word
                words.append(intern(stem))
        if words:
            clauses.append(" ".join(words))
            pairs = (intern(f"{a} {b}") for a, b in pairwise(words))
            units.append(frozenset((*words, *pairs)))
    return _Spelled(clauses, units, frames, units, [""] * len(units))
