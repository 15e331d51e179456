"""The reader's language: what the address says, else what was chosen before, else the browser's."""

from __future__ import annotations

from typing import Literal

from fastapi import Request

Lang = Literal["en", "zh"]
COOKIE = "planwatch_language"
LANGS: tuple[Lang, ...] = ("en", "zh")


def language_of(request: Request) -> Lang:
    """The language to answer in."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        for lang in LANGS:
            if asked == lang:
                return lang
    return _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> Lang:
    """The first of our languages in an Accept-Language, by its weights; English where none is."""
    best: tuple[float, Lang] = (0.0, "en")
    for entry in header[:500].split(","):
        tag, _, rest = entry.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        if primary not in LANGS:
            continue
        try:
            weight = float(rest.strip().removeprefix("q=")) if rest else 1.0
        except ValueError:
            continue
        if weight > best[0]:
            best = (weight, "zh" if primary == "zh" else "en")
    return best[1]
