"""A Chinese text to a Plan: header, items, sections, tasks and frame, in the order of the text."""

from __future__ import annotations

import re

import msgspec

from plans.model import Diagnostic, Extract, FramePart, FrameRole, Language, Plan, Section, Task
from plans.reading import header as frame
from plans.reading.abbreviations import short_titles
from plans.reading.addressees import addressees_of
from plans.reading.assembling import Assembly
from plans.reading.characters import fold
from plans.reading.chinese_prose import Measures, measures_in
from plans.reading.edition import (
    edition_of,
    edition_told_of,
    is_local_document,
    nature_of,
    year_of_number,
)
from plans.reading.furniture import is_furniture
from plans.reading.grammar.parser import lexer_of
from plans.reading.grammar.tokens import Lexer
from plans.reading.header import Header
from plans.reading.lines import Line, skipped
from plans.reading.numbering import ARABIC
from plans.reading.outline import (
    Counting,
    Item,
    drop_lone_figures,
    fold_below,
    introduces,
    nest,
    table_item,
    task_rank,
    tells_of_text,
)
from plans.reading.passage import Passage
from plans.reading.signatures import is_date_line, signers_on, split_signature
from plans.reading.tables import header_of_two, is_header_row, is_lower_header
from plans.reading.tasks import Body, Context, Rules, ends_in_duty, make, task_of, told_by
from plans.reading.title_ends import stops_title
from plans.reading.titles import titles_of
from plans.reading.tongue import ChineseTongue, duties_on
from plans.registry.model import Registry

#: The rule of 列第一位者为牵头单位 outside brackets, for the whole text.
_GENERAL_RULE = re.compile("(?:第一|首位|首个|排在前)[^。；]{0,24}(?:牵头|主办)")


def read_chinese(
    extract: Extract,
    lines: list[Line],
    notes: list[Diagnostic],
    language: Language,
    registry: Registry,
) -> Plan:
    """Read the mended lines of a Chinese text as a plan."""
    header = Header(parts=[], preamble=[], headlines=[])
    drop_lone_figures(lines)
    items, stray = _items(lines, header, notes)
    titles = [
        fold(title)
        for title in (
            header.plan_title.text if header.plan_title else None,
            header.notice_title.text if header.notice_title else None,
            header.labelled_title,
            extract.title,
        )
        if title
    ]
    edition = edition_of(titles, [part.plain for part in header.preamble])
    published = extract.published_on or header.published_on
    dated = header.issued_on or published
    printed = year_of_number(header.number or extract.document_number)
    fallback = dated.year if dated else printed
    year = int(edition[:4]) if edition else fallback
    lexer = lexer_of(registry, year)
    known_titles = titles_of(registry, None)
    tongue = ChineseTongue(lexer, known_titles, short_titles(lines, known_titles))
    context = Context(
        tongue=tongue,
        rules=Rules(first_leads=_general_rule(header, stray)),
        year=int(edition[-4:]) if edition else fallback,
        local=is_local_document(fold(header.issuer) if header.issuer else None, titles),
        notes=notes,
    )
    carrying = {index for index, item in enumerate(items) if _carries(item, context)}
    items = _without_annex(items, carrying, header)
    nest(items)
    nature = nature_of(titles)
    introductory = tells_of_text if nature == "commentary" else introduces
    rank = task_rank(items, carrying, introductory)
    if rank is not None:
        items = fold_below(items, rank, notes)
        nest(items)
    assembly = Assembly(context, rank, any_duty=bool(carrying), introductory=introductory)
    assembly.read(items)
    if not items:
        measures = measures_in(header.preamble, tongue, registry)
        nature = "commentary" if measures.commentary else nature
        assembly.tasks.extend(_unnumbered(measures, context))
        header.leave([one.text for one in measures.found])
        if nature == "commentary":
            edition = edition or edition_told_of([part.plain for part in header.preamble])
    parts = sorted([*header.parts, *assembly.parts], key=lambda part: part.at[0] if part.at else 0)
    if not assembly.tasks:
        notes.append(
            Diagnostic(kind="no_tasks", message="no numbered item was found that could be a task")
        )
    return Plan(
        title=header.title() or _title_of_page(extract),
        language=language,
        nature=nature,
        document_number=header.number or extract.document_number,
        issuer=_parted(header.issuer, lexer),
        issued_on=header.issued_on,
        published_on=published,
        edition=edition,
        addressees=addressees_of(header.addressees, lexer),
        sections=tuple(assembly.sections),
        tasks=tuple(assembly.tasks),
        frame=tuple(parts),
        diagnostics=tuple(notes),
    )


