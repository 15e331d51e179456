"""``read``: any published form of a plan, a law or a commentary to a Plan."""

from __future__ import annotations

import msgspec

from plans.model import Diagnostic, Extract, Plan
from plans.reading.articles import is_law, read_law
from plans.reading.characters import language_of
from plans.reading.chinese import read_chinese
from plans.reading.english import read_english
from plans.reading.lines import MOST_LINES, split_lines
from plans.reading.reprints import mend
from plans.registry.model import Registry

#: Goes up whenever a text may be read otherwise than before.
READER_VERSION = "3"


def read(extract: Extract, registry: Registry) -> Plan:
    """What the text says as a plan; positions are characters of ``extract.text``.

    Pure: the same extract and registry give the same plan. Raises on no text: one that is no plan
    gives a Plan without tasks, and its diagnostics say why.
    """
    made_by = {**extract.made_by, "reader": READER_VERSION, "registry": registry.version}
    language = language_of(extract.text)
    if not extract.text.strip():
        return Plan(
            title=extract.title or "",
            language=language,
            published_on=extract.published_on,
            document_number=extract.document_number,
            diagnostics=(Diagnostic(kind="empty", message="there is no text to read"),),
            made_by=made_by,
        )
    lines = split_lines(extract.text)
    cut_off = len(lines) >= MOST_LINES
    lines, notes = mend(lines)
    if cut_off:
        message = f"only the first {MOST_LINES} paragraphs were read; this is longer than any plan"
        notes.append(Diagnostic(kind="too_long", message=message, at=lines[-1].passage.span()))
    if language == "en":
        plan = read_english(extract, lines, notes, registry)
    elif is_law(lines):
        plan = read_law(extract, lines, notes, language, registry)
    else:
        plan = read_chinese(extract, lines, notes, language, registry)
    return msgspec.structs.replace(plan, made_by=made_by)
