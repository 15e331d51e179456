"""The short titles that a text gives to papers: 《甲纲要》（以下简称《纲要》）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from plans.model import Instrument
from plans.reading.characters import fold
from plans.reading.lines import Line
from plans.reading.titles import Titles, bare_title

_DEFINED = re.compile(
    "《(?P<title>[^《》]{4,120})》[^《》（）]{0,20}(?:（[^（）《》]{0,40}号）)?"
    "（(?:[^（）《》]{2,40}，)?以下(?:统一|统)?简称：?[《“](?P<short>[^《》“”（）]{2,20})[》”]"
)


def short_titles(lines: Iterable[Line], titles: Titles) -> dict[str, Instrument]:
    """Folded short titles that the lines define, with the instrument that each stands for."""
    found: dict[str, Instrument] = {}
    for line in lines:
        if "简称" not in line.plain:
            continue
        for match in _DEFINED.finditer(line.plain):
            start, end = match.span("title")
            title = bare_title(line.passage.text[start:end], match["title"])
            ident = titles.instrument_id(match["title"])
            found.setdefault(match["short"], Instrument(title=title, id=ident))
    return found


def spelled_out(
    instruments: tuple[Instrument, ...], shorts: Mapping[str, Instrument]
) -> tuple[Instrument, ...]:
    """The instruments with short titles replaced by what they stand for, each once."""
    if not shorts:
        return instruments
    kept: dict[str, Instrument] = {}
    for one in instruments:
        whole = shorts.get(fold(one.title))
        if whole is not None:
            one = msgspec.structs.replace(whole, commitment=one.commitment)
        before = kept.get(one.key)
        if before is None or (before.commitment is None and one.commitment is not None):
            kept[one.key] = one
    return tuple(kept.values())
