"""Headings that no number marks, bullets and the signature of an English text.

Such headings are no sections of a plan (only numbered and bracketed levels are), but they tell where
background and comment begin and end. Own example: a line "Harbours" over paragraphs, later a line
"Our view" over comment.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import NamedTuple

from plans.reading.english_tongue import DATE, english_date
from plans.reading.lines import Line
from plans.reading.passage import Passage

_BULLET = re.compile(r"(?:[-*•·‣▪●○◦–]|—{1,2}) +(?=[\w“\"(\[])|[•‣▪●—]{1,2}(?=[A-Z“\"(])")
_HEADING = re.compile(r"[A-Z0-9“\"][^.;:!]{2,79}$")
#: Over these stands what introduces the plan or remarks on it.
INTRODUCTORY = re.compile(
    r"^(?:(?:the )?(?:primary |main |overall |general |work |key )*(?:objectives?|goals?|requirements|principles|guiding ideology|guiding principles)\b"
    r"|background|introduction|preamble|overview|context|about\b|comments?\b|commentary|conclusions?\b|concluding|analysis|outlook"
    r"|guiding ideology|basic principles|our (?:view|comment|observation|take)|observations?\b|takeaways?\b|what (?:does )?(?:this|it|the (?:new )?plan) means?|implications|impact|recommendations?|practical (?:tips|points|advice)|action points|looking ahead|next steps|summary|contact|disclaimer)",
    re.IGNORECASE,
)
REMARK = re.compile(
    r"^(?:comment|conclu|analysis|outlook|our |observation|takeaway|what |implication|impact|recommend|practical|action |looking|next|contact|disclaimer)",
    re.IGNORECASE,
)
_LONGEST_SIGNER = 200


class Group(NamedTuple):
    """Paragraphs that stand together under a heading without a number; "" where they have none."""

    heading: str
    paragraphs: list[Passage]

    @property
    def introductory(self) -> bool:
        """Whether the heading says that no measure is stated here."""
        return INTRODUCTORY.match(self.heading) is not None


def without_bullets(lines: list[Line]) -> list[Line]:
    """The lines without the marks of a list."""
    out = []
    for line in lines:
        bullet = None if line.cells else _BULLET.match(line.passage.text)
        out.append(Line(line.passage.cut(bullet.end())) if bullet else line)
    return out


def is_heading(text: str, following: str | None) -> bool:
    """Whether a line without a number is a heading: short, open at its end, a paragraph below it."""
    return (
        following is not None
        and _HEADING.match(text) is not None
        and len(text.split()) <= 12
        and DATE.search(text) is None
        and not text.startswith("By ")
        and (following.endswith((".", ":", ";", ")", "”", '"')) or len(following) > 120)
    )


def grouped(paragraphs: list[Passage]) -> list[Group]:
    """The paragraphs parted at the headings that stand among them."""
    groups = [Group("", [])]
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else None
        if is_heading(paragraph.text, following):
            groups.append(Group(paragraph.text, []))
        else:
            groups[-1].paragraphs.append(paragraph)
    return [group for group in groups if group.heading or group.paragraphs]


def first_heading(lines: list[Line]) -> int:
    """The index of the first heading under the title; the number of lines where there is none."""
    for index, (line, following) in enumerate(itertools.pairwise(lines[1:]), start=1):
        if not line.cells and is_heading(line.passage.text, following.passage.text):
            return index
    return len(lines)


def split_signature(lines: list[Line]) -> tuple[list[Line], str | None, dt.date | None]:
    """The lines before the signer and date that close a text, the signer and the date."""
    if len(lines) < 3 or lines[-1].cells:
        return lines, None, None
    last = lines[-1].passage.text.strip(" .()")
    date = DATE.fullmatch(last)
    if date is None:
        return lines, None, None
    before = lines[-2]
    signs = (
        not before.cells
        and len(before.passage.text) <= _LONGEST_SIGNER
        and before.passage.text[:1].isupper()
        and before.passage.text[-1] not in ".;:)"
    )
    signer = before.passage.text if signs else None
    return lines[: -2 if signs else -1], signer, english_date(date)
