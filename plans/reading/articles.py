"""Laws and regulations: every article a task of kind ``article``, chapters as sections."""

from __future__ import annotations

import datetime as dt
import re

from plans.model import Diagnostic, Extract, FramePart, Language, Plan, Section, Task
from plans.reading.dates import FULL_DATE, date_of
from plans.reading.lines import Line
from plans.reading.numbering import ARTICLE, CHAPTER, DIVISION, PART, Number, number_at
from plans.reading.passage import Passage, join
from plans.reading.titles import titles_of
from plans.registry.model import Registry

_HEADING_MARK = "# 　"
_AMENDED = re.compile("(?:通过|公布|修正|修订|发布|批准)")
_ORDER = re.compile(
    "(?:中华人民共和国)?(?:国务院|主席|[\u4e00-\u9fff]{2,14})令第?\\d{1,4}号|第[〇一二三四五六七八九十百]{1,6}号"
)
_ISSUER = re.compile("(全国人民代表大会常务委员会|全国人民代表大会|国务院)")


def is_law(lines: list[Line]) -> bool:
    """Whether at least three articles (第…条) follow each other at the start of lines."""
    count = expected = 0
    for line in lines:
        number = _number(line)
        if number is not None and number.rank == ARTICLE:
            if number.value in (expected, expected + 1):
                count += 1
            expected = number.value
            if count >= 3:
                return True
    return False


def _number(line: Line) -> Number | None:
    if line.number is not None:
        return line.number
    stripped = line.plain.lstrip(_HEADING_MARK)
    number = number_at(stripped)
    if number is None or number.rank not in (ARTICLE, PART, CHAPTER, DIVISION):
        return None
    shift = len(line.plain) - len(stripped)
    return Number(number.rank, number.value, number.end + shift)


def read_law(
    extract: Extract,
    lines: list[Line],
    notes: list[Diagnostic],
    language: Language,
    registry: Registry,
) -> Plan:
    """Read a law: its title, its chapters, and each article with its paragraphs as lines."""
    first = next(i for i, line in enumerate(lines) if _structural(line))
    first = _after_contents(lines, first)
    title, parts, issued = _opening(lines[:first])
    titles = titles_of(registry, None)
    sections: list[Section] = []
    tasks: list[Task] = []
    open_sections: list[tuple[int, str]] = []
    children: dict[str | None, int] = {}
    ids: dict[str, int] = {}
    index = first
    while index < len(lines):
        line = lines[index]
        number = _number(line)
        index += 1
        if number is None or number.rank not in (ARTICLE, PART, CHAPTER, DIVISION):
            continue
        if number.rank != ARTICLE:
            while open_sections and open_sections[-1][0] >= number.rank:
                open_sections.pop()
            parent = open_sections[-1][1] if open_sections else None
            children[parent] = children.get(parent, 0) + 1
            ident = f"{parent}.{children[parent]}" if parent else str(children[parent])
            open_sections.append((number.rank, ident))
            sections.append(
                Section(
                    id=ident,
                    number=line.passage.text[: number.end].strip(_HEADING_MARK),
                    title=line.passage.cut(number.end).stripped(" ").text,
                    parent=parent,
                    at=line.passage.span(),
                )
            )
            continue
        paragraphs = [line.passage.cut(number.end).stripped(" ")]
        while index < len(lines) and not _structural(lines[index]):
            paragraphs.append(lines[index].passage)
            index += 1
        paragraphs, closing = _without_closing(paragraphs)
        parts.extend(FramePart(role="footer", text=p.text, at=p.span()) for p in closing)
        text = join(paragraphs, "\n")
        printed = line.passage.text[: number.end].strip()
        tasks.append(
            Task(
                id=_unique(_article_id(printed, number), ids),
                number=printed,
                section=open_sections[-1][1] if open_sections else None,
                text=text.text,
                instruments=titles.instruments(text),
                kind="article",
                at=(
                    line.passage.span()[0],
                    text.span()[1] if text.text else line.passage.span()[1],
                ),
            )
        )
    return Plan(
        title=title or extract.title or "",
        language=language,
        nature="draft" if "草案" in title or "征求意见稿" in title else "official",
        document_number=extract.document_number or _order(lines[:first]),
        issuer=_issuer(lines[:first]),
        issued_on=issued,
        published_on=extract.published_on,
        sections=tuple(sections),
        tasks=tuple(tasks),
        frame=tuple(parts),
        diagnostics=tuple(notes),
    )


def _structural(line: Line) -> bool:
    number = _number(line)
    return number is not None and number.rank in (ARTICLE, PART, CHAPTER, DIVISION)


def _after_contents(lines: list[Line], first: int) -> int:
    """A table of contents lists the chapters before the text: the text begins where they begin again."""
    number = _number(lines[first])
    if number is None or number.rank == ARTICLE:
        return first
    key = lines[first].plain.strip(_HEADING_MARK)
    for index in range(first + 1, min(first + 200, len(lines))):
        other = _number(lines[index])
        if other is not None and other.rank == ARTICLE:
            return first
        if lines[index].plain.strip(_HEADING_MARK) == key:
            return index
    return first


def _article_id(printed: str, number: Number) -> str:
    extra = re.search("条之([一二三四五六七八九])", printed)
    return (
        f"{number.value}-{'一二三四五六七八九'.index(extra[1]) + 1}" if extra else str(number.value)
    )


def _unique(ident: str, ids: dict[str, int]) -> str:
    count = ids[ident] = ids.get(ident, 0) + 1
    return ident if count == 1 else f"{ident}/{count}"


def _opening(lines: list[Line]) -> tuple[str, list[FramePart], dt.date | None]:
    """Title, history of adoption and amendment, and the last date that it tells."""
    title = ""
    parts: list[FramePart] = []
    dates: list[dt.date] = []
    signed: dt.date | None = None
    for line in lines:
        passage = line.passage.stripped(_HEADING_MARK)
        plain = passage.plain
        if plain.startswith("<") or plain in ("目录", "目次"):
            continue
        found = [
            date
            for match in FULL_DATE.finditer(plain)
            if not plain.startswith("起", match.end()) and (date := date_of(match))
        ]
        whole = FULL_DATE.fullmatch(plain)
        signed = date_of(whole) if whole else signed
        if _names_law(plain) and not found:
            title = passage.text
        elif found:
            dates.extend(found)
            parts.append(FramePart(role="introduction", text=passage.text, at=passage.span()))
        elif plain:
            parts.append(FramePart(role="introduction", text=passage.text, at=passage.span()))
    return title, parts, signed or max(dates, default=None)


def _names_law(plain: str) -> bool:
    return len(plain) <= 60 and bool(
        re.search("(?:法|条例|规定|办法|细则|决定|规则|规程)(?:（[^（）]{1,20}）)?$", plain)
    )


def _order(lines: list[Line]) -> str | None:
    joined = "".join(line.plain for line in lines[:3])
    match = _ORDER.search(joined)
    return match[0] if match and "令" in match[0] else None


def _issuer(lines: list[Line]) -> str | None:
    for line in lines:
        match = _ISSUER.search(line.plain)
        if match and _AMENDED.search(line.plain):
            return match[1]
    return None


def _without_closing(paragraphs: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Notes and footers after the last article."""
    for index, paragraph in enumerate(paragraphs[1:], start=1):
        if re.match("（(?:此件|本文)|附件|附：|来源：|-{3,}|#", paragraph.plain):
            return paragraphs[:index], paragraphs[index:]
    return paragraphs, []
