"""Text in columns: lines of at most so many terminal cells, Chinese counted double."""

from __future__ import annotations

import re

from rich.cells import cell_len

WIDTH = 72

#: A run that is not broken: Latin words and numbers. Any other character stands alone.
_PIECES = re.compile(r"[\u0021-\u024f\u2060]+|\s+|.", re.DOTALL)
#: Not at the start of a line.
_CLOSING = frozenset("，。、；：！？）》”’」』】…%,.;:!?)]}")


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> str:
    """``text`` broken into lines of ``width`` cells; ``first`` and ``rest`` begin the lines.

    A Latin word that is longer than a line (an address) keeps a line of its own, unbroken.
    """
    lines: list[str] = []
    line, used = first, cell_len(first)
    empty = True
    for piece in _PIECES.findall(text):
        if piece.isspace():
            if not empty:
                line, used = line + " ", used + 1
            continue
        size = cell_len(piece)
        # Two cells are kept for the punctuation mark that may follow.
        room = width if piece in _CLOSING else width - 2
        if not empty and used + size > room:
            carried = ""
            if piece in _CLOSING and not line[-1:].isascii():
                line, carried = line[:-1], line[-1]
            lines.append(line.rstrip())
            line, used = rest + carried, cell_len(rest + carried)
        line, used, empty = line + piece, used + size, False
    lines.append(line.rstrip())
    return "\n".join(lines)
