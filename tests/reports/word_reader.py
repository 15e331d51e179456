"""Reads a .docx as Word does after "accept all" or "reject all", written apart from our writer."""

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def lines(data: bytes, *, accept: bool) -> list[str]:
    """The paragraphs that remain; a paragraph whose mark goes is joined with the next one."""
    gone = {f"{W}del", f"{W}moveFrom"} if accept else {f"{W}ins", f"{W}moveTo"}
    found, text = [], ""
    for paragraph in document(data).iter(f"{W}p"):
        for node in paragraph.iter(f"{W}t", f"{W}delText"):
            if not any(above.tag in gone for above in node.iterancestors()):
                text += node.text or ""
        if any(mark.tag in gone for mark in paragraph.iterfind(f"{W}pPr/{W}rPr/*")):
            continue
        found.append(text)
        text = ""
    return [*found, text] if text else found