def _items(
    lines: list[Line], header: Header, notes: list[Diagnostic]
) -> tuple[list[Item], list[Line]]:
    """Header lines, numbered items with their lines, signatures and footers told apart."""
    counting = Counting()
    items: list[Item] = []
    opening: list[Line] = []
    stray: list[Line] = []
    # Lines after a signature, until the next number: an attached plan's title and preamble.
    between: list[Line] | None = opening
    signed_after_body = False
    heading: Line | None = None
    # The item behind which an annex was announced: a table below is not the item's.
    annexed: Item | None = None
    # How many annexes were listed; None outside of such a list.
    listed: int | None = None
    for line in lines:
        number = line.number
        listed = _listed(line, listed)
        if listed is not None:
            annexed = items[-1] if items else None
            header.add("footer", line.passage)
            line.number = None
            continue
        if number is not None and counting.accepts(number, line.plain):
            if between is not None:
                _take_header(between, header, after_signature=signed_after_body)
                if items:
                    items[-1].ends_text = True
                between = None
            elif number.value == 1 and items and number.rank == items[0].rank:
                _part(items[-1], header)
            items.append(Item(line, number))
            continue
        # A number that does not carry on is a part of the words.
        line.number = None
        if between is not None:
            if not (line.cells and is_header_row(line)):
                between.append(line)
                continue
            _take_header(between, header, after_signature=signed_after_body)
            between = None
        if is_date_line(line):
            _sign(items[-1], line, header)
            between, signed_after_body = [], True
            continue
        if frame.is_published_line(line, header):
            header.add("footer", line.passage)
            continue
        if frame.is_footer(line) and not line.plain.startswith("附件"):
            header.add("footer", line.passage)
            stray.append(line)
            annexed = items[-1]
            continue
        if line.cells and is_header_row(line):
            heading = line
        if line.cells and heading is not None and not (items and items[-1].is_table):
            # A heading between a table's rows (一、甲方面) parts it; its columns stay.
            if items:
                items[-1].over_table = items[-1] is not annexed
            items.append(table_item(heading))
        elif line.cells and items and _is_second_header(items[-1], line, heading):
            heading = line = header_of_two(items[-1].line, line)
            items[-1] = table_item(heading)
        if heading is not line:
            items[-1].lines.append(line)
    if between is not None and between is not opening:
        for line in between:
            header.add("footer", line.passage)
            frame.is_published_line(line, header)
            stray.append(line)
    elif between is opening and not items:
        _take_header(opening, header, after_signature=False)
        if opening:
            notes.append(skipped("no_numbers", "no line begins with a number", opening[0].passage))
    return items, stray


def _is_second_header(item: Item, line: Line, heading: Line | None) -> bool:
    """Whether a row straight under a table's header names columns too."""
    if not item.is_table or item.lines:
        return False
    return heading is line or is_lower_header(line)


def _parted(issuer: str | None, lexer: Lexer) -> str | None:
    """Signers that stood side by side on one line, parted: 甲部 乙局."""
    names = []
    for one in issuer.split("、") if issuer else ():
        found = lexer.names.known_only(fold(one))
        names.extend([one[start:end] for start, end in found] if len(found) > 1 else [one])
    return "、".join(names) or None


