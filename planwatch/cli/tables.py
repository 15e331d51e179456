"""Rows for people and for programs: one look for all commands."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

if TYPE_CHECKING:
    from rich.console import Console

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: The last column, the long one, is not made narrower than this.
_LAST = 16


def print_table(
    console: Console,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    empty: str,
    note: str | None = None,
) -> None:
    """Print rows under column heads; ``empty`` is what to say where there are none.

    On a terminal that is too narrow for columns each row is a block of lines, so that no name is
    cut off. What goes into a file or a pipe is as wide as its longest line, one line a row.
    """
    cells = [["-" if cell is None else str(cell) for cell in row] for row in rows]
    if not cells:
        console.print(empty, markup=False)
        return
    widths = _widths(columns, cells)
    natural = sum(widths) + 3 * len(widths)
    # Rich takes 80 columns where there is no terminal and nobody asked for a width.
    width = console.width if console.is_terminal or "COLUMNS" in os.environ else natural
    if width < natural - widths[-1] + min(widths[-1], _LAST):
        _print_blocks(console, columns, cells)
    else:
        _print_columns(console, columns, cells, width)
    if note:
        console.print(note, style="dim", markup=False)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    from rich.cells import cell_len

    return [max(map(cell_len, column)) for column in zip(columns, *rows, strict=True)]


def _print_columns(
    console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        # The last column is the long one, and takes what the others leave.
        last = number == len(columns) - 1
        table.add_column(
            column, overflow="fold", no_wrap=not last, min_width=_LAST if last else None
        )
    for row in rows:
        # Text, not markup: a title from the web may hold square brackets.
        table.add_row(*map(Text, row))
    # Its own width would bound a wider one that `print` is asked for.
    before, console.width = console.width, width
    console.print(table)
    console.width = before


def _print_blocks(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    for name, *values in rows:
        console.print()
        console.print(Text(name, style="bold"))
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(style="dim", no_wrap=True)
        block.add_column(overflow="fold")
        for column, value in zip(columns[1:], values, strict=True):
            block.add_row(f"  {column}", Text(value))
        console.print(block)
    console.print()


def as_json(value: Any) -> bytes:
    """A value (dicts, structs, dates, paths) as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(value, enc_hook=_plain), indent=2)


def _plain(value: object) -> str:
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def local_time(moment: dt.datetime | None) -> str:
    """A moment on the clock of Asia/Shanghai, to the minute; "-" for none."""
    return "-" if moment is None else moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def local_day(moment: dt.datetime) -> str:
    """The day of a moment in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date().isoformat()
