"""A plan as a document: its paragraphs in order, with numbers and responsibility brackets.

The paragraphs are written from the plan, not copied from the page that it was read from: brackets
are put into one form, so that two plans read alike and only what they say differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from plans.model import Assignment, FrameRole, Plan, Role, Section, Task
from reports.clean import clean
from reports.names import heading_number

ParagraphKind = Literal["title", "meta", "frame", "heading", "task"]

_AFTER_TASKS: frozenset[FrameRole] = frozenset({"closing", "footer"})
_ROLES: tuple[Role, ...] = ("lead", "responsible", "support", "guide")
_ZH: dict[Role, str] = {"lead": "牵头", "responsible": "负责", "support": "配合", "guide": "指导"}
_EN: dict[Role, str] = {
    "lead": "led by",
    "responsible": "responsible:",
    "support": "with",
    "guide": "guided by",
}
MAX_DEPTH = 6


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph of a plan. Joined, ``number``, ``text`` and ``duties`` are what it shows.

    ``key`` tells paragraphs of one plan apart and is the task's or section's id where it is one;
    ``depth`` counts the headings above.
    """

    kind: ParagraphKind
    key: str
    text: str
    number: str = ""
    duties: str = ""
    depth: int = 0

    @property
    def shown(self) -> str:
        """The paragraph as one line."""
        return self.number + self.text + self.duties


def paragraphs(plan: Plan) -> tuple[Paragraph, ...]:
    """All paragraphs of the plan: title, number, addressees, frame, headings and tasks, signature."""
    return tuple(_paragraphs(plan))


def _paragraphs(plan: Plan) -> Iterator[Paragraph]:
    zh = plan.language != "en"
    yield Paragraph(kind="title", key="title", text=clean(plan.title))
    if plan.document_number:
        yield Paragraph(kind="meta", key="document_number", text=clean(plan.document_number))
    if plan.addressees:
        names = ("、" if zh else ", ").join(clean(actor.name) for actor in plan.addressees)
        yield Paragraph(kind="frame", key="addressees", text=names + ("：" if zh else ":"))
    for at, part in enumerate(plan.frame):
        if part.role not in _AFTER_TASKS:
            yield Paragraph(kind="frame", key=f"{part.role}-{at}", text=clean(part.text))
    for entry, depth in walk(plan):
        yield _heading(entry, depth, zh) if isinstance(entry, Section) else _task(entry, depth, zh)
    for at, part in enumerate(plan.frame):
        if part.role in _AFTER_TASKS:
            yield Paragraph(kind="frame", key=f"{part.role}-{at}", text=clean(part.text))
    signature = [clean(plan.issuer)] if plan.issuer else []
    if plan.issued_on:
        day = plan.issued_on
        signature.append(f"{day.year}年{day.month}月{day.day}日" if zh else day.isoformat())
    for at, line in enumerate(signature):
        yield Paragraph(kind="meta", key=f"signature-{at}", text=line)


def walk(plan: Plan) -> Iterator[tuple[Section | Task, int]]:
    """Headings and tasks in reading order, each with its depth; every task comes exactly once."""
    known = {section.id: section for section in plan.sections}
    held: dict[str | None, list[Task]] = {}
    for task in plan.tasks:
        held.setdefault(task.section if task.section in known else None, []).append(task)
    for task in held.get(None, ()):
        yield task, 0
    for section in plan.sections:
        depth = _depth(section, known)
        yield section, depth
        for task in held.pop(section.id, ()):
            yield task, depth


def _depth(section: Section, known: dict[str, Section]) -> int:
    depth = 1
    while section.parent in known and depth < MAX_DEPTH:
        section = known[section.parent]
        depth += 1
    return depth


def _heading(section: Section, depth: int, zh: bool) -> Paragraph:
    number = heading_number(section)
    return Paragraph(
        kind="heading",
        key=f"section {section.id}",
        number=number + _joint(number, zh),
        text=clean(section.title),
        depth=depth,
    )


def _task(task: Task, depth: int, zh: bool) -> Paragraph:
    number = clean(task.number or "")
    return Paragraph(
        kind="task",
        key=task.id,
        number=number + _joint(number, zh),
        text=clean(task.text),
        duties=duties(task.assignments, zh=zh),
        depth=depth,
    )


def _joint(number: str, zh: bool) -> str:
    """A blank behind numbers that would run into the text: "3 推进", "第三条 本法", "3. Do"."""
    return " " if number and (number[-1].isalnum() or not zh) else ""


def duties(assignments: Sequence[Assignment], *, zh: bool) -> str:
    """The bracket that names who does a task, as printed names; empty where nobody is named."""
    by_role: dict[Role, list[str]] = {}
    open_roles = {a.role for a in assignments if a.open_ended}
    for assignment in assignments:
        names = by_role.setdefault(assignment.role, [])
        name = clean(assignment.name)
        if name not in names:
            names.append(name)
    clauses = []
    for role in _ROLES:
        if role not in by_role:
            continue
        if zh:
            clauses.append("、".join(by_role[role]) + "等" * (role in open_roles) + _ZH[role])
        else:
            others = " and others" if role in open_roles else ""
            clauses.append(f"{_EN[role]} {', '.join(by_role[role])}{others}")
    if not clauses:
        return ""
    return f"（{'，'.join(clauses)}）" if zh else f" ({'; '.join(clauses)})"
