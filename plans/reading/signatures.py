"""Signers and dates under a notice or a text."""

from __future__ import annotations

import datetime as dt
import re

from plans.reading.actors import looks_like_body
from plans.reading.dates import FULL_DATE, date_of
from plans.reading.lines import Line
from plans.reading.title_ends import ends_title

SEAL = re.compile("^（.{2,40}(?:代章|代印|盖章|印章|章）)")


def date_line(plain: str) -> dt.date | None:
    """The day, where the folded line is a date and nothing else."""
    bare = plain.strip("（）。 ")
    if re.search(r"年\d{1,2}月\d{1,2}$", bare):
        # A reprint may have lost the last character.
        bare += "日"
    bare = re.sub("^(?:发布|印发|成文)(?:日期|时间)?：?|(?:印发|发布)$", "", bare)
    match = FULL_DATE.fullmatch(bare)
    return date_of(match) if match else None


def is_signer(lines: list[Line], index: int) -> bool:
    """A short line that a date follows, others of its kind and a seal between."""
    if not _may_sign(lines[index].plain):
        return False
    for line in lines[index + 1 : index + 12]:
        if date_line(line.plain) is not None:
            return True
        if not (_may_sign(line.plain) or SEAL.match(line.plain)):
            return False
    return False


def signs_undated(lines: list[Line], index: int) -> bool:
    """A body's name straight above the title of what is sent out: a reprint without the date."""
    plain = lines[index].plain
    if index + 1 >= len(lines) or not _may_sign(plain) or "关于" in plain:
        return False
    return (
        looks_like_body(plain)
        and not ends_title(plain)
        and ends_title(lines[index + 1].plain)
        and len(lines[index + 1].plain) > 6
    )


def _may_sign(plain: str) -> bool:
    return 2 <= len(plain) <= 60 and not re.search("[。，；：《》]", plain)


def split_signature(lines: list[Line]) -> tuple[list[Line], list[Line], dt.date | None]:
    """The paragraphs before a signature, the signing lines, and its date; all of them where none.

    ``lines`` end with the date's line.
    """
    date = date_line(lines[-1].plain)
    start = len(lines) - 1
    while start > 0 and len(lines) - start <= 12:
        plain = lines[start - 1].plain
        if SEAL.match(plain) or (_may_sign(plain) and lines[start - 1].number is None):
            start -= 1
        else:
            break
    return lines[:start], [x for x in lines[start:-1] if not SEAL.match(x.plain)], date


def is_date_line(line: Line) -> bool:
    """Whether the line is a date and nothing else."""
    return line.number is None and not line.cells and date_line(line.plain) is not None
