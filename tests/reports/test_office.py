"""LibreOffice opens what we write, prints it, and accepts and rejects its tracked changes."""

import os
import shutil
import subprocess

import pypdfium2
import pytest

from reports import docx_redline, docx_table, xlsx
from reports.plan_text import paragraphs
from tests.reports.examples import CHANGESET, MOVED, NEW, OLD, options

pytestmark = pytest.mark.slow

FORMS = {
    "redline.docx": (docx_redline, "严查港口和网络侵权货物"),
    "table.docx": (docx_table, "国家知识产权局由负责改为牵头"),
    "book.xlsx": (xlsx, "=落实《远洋数据互认协定》"),
}


#: Opens a file, dispatches a command on it and writes it as text.
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
               script:language="StarBasic">
Sub Settle(path, command, target)
  Dim shown(0) As New com.sun.star.beans.PropertyValue
  shown(0).Name = &quot;Hidden&quot;
  shown(0).Value = True
  doc = StarDesktop.loadComponentFromURL(path, &quot;_blank&quot;, 0, shown())
  helper = createUnoService(&quot;com.sun.star.frame.DispatchHelper&quot;)
  helper.executeDispatch(doc.CurrentController.Frame, command, &quot;&quot;, 0, Array())
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = &quot;FilterName&quot;
  how(0).Value = &quot;Text (encoded)&quot;
  how(1).Name = &quot;FilterOptions&quot;
  how(1).Value = &quot;UTF8,LF,,,&quot;
  doc.storeToURL(target, how())
  doc.close(True)
End Sub
</script:module>
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Runs LibreOffice with a profile of its own; its folder is ``office.folder``."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice; in CI it must be there")
        pytest.skip("no LibreOffice; install libreoffice-writer and libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")

    def run(*arguments):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [program, "--headless", "--norestore", profile, *arguments],
            check=True,
            capture_output=True,
            timeout=150,
        )

    run.folder = folder
    return run


@pytest.fixture(scope="module")
def printed(office, registry):
    """The text of each file as LibreOffice prints it."""
    folder = office.folder
    for name, (report, _) in FORMS.items():
        data = report.render(CHANGESET, OLD, NEW, registry, options(lang="zh"))
        (folder / name).write_bytes(data)
    files = [str(folder / name) for name in FORMS]
    office("--convert-to", "pdf", "--outdir", str(folder), *files)
    texts = {}
    for name in FORMS:
        with pypdfium2.PdfDocument((folder / name).with_suffix(".pdf")) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
        texts[name] = "".join("".join(pages).split())
    return texts


@pytest.mark.parametrize("name", FORMS)
def test_libreoffice_opens_and_prints_it(printed, name):
    assert FORMS[name][1] in printed[name]


@pytest.mark.parametrize(("command", "at"), [("Accept", 1), ("Reject", 0)])
def test_libreoffice_accepts_all_and_rejects_all(office, printed, registry, command, at):
    """``printed`` has run before: the macro goes into a profile that LibreOffice has made."""
    changeset, *plans = MOVED
    folder = office.folder
    (folder / "moved.docx").write_bytes(docx_redline.render(changeset, *plans, registry, options()))
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(MACRO, "utf-8")
    target = folder / f"{command}.txt"
    urls = [(folder / "moved.docx").as_uri(), f".uno:{command}AllTrackedChanges", target.as_uri()]
    given = ",".join(f'"{one}"' for one in urls)
    office(f"macro:///Standard.Module1.Settle({given})")
    assert target.read_text("utf-8-sig").split() == [p.shown for p in paragraphs(plans[at])]
