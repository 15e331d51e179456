"""Invented PDF, Word, OFD and broken files, built byte by byte where no writer is at hand."""

import io
import zipfile
from collections.abc import Sequence

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

A4 = (595, 842)
SIZE = 16
LEFT = 90
#: Full lines hold this many characters of the built font.
WIDE = 26


def pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]],
    *,
    encrypted: bool = False,
    rules: Sequence[tuple[float, float, float, float]] = (),
    large: Sequence[str] = (),
) -> bytes:
    """A PDF; each line of a page is (x, y from the top, text), all in one 16-point font.

    ``rules`` are drawn on every page, from (x, y from the top) to another such point; texts of
    ``large`` are set in 22 points.

    The font is not embedded: readers know its character map by name.
    """
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000"
        b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
        b" /FontBBox [-25 -254 1000 880] /Ascent 880 /Descent -120 /CapHeight 880"
        b" /StemV 93 /ItalicAngle 0 >> >>] >>"
    )
    for at, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Contents {5 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        drawn = "".join(
            f"BT /F1 {22 if text in large else SIZE} Tf 1 0 0 1 {x} {A4[1] - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, text in lines
        ).encode()
        drawn += "".join(
            f"{x} {A4[1] - y} m {to_x} {A4[1] - to_y} l S\n" for x, y, to_x, to_y in rules
        ).encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _pdf_file(objects, encrypted=encrypted)


def _pdf_file(objects: list[bytes], *, encrypted: bool = False) -> bytes:
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R"
    if encrypted:
        # An owner's and a user's hash that no empty password gives.
        objects = [
            *objects,
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
        ]
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        trailer.encode(),
        len(out),
    )


def scanned_pdf(pages: int = 2) -> bytes:
    """Pages that are one picture each."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream",
    ]
    for at in range(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Contents {5 + 2 * at} 0 R"
            " /Resources << /XObject << /I 3 0 R >> >> >>".encode()
        )
        drawn = f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /I Do Q".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _pdf_file(objects)


def set_in_lines(
    paragraphs: Sequence[str], per_page: int = 22
) -> list[list[tuple[float, float, str]]]:
    """Set paragraphs as offices do: two characters' indent, full lines, head and page number."""
    lines: list[tuple[float, str]] = []
    for text in paragraphs:
        first, rest = text[: WIDE - 2], text[WIDE - 2 :]
        lines.append((LEFT + 2 * SIZE, first))
        lines += [(LEFT, rest[at : at + WIDE]) for at in range(0, len(rest), WIDE)]
    pages = []
    for number, start in enumerate(range(0, len(lines), per_page), 1):
        page: list[tuple[float, float, str]] = [(LEFT, 50, "河海协作办公室文件")]
        page += [
            (x, 100 + 29 * at, text) for at, (x, text) in enumerate(lines[start : start + per_page])
        ]
        page.append((280, 800, f"— {number} —"))
        pages.append(page)
    return pages


def word(build) -> bytes:
    """A Word file; ``build`` gets the new document."""
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def strict(body: bytes) -> bytes:
    """A Word file in the strict form: the standard's own names, as Word writes them."""
    usual = "http://schemas.openxmlformats.org/"
    names = {
        f"{usual}wordprocessingml/2006/main": "wordprocessingml/main",
        f"{usual}officeDocument/2006/": "officeDocument/",
        f"{usual}drawingml/2006/": "drawingml/",
    }
    entries: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            for old, new in names.items():
                part = part.replace(old.encode(), f"http://purl.oclc.org/ooxml/{new}".encode())
            entries[name] = part
    return packed(entries)


def numbered(document, levels: Sequence[tuple[str, str]], number: int = 77) -> None:
    """Define list ``number`` with (format, text) of each level, as Word stores them."""
    root = document.part.numbering_part.element
    body = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{body}</w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        )
    )


def add_numbered(document, text: str, depth: int = 0, number: int = 77) -> None:
    """Add a paragraph of list ``number`` at ``depth``."""
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        )
    )


def wrap_run(paragraph, tag: str) -> None:
    """Put the paragraph's only run into a change mark (``w:ins``, ``w:del``)."""
    run = paragraph.runs[0]._r
    mark = parse_xml(f'<{tag} {nsdecls("w")} w:id="1" w:author="A"/>')
    run.addprevious(mark)
    mark.append(run)
    if tag == "w:del":
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")


def ofd(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """An OFD file; each line of a page is (left, top, text) in millimetres, 5 mm high."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    entries = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(
            f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>'
            for at in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    for at, lines in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject ID="{at}{n}" Boundary="{x} {y} {5 * len(text)} 5" Size="5">'
            f'<ofd:TextCode X="0" Y="4" DeltaX="g {len(text)} 5">{text}</ofd:TextCode></ofd:TextObject>'
            for n, (x, y, text) in enumerate(lines)
        )
        entries[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return packed(entries)


def packed(entries: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of ``entries``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()
