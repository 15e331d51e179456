"""The look that both Word reports share: fonts for both scripts, page, headings."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.ooxml import settle
from reports.options import ReportOptions

LATIN = "Calibri"
SONG = "SimSun"
HEI = "SimHei"
OLD_COLOUR = RGBColor(0x9C, 0x2F, 0x2A)
NEW_COLOUR = RGBColor(0x1C, 0x62, 0x38)
SOFT_COLOUR = RGBColor(0x5B, 0x64, 0x70)
INK = RGBColor(0x1D, 0x21, 0x26)


def new_document(*, landscape: bool = False) -> WordDocument:
    """An empty A4 document with our styles."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    for side in ("left_margin", "right_margin"):
        setattr(section, side, Cm(2 if landscape else 2.6))
    section.top_margin = section.bottom_margin = Cm(2)
    _style(document, "Normal", SONG, 10.5, bold=False)
    _style(document, "Title", HEI, 18, bold=True, after=10)
    for level, size in ((1, 14), (2, 12), (3, 11)):
        _style(document, f"Heading {level}", HEI, size, bold=True, before=14 - 2 * level, after=4)
    _number_pages(section.footer.paragraphs[0])
    return document


def _number_pages(footer: Paragraph) -> None:
    """The page's number and that of all pages, as fields that Word keeps up to date."""
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for field in ("PAGE", " / ", "NUMPAGES"):
        if field == " / ":
            _small(footer.add_run(field))
            continue
        element = OxmlElement("w:fldSimple")
        element.set(qn("w:instr"), field)
        run = _small(footer.add_run("1"))  # until the program that opens it has counted
        element.append(run._r)
        footer._p.append(element)


def _small(run: Run) -> Run:
    run.font.size = Pt(8)
    return colour(run, SOFT_COLOUR)


def _style(
    document: WordDocument,
    name: str,
    east_asian: str,
    size: float,
    *,
    bold: bool,
    before: float = 0,
    after: float = 4,
) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # these four are so in python-docx's own template
    style.font.name, style.font.size, style.font.bold = LATIN, Pt(size), bold
    style.font.color.rgb = INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.25
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)


def describe(document: WordDocument, title: str, options: ReportOptions) -> None:
    """Title and author as the file's properties."""
    properties = document.core_properties
    properties.title, properties.author = title[:250], options.author[:250]
    properties.last_modified_by, properties.comments = options.author[:250], ""


def colour(run: Run, rgb: RGBColor) -> Run:
    """The run in this colour."""
    run.font.color.rgb = rgb
    return run


def saved(document: WordDocument, options: ReportOptions) -> bytes:
    """The document's bytes; equal documents and options give equal bytes."""
    out = io.BytesIO()
    document.save(out)
    return settle(out.getvalue(), options.date)
