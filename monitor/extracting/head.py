"""Title, number and date of a document that is nothing but text: told from its opening."""

from __future__ import annotations

import re

from monitor.extracting.html.labels import is_number_line, number_in_opening
from plans.reading.characters import fold
from plans.reading.furniture import is_furniture

_TITLE_END = re.compile(
    r"(?:通知|意见|意見|计划|計劃|方案|条例|條例|规定|規定|办法|辦法|决定|決定|纲要|綱要|规划|規劃|公告|细则|細則|要点|"
    r"通告|通报|报告|批复|函|令|法|解释|指引|指南|准则|清单|安排|举措|措施|Plan|Regulations?|Law|Measures|Notice)"
    r"(?:[（(].{1,20}[）)])?$"
)
_SENTENCE = re.compile(
    r"[。；！？]|[：:]$|^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十\d]+[）)]|^\d+[.、．]|^第.{1,4}[条章]"
)
_LONGEST = 100


def title_of(lines: list[str]) -> str | None:
    """The title that ``lines`` begin with; a title broken over lines is joined.

    Office documents may begin with the issuer's name as a red heading and the number: the title
    is the first line that ends like one, else the first line that is no sentence.
    """
    opening = [
        line
        for line in lines[:16]
        if not is_number_line(line) and not is_furniture(fold(line).strip())
    ][:8]
    for at, line in enumerate(opening):
        if _SENTENCE.search(line) or len(line) > _LONGEST:
            break
        for end in range(at + 1, min(at + 4, len(opening)) + 1):
            part = opening[at:end]
            if any(_SENTENCE.search(piece) for piece in part):
                break
            joined = "".join(part) if not part[0].isascii() else " ".join(part)
            whole = len(part) == 1 or _starts(part[0])
            if whole and _TITLE_END.search(joined) and 4 <= len(joined) <= _LONGEST:
                return joined
    first = opening[0] if opening else ""
    return first if 2 <= len(first) <= _LONGEST and not _SENTENCE.search(first) else None


def _starts(line: str) -> bool:
    """True for a first line that asks for more: it names who issues what, and ends nothing."""
    return "关于" in line or "關於" in line or line.endswith(("和", "及", "与", "、", "年"))


def number_of(lines: list[str]) -> str | None:
    """The document's number: a line of the opening that is nothing else."""
    return number_in_opening(lines)
