"""Signers and dates under a notice or a text."""

from __future__ import annotations

import datetime as dt
import itertools
import re

from plans.reading.actors import looks_like_body
from plans.reading.dates import FULL_DATE, date_of
from plans.reading.lines import Line
from plans.reading.passage import Passage
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


#: 现就有关事项通知如下: a sentence that the reprint left without its end.
_NO_SIGNER = re.compile("[。，；：《》]|^(?:现|特此|请|望|以上|为(?!民))|如下$")


def _may_sign(plain: str) -> bool:
    return 2 <= len(plain) <= 60 and not _NO_SIGNER.search(plain)


#: A shorter word behind a blank is the end of a name: 江北省人民政府 办公厅.
_SHORTEST_SIGNER = 4


def signers_on(passage: Passage) -> str:
    """Who signs on a line, parted by 、: bodies side by side stand apart by a blank alone.

    The folded line lacks the blank; where its characters stand in the extract still tells.
    """
    where, text = passage.where, passage.text
    if isinstance(where, int):
        return text
    cuts = [i for i in range(1, len(text)) if where[i] > where[i - 1] + 1]
    if not 0 < len(cuts) < _MOST_SIGNERS:
        return text
    bounds = list(itertools.pairwise([0, *cuts, len(text)]))
    whole = all(
        b - a >= _SHORTEST_SIGNER and looks_like_body(passage.plain[a:b]) for a, b in bounds
    )
    return "、".join(text[a:b] for a, b in bounds) if whole else text


#: No line has room for more.
_MOST_SIGNERS = 12


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
