"""What reprints do to whole texts, undone: text given twice, page numbers, running heads, broken
lines, and a whole plan on one line (china-ip-plans.md, 5).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

from plans.model import Diagnostic
from plans.reading.actors import looks_like_body
from plans.reading.furniture import NUMBER, is_label
from plans.reading.lines import Line, line_of, skipped
from plans.reading.numbering import HAN, HAN_BRACKET
from plans.reading.passage import Passage, join
from plans.reading.signatures import is_signer
from plans.reading.unfolding import unfold

_PAGE = re.compile(
    r"^(?:[-·•\s]*\d{1,4}[-·•\s]*|第?\d{1,4}页?[/共，]*第?\d{1,4}页?|第\d{1,4}页|Page \d{1,4}.{0,12})$"
)
_ENDS = "。！？；：”）…!?;:.)>》"
_BRACKET = re.compile("[（）《》]")
_CARRIES_ON = ("，", "、", "。", "；", "）", "》", "”")


def mend(lines: list[Line]) -> tuple[list[Line], list[Diagnostic]]:
    """The lines as they were before the reprint, and what was left out and why."""
    notes: list[Diagnostic] = []
    lines = unfold(lines, notes)
    lines = _without_contents(lines, notes)
    lines = [part for line in lines for part in _headings_apart(line)]
    lines, breaks = _without_furniture(lines, notes)
    lines = _joined(lines, breaks)
    lines = _once(lines, notes)
    return lines, notes


_CONTENTS = ("目录", "目次")
#: A heading that runs into the first number below it: 一、建设（一）码头, （一）码头1.修….
_RUN_IN = re.compile("[^，；：（）1]{2,40}?[。 ]?(?=（一）|1[.、](?!\\d))")
#: No line has as many headings run into it.
_MOST_HEADINGS = 20


def _headings_apart(line: Line) -> list[Line]:
    """A heading and the first item under it on one line, as two lines."""
    parts: list[Line] = []
    while (
        len(parts) < _MOST_HEADINGS
        and line.number is not None
        and line.number.rank in (HAN, HAN_BRACKET)
        and not line.cells
        and (match := _RUN_IN.match(line.plain, line.number.end)) is not None
    ):
        parts.append(Line(line.passage.cut(0, match.end()), (), line.number))
        line = line_of(line.passage.cut(match.end()))
    return [*parts, line]


def _without_contents(lines: list[Line], notes: list[Diagnostic]) -> list[Line]:
    """A table of contents is dropped: its headings come again below."""
    for index, line in enumerate(lines[:60]):
        if line.plain not in _CONTENTS or index + 1 >= len(lines):
            continue
        first = _entry(lines[index + 1])
        for again in range(index + 2, min(index + 300, len(lines))):
            if len(first) > 2 and _entry(lines[again]) == first:
                start, end = line.passage.span()[0], lines[again - 1].passage.span()[1]
                notes.append(
                    Diagnostic(
                        kind="contents", message="a table of contents left out", at=(start, end)
                    )
                )
                return lines[:index] + lines[again:]
    return lines


def _entry(line: Line) -> str:
    return line.plain.rstrip("0123456789.…· -")


def _without_furniture(lines: list[Line], notes: list[Diagnostic]) -> tuple[list[Line], set[int]]:
    """Page numbers and running heads dropped; also gives before which lines a page began."""
    counts = Counter(line.plain for line in lines if _may_be_head(line))
    heads = {plain for plain, count in counts.items() if count >= 3}
    if not heads and not any(
        len(line) < 30 and _PAGE.match(line) for line in (x.plain for x in lines)
    ):
        return lines, set()
    kept: list[Line] = []
    breaks: set[int] = set()
    seen: set[str] = set()
    for line in lines:
        page = not line.cells and len(line.plain) < 30 and _PAGE.match(line.plain)
        head = line.plain in heads and line.plain in seen
        seen.add(line.plain)
        if page or head:
            notes.append(
                skipped(
                    "page_furniture",
                    f"{'page number' if page else 'running head'} {line.plain} left out",
                    line.passage,
                )
            )
            breaks.add(len(kept))
            continue
        kept.append(line)
    return kept, breaks


def _may_be_head(line: Line) -> bool:
    plain = line.plain
    return (
        4 <= len(plain) <= 40
        and line.number is None
        and not line.cells
        and plain[-1] not in _ENDS
        and "：" not in plain
    )


def _joined(lines: list[Line], page_breaks: set[int]) -> list[Line]:
    """Lines that were one paragraph before a PDF or a narrow column broke them."""
    width = _wrap_width(lines)
    out: list[_Paragraph] = []
    # Titles and signatures are lines of their own: a page break parts only running paragraphs.
    in_body = False
    # What stood alone once stands alone in a second copy of the text as well, a title above all.
    alone: set[str] = set()
    for index, line in enumerate(lines):
        in_body = in_body or line.number is not None
        after_page = in_body and index in page_breaks and out[-1].last.plain not in alone
        signs = bool(width) and looks_like_body(line.plain) and is_signer(lines, index)
        if out and not signs and _continues(out[-1], line, after_page, width):
            out[-1].add(line)
        else:
            if page_breaks and out and len(out[-1].lines) == 1:
                alone.add(out[-1].last.plain)
            out.append(_Paragraph(line))
    return [paragraph.line() for paragraph in out]


class _Paragraph:
    """Lines that belong together, put together once all of them are known."""

    __slots__ = ("_brackets", "_tail", "_titles", "last", "length", "lines")

    def __init__(self, line: Line) -> None:
        self.lines: list[Line] = []
        self.length = self._brackets = self._titles = 0
        self._tail = ""
        self._take(line)

    def add(self, line: Line) -> None:
        """Go on with ``line``."""
        gap = _gap(self.last, line)
        self._tail += gap
        self.length += len(gap)
        self._take(line)

    def _take(self, line: Line) -> None:
        plain = line.plain
        self.lines.append(line)
        self.last = line
        self.length += len(plain)
        self._brackets += plain.count("（") - plain.count("）")
        self._titles += plain.count("《") - plain.count("》")
        self._tail = (self._tail + plain)[-120:]

    @property
    def unclosed(self) -> bool:
        """Whether a bracket or a title is open at the end."""
        return (self._brackets == 1 and "（" in self._tail) or (
            self._titles == 1 and "《" in self._tail[-60:]
        )

    def line(self) -> Line:
        """The paragraph as one line, with the number of its first."""
        if len(self.lines) == 1:
            return self.last
        parts = [self.lines[0].passage]
        for before, after in itertools.pairwise(self.lines):
            gap = _gap(before, after)
            if gap:
                parts.append(Passage(gap, gap, before.passage.span()[1] - 1))
            parts.append(after.passage)
        return Line(join(parts), (), self.lines[0].number)


def _gap(before: Line, after: Line) -> str:
    """Latin words are parted by a blank, Chinese ones by nothing, nor is a figure among them."""
    if before.plain[-1].isdigit() and after.plain[0].isdigit() and not after.plain.isascii():
        return ""
    return " " if before.plain[-1].isascii() and after.plain[0].isascii() else ""


def _wrap_width(lines: list[Line]) -> int:
    """The width of a text that was broken into lines of one width; 0 where it was not."""
    open_lengths = sorted(
        len(line.plain)
        for line in lines
        if line.plain[-1] not in _ENDS and not line.cells and not is_label(line.plain)
    )
    if len(open_lengths) < 6:
        return 0
    widest = open_lengths[int(len(open_lengths) * 0.9)]
    full = sum(1 for length in open_lengths if length >= widest * 0.85)
    if widest < 14 or widest > 120 or full < max(5, 0.3 * len(lines)):
        return 0
    return widest


def _continues(whole: _Paragraph, line: Line, after_page: bool, width: int) -> bool:
    before = whole.last
    if line.cells or before.cells:
        return False
    plain = line.plain
    if plain.startswith(_CARRIES_ON):
        return True
    if line.number is not None:
        return False
    # A bracket that the reprint lost is not waited for.
    unclosed = whole.unclosed and _closes_first(plain)
    last = before.plain[-1]
    if is_label(plain):
        return False
    if last in "、，（《“":
        return True
    if unclosed and whole.length < 4000:
        return True
    ended = last in _ENDS
    if after_page and not ended and len(before.plain) > 12 and plain[0] not in "（":
        return True
    if not width or plain[0] == "（":
        return False
    if NUMBER.fullmatch(plain) or NUMBER.fullmatch(before.plain):
        # A document's number stands on a line of its own, however wide the lines are.
        return False
    return len(before.plain) >= width * 0.88 and last not in "）："


def _closes_first(plain: str) -> bool:
    """Whether the line closes a bracket or title before it opens one of its own."""
    mark = _BRACKET.search(plain)
    return mark is not None and mark[0] in "）》"


def _once(lines: list[Line], notes: list[Diagnostic]) -> list[Line]:
    """Text that stands twice, read once: runs of lines that stood before."""
    if len(lines) < 2:
        return lines
    first: dict[str, int] = {}
    drop: set[int] = set()
    index = 0
    while index < len(lines):
        plain = lines[index].plain
        before = first.setdefault(plain, index)
        if before < index and not lines[index].cells:
            length = _run(lines, before, index)
            if _is_copy(lines, before, index, length):
                drop.update(range(index, index + length))
                start, end = (
                    lines[index].passage.span()[0],
                    lines[index + length - 1].passage.span()[1],
                )
                notes.append(
                    Diagnostic(
                        kind="repeated",
                        message=f"{length} paragraphs that stand above already were read once",
                        at=(start, end),
                    )
                )
                index += length
                continue
        index += 1
    return [line for number, line in enumerate(lines) if number not in drop] if drop else lines


def _run(lines: list[Line], before: int, index: int) -> int:
    length = 0
    while (
        index + length < len(lines)
        and before + length < index
        and lines[before + length].plain == lines[index + length].plain
    ):
        length += 1
    return length


def _is_copy(lines: list[Line], before: int, index: int, length: int) -> bool:
    size = sum(len(lines[index + i].plain) for i in range(length))
    if index == before + length and length == 1:
        # One line straight after itself.
        return size > 20 and not lines[index].plain.startswith("（")
    # A run of lines straight after itself needs less to be one.
    enough = 40 if index == before + length else 120
    return (length >= 3 and size >= enough) or size >= 400
