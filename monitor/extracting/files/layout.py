"""Lines on pages back to paragraphs: what PDF and OFD files have lost.

A page says where each line stands. A line that fills the column and is followed by one that is
not indented goes on there; a page number or running head is told by its place on the page.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from monitor.extracting.text import join_lines, squeeze

#: The strips at the top and bottom of a page in which heads and page numbers stand.
_MARGIN = 0.10
_PAGE_NUMBER = re.compile(
    r"[-—–－·.\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·.\s]*",
    re.IGNORECASE,
)
_STARTS_ITEM = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,3}[.．、](?!\d)"
    r"|第[一二三四五六七八九十百零\d]{1,6}[条章节编]|附件\s*\d*\s*[：:]?|[①-⑳]|[（(]?[a-zIVX]{1,4}[.)）]\s"
)
_ENDS = tuple("。！？；：.!?;:")


class PageLine(NamedTuple):
    """A line and its place: left, right, and its middle from the page's top, in one unit."""

    text: str
    left: float
    right: float
    middle: float
    height: float
    #: A row of a table: no paragraph, and its tabs stay.
    is_row: bool = False


class PageText(NamedTuple):
    """The lines of a page in reading order, and the page's size in the unit of the lines."""

    lines: list[PageLine]
    width: float
    height: float


def paragraphs(pages: list[PageText]) -> list[str]:
    """The text of ``pages``, a paragraph a line, without page numbers and running heads."""
    kept = _without_furniture(pages)
    flow = [(at, line) for at, page in enumerate(kept) for line in page.lines]
    if not flow:
        return []
    running = [line for _, line in flow if not line.is_row]
    left, right, size = _column(running) if running else (0.0, 0.0, 1.0)
    pitch = _pitch(kept, size)
    out: list[str] = []
    for at, (page, line) in enumerate(flow):
        text = line.text if line.is_row else squeeze(line.text)
        if not text:
            continue
        before = flow[at - 1] if at else None
        if before and out and _goes_on(before, (page, line), left, right, size, pitch):
            out[-1] = join_lines(out[-1], text)
        else:
            out.append(text)
    return out


def _goes_on(
    before: tuple[int, PageLine],
    now: tuple[int, PageLine],
    left: float,
    right: float,
    size: float,
    pitch: float,
) -> bool:
    """True where ``now`` continues the paragraph of the line ``before``."""
    (old_page, old), (page, line) = before, now
    if old.is_row or line.is_row:
        return False
    if old_page == page and _is_title(old, line, left, right, size):
        return True
    if old.right < right - 2.2 * size and not _same_row(old, line, old_page == page):
        return False
    if line.left > left + 1.2 * size and not _same_row(old, line, old_page == page):
        # Indented: a new paragraph, unless the whole block is (the line before is, too).
        if abs(line.left - old.left) > 0.5 * size:
            return False
        if old.text.rstrip().endswith(_ENDS) or _STARTS_ITEM.match(line.text.strip()):
            return False
        if line.left > (left + right) / 2:
            # The signature and the date under it, both set to the right.
            return False
        # Two indented lines of equal start: a centred title, or paragraphs of one line each.
        return old.right >= right - 1.2 * size
    if max(line.height, old.height) > 1.3 * min(line.height, old.height):
        return False
    if old_page == page and line.middle - old.middle > 1.7 * pitch:
        return False
    ended = old.text.rstrip().endswith(_ENDS)
    return not (ended and _STARTS_ITEM.match(line.text.strip()))


def _is_title(old: PageLine, line: PageLine, left: float, right: float, size: float) -> bool:
    """A title in large type over two lines, both set in the middle."""
    large = min(old.height, line.height) >= 1.2 * size
    alike = abs(old.height - line.height) < 0.1 * size
    centred = all(
        abs((one.left + one.right) - (left + right)) < 2 * one.height for one in (old, line)
    )
    return large and alike and centred and 0 < line.middle - old.middle < 2.2 * line.height


def _same_row(old: PageLine, line: PageLine, same_page: bool) -> bool:
    return same_page and abs(old.middle - line.middle) < 0.4 * line.height and line.left >= old.left


def _column(lines: list[PageLine]) -> tuple[float, float, float]:
    """Left and right edge of the text column and the height of its characters."""
    long = [line for line in lines if len(line.text.strip()) >= 10] or lines
    size = sorted(line.height for line in long)[len(long) // 2] or 1.0
    grid = max(size / 2, 0.1)
    starts = Counter(round(line.left / grid) for line in long)
    # The column begins where many lines do; those of the first line's indent are further right.
    common = [start for start, count in starts.items() if count * 8 >= len(long)]
    left = min(common or starts) * grid
    ends = sorted(line.right for line in long)
    return left, ends[min(len(ends) - 1, int(len(ends) * 0.9))], size


def _pitch(pages: list[PageText], size: float) -> float:
    """The usual distance from line to line."""
    gaps = sorted(
        below.middle - above.middle
        for page in pages
        for above, below in zip(page.lines, page.lines[1:], strict=False)
        if 0.5 * size < below.middle - above.middle < 6 * size
    )
    return gaps[len(gaps) // 2] if gaps else 2 * size


def _without_furniture(pages: list[PageText]) -> list[PageText]:
    """The pages without page numbers, and without what stands in the margin of most pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line.text) for line in page.lines if _in_margin(line, page)})
    often = max(2, (len(pages) + 1) // 2)
    return [
        page._replace(
            lines=[
                line
                for line in page.lines
                if not (
                    _in_margin(line, page)
                    and (
                        _PAGE_NUMBER.fullmatch(line.text.strip()[:40])
                        or seen[_shape(line.text)] >= often
                    )
                )
            ]
        )
        for page in pages
    ]


def is_page_number(line: PageLine, height: float) -> bool:
    """Whether a line is the page's number, on a page ``height`` high."""
    page = PageText([], 0.0, height)
    return _in_margin(line, page) and _PAGE_NUMBER.fullmatch(line.text.strip()[:40]) is not None


def _in_margin(line: PageLine, page: PageText) -> bool:
    return not _MARGIN < line.middle / (page.height or 1.0) < 1 - _MARGIN


def _shape(text: str) -> str:
    """A line with its numbers made equal: ``第 3 页`` and ``第 4 页`` are one running head."""
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", text))
