"""Word files as offices make them: lists of several levels, merged cells, notes, boxes, changes."""

import copy
import io
import zipfile

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from monitor.extracting.extract import extract
from tests.monitor.extracting import files

LEVELS = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
W = nsdecls("w")


def lines_of(build):
    made = extract(files.word(build))
    assert made.state == "document", made.reason
    return made.text.split("\n")


def in_last(document, xml):
    """Put ``xml`` into the last paragraph."""
    document.paragraphs[-1]._p.append(parse_xml(xml))


def end_deleted(paragraph):
    """Mark the end of the paragraph as deleted by a tracked change."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {W}><w:del w:id="9" w:author="A"/></w:rPr>')
    )


def test_a_list_that_starts_anew_counts_from_its_own_start():
    """Word numbers the parts of each section by a list that overrides the start of another."""

    def build(document):
        files.numbered(document, LEVELS)
        root = document.part.numbering_part.element
        root.append(parse_xml(
            f'<w:num {W} w:numId="78"><w:abstractNumId w:val="77"/>'
            '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        ))  # fmt: skip
        for text, depth, number in [("完善制度", 0, 77), ("立法", 1, 77), ("推进修订", 2, 77),
                                    ("研究制定", 2, 78), ("组织起草", 2, 78), ("执法", 1, 77), ("巡查", 2, 77)]:  # fmt: skip
            files.add_numbered(document, text, depth, number)

    assert lines_of(build) == [
        "一、完善制度", "（一）立法", "1.推进修订", "5.研究制定", "6.组织起草", "（二）执法", "1.巡查",
    ]  # fmt: skip


def test_a_list_of_a_list_style_has_the_levels_that_the_style_names():
    def build(document):
        files.numbered(document, LEVELS)
        root = document.part.numbering_part.element
        root[0].insert(0, parse_xml(f'<w:styleLink {W} w:val="渔港"/>'))
        root.insert(1, parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="80"><w:numStyleLink w:val="渔港"/></w:abstractNum>'
        ))  # fmt: skip
        root.append(parse_xml(f'<w:num {W} w:numId="80"><w:abstractNumId w:val="80"/></w:num>'))
        for text, depth in [("完善制度", 0), ("立法", 1), ("推进修订", 2)]:
            files.add_numbered(document, text, depth, 80)

    assert lines_of(build) == ["一、完善制度", "（一）立法", "1.推进修订"]


def test_a_level_in_figures_shows_the_levels_above_in_figures():
    def build(document):
        files.numbered(document, [("chineseCounting", "第%1章"), ("decimal", "%1.%2")])
        level = document.part.numbering_part.element[0].findall(qn("w:lvl"))[1]
        level.insert(2, parse_xml(f"<w:isLgl {W}/>"))
        for text, depth in [("总则", 0), ("目的", 1), ("罚则", 0), ("罚款", 1)]:
            files.add_numbered(document, text, depth)

    assert lines_of(build) == ["第一章总则", "1.1目的", "第二章罚则", "2.1罚款"]


def test_a_deleted_item_of_a_list_is_not_counted():
    """Else every task below it would have moved down by one."""

    def build(document):
        files.numbered(document, LEVELS)
        for text in ("完善制度", "删去", "加强监督"):
            files.add_numbered(document, text)
        gone = document.paragraphs[1]
        files.wrap_run(gone, "w:del")
        end_deleted(gone)

    assert lines_of(build) == ["一、完善制度", "二、加强监督"]


def test_paragraphs_are_one_where_the_end_between_them_is_deleted():
    def build(document):
        end_deleted(document.add_paragraph("推进样品登记，"))
        document.add_paragraph("并按季度通报。（商务部负责）")
        end_deleted(document.add_paragraph("特此通知。"))

    assert lines_of(build) == ["推进样品登记，并按季度通报。（商务部负责）", "特此通知。"]


def test_a_deleted_row_of_a_table_is_not_read_and_an_inserted_one_is():
    def build(document):
        rows = [("任务", "责任部门"), ("疏浚", "水利部"), ("登记", "商务部")]
        table = document.add_table(rows=3, cols=2)
        for row, texts, change in zip(table.rows, rows, (None, "del", "ins"), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
            if change:
                row._tr.get_or_add_trPr().append(
                    parse_xml(f'<w:{change} {W} w:id="3" w:author="A"/>')
                )

    assert lines_of(build) == ["任务\t责任部门", "登记\t商务部"]


def test_bodies_in_a_cell_over_several_rows_stand_in_each_of_them():
    """Over rows and columns at once, the last cell of the column is one row alone."""

    def build(document):
        rows = [("序号", "任务", "责任部门", ""), ("", "", "牵头", "配合"), ("1", "疏浚", "水利部", "商务部"),
                ("2", "登记", "", ""), ("3", "通报", "", "司法部")]  # fmt: skip
        table = document.add_table(rows=5, cols=4)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 2), (4, 2)), ((2, 3), (3, 3))):  # fmt: skip
            table.cell(*first).merge(table.cell(*last))

    assert lines_of(build)[-3:] == ["1\t疏浚\t水利部\t商务部", "2\t登记\t水利部\t商务部", "3\t通报\t水利部\t司法部"]  # fmt: skip


def test_notes_heads_and_feet_are_not_the_text():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "河海协作办公室文件"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"
        document.add_paragraph("推进样品登记")
        in_last(document, f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>')
        in_last(document, f"<w:r {W}><w:t>。（商务部负责）</w:t></w:r>")

    assert lines_of(build) == ["推进样品登记。（商务部负责）"]


BOX = f"<w:txbxContent {W}><w:p><w:r><w:t>商务部文件</w:t></w:r></w:p></w:txbxContent>"


def test_a_text_box_is_read_once_in_either_form():
    """Word writes each box twice, for newer and for older readers; WPS writes the older form."""
    both = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx>'
        f"</wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    older = (
        f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>{BOX}</v:textbox>'
        "</v:shape></w:pict></w:r>"
    )
    for form in (both, older):

        def build(document, form=form):
            document.add_paragraph("推进样品登记。")
            in_last(document, form)

        assert lines_of(build) == ["商务部文件", "推进样品登记。"]


def test_how_a_word_is_read_is_not_the_text():
    def build(document):
        document.add_paragraph("推进")
        in_last(document, f"<w:r {W}><w:ruby><w:rt><w:r><w:t>jùn</w:t></w:r></w:rt>"
                          "<w:rubyBase><w:r><w:t>浚</w:t></w:r></w:rubyBase></w:ruby></w:r>")  # fmt: skip

    assert lines_of(build) == ["推进浚"]


def test_marked_passages_of_other_programs_are_read_through():
    """Smart tags, content controls and custom marks that WPS and others wrap words in."""

    def build(document):
        document.add_paragraph("推进")
        inner = f"<w:r {W}><w:t>登记</w:t></w:r>"
        for mark in ("smartTag", "customXml", "hyperlink"):
            in_last(document, f"<w:{mark} {W}>{inner}</w:{mark}>")
        whole = copy.deepcopy(document.paragraphs[-1]._p)
        control = parse_xml(f"<w:sdt {W}><w:sdtContent/></w:sdt>")
        control[0].append(whole)
        document.element.body.insert(0, control)

    assert lines_of(build) == ["推进登记登记登记"] * 2


def test_the_strict_form_of_the_standard_is_read_like_the_usual_one():
    def build(document):
        files.numbered(document, LEVELS)
        files.add_numbered(document, "完善制度", 0)
        files.add_numbered(document, "立法", 1)
        table = document.add_table(2, 2)
        for cell, text in zip(
            (c for row in table.rows for c in row.cells), "甲乙丙丁", strict=True
        ):
            cell.text = text

    usual = files.word(build)
    strict = files.strict(usual)
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(strict)).read("word/document.xml")
    assert extract(strict).text == extract(usual).text == "一、完善制度\n（一）立法\n甲\t乙\n丙\t丁"


def test_a_broken_file_in_the_strict_form_is_named():
    broken = files.packed(
        {
            "_rels/.rels": "http://purl.oclc.org/ooxml/officeDocument/relationships",
            "word/document.xml": "<w:document",
        }
    )
    made = extract(broken)
    assert (made.state, "broken Word file" in made.reason) == ("unreadable", True)
