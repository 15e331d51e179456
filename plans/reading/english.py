"""An English text to a Plan: official translations in list form, and commentary in prose."""

from __future__ import annotations

import re
from collections import Counter

from plans.model import (
    Diagnostic,
    Extract,
    FramePart,
    FrameRole,
    Nature,
    Plan,
    Section,
    Span,
    Task,
)
from plans.reading.assembling import Assembly
from plans.reading.english_bodies import english_of
from plans.reading.english_header import EnglishHeader, read_english_header
from plans.reading.english_headings import (
    INTRODUCTORY,
    REMARK,
    Group,
    first_heading,
    grouped,
    split_signature,
    without_bullets,
)
from plans.reading.english_lines import number_lines
from plans.reading.english_prose import measures_of
from plans.reading.english_tongue import EnglishTongue
from plans.reading.lines import MOST_LINES, Line
from plans.reading.numbering import ARABIC, ARABIC_BRACKET, PART
from plans.reading.outline import Counting, Item, fold_below, nest, table_item, task_rank
from plans.reading.passage import Passage
from plans.reading.tables import is_header_row
from plans.reading.tasks import Context, Rules, ends_in_duty, task_of
from plans.reading.titles import titles_of
from plans.reading.tongue import duties_on
from plans.registry.model import Registry

_NUMBERED_INSIDE = re.compile(r"(?:^|(?<=[ ,;]))\(?\d{1,2}\) ")


def read_english(
    extract: Extract, lines: list[Line], notes: list[Diagnostic], registry: Registry
) -> Plan:
    """Read the mended lines of an English text as a plan."""
    lines, signer, signed_on = split_signature(lines)
    opening, items = _items(without_bullets(lines))
    # Without numbers the whole text is the opening, and ends at the first heading.
    end = len(opening) if items else first_heading(opening)
    header = read_english_header(opening[:end], extract, registry)
    if end < len(opening):
        header.body = [line.passage for line in opening[end:] if not line.cells]
    if signed_on is not None:
        header.issuer, header.issued_on = signer or header.issuer, signed_on
    year = int(header.edition[:4]) if header.edition else None
    if year is None and header.issued_on is not None:
        year = header.issued_on.year
    tongue = EnglishTongue(english_of(registry, year), titles_of(registry, None))
    context = Context(tongue=tongue, rules=Rules(), year=year, local=False, notes=notes)
    carrying = {i for i, item in enumerate(items) if _carries(item, context)}
    if _is_list(items, carrying):
        sections, tasks, parts = _listed(items, carrying, context)
        header.dated_under_title()
        nature: Nature = "translation"
    else:
        sections, tasks, parts = _prose(items, header, context)
        nature = "commentary"
        header.dated_as_published()
    if not tasks:
        notes.append(Diagnostic(kind="no_tasks", message="no measure was found"))
    return Plan(
        title=header.title or extract.title or "",
        language="en",
        nature="draft" if "draft for comment" in header.title.lower() else nature,
        document_number=header.number or extract.document_number,
        issuer=header.issuer,
        issued_on=header.issued_on,
        published_on=extract.published_on or header.published_on,
        edition=header.edition,
        addressees=header.addressees,
        sections=tuple(sections),
        tasks=tuple(tasks),
        frame=(*header.parts, *parts),
        diagnostics=tuple(notes),
    )


def _items(lines: list[Line]) -> tuple[list[Line], list[Item]]:
    counting = Counting()
    opening: list[Line] = []
    items: list[Item] = []
    for line in number_lines(lines):
        number = line.number
        if number is not None and counting.accepts(number, line.passage.text):
            items.append(Item(line, number))
        elif line.cells and is_header_row(line):
            items.append(table_item(line))
        else:
            line.number = None
            (items[-1].lines if items else opening).append(line)
    return opening, items


def _carries(item: Item, context: Context) -> bool:
    for line in (item.line, *item.lines):
        duties = duties_on(line, context.tongue)
        if duties and ends_in_duty(line.body(), duties):
            return True
    return False


