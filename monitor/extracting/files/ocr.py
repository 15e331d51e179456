"""The text of scanned pages, where the ``ocr`` extra and tesseract are installed."""

from __future__ import annotations

import importlib.util
import io
import shutil
from typing import Any

from monitor.extracting.head import number_of, title_of
from monitor.extracting.text import clean_lines
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
    import pypdfium2  # type: ignore[import-untyped]
    import pytesseract  # type: ignore[import-untyped]
    from PIL import Image

    if b"%PDF-" in body[:1024]:
        document = pypdfium2.PdfDocument(body)
        count = min(len(document), _MOST_PAGES)
        images: list[Any] = [
            document[at].render(scale=_DOTS_PER_INCH / 72, grayscale=True).to_pil()
            for at in range(count)
        ]
    else:
        images = [Image.open(io.BytesIO(body))]
    text = clean_lines(
        "\n".join(pytesseract.image_to_string(image, lang=_LANGUAGES) for image in images)
    )
    if not text:
        return Extract(state="scanned", text="", reason="no characters were recognised")
    lines = text.split("\n")
    return Extract(
        state="document",
        text=text,
        title=title_of(lines),
        document_number=number_of(lines),
        reason="the text was recognised from a scan and may hold wrong characters",
    )
