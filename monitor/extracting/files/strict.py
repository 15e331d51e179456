"""Word files in the strict form of the standard, in the names that python-docx knows.

ISO/IEC 29500 Strict is the same markup under other namespaces; Word writes it as "Strict Open XML
Document". Only the names are put in their transitional form; no word of the text is touched.
"""

from __future__ import annotations

import io
import zipfile

_STRICT = b"http://purl.oclc.org/ooxml/"
#: The strict name's beginning, and that of the transitional one; the more special ones first.
_NAMES = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/customXml", b"officeDocument/2006/customXml"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"officeDocument/relationships/metadata/", b"package/2006/relationships/metadata/"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/", b"officeDocument/2006/"),
    (b"drawingml/", b"drawingml/2006/"),
    (b"schemaLibrary/main", b"schemaLibrary/2006/main"),
)
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_RELATIONSHIPS = "_rels/.rels"


def is_strict(archive: zipfile.ZipFile) -> bool:
    """Whether the file names its main part in the strict form."""
    return _RELATIONSHIPS in archive.namelist() and _STRICT in archive.read(_RELATIONSHIPS)


def transitional(archive: zipfile.ZipFile) -> bytes:
    """The same file in the transitional form.

    The archive's sizes were looked at before (:func:`monitor.extracting.files.archive.read_zip`);
    a name grows by a few bytes. Raises zipfile.BadZipFile, zlib.error or EOFError where a part is
    broken.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as out:
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                for strict, usual in _NAMES:
                    part = part.replace(_STRICT + strict, _TRANSITIONAL + usual)
            out.writestr(entry.filename, part)
    return made.getvalue()
