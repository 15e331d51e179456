"""Rows of a worksheet, written one after another: text stays text, rows are as high as they need."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from reports.clean import clean, clean_lines

Value = str | int | None

_A4 = 9
#: Points of one line, and the height that Excel allows a row at most.
_LINE, _HIGHEST = 15.5, 409.0
_BOLD = Font(name="Calibri", bold=True)
_WHITE = Font(name="Calibri", bold=True, color="FFFFFF")
_RULE = Border(bottom=Side(style="hair", color="B8B2A4"))
_TOP = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(vertical="center", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="1F4F82")
TINTS = {
    "major": PatternFill("solid", fgColor="FBE9E7"),
    "minor": PatternFill("solid", fgColor="FFF6E0"),
    "gone": PatternFill("solid", fgColor="FBE9E7"),
    "added": PatternFill("solid", fgColor="E3F3E6"),
}


class SheetWriter:
    """Writes a sheet from top to bottom; ``widths`` are those of its columns, in characters."""

    def __init__(self, sheet: Worksheet, widths: Sequence[int]) -> None:
        self.sheet = sheet
        self.widths = widths
        self.rows = 0
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        # Printed in landscape on A4, as wide as one page and as long as need be.
        sheet.page_margins = PageMargins(
            left=0.4, right=0.4, top=0.75, bottom=0.75, header=0.35, footer=0.35
        )
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def head(self, titles: Sequence[str]) -> None:
        """The first row: it stays in sight, is printed on every page and has the filters."""
        for cell in self._cells(titles):
            cell.font, cell.fill, cell.alignment = _WHITE, _HEAD, _MIDDLE
        self.sheet.freeze_panes = "A2"
        self.sheet.print_title_rows = "1:1"

    def row(self, values: Sequence[Value], tint: str | None = None) -> None:
        """A row of a list, with a thin line below; ``tint`` colours its first cell."""
        for cell in self._cells(values):
            cell.alignment, cell.border = _TOP, _RULE
            if cell.column == 1 and tint in TINTS:
                cell.fill = TINTS[tint]

    def pair(self, name: str, value: str, *, strong: bool = False) -> None:
        """A row of a name and what it says."""
        for cell in self._cells((name, value)):
            cell.alignment = _TOP
            if strong or cell.column == 1:
                cell.font = _BOLD

    def finish(self, printed: int | None = None) -> None:
        """Set the filters over all rows; print the first ``printed`` columns only, None: all."""
        self.sheet.auto_filter.ref = self.sheet.dimensions
        if printed is not None:
            self.sheet.print_area = f"A1:{get_column_letter(printed)}{self.rows}"

    def sign(self, title: str, maker: str) -> None:
        """What stands on every printed page: title above; maker, sheet and page number below."""
        above, below = self.sheet.oddHeader, self.sheet.oddFooter
        assert above is not None and below is not None  # every new sheet has both, empty
        above.left.text = _literal(title)
        below.left.text = _literal(maker)
        below.center.text = "&A"
        below.right.text = "&P / &N"

    def _cells(self, values: Sequence[Value]) -> list[Cell]:
        self.rows += 1
        cells = []
        lines = 1
        for column, value in enumerate(values, start=1):
            cell = self.sheet.cell(row=self.rows, column=column)
            assert isinstance(cell, Cell)  # no cells are merged here
            _write(cell, value)
            cells.append(cell)
            width = self.widths[column - 1]
            shown = str(cell.value or "").split("\n")
            lines = max(lines, sum(1 + cell_len(line) * 9 // (8 * width) for line in shown))
        self.sheet.row_dimensions[self.rows].height = min(_LINE * lines + 4, _HIGHEST)
        return cells


def _literal(text: str) -> str:
    """Text for a header or footer, where ``&`` begins a code and 255 characters is the limit."""
    return clean(text).replace("&", "&&")[:120]


def _write(cell: Cell, value: Value) -> None:
    """Numbers as numbers; text as text, whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return
    if not value:
        return
    text = clean_lines(value)  # openpyxl cuts what is longer than Excel allows
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in tuple("=+-@")
