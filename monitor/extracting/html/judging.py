"""What a page is: a document only where nothing speaks against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from monitor.extracting.html import barriers
from monitor.extracting.html.attachments import file_name
from monitor.extracting.html.metadata import clean_title
from monitor.extracting.text import Line
from plans.model import Attachment, Extract

#: An article says at least this much; below it only what stands in a known place is believed.
_LEAST_TEXT = 15
_LEAST_GENERAL_TEXT = 60
#: Beside attachments, less than this is a word of introduction: what is said stands in the files.
_LEAST_BESIDE_FILES = 40
#: A line with as many characters outside links is a paragraph, which indexes hardly have.
_PROSE = 80
_XML_DATA = re.compile(r"<datastore[\s>]|<script[^>]{0,80}type\s*=\s*[\"']text/xml", re.IGNORECASE)


def judged(
    made: Extract,
    lines: list[Line],
    *,
    known: bool,
    html: str,
    page_title: str,
    shown_lines: Callable[[], list[Line]],
) -> Extract:
    """``made`` as the document that it is, or what stands there instead.

    ``lines`` are its text with the links counted; ``known`` tells that they stood in a place that
    a site system keeps for the text; ``shown_lines`` gives everything that the page shows, asked
    for only where the text alone does not decide.
    """
    linked = sum(line.linked for line in lines)
    own = len(made.text) - linked
    if own >= barriers.ENOUGH_TEXT and not _listed(lines):
        return made
    everything = shown_lines()
    shown = "\n".join(line.text for line in everything)
    main = made.text if known or linked * 2 < len(made.text) else ""
    enough = own >= (_LEAST_TEXT if known else _LEAST_GENERAL_TEXT)
    only_files = bool(made.attachments) and own - _repeated(lines, made.title) < _LEAST_BESIDE_FILES
    verdict = barriers.challenge(html, shown, main if enough else "") or barriers.replaced(
        html, page_title or made.title or "", shown, main
    )
    if verdict is None and only_files:
        verdict = barriers.Verdict("empty", attachments_reason(made.attachments))
    if verdict is None and not (enough and known) and _XML_DATA.search(html):
        verdict = barriers.Verdict("list", "the page holds list data for its script")
    if verdict is None and (_listed(lines) or (not enough and _listed(everything))):
        verdict = barriers.Verdict("list", "most of the text is links to other pages")
    if verdict is None and not enough:
        nothing = barriers.Verdict("empty", "no text was found on the page")
        verdict = barriers.shell(html, shown) or nothing
    return made if verdict is None else _instead(made, verdict, page_title)


def _instead(made: Extract, verdict: barriers.Verdict, page_title: str) -> Extract:
    """What the page is, with the facts that it stated; an empty article keeps its files."""
    keep = made.attachments if verdict.state == "empty" else ()
    return Extract(
        state=verdict.state,
        reason=verdict.reason,
        text="" if verdict.state != "list" else made.text,
        title=made.title or clean_title(page_title),
        published_on=made.published_on,
        document_number=made.document_number,
        source=made.source,
        attachments=keep,
        made_by=made.made_by,
    )


def _repeated(lines: list[Line], title: str | None) -> int:
    """How many characters of the text only say the title again."""
    bare = "".join((title or "").split())
    return sum(len(line.text) for line in lines if "".join(line.text.split()) in bare)


def attachments_reason(files: tuple[Attachment, ...]) -> str:
    """Why an article without text is no broken page: what it says stands in its files."""
    count = "one attachment" if len(files) == 1 else f"{len(files)} attachments"
    return f"the article is {count}"


def _listed(lines: list[Line]) -> bool:
    """True where the lines are an index: mostly links to pages (not to the article's files)."""
    entries = [
        line
        for line in lines
        if line.linked >= 6 and line.linked * 2 >= len(line.text) and file_name(line.text) is None
    ]
    prose = any(len(line.text) - line.linked >= _PROSE for line in lines)
    share = 8 if prose else 5
    return len(entries) >= 3 and 10 * length(entries) >= share * length(lines)


def length(lines: Iterable[Line]) -> int:
    """How many characters the lines have."""
    return sum(len(line.text) for line in lines)
