"""What changesets, alerts and headers have in common, as dictionaries for compressing them.

Most of what they are made of (names of fields, links of tasks that stayed, the program's own
sentences) is the same in each: with invented ones to lean on they take a fifth of the room.

A dictionary never changes: what leans on it could not be read any more. Another one gets another
number and stands beside it; the newest is written with, all are read.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from storage.relative import relative

_FOLDER = Path(__file__).parent / "dictionaries"


@cache
def first() -> bytes:
    """An invented changeset and alerts of it, in each language; read, and written no more."""
    return (_FOLDER / "1.txt").read_bytes()


@cache
def second() -> bytes:
    """The same as they are written now, their numbers as steps (:mod:`storage.relative`)."""
    return relative((_FOLDER / "2.txt").read_bytes())


@cache
def headers() -> bytes:
    """Headers as servers send them, invented."""
    return (_FOLDER / "headers.txt").read_bytes()
