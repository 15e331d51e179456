"""Differences inside a text: pieces shortened, and marked where there is no colour."""

from __future__ import annotations

from collections.abc import Iterable

from plans.model import SegmentOp
from reports.clean import clean

Segments = tuple[tuple[SegmentOp, str], ...]

ELLIPSIS = "…"


def shorten(segments: Segments, context: int | None) -> Segments:
    """The pieces, with runs of unchanged text cut to ``context`` characters beside a difference.

    What is cut away is shown as an ellipsis; a run is left whole where cutting would save nothing.
    """
    if context is None or not any(op != "equal" for op, _ in segments):
        return segments
    last = len(segments) - 1
    return tuple(
        (op, _cut(text, 0 if at == 0 else context, 0 if at == last else context))
        if op == "equal"
        else (op, text)
        for at, (op, text) in enumerate(segments)
    )


def _cut(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail + len(ELLIPSIS):
        return text
    return text[:head] + ELLIPSIS + text[len(text) - tail :]


def marked(segments: Segments) -> str:
    """The pieces as one line: [-old-]{+new+}."""
    marks = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
    return "".join(marks[op][0] + clean(text) + marks[op][1] for op, text in segments)


def side(segments: Iterable[tuple[SegmentOp, str]], skip: SegmentOp) -> Segments:
    """The pieces of one side alone: without ``insert`` the old text, without ``delete`` the new."""
    return tuple((op, text) for op, text in segments if op != skip)
