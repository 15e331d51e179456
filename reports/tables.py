"""A table of words and numbers: in the terminal, and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io

import msgspec
from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table as RichTable
from rich.text import Text

from reports.clean import clean, clean_lines
from reports.page import MIN_WIDTH
from reports.wrap import wrap

Cell = str | int | None
#: What a spreadsheet takes for a formula where a text begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


#: A column of words is not made narrower than this while another one can give way.
_NARROWEST = 10


class Column(msgspec.Struct, frozen=True):
    """One column: its heading, and whether it holds numbers, which stand right and never wrap."""

    title: str
    number: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A titled table; every row has one cell a column. ``styles`` colour whole rows by their place."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    styles: dict[int, str] = {}
    note: str = ""


def terminal(table: Table, *, width: int, colour: bool) -> str:
    """The table as lines of at most ``width`` cells (never under 40); long texts wrap in their cells."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, MIN_WIDTH),
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(Text(clean(table.title), style="bold"))
    shown = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in table.columns:
        shown.add_column(
            Text(clean(column.title)),
            justify="right" if column.number else "left",
            overflow="fold",
            no_wrap=column.number,
        )
    for at, row in enumerate(table.rows):
        cells = (
            Text(_shown(cell)) if column.number else _Words(_shown(cell))
            for column, cell in zip(table.columns, row, strict=True)
        )
        shown.add_row(*cells, style=table.styles.get(at))
    console.print(shown)
    if table.note:
        console.print(Text(clean(table.note), style="dim"))
    # The table fills its cells with blanks; nobody wants them at the ends of lines.
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


class _Words:
    """A cell's text, wrapped as all Chinese text here is and not by blanks alone."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.split("\n"):
            yield from wrap(Text(line), options.max_width)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(cell_len(line) for line in self.text.split("\n"))
        return Measurement(min(widest, _NARROWEST), widest)


def _shown(cell: Cell) -> str:
    return "" if cell is None else clean_lines(cell) if isinstance(cell, str) else str(cell)


def to_csv(table: Table) -> str:
    """The rows under their headings as CSV (RFC 4180, UTF-8 when encoded, no byte order mark).

    A text that a spreadsheet would compute gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_safe(column.title) for column in table.columns])
    for row in table.rows:
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = clean_lines(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
