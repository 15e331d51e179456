"""LibreOffice opens what we write, and prints it."""

import os
import shutil
import subprocess

import pypdfium2
import pytest

from reports import docx_redline, docx_table, xlsx
from tests.reports.examples import CHANGESET, NEW, OLD, options

pytestmark = pytest.mark.slow

FORMS = {
    "redline.docx": (docx_redline, "严查港口和网络侵权货物"),
    "table.docx": (docx_table, "国家知识产权局由负责改为牵头"),
    "book.xlsx": (xlsx, "=落实《远洋数据互认协定》"),
}


@pytest.fixture(scope="module")
def printed(registry, tmp_path_factory):
    """The text of each file as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice; in CI it must be there")
        pytest.skip("no LibreOffice; install libreoffice-writer and libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")
    for name, (report, _) in FORMS.items():
        data = report.render(CHANGESET, OLD, NEW, registry, options(lang="zh"))
        (folder / name).write_bytes(data)
    subprocess.run(
        [
            office,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / name) for name in FORMS),
        ],
        check=True,
        capture_output=True,
        timeout=150,
    )
    texts = {}
    for name in FORMS:
        with pypdfium2.PdfDocument((folder / name).with_suffix(".pdf")) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
        texts[name] = "".join("".join(pages).split())
    return texts


@pytest.mark.parametrize("name", FORMS)
def test_libreoffice_opens_and_prints_it(printed, name):
    assert FORMS[name][1] in printed[name]
