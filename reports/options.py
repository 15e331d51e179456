"""What a reader may ask of a report; the same options mean the same in every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

import msgspec

from plans.model import Severity

#: ``both`` is English with the Chinese names beside.
ReportLanguage = Literal["en", "zh", "both"]
Only = Literal["agencies", "tasks", "commitments"]

DEFAULT_WIDTH = 100


class ReportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Language, filters and looks of a report.

    Filters (see :mod:`reports.select`): ``only`` keeps one subject, ``agency`` a registry id or any
    name of one body, ``section`` a section's id, number or part of its title on either side,
    ``severity`` the least severity to keep. ``context`` is the number of unchanged characters kept
    on each side of a difference inside a text (None: the whole text). ``width`` counts terminal
    cells. ``colour`` asks the terminal report for ANSI colours. ``author`` and ``date`` sign
    tracked changes, so that no report needs a clock. ``issued`` tells when an instrument, by
    registry id or title, was issued, where a stored law shows it.
    """

    lang: ReportLanguage = "en"
    only: Only | None = None
    agency: str | None = None
    section: str | None = None
    severity: Severity | None = None
    context: int | None = None
    width: int = DEFAULT_WIDTH
    colour: bool = False
    author: str = "planwatch"
    date: dt.datetime | None = None
    issued: Mapping[str, dt.date] = {}

    @property
    def filters(self) -> bool:
        """Whether any filter is set."""
        return any((self.only, self.agency, self.section, self.severity))