def _is_list(items: list[Item], carrying: set[int]) -> bool:
    """Whether the numbers are the tasks' (a translation), not headings over prose."""
    if any(item.is_table for item in items):
        return True
    numbered = [item for item in items if item.rank in (ARABIC, ARABIC_BRACKET)]
    if len(carrying) >= max(2, len(numbered) // 3):
        return True
    if len(numbered) <= 3 and any(
        items[index] in numbered and not items[index].lines for index in carrying
    ):
        # An excerpt: a bracket closes the numbered line itself.
        return True
    sentences = [item for item in numbered if _is_sentence(item)]
    return len(numbered) >= 2 and len(sentences) * 2 > len(numbered)


def _is_sentence(item: Item) -> bool:
    text = item.body().text
    return text.endswith((".", ";", ")")) or len(text) > 120


# --- lists ----------------------------------------------------------------------------------------


def _listed(
    items: list[Item], carrying: set[int], context: Context
) -> tuple[list[Section], list[Task], list[FramePart]]:
    nest(items)
    rank = task_rank(items, carrying)
    if rank is not None:
        items = fold_below(items, rank, context.notes)
        nest(items)
    assembly = Assembly(context, rank, any_duty=bool(carrying), introductory=is_introductory)
    assembly.read(items)
    return assembly.sections, assembly.tasks, assembly.parts


def is_introductory(item: Item) -> bool:
    """Whether this item or one above it introduces or comments on the plan."""
    here: Item | None = item
    while here is not None:
        if INTRODUCTORY.match(_heading(here)):
            return True
        here = here.parent
    return False


def _heading(item: Item) -> str:
    return item.body().text.strip("[] .:")


# --- prose ----------------------------------------------------------------------------------------


def _prose(
    items: list[Item], header: EnglishHeader, context: Context
) -> tuple[list[Section], list[Task], list[FramePart]]:
    nest(items)
    sections: list[Section] = []
    tasks: list[Task] = []
    parts: list[FramePart] = []
    ids: dict[int, str] = {}
    children: dict[str | None, int] = {}
    counts: Counter[str | None] = Counter()
    for item in items:
        parent = ids.get(id(item.parent)) if item.parent else None
        children[parent] = children.get(parent, 0) + 1
        ident = f"{parent}.{children[parent]}" if parent else str(children[parent])
        ids[id(item)] = ident
        head, rest = _head_and_rest(item)
        sections.append(
            Section(
                id=ident,
                number=_printed(item),
                title=head.stripped("（） ").text.strip("[]"),
                parent=parent,
                at=item.line.passage.span(),
            )
        )
        paragraphs = [one for one in (rest, *(line.passage for line in item.lines)) if one.text]
        if is_introductory(item):
            parts.extend(_introduction(item, paragraphs))
            continue
        for group in grouped(paragraphs):
            _measures(group, ident, context, tasks, parts, counts)
    if not items:
        for group in grouped(header.body):
            _measures(group, None, context, tasks, parts, counts)
    return sections, tasks, parts


def _printed(item: Item) -> str:
    text = item.line.passage.text
    return text if text.startswith("[") else text[: item.number.end].strip()


def _head_and_rest(item: Item) -> tuple[Passage, Passage]:
    if item.rank == PART:
        passage = item.line.passage
        return passage, passage.cut(len(passage))
    return item.head()


def _introduction(item: Item, paragraphs: list[Passage]) -> list[FramePart]:
    """Objectives one by one where they are counted; comment as it stands."""
    heading = _heading(item)
    role: FrameRole = (
        "closing"
        if REMARK.match(heading)
        else "objective"
        if re.search("objective|goal", heading, re.IGNORECASE)
        else "introduction"
    )
    out: list[FramePart] = []
    for paragraph in paragraphs:
        marks = [m.start() for m in _NUMBERED_INSIDE.finditer(paragraph.text)]
        if role == "objective" and len(marks) > 1:
            for start, end in zip(marks, [*marks[1:], None], strict=True):
                piece = paragraph.cut(start, end)
                number = _NUMBERED_INSIDE.match(piece.text)
                piece = piece.cut(number.end() if number else 0)
                out.append(_part(role, re.sub(r"[,;.]?(?: and)? ?$", "", piece.text), piece.span()))
        else:
            out.append(_part(role, paragraph.text, paragraph.span()))
    return out


def _part(role: FrameRole, text: str, at: Span) -> FramePart:
    return FramePart(role=role, text=text, at=at)


def _measures(
    group: Group,
    section: str | None,
    context: Context,
    tasks: list[Task],
    parts: list[FramePart],
    counts: Counter[str | None],
) -> None:
    """Add the tasks and the frame of one group; ``counts`` holds how many tasks each section has."""
    tongue = context.tongue
    assert isinstance(tongue, EnglishTongue)
    if group.introductory:
        role: FrameRole = "closing" if REMARK.match(group.heading) else "introduction"
        parts.extend(_part(role, one.text, one.span()) for one in group.paragraphs)
        return
    most = MOST_LINES - len(tasks) - len(parts)
    if most <= 0 and context.notes and context.notes[-1].kind == "too_long":
        return
    measures, others = measures_of(group.paragraphs, context, most)
    for clause, made in measures:
        counts[section] += 1
        position = counts[section]
        tasks.append(
            task_of(
                made,
                ident=f"{section}-{position}" if section else str(position),
                number=None,
                section=section,
                at=clause.span(),
                context=context,
            )
        )
    parts.extend(_part("introduction", one.text, one.span()) for one in others)
