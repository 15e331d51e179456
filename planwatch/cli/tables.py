"""Rows for people and for programs: one look for all commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

if TYPE_CHECKING:
    from rich.console import Console

SHANGHAI = ZoneInfo("Asia/Shanghai")


def print_table(
    console: Console,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    empty: str,
    note: str | None = None,
) -> None:
    """Print rows under column heads; ``empty`` is what to say where there are none."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    if not rows:
        console.print(empty)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        # The last column is the long one, and takes what the others leave.
        last = number == len(columns) - 1
        table.add_column(column, overflow="fold", no_wrap=not last, min_width=16 if last else None)
    for row in rows:
        # Text, not markup: a title from the web may hold square brackets.
        table.add_row(*(Text("-" if cell is None else str(cell)) for cell in row))
    console.print(table)
    if note:
        console.print(note, style="dim")


def as_json(value: Any) -> bytes:
    """A value (dicts, structs, dates) as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2)


def local_time(moment: dt.datetime | None) -> str:
    """A moment on the clock of Asia/Shanghai, to the minute; "-" for none."""
    return "-" if moment is None else moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def local_day(moment: dt.datetime) -> str:
    """The day of a moment in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date().isoformat()
