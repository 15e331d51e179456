"""Plain text and Markdown."""

from __future__ import annotations

import re

from monitor.extracting.head import number_of, title_of
from monitor.extracting.html.walk import lines_of
from monitor.extracting.text import clean_lines
from plans.model import Extract

#: Markdown above this is read in the limited process: some patterns cost its reader dearly.
LARGEST_MARKDOWN_IN_PROCESS = 60_000

#: **（一）修港。**修建码头: the standard's rules for words parted by blanks take this for no emphasis.
_STRESSED = re.compile(r"\*\*(?=[^\s*])([^*\n]{1,400})\*\*")


def read_text(text: str) -> Extract:
    """A plain text: its lines as they are, without blank ones."""
    return from_lines(clean_lines(text))


def read_markdown(text: str, url: str = "") -> Extract:
    """A Markdown text without its marks; headings, items and table rows are lines."""
    from markdown_it import MarkdownIt
    from selectolax.lexbor import LexborHTMLParser

    # Line breaks stay: Chinese texts are often one paragraph a line without blank lines.
    reader = MarkdownIt("commonmark", {"breaks": True, "html": True, "maxNesting": 30}).enable(
        "table"
    )
    body = LexborHTMLParser(reader.render(text)).body
    lines = lines_of(body) if body is not None else []
    return from_lines("\n".join(_STRESSED.sub(r"\1", line.text) for line in lines))


def from_lines(text: str) -> Extract:
    """An Extract of a text that stands alone; its opening tells title and number."""
    lines = text.split("\n", 20)[:20]
    if not text:
        return Extract(state="empty", text="", reason="the file holds no text")
    return Extract(
        state="document", text=text, title=title_of(lines), document_number=number_of(lines)
    )
