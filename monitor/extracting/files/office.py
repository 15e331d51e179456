"""Old Word files, WPS files and RTF, by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import msgspec

from monitor.extracting.files.archive import read_zip
from plans.model import Extract

_SECONDS = 90
#: Switches off macros, links to other files, and every way out that a document could take. A
#: profile that is made for one file and thrown away keeps what one document does from the next.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read_office(body: bytes, kind: str) -> Extract:
    """Convert ``body`` to a Word file and read that, so that numbers and tables are kept.

    Without LibreOffice the outcome is ``unreadable`` and says what to install.
    """
    if kind == "ole" and (refusal := _told_by_streams(body)) is not None:
        return refusal
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return Extract(
            state="unreadable",
            text="",
            media_type=_media_type(kind),
            reason="an old Word, WPS or RTF file; install LibreOffice Writer to read it",
        )
    with tempfile.TemporaryDirectory(prefix="planwatch-office-") as name:
        made = _converted(program, Path(name), body, kind)
    return msgspec.structs.replace(made, media_type=_media_type(kind))


def _converted(program: str, folder: Path, body: bytes, kind: str) -> Extract:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source = folder / ("in.rtf" if kind == "rtf" else "in.doc")
    source.write_bytes(body)
    command = [
        *_without_network(),
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Extract(
            state="unreadable", text="", reason=f"LibreOffice took more than {_SECONDS} seconds"
        )
    result = folder / "out" / "in.docx"
    if not result.is_file():
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return Extract(
            state="unreadable", text="", reason=f"LibreOffice could not convert it: {told}"
        )
    return read_zip(result.read_bytes())


def _without_network() -> list[str]:
    """A prefix that gives the program a network of its own with nobody in it, where allowed."""
    program = shutil.which("unshare")
    if program is None:
        return []
    prefix = [program, "--user", "--map-root-user", "--net", "--"]
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False, timeout=10)
    return prefix if tried.returncode == 0 else []


def _told_by_streams(body: bytes) -> Extract | None:
    """What the names of the streams tell before anything is opened: encryption, spreadsheets."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in body

    if holds("EncryptedPackage"):
        return Extract(state="encrypted", text="", reason="the Office file needs a password")
    if holds("WordDocument"):
        # The header of a Word stream stands at a sector's start; bit 8 of its flags: encrypted.
        at = body.find(b"\xec\xa5", 512)
        while at > 0 and at % 512:
            at = body.find(b"\xec\xa5", at + 1)
        if at > 0 and len(body) > at + 12 and body[at + 11] & 1:
            return Extract(state="encrypted", text="", reason="the Word file needs a password")
        return None
    for name, what in (
        ("Workbook", "an Excel workbook"),
        ("PowerPoint Document", "a PowerPoint file"),
    ):
        if holds(name):
            return Extract(state="unreadable", text="", reason=f"{what}, no text document")
    return None


def _media_type(kind: str) -> str:
    return "application/rtf" if kind == "rtf" else "application/msword"
