"""Zip files: which format they are, and whether they may be opened at all."""

from __future__ import annotations

import io
import zipfile
import zlib

from monitor.extracting.files.strict import is_strict, transitional
from monitor.extracting.limits import LARGEST_INFLATED, LARGEST_RATIO, MOST_MEMBERS
from plans.model import Extract

#: Small parts compress well without any harm.
_RATIO_COUNTS_FROM = 4 * 2**20


def read_zip(body: bytes) -> Extract:
    """Read a Word or OFD file; any other archive, and one that grows without measure, is refused.

    The sizes are those of the directory; reading a part never gives more than its entry says.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        return Extract(state="unreadable", text="", reason=f"a broken zip file: {error}")
    with archive:
        refusal = _bomb(archive.infolist(), len(body))
        if refusal is not None:
            return Extract(state="too_large", text="", reason=refusal)
        names = set(archive.namelist())
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            return Extract(state="encrypted", text="", reason="the archive needs a password")
        try:
            made = _read_parts(archive, names, body)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            # The directory was sound, a part behind it is not.
            return Extract(state="unreadable", text="", reason=f"a broken zip file: {error}")
    if made is not None:
        return made
    if "xl/workbook.xml" in names or "ppt/presentation.xml" in names:
        kind = "an Excel workbook" if "xl/workbook.xml" in names else "a PowerPoint file"
        return Extract(state="unreadable", text="", reason=f"{kind}, no text document")
    return Extract(state="unreadable", text="", reason=f"a zip archive of {len(names)} files")


def _read_parts(archive: zipfile.ZipFile, names: set[str], body: bytes) -> Extract | None:
    """The text of a Word or OFD file; None for another archive."""
    if any(name.startswith("word/document") and name.endswith(".xml") for name in names):
        from monitor.extracting.files.docx import read_docx

        return read_docx(transitional(archive) if is_strict(archive) else body)
    if "OFD.xml" in names:
        from monitor.extracting.files.ofd import read_ofd

        return read_ofd(archive)
    return None


def _bomb(entries: list[zipfile.ZipInfo], packed: int) -> str | None:
    """Why the archive may not be opened, told before anything is inflated; None where it may."""
    if len(entries) > MOST_MEMBERS:
        return f"a zip file of {len(entries):,} parts, the limit is {MOST_MEMBERS:,}"
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_INFLATED:
        return f"a zip file that grows to {total:,} bytes, the limit is {LARGEST_INFLATED:,}"
    if total > _RATIO_COUNTS_FROM and total > LARGEST_RATIO * packed:
        return f"a zip file that grows {total // max(packed, 1):,} times"
    return None
