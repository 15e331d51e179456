"""White space and lines: what every form of a text has in common."""

from __future__ import annotations

import re
from typing import NamedTuple

from monitor.extracting.tables import names_bodies

#: Characters that show nothing: zero-width space and joiners, soft hyphen, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000b\u000e-\u001f]")
_BLANKS = re.compile(r"[ \t\r\f\xa0]+")
#: A blank's name that an editor has broken (&sp; for &nbsp;) or escaped twice.
_MANGLED = re.compile("&(?:n?b?|e[nm]|thin)sp;")
_BREAK = re.compile(r"[ \t\r\f\xa0]*\n[ \t\r\n\f\xa0]*")
_WIDE = re.compile(
    "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—〔〕·\U00020000-\U0003ffff]"
)


class Line(NamedTuple):
    """One paragraph or table row; ``linked`` is how many of its characters are links."""

    text: str
    linked: int = 0


def is_wide(char: str) -> bool:
    """True for Chinese characters and the punctuation that goes with them."""
    return bool(char) and _WIDE.match(char) is not None


def squeeze(text: str) -> str:
    """One paragraph of marked-up text as it shows.

    Runs of blanks become one space; a line break of the source file is dropped beside a Chinese
    character (browsers would show a space there, inside words) and is a space elsewhere. The
    full-width space is content and stays, but not at either end.
    """
    if "sp;" in text:
        text = _MANGLED.sub(" ", text)
    if text.isprintable():
        # Most lines: no break, nothing invisible, no wide blank. This saves three searches.
        return (_BLANKS.sub(" ", text) if "  " in text else text).strip()
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    if "\n" in text:
        text = _BREAK.sub(_joint, text)
    return _BLANKS.sub(" ", text).strip()


def _joint(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    return "" if is_wide(before) or is_wide(after) else " "


def join_lines(first: str, second: str) -> str:
    """Join two lines that were one paragraph before a page or a column broke it."""
    if not first or not second:
        return first + second
    if first.endswith("-") and first[-2:-1].isascii() and first[-2:-1].isalpha():
        return first[:-1] + second if second[0].islower() else first + second
    wide = is_wide(first[-1]) or is_wide(second[0])
    return first + ("" if wide else " ") + second


def clean_lines(text: str) -> str:
    """A plain text as one paragraph a line: no blank lines, no blanks at either end of a line.

    Tabs part the cells of a table that was pasted in; where none of its rows names bodies, they only
    set words off, and are blanks.
    """
    rows = text.splitlines()
    tabbed = any(_is_row(row) and _heads_bodies(row) for row in rows)
    lines = (_cells(row) if tabbed and _is_row(row) else squeeze(row) for row in rows)
    return "\n".join(line for line in lines if line)


_LONGEST_HEADING = 10


def _is_row(line: str) -> bool:
    return line.strip().count("\t") > 1


def _heads_bodies(line: str) -> bool:
    """Whether one of a row's short cells heads a column of bodies."""
    cells = (cell.strip() for cell in line.split("\t"))
    return names_bodies(cell for cell in cells if len(cell) <= _LONGEST_HEADING)


def _cells(line: str) -> str:
    return "\t".join(squeeze(cell) for cell in line.split("\t")).rstrip()
