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
    gone, marker = ("del", f"{W}rPr/{W}del") if accept else ("ins", f"{W}rPr/{W}ins")
    found, text = [], ""
    for paragraph in document(data).iter(f"{W}p"):
        for node in paragraph.iter(f"{W}t", f"{W}delText"):
            if not any(above.tag == W + gone for above in node.iterancestors()):
                text += node.text or ""
        properties = paragraph.find(f"{W}pPr")
        if properties is not None and properties.find(marker) is not None:
            continue
        found.append(text)
        text = ""
    return [*found, text] if text else found
