"""PDF files by PDFium: text and place of every line, then paragraphs."""

from __future__ import annotations

import re

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from monitor.extracting.files.columns import (
    BETWEEN_COLUMNS,
    Columns,
    may_hold_a_table,
    remark,
    table_by_place,
)
from monitor.extracting.files.layout import PageLine, PageText, is_page_number, paragraphs
from monitor.extracting.files.ruled import Box, tables_of, with_rows
from monitor.extracting.head import number_of, title_of
from monitor.extracting.text import is_wide, join_lines, squeeze
from plans.model import Extract

_MOST_PAGES = 3000
#: Fewer characters a page than this, and pictures on them: a scan with stamps or page numbers.
_LEAST_ON_A_PAGE = 15
_BLANK = 32
#: A blank narrower than this (in heights of a character) is air between scripts, not a column's.
_AIR = 0.4
#: No page of text has as many drawn shapes; a drawing has, and no tables are looked for in it.
_MOST_SHAPES = 4000
_AIR_IN_CELL = re.compile(r"(?<=[\u3400-\u9fff]) (?=[!-~])|(?<=[!-~]) (?=[\u3400-\u9fff])")


def read_pdf(body: bytes) -> Extract:
    """Read a PDF; ``scanned`` where its pages are pictures, ``encrypted`` where it is locked."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if (
            "password" in str(error).lower()
            or getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        ):
            return Extract(state="encrypted", text="", reason="the PDF needs a password")
        return Extract(state="unreadable", text="", reason=f"a broken PDF: {error}")
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> Extract:
    count = len(document)
    if count > _MOST_PAGES:
        return Extract(state="too_large", text="", reason=f"a PDF of {count:,} pages")
    pages: list[PageText] = []
    pictured = broken = 0
    carried: Columns | None = None
    by_place: list[int] = []
    for at in range(count):
        try:
            page = document[at]
        except pypdfium2.PdfiumError:
            broken += 1
            continue
        try:
            shown, carried = _page(page, carried)
            pages.append(shown)
            if carried is not None:
                by_place.append(at + 1)
            pictured += _has_picture(page)
        finally:
            page.close()
    if not pages:
        return Extract(state="unreadable", text="", reason="a PDF without a page that can be read")
    lines = paragraphs(pages)
    length = sum(map(len, lines))
    if length < _LEAST_ON_A_PAGE * len(pages):
        if pictured * 2 >= len(pages):
            return Extract(
                state="scanned", text="", reason=f"{len(pages)} scanned pages without a text layer"
            )
        if not length:
            return Extract(state="empty", text="", reason="a PDF without text or pictures")
    return Extract(
        state="document",
        text="\n".join(lines),
        title=title_of(lines),
        document_number=number_of(lines),
        reason=_remarks(broken, count, by_place),
    )


def _remarks(broken: int, count: int, by_place: list[int]) -> str | None:
    """What a reader of the text should know of how it was read."""
    remarks = []
    if broken:
        remarks.append(f"{broken} of {count} pages are broken and were left out")
    if by_place:
        remarks.append(remark(by_place))
    return "; ".join(remarks) or None


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """True for a page that one picture covers for the most part."""
    width, height = page.get_size()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > 0.4 * width * height:
            return True
    return False


def _page(page: pypdfium2.PdfPage, carried: Columns | None) -> tuple[PageText, Columns | None]:
    """The lines of one page, top to bottom as the file orders them, with their places.

    ``carried`` are the columns of the table without rules that the page before had, if any; those
    of this page's are given back.
    """
    columns: Columns | None = None
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        total = textpage.count_chars()
        lines = _lines(textpage, total, height) if total > 0 else []
        if lines and (shapes := _shapes(page)):
            tables = tables_of(shapes, lambda box: _text_in(textpage, box))
            lines = with_rows(lines, tables, height)
        if lines and (carried or may_hold_a_table("".join(line.text for line in lines))):
            numbers = [line.middle for line in lines if is_page_number(line, height)]
            pieces = [
                piece
                for piece in _lines(textpage, total, height, between=BETWEEN_COLUMNS)
                if not any(abs(piece.middle - at) < piece.height / 2 for at in numbers)
            ]
            ruled = any(line.is_row for line in lines)
            found = None if ruled else table_by_place(pieces, height, carried)
            if found is not None:
                table, columns = found
                lines = with_rows(lines, [table], height)
    finally:
        textpage.close()
    return PageText(lines, width, height), columns


def _shapes(page: pypdfium2.PdfPage) -> list[Box]:
    """The places of all drawn shapes of a page; none where there are too many for a table."""
    shapes: list[Box] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        if len(shapes) == _MOST_SHAPES:
            return []
        shapes.append(Box(*item.get_bounds()))
    return shapes


def _text_in(textpage: pypdfium2.PdfTextPage, box: Box) -> str:
    """The words of one cell: its lines joined, without the air that offices set around figures."""
    text = ""
    for line in textpage.get_text_bounded(*box).splitlines():
        text = join_lines(text, squeeze(line.replace("\ufffe", "-")))
    return _AIR_IN_CELL.sub("", text.replace("\t", " "))


def _lines(
    textpage: pypdfium2.PdfTextPage, total: int, height: float, between: float | None = None
) -> list[PageLine]:
    """Cut the page's characters at line ends; only a line's outer characters are measured.

    With ``between`` also at every blank that is wider, in heights of a character.
    """
    codes = [pdfium.FPDFText_GetUnicode(textpage, at) for at in range(total)]
    for at, code in enumerate(codes):
        # Offices set a little air between Chinese and figures; PDFium makes a blank of it.
        if code == _BLANK and 0 < at < total - 1 and pdfium.FPDFText_IsGenerated(textpage, at) == 1:
            beside = chr(codes[at - 1]), chr(codes[at + 1])
            if any(map(is_wide, beside)) and not all(map(is_wide, beside)):
                codes[at] = 0 if _gap(textpage, at) < _AIR else code
    if between is not None:
        _part(textpage, codes, between)
    lines: list[PageLine] = []
    start = 0
    for end in range(total + 1):
        if end < total and codes[end] not in (10, 13):
            continue
        # U+FFFE stands for a hyphen that PDFium took for a word's break; 0 for no mapping.
        text = "".join(
            "-" if code in (2, 0xFFFE) else chr(code)
            for code in codes[start:end]
            if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF
        )
        if text.strip() and (place := _place(textpage, codes, start, end)):
            left, right, bottom, top = place
            lines.append(
                PageLine(text, left, right, height - (bottom + top) / 2, max(top - bottom, 0.1))
            )
        start = end + 1
    return lines


def _part(textpage: pypdfium2.PdfTextPage, codes: list[int], between: float) -> None:
    """Put a line end in place of every run of blanks that is wider than ``between`` heights.

    Or that leads back: PDFium goes on with a blank where a short cell follows on the next line.
    """
    before: int | None = None
    for at, code in enumerate(codes):
        if code in (10, 13):
            before = None
        elif code not in (0, _BLANK, 0xA0, 0x3000):
            if before is not None and before + 1 < at:
                gap = _gap(textpage, before + 1, at)
                if gap > between or gap < -0.5:
                    codes[before + 1] = 10
            before = at


def _gap(textpage: pypdfium2.PdfTextPage, at: int, to: int | None = None) -> float:
    """The width of the blank ``at``, of the blanks up to ``to``, in heights of the character before."""
    _, bottom, right, top = textpage.get_charbox(at - 1, loose=True)
    left: float = textpage.get_charbox(at + 1 if to is None else to, loose=True)[0]
    return (left - float(right)) / max(float(top) - float(bottom), 0.1)


def _place(
    textpage: pypdfium2.PdfTextPage, codes: list[int], start: int, end: int
) -> tuple[float, float, float, float] | None:
    """Left, right, bottom and top of a line, by its first and last characters that show."""
    shown = [at for at in range(start, end) if codes[at] > 32]
    if not shown:
        return None
    boxes = [
        textpage.get_charbox(at, loose=True) for at in {shown[0], shown[len(shown) // 2], shown[-1]}
    ]
    return (
        min(box[0] for box in boxes),
        max(box[2] for box in boxes),
        min(box[1] for box in boxes),
        max(box[3] for box in boxes),
    )
