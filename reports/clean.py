"""Published text made safe to show: no escape sequence, no bidirectional trick, no broken XML."""

from __future__ import annotations

import re

# C0 and C1 controls, surrogates and the two non-characters are not allowed in XML or steer a
# terminal; the bidirectional controls can make a text read differently from what it says.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BREAKS = re.compile(r"[\t\n\u2028\u2029]+")


def clean(text: str) -> str:
    """``text`` on one line and without control characters; everything visible stays."""
    return _UNSAFE.sub("", _BREAKS.sub(" ", text))


def clean_lines(text: str) -> str:
    """As :func:`clean`, with line breaks kept."""
    return "\n".join(clean(line) for line in text.splitlines())
