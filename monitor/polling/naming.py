"""The edition of a text whose own words do not say it, from the titles that it goes by."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from monitor.config.documents import DocumentConfig
from monitor.discovering.listing import Row
from monitor.discovering.score import match_row
from monitor.polling.text import Text


def with_edition(text: Text, document: DocumentConfig | None, titles: Iterable[str]) -> Text:
    """``text`` with the edition that one of its ``titles`` names, where its plan names none."""
    if text.plan.edition is not None or document is None:
        return text
    for title in (text.plan.title, text.extract.title or "", *titles):
        edition = match_row(Row(url="", title=title), document).edition if title else None
        if edition is not None:
            return msgspec.structs.replace(
                text, plan=msgspec.structs.replace(text.plan, edition=edition)
            )
    return text
