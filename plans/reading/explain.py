"""The text with its parts marked: what the reader took for a heading, a task, a body, a title.

``parse --explain`` shows the segments in colour on the terminal or as a page; both take them from
here.
"""

from __future__ import annotations

from array import array
from typing import Literal

import msgspec

from plans.model import Extract, Plan, Span, Task
from plans.reading.english_bodies import english_of
from plans.reading.english_tongue import EnglishTongue
from plans.reading.grammar.parser import lexer_of
from plans.reading.lines import Line, split_lines
from plans.reading.numbering import number_at
from plans.reading.passage import Passage
from plans.reading.reprints import mend
from plans.reading.titles import Titles, titles_of
from plans.reading.tongue import ChineseTongue, Tongue
from plans.registry.model import Registry

Part = Literal[
    "section", "number", "task", "bracket", "actor", "instrument", "frame", "skipped", "other"
]


class Segment(msgspec.Struct, frozen=True):
    """Characters [start, end) of the extract's text, and what they were taken for.

    ``label`` says which: the task's or section's id, the agency's id or the actor's kind, the
    instrument's id, the frame's role, the reason for skipping; '' where there is nothing to say.
    """

    start: int
    end: int
    part: Part
    label: str = ""


#: What the reader left out on purpose.
_SKIPPED = frozenset({"page_furniture", "repeated", "contents", "stray_number", "outside_tasks"})


def explain(extract: Extract, plan: Plan, registry: Registry) -> tuple[Segment, ...]:
    """Segments that cover the whole text in order; ``plan`` was read from this extract."""
    text = extract.text
    canvas = _Canvas(len(text))
    for part in plan.frame:
        canvas.paint(part.at, "frame", part.role)
    for section in plan.sections:
        canvas.paint(section.at, "section", section.id)
    _header(canvas, text, plan)
    year = _year(plan)
    titles = titles_of(registry, None)
    tongue: Tongue
    if plan.language == "en":
        tongue = EnglishTongue(english_of(registry, year), titles)
    else:
        tongue = ChineseTongue(lexer_of(registry, year), titles)
    for task in plan.tasks:
        _task(canvas, text, task, tongue, titles)
    for note in plan.diagnostics:
        if note.kind in _SKIPPED:
            canvas.paint(note.at, "skipped", note.message)
    return canvas.segments()


def _header(canvas: _Canvas, text: str, plan: Plan) -> None:
    """Title, number, signer and addressees, where they are printed on one line."""
    first = min((task.at[0] for task in plan.tasks if task.at), default=len(text))
    for words, label in (
        (plan.title, "title"),
        (plan.document_number, "document_number"),
        (plan.issuer, "issuer"),
    ):
        at = text.find(words) if words else -1
        if words and at >= 0:
            canvas.paint((at, at + len(words)), "frame", label)
    for actor in plan.addressees:
        at = text.find(actor.name, 0, first)
        if at >= 0:
            canvas.paint((at, at + len(actor.name)), "actor", actor.agency or actor.kind)


def _year(plan: Plan) -> int | None:
    if plan.edition:
        return int(plan.edition[:4])
    dated = plan.issued_on or plan.published_on
    return dated.year if dated else None


def _task(canvas: _Canvas, text: str, task: Task, tongue: Tongue, titles: Titles) -> None:
    if task.at is None:
        return
    start, end = task.at
    canvas.paint(task.at, "task", task.id)
    kinds = {one.name: one.agency or one.kind for one in task.assignments}
    lines, _ = mend(split_lines(text[start:end]))
    for index, line in enumerate(lines):
        passage = line.passage
        body = passage
        if index == 0 and task.number:
            number = number_at(passage.plain)
            if number is not None:
                canvas.paint(_span(passage, start, 0, number.end), "number", task.id)
                body = line.body() if line.number else passage.cut(number.end)
        for a, b, ident in titles.places(body):
            canvas.paint(_span(body, start, a, b), "instrument", ident or "")
        if line.cells:
            _prose(canvas, [Line(cell) for cell in line.cells], start, kinds)
        else:
            _duties(canvas, body, start, tongue, kinds)
    if isinstance(tongue, EnglishTongue) and not task.number:
        _prose(canvas, lines, start, kinds)


def _duties(
    canvas: _Canvas, body: Passage, start: int, tongue: Tongue, kinds: dict[str, str]
) -> None:
    for duty in tongue.duties(body) or tongue.sentences(body):
        if not duty.in_text:
            canvas.paint(_span(body, start, duty.start, duty.end), "bracket")
        for named in duty.reading.named:
            a, b = duty.inside + named.start, duty.inside + named.end
            name = body.cut(a, b)
            actor = tongue.names.actor(name.text, name.plain)
            label = kinds.get(name.text) or actor.agency or actor.kind
            canvas.paint(_span(body, start, a, b), "actor", label)


def _prose(canvas: _Canvas, lines: list[Line], start: int, kinds: dict[str, str]) -> None:
    """In running prose the bodies stand in the sentence: where they are printed."""
    for line in lines:
        for name, label in kinds.items():
            at = line.passage.text.find(name)
            if at >= 0:
                canvas.paint(_span(line.passage, start, at, at + len(name)), "actor", label)


def _span(passage: Passage, offset: int, start: int, end: int) -> Span:
    a, b = passage.span(start, end)
    return (a + offset, b + offset)


class _Canvas:
    """One number a character: the mark painted last on it."""

    def __init__(self, length: int) -> None:
        self._marks: list[tuple[Part, str]] = [("other", "")]
        self._cells = array("I", bytes(4 * length))

    def paint(self, at: Span | None, part: Part, label: str = "") -> None:
        """Mark the characters of ``at``; a later mark covers an earlier one."""
        if at is None or at[0] >= at[1]:
            return
        start, end = max(0, at[0]), min(at[1], len(self._cells))
        self._marks.append((part, label))
        self._cells[start:end] = array("I", [len(self._marks) - 1]) * max(0, end - start)

    def segments(self) -> tuple[Segment, ...]:
        """Runs of one mark, in order."""
        found: list[Segment] = []
        start = 0
        cells = self._cells
        for index in range(1, len(cells) + 1):
            if index == len(cells) or cells[index] != cells[start]:
                part, label = self._marks[cells[start]]
                found.append(Segment(start, index, part, label))
                start = index
        return tuple(found)
