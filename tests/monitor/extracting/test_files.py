"""PDF, Word, OFD and old Office files, and those that must be refused."""

import gzip
import io
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from PIL import Image, ImageDraw, ImageFont

from monitor.extracting.extract import extract
from monitor.extracting.files import ocr
from tests.monitor.extracting import files

PARAGRAPHS = [
    "河海协作办公室关于印发协作计划的通知",
    "河海协办〔2031〕7号",
    "各有关单位：",
    "为深入推进河海知识产权协作，完善样品登记和调解衔接机制，便利各类经营主体和社会公众查询使用，经研究，制定本计划。",
    "一、完善制度",
    "1.推进《河海专利协作办法》修订，健全跨区域执法协作机制，完善电子证据互认规则，推动建立统一的样品登记平台。（国家知识产权局、司法部负责）",
    "2.研究制定样品登记指引。（商务部牵头，海关总署参与）",
    *(f"{at}.按季度通报第{at}批样品登记进展，并将情况报送办公室备案存查，重大事项及时报告。" for at in range(3, 16)),
    "（此件公开发布）",
]  # fmt: skip


def test_pdf_lines_become_paragraphs_again_without_heads_and_page_numbers():
    made = extract(files.pdf(files.set_in_lines(PARAGRAPHS)))
    assert made.state == "document", made.reason
    assert made.media_type == "application/pdf"
    assert made.text.split("\n") == PARAGRAPHS
    assert (made.title, made.document_number) == (PARAGRAPHS[0], PARAGRAPHS[1])


def test_pdf_paragraphs_that_run_over_the_page_are_joined():
    body = files.pdf(files.set_in_lines(PARAGRAPHS, per_page=5))
    assert extract(body).text.split("\n") == PARAGRAPHS


def test_a_ruled_table_in_a_pdf_gives_its_rows_with_their_spans():
    """The cell 协作 spans two rows, 商务部 breaks over two lines, and the last row is one cell."""
    words = [
        (90, 100, "河海协作任务清单如下，请各有关单位认真对照落实。"),
        (95, 150, "类别"), (195, 150, "任务"), (355, 150, "责任单位"),
        (95, 200, "协作"), (195, 180, "推进样品登记"), (355, 180, "商务部、海"), (355, 200, "关总署"),
        (195, 230, "开展岸线核查"), (355, 230, "水利部"),
        (95, 260, "注：本表按季度更新"),
        (90, 320, "特此通知。"),
    ]  # fmt: skip
    across = [(90, y, 480, y) for y in (130, 160, 240, 270)]
    down = [(90, 130, 90, 270), (480, 130, 480, 270), (190, 130, 190, 240), (350, 130, 350, 240)]
    made = extract(files.pdf([words], rules=[*across, (190, 210, 480, 210), *down]))
    assert made.text.split("\n") == [
        "河海协作任务清单如下，请各有关单位认真对照落实。",
        "类别\t任务\t责任单位",
        "协作\t推进样品登记\t商务部、海关总署",
        "协作\t开展岸线核查\t水利部",
        "注：本表按季度更新",
        "特此通知。",
    ]


def test_rules_that_make_no_table_change_nothing():
    """The red line under a letterhead, a frame around the page, a drawing of many strokes."""
    pages = files.set_in_lines(PARAGRAPHS)
    frame = [(60, 40, 540, 40), (60, 820, 540, 820), (60, 40, 60, 820), (540, 40, 540, 820)]
    drawing = [(100 + at / 20, 90, 100 + at / 20, 110) for at in range(5000)]
    for rules in ([(90, 75, 500, 75)], frame, drawing):
        assert extract(files.pdf(pages, rules=rules)).text.split("\n") == PARAGRAPHS


def test_a_title_in_large_type_over_two_lines_is_one_line():
    first, second = "河海协作办公室关于印发", "《2031年度河海协作计划》的通知"
    title = [
        (90 + (416 - 22 * len(text)) / 2, y, text) for text, y in ((first, 100), (second, 135))
    ]
    body = [
        (x, y + 90, text) for x, y, text in files.set_in_lines(PARAGRAPHS[1:6])[0] if 60 < y < 790
    ]
    made = extract(files.pdf([[*title, *body]], large=(first, second)))
    assert made.text.split("\n") == [first + second, *PARAGRAPHS[1:6]]


