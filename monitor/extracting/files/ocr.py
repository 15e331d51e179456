"""The text of scanned pages, where the ``ocr`` extra and tesseract are installed."""

from __future__ import annotations

import importlib.util
import io
import shutil
from collections.abc import Iterator
from typing import Any

from monitor.extracting.files.layout import PageLine, PageText, paragraphs
from monitor.extracting.head import number_of, title_of
from monitor.extracting.text import join_lines
from plans.model import Extract

_DOTS_PER_INCH = 250
_MOST_PAGES = 60
_LANGUAGES = "chi_sim+eng"


def available() -> str | None:
    """None where scans can be read; else what is missing, for people."""
    if importlib.util.find_spec("pytesseract") is None:
        return "install planwatch[ocr] and tesseract to read it"
    if shutil.which("tesseract") is None:
        return "install tesseract with its Chinese data to read it"
    return None


def recognise(body: bytes) -> Extract:
    """Recognise the characters of a scanned PDF or a picture; ``reason`` says that it was done."""
    import pytesseract  # type: ignore[import-untyped]

    pages = []
    for picture in _pictures(body):
        words = pytesseract.image_to_data(
            picture, lang=_LANGUAGES, output_type=pytesseract.Output.DICT
        )
        pages.append(PageText(_lines(words), float(picture.width), float(picture.height)))
    lines = paragraphs(pages)
    if not lines:
        return Extract(state="scanned", text="", reason="no characters were recognised")
    return Extract(
        state="document",
        text="\n".join(lines),
        title=title_of(lines),
        document_number=number_of(lines),
        reason="the text was recognised from a scan and may hold wrong characters",
    )


def _lines(words: dict[str, list[Any]]) -> list[PageLine]:
    """Tesseract's words as lines with their places; between Chinese characters it sets blanks."""
    rows: dict[tuple[int, int, int], list[int]] = {}
    for at, text in enumerate(words["text"]):
        if text.strip():
            key = words["block_num"][at], words["par_num"][at], words["line_num"][at]
            rows.setdefault(key, []).append(at)
    lines = []
    for members in rows.values():
        text = ""
        for at in members:
            text = join_lines(text, words["text"][at].strip())
        top = min(words["top"][at] for at in members)
        bottom = max(words["top"][at] + words["height"][at] for at in members)
        lines.append(
            PageLine(
                text=text,
                left=float(min(words["left"][at] for at in members)),
                right=float(max(words["left"][at] + words["width"][at] for at in members)),
                middle=(top + bottom) / 2,
                height=float(max(bottom - top, 1)),
            )
        )
    return lines


def _pictures(body: bytes) -> Iterator[Any]:
    """The pages of a PDF one by one (a whole document of pictures fills the memory), or the picture."""
    import pypdfium2  # type: ignore[import-untyped]
    from PIL import Image

    if b"%PDF-" not in body[:1024]:
        yield Image.open(io.BytesIO(body))
        return
    document = pypdfium2.PdfDocument(body)
    for at in range(min(len(document), _MOST_PAGES)):
        yield document[at].render(scale=_DOTS_PER_INCH / 72, grayscale=True).to_pil()
