"""Text as every database can hold it.

A module of its own without SQLAlchemy: the processes that read texts start with it.
"""

from __future__ import annotations


def storable(text: str) -> str:
    """``text`` with each NUL and each lone surrogate replaced by U+FFFD."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text.replace("\0", "\ufffd") if "\0" in text else text