@pytest.mark.parametrize(
    ("body", "state", "says"),
    [
        (files.scanned_pdf(), "scanned", "2 scanned pages"),
        (files.pdf([[(90, 100, "密")]], encrypted=True), "encrypted", "password"),
        (files.pdf([[]]), "empty", "without text"),
        (b"%PDF-1.7\nthis is no PDF", "unreadable", "broken PDF"),
        (files.pdf([[(90, 100, "甲")]])[:200], "unreadable", "broken PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "scanned", "picture"),
        (b"PK\x03\x04 nonsense", "unreadable", "broken zip"),
        (files.packed({"a.txt": "甲", "b.txt": "乙"}), "unreadable", "archive of 2 files"),
        (files.packed({"xl/workbook.xml": "<a/>"}), "unreadable", "Excel"),
        (files.packed({"word/document.xml": "<a/>"}), "unreadable", "broken Word file"),
        (files.packed({"OFD.xml": "<a"}), "unreadable", "broken OFD"),
        (files.ofd([[]]), "empty", "without text"),
        (b"Rar!\x1a\x07\x01\x00", "unreadable", "archive"),
        (b"\x7fELF\x02\x01\x01", "unreadable", "binary"),
        (b"\x00\x01\x02\x03" * 100, "unreadable", "binary"),
        (gzip.compress(b"")[:10], "unreadable", "cut off"),
        (gzip.compress(gzip.compress(b"x")), "unreadable", "more than once"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_named(body, state, says):
    made = extract(body)
    assert (made.state, made.text) == (state, "")
    assert says in made.reason


def test_a_page_served_compressed_is_read():
    page = "<html><body><div class='TRS_Editor'><p>经研究，决定停止使用旧的样品登记表格。</p></div></body></html>"
    assert extract(gzip.compress(page.encode())).text == "经研究，决定停止使用旧的样品登记表格。"


# --- bombs ------------------------------------------------------------------------------------


def test_a_gzip_bomb_is_given_up():
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    made = extract(bomb)
    assert (made.state, "grows beyond" in made.reason) == ("too_large", True)


def test_a_gzip_bomb_in_many_parts_is_given_up_and_honest_parts_are_read():
    assert extract(gzip.compress(b" " * 1_000_000) * 400).state == "too_large"
    assert extract(gzip.compress("甲".encode()) + gzip.compress("乙".encode())).text == "甲乙"


def test_a_zip_bomb_is_refused_by_its_directory():
    bomb = files.packed({"word/document.xml": b"\0" * 200_000_000})
    made = extract(bomb)
    assert (made.state, "grows" in made.reason) == ("too_large", True)


def test_a_zip_file_of_very_many_parts_is_refused():
    assert (
        "parts"
        in extract(files.packed({f"{at}": "" for at in range(5000)}, zipfile.ZIP_STORED)).reason
    )


def test_a_zip_entry_that_lies_about_its_size_gives_no_more_than_it_says():
    honest = bytearray(files.packed({"word/document.xml": b"\0" * 50_000_000, "OFD.xml": "<a/>"}))
    directory = honest.rindex(b"PK\x01\x02", 0, honest.rindex(b"PK\x01\x02"))
    struct.pack_into("<I", honest, directory + 24, 1000)
    assert extract(bytes(honest)).state == "unreadable"


def test_a_word_file_whose_text_is_damaged_behind_a_sound_directory_is_a_broken_zip():
    body = bytearray(files.word(lambda document: document.add_paragraph("甲" * 500)))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        entry = archive.getinfo("word/document.xml")
    middle = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    body[middle : middle + 20] = b"\xff" * 20
    made = extract(bytes(body))
    assert made.state == "unreadable"
    assert made.reason.startswith("a broken zip file: ")


def test_xml_entities_are_not_expanded():
    """A billion laughs, and a file of this machine, in a Word file and in an OFD file."""
    lol = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{lol}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    for body in (
        files.packed({"OFD.xml": head + "<a><DocRoot>&l11;&f;</DocRoot></a>"}),
        _with_document(head + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                       "<w:body><w:p><w:r><w:t>&l11;&f;</w:t></w:r></w:p></w:body></w:document>"),
    ):  # fmt: skip
        made = extract(body)
        assert made.state != "document"
        assert "root:" not in made.text + (made.reason or "")


def _with_document(xml: str) -> bytes:
    """A Word file whose main part is ``xml``."""
    source = zipfile.ZipFile(io.BytesIO(files.word(lambda document: document.add_paragraph("甲"))))
    return files.packed(
        {
            name: xml if name == "word/document.xml" else source.read(name)
            for name in source.namelist()
        }
    )


# --- Word -------------------------------------------------------------------------------------


def test_word_numbers_that_are_computed_are_shown():
    def build(document):
        files.numbered(
            document,
            [
                ("chineseCountingThousand", "%1、"),
                ("chineseCounting", "（%2）"),
                ("decimal", "%3."),
            ],
        )
        document.add_paragraph("协作计划")
        for text, depth in [("完善制度", 0), ("立法", 1), ("推进修订", 2), ("研究制定", 2), ("执法", 1),
                            ("组织实施", 2), ("组织保障", 0), ("监督", 1)]:  # fmt: skip
            files.add_numbered(document, text, depth)

    assert extract(files.word(build)).text.split("\n") == [
        "协作计划", "一、完善制度", "（一）立法", "1.推进修订", "2.研究制定", "（二）执法", "1.组织实施",
        "二、组织保障", "（一）监督",
    ]  # fmt: skip


def test_word_tables_stand_where_they_stand_with_merged_cells_filled():
    def build(document):
        document.add_paragraph("前")
        table = document.add_table(rows=4, cols=3)
        rows = [
            ["序号", "任务", "部门"],
            ["一、完善制度", "", ""],
            ["1", "推进", "商务部"],
            ["2", "发布", ""],
        ]
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(1, 2))
        table.cell(2, 2).merge(table.cell(3, 2))
        document.add_paragraph("后")

    made = extract(files.word(build))
    assert made.text.split("\n") == [
        "前", "序号\t任务\t部门", "一、完善制度", "1\t推进\t商务部", "2\t发布\t商务部", "后",
    ]  # fmt: skip


def test_word_changes_are_read_as_accepted_and_hidden_text_is_not_read():
    def build(document):
        paragraph = document.add_paragraph()
        paragraph.add_run("保留")
        gone, new = document.add_paragraph("删去"), document.add_paragraph("加入")
        files.wrap_run(gone, "w:del")
        files.wrap_run(new, "w:ins")
        hidden = document.add_paragraph("可见").add_run("不可见")
        hidden.font.hidden = True
        document.add_paragraph("一行\n二行\t三")

    assert extract(files.word(build)).text.split("\n") == [
        "保留",
        "加入",
        "可见",
        "一行",
        "二行 三",
    ]


def test_word_title_over_two_lines_and_number():
    def build(document):
        for text in (
            "河海协作办公室关于印发",
            "《河海协作计划》的通知",
            "河海协办〔2031〕7号",
            "各单位：",
            "现予印发。",
        ):
            document.add_paragraph(text)

    made = extract(files.word(build))
    assert made.title == "河海协作办公室关于印发《河海协作计划》的通知"
    assert made.document_number == "河海协办〔2031〕7号"


# --- OFD, old Office files --------------------------------------------------------------------


def test_ofd_lines_become_paragraphs():
    pages = [
        [(60, 30, "河海协作计划"), (42, 60, "一、推进样品登记办法修订工作，健全跨区域协作机"), (32, 70, "制。（商务部负责）"),
         (42, 80, "二、按季"), (62, 80, "度通报。"), (100, 285, "— 1 —")],
        [(42, 30, "三、加强宣传。"), (100, 285, "— 2 —")],
    ]  # fmt: skip
    made = extract(files.ofd(pages))
    assert made.media_type == "application/ofd"
    assert made.text.split("\n") == [
        "河海协作计划", "一、推进样品登记办法修订工作，健全跨区域协作机制。（商务部负责）", "二、按季度通报。", "三、加强宣传。",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["doc", "rtf"])
def test_old_office_files_are_read_by_libreoffice(form, tmp_path):
    """A .doc (which .wps files are, too) and an RTF file, with a computed number and a table."""

    def build(document):
        files.numbered(document, [("decimal", "%1.")])
        document.add_paragraph("河海协作计划")
        files.add_numbered(document, "推进修订。（商务部负责）")
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "甲", "乙"
        document.add_paragraph("2031年3月1日")

    (tmp_path / "in.docx").write_bytes(files.word(build))
    _convert(tmp_path, "in.docx", form)
    made = extract((tmp_path / f"in.{form}").read_bytes())
    assert made.state == "document", made.reason
    assert made.text.split("\n") == [
        "河海协作计划",
        "1.推进修订。（商务部负责）",
        "甲\t乙",
        "2031年3月1日",
    ]


def test_locked_office_files_are_named_before_anything_opens_them():
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    assert extract(magic + "EncryptedPackage".encode("utf-16-le")).state == "encrypted"
    word = magic + b"\xec\xa5" + b"\0" * 9 + b"\x01" + b"\0" * 500
    assert extract(word + "WordDocument".encode("utf-16-le")).state == "encrypted"
    assert "Excel" in extract(magic + "Workbook".encode("utf-16-le")).reason


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_pdf_as_an_office_makes_it_gives_its_paragraphs(tmp_path):
    """Justified lines, air around figures, a running head, page numbers, a signature on the right."""
    plan = [
        f"{at}.推进《第{at}号样品登记办法》修订，健全跨区域协作和电子证据互认机制，完善登记平台。（商务部、司法部负责）"
        for at in range(1, 31)
    ]

    def build(document):
        def add(text, alignment=WD_ALIGN_PARAGRAPH.JUSTIFY, size=16):
            paragraph = document.add_paragraph()
            run = paragraph.add_run(text)
            run.font.size = Pt(size)
            paragraph.alignment = alignment
            if alignment == WD_ALIGN_PARAGRAPH.JUSTIFY:
                paragraph.paragraph_format.first_line_indent = Pt(2 * size)
            paragraph.paragraph_format.space_after = Pt(0)

        add(
            "河海协作办公室关于印发《2031年度河海知识产权协作计划》的通知",
            WD_ALIGN_PARAGRAPH.CENTER,
            22,
        )
        add("河海协办〔2031〕7号", WD_ALIGN_PARAGRAPH.CENTER)
        for text in plan:
            add(text)
        add("河海协作办公室", WD_ALIGN_PARAGRAPH.RIGHT)
        add("2031年3月1日", WD_ALIGN_PARAGRAPH.RIGHT)
        document.sections[0].header.paragraphs[0].text = "河海协作办公室文件"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"

    (tmp_path / "in.docx").write_bytes(files.word(build))
    _convert(tmp_path, "in.docx", "pdf")
    made = extract((tmp_path / "in.pdf").read_bytes())
    lines = made.text.split("\n")
    assert lines[0] == "河海协作办公室关于印发《2031年度河海知识产权协作计划》的通知"
    assert lines[-2 - len(plan) :] == [*plan, "河海协作办公室", "2031年3月1日"]
    assert made.title == "河海协作办公室关于印发《2031年度河海知识产权协作计划》的通知"
    assert made.document_number == "河海协办〔2031〕7号"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("style", ["Table Grid", "Normal Table"], ids=["ruled", "without rules"])
def test_a_table_in_a_pdf_as_an_office_makes_it_gives_its_rows(tmp_path, style):
    rows = [("序号", "任务", "责任单位")] + [
        (str(at), f"推进第{at}号样品登记办法修订，健全跨区域协作和电子证据互认机制。", "商务部、司法部、海关总署")
        for at in range(1, 6)
    ]  # fmt: skip

    def build(document):
        document.add_paragraph("河海协作任务清单如下，请各有关单位认真对照落实。")
        table = document.add_table(rows=len(rows), cols=3, style=style)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("特此通知。")

    (tmp_path / "in.docx").write_bytes(files.word(build))
    _convert(tmp_path, "in.docx", "pdf")
    made = extract((tmp_path / "in.pdf").read_bytes())
    assert made.text.split("\n")[1:-1] == ["\t".join(row) for row in rows]


def _convert(folder: Path, name: str, form: str) -> None:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form,
         "--outdir", str(folder), str(folder / name)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


# --- scans ------------------------------------------------------------------------------------

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")


@pytest.mark.slow
@pytest.mark.skipif(ocr.available() is not None, reason="tesseract is not installed")
@pytest.mark.skipif(not FONT.is_file(), reason="no Chinese font to draw with")
def test_a_scan_is_recognised_where_tesseract_is_installed_and_says_so():
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), 44)
    drawn = [
        (252, "一、国家知识产权局负责推进专利法律制度修改，加强"),
        (160, "知识产权保护工作。"),
        (252, "二、商务部负责对外合作。"),
    ]
    for at, (left, text) in enumerate(drawn):
        draw.text((left, 300 + 90 * at), text, font=font, fill=0)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=200)
    made = extract(out.getvalue())
    assert made.state == "document", made.reason
    assert "recognised from a scan" in made.reason
    assert made.text.split("\n") == [
        "一、国家知识产权局负责推进专利法律制度修改，加强知识产权保护工作。",
        "二、商务部负责对外合作。",
    ]