def _title_of_page(extract: Extract) -> str:
    title = extract.title or ""
    return "" if is_furniture(fold(title)) else title


_ANNEXES = re.compile("附件?\\d*：(?:(?P<first>1)[.、])?")


def _listed(line: Line, before: int | None) -> int | None:
    """How many annexes are listed up to this line (附件：1.某表, 2.某名单); None where it lists none."""
    start = _ANNEXES.match(line.plain)
    if start is not None and not line.cells:
        return 1 if start["first"] else 0
    number = line.number
    if before is None or number is None or number.rank != ARABIC or line.plain[-1] in "。；":
        return None
    return number.value if number.value == before + 1 and len(line.plain) < 80 else None


def _without_annex(items: list[Item], carrying: set[int], header: Header) -> list[Item]:
    """The items of the text itself: an annex that gives nobody a duty sets no task."""
    first = next((i + 1 for i, item in enumerate(items) if item.ends_text), len(items))
    annex = items[first:]
    if not annex or not header.has_annex() or any(item.is_table for item in annex):
        return items
    if any(index >= first for index in carrying):
        return items
    for item in annex:
        for line in (item.line, *item.lines):
            header.add("footer", line.passage)
    return items[:first]


def _part(item: Item, header: Header) -> None:
    """A title among the item's lines begins another text, whose numbers start again: it ends the item.

    One notice may send out two papers, one below the other (国办发〔2018〕124号).
    """
    for index in range(len(item.lines) - 1, max(-1, len(item.lines) - 6), -1):
        line = item.lines[index]
        plain = line.plain
        if line.cells or not 6 <= len(plain) <= 60 or "，" in plain or not stops_title(plain):
            continue
        for one in item.lines[index:]:
            header.add("preamble", one.passage)
        item.lines = item.lines[:index]
        item.ends_text = True
        return


def _unnumbered(measures: Measures, context: Context) -> list[Task]:
    """The measures of a text without numbers as its tasks."""
    tasks = []
    for position, measure in enumerate(measures.found, start=1):
        made = make(Body((measure.text,), (measure.duties,)), context)
        if measure.told is not None:
            told = told_by([measure.told], measure.text, context)
            made = msgspec.structs.replace(made, assignments=told)
        at = measure.text.span()
        tasks.append(
            task_of(made, ident=str(position), number=None, section=None, at=at, context=context)
        )
    return tasks


def _take_header(lines: list[Line], header: Header, *, after_signature: bool) -> None:
    if not after_signature:
        frame.read_header(lines, header)
        return
    later = Header(parts=[], preamble=[], headlines=header.headlines)
    frame.read_header(lines, later, "plan title")
    header.plan_title = later.plan_title or later.notice_title or header.plan_title
    header.attached = True
    header.parts.extend(later.parts)
    header.preamble.extend(later.preamble)


def _sign(item: Item, line: Line, header: Header) -> None:
    """A date on a line of its own: the short lines before it signed."""
    kept, signers, date = split_signature([*item.lines, line])
    item.lines = kept
    if date is not None and header.issued_on is None:
        header.issued_on = date
    if signers and header.issuer is None:
        header.issuer = "、".join(signers_on(one.passage) for one in signers)


def _carries(item: Item, context: Context) -> bool:
    """Whether a responsibility bracket closes one of the item's own paragraphs."""
    if item.line.cells:
        return False
    for line in (item.line, *item.lines):
        duties = duties_on(line, context.tongue)
        if duties and (
            ends_in_duty(line.body(), duties) or any(duty.reading.named for duty in duties)
        ):
            return True
    return False


def _general_rule(header: Header, stray: list[Line]) -> bool:
    texts = [part.text for part in header.parts] + [line.passage.text for line in stray]
    return any(_GENERAL_RULE.search(fold(text)) for text in texts)


__all__ = ["FramePart", "FrameRole", "Passage", "Section", "Task", "read_chinese"]
