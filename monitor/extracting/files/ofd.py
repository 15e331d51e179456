"""OFD files (GB/T 33190), the fixed-layout format of Chinese offices: zip and XML."""

from __future__ import annotations

import posixpath
import zipfile

from lxml import etree

from monitor.extracting.files.columns import (
    BETWEEN_COLUMNS,
    Columns,
    may_hold_a_table,
    remark,
    table_by_place,
)
from monitor.extracting.files.layout import PageLine, PageText, is_page_number, paragraphs
from monitor.extracting.files.ruled import with_rows
from monitor.extracting.head import number_of, title_of
from monitor.extracting.text import is_wide
from plans.model import Extract

_MOST_PAGES = 3000
_A4 = (210.0, 297.0)


def read_ofd(archive: zipfile.ZipFile) -> Extract:
    """Read an OFD file; its XML is read without entities, schemas or any access to the network."""
    try:
        roots = _texts(_parse(archive, "OFD.xml"), "DocRoot")
        pages = [page for root in roots for page in _pages(archive, root.lstrip("/"))]
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, ValueError) as error:
        return Extract(state="unreadable", text="", reason=f"a broken OFD file: {error}")
    lines = paragraphs(pages)
    if not lines:
        pictures = any(
            name.lower().endswith((".jpg", ".jpeg", ".png", ".jb2", ".bmp"))
            for name in archive.namelist()
        )
        if pictures:
            return Extract(state="scanned", text="", reason="an OFD file of pictures without text")
        return Extract(state="empty", text="", reason="an OFD file without text")
    by_place = [at for at, page in enumerate(pages, 1) if any(line.is_row for line in page.lines)]
    return Extract(
        state="document",
        text="\n".join(lines),
        media_type="application/ofd",
        title=title_of(lines),
        document_number=number_of(lines),
        reason=remark(by_place) if by_place else None,
    )


def _parse(archive: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(archive.read(name), parser)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if _local(element) == name]


def _texts(root: etree._Element, name: str) -> list[str]:
    return [
        (element.text or "").strip() for element in _all(root, name) if (element.text or "").strip()
    ]


def _pages(archive: zipfile.ZipFile, document: str) -> list[PageText]:
    """The pages of one document of the file, in its order."""
    root = _parse(archive, document)
    folder = posixpath.dirname(document)
    size = _numbers(next(iter(_texts(root, "PhysicalBox")), ""))
    width, height = (size[2], size[3]) if len(size) == 4 and min(size[2:]) > 0 else _A4
    out = []
    carried: Columns | None = None
    for page in _all(root, "Page")[:_MOST_PAGES]:
        place = page.get("BaseLoc") or ""
        name = (
            place.lstrip("/")
            if place.startswith("/")
            else posixpath.normpath(posixpath.join(folder, place))
        )
        pieces = _pieces(_parse(archive, name))
        lines = _lines(pieces)
        columns = None
        if carried or may_hold_a_table("".join(line.text for line in lines)):
            numbers = [line.middle for line in lines if is_page_number(line, height)]
            cells = [
                piece
                for piece in _joined(pieces)
                if not any(abs(piece.middle - at) < piece.height / 2 for at in numbers)
            ]
            found = table_by_place(cells, height, carried)
            if found is not None:
                table, columns = found
                lines = with_rows(lines, [table], height)
        carried = columns
        out.append(PageText(lines, width, height))
    return out


def _pieces(page: etree._Element) -> list[PageLine]:
    """The text objects of a page, line by line."""
    pieces: list[PageLine] = []
    for item in _all(page, "TextObject"):
        box = _numbers(item.get("Boundary") or "")
        if len(box) != 4:
            continue
        left, top, width, height = box
        text = "".join(code.text or "" for code in _all(item, "TextCode"))
        if text.strip():
            size = (_numbers(item.get("Size") or "") or [height])[0]
            pieces.append(PageLine(text, left, left + width, top + height / 2, size or height))
    pieces.sort(key=lambda piece: (round(piece.middle, 1), piece.left))
    return pieces


def _joined(pieces: list[PageLine]) -> list[PageLine]:
    """The pieces, those of one line put together that stand closer than columns do."""
    out: list[PageLine] = []
    for piece in pieces:
        last = out[-1] if out else None
        if (
            last
            and abs(last.middle - piece.middle) < 0.4 * max(piece.height, 0.1)
            and -0.5 < (piece.left - last.right) / max(piece.height, 0.1) < BETWEEN_COLUMNS
        ):
            out[-1] = last._replace(text=last.text + piece.text, right=max(last.right, piece.right))
        else:
            out.append(piece)
    return out


def _lines(pieces: list[PageLine]) -> list[PageLine]:
    """The pieces of a page as lines; those of one height stand in one line."""
    lines: list[PageLine] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last and abs(last.middle - piece.middle) < 0.4 * max(piece.height, 0.1):
            apart = piece.left - last.right > 0.3 * piece.height and not is_wide(piece.text[0])
            lines[-1] = last._replace(
                text=last.text + (" " if apart else "") + piece.text,
                right=max(last.right, piece.right),
            )
        else:
            lines.append(piece)
    return lines


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split()]
    except ValueError:
        return []
