"""Plain text, Markdown and data that is no page."""

import json
from pathlib import Path

import jsonschema

from monitor.extracting.extract import extract
from plans.model import to_json

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[3] / "contracts" / "extract.schema.json").read_text("utf-8")
)


def test_plain_text_keeps_its_lines():
    made = extract(
        "河海协作计划\r\n\r\n　　一、完善制度  \n1.推进修订。（商务部负责）\n".encode("gb18030")
    )
    assert made.text == "河海协作计划\n一、完善制度\n1.推进修订。（商务部负责）"
    assert (made.title, made.media_type, made.charset) == ("河海协作计划", "text/plain", "gb18030")


def test_a_text_that_mentions_tags_is_text():
    text = "说明\n1.页面不得使用 <font> 标签。\n2.小于号写作 <。"
    assert extract(text.encode()).text == text


def test_a_table_pasted_into_a_text_keeps_its_cells():
    text = "渔港任务表\n序号\t任务\t责任单位\n1\t 修码头\t水利部\n2\t\t民政部\n"
    assert (
        extract(text.encode()).text
        == "渔港任务表\n序号\t任务\t责任单位\n1\t修码头\t水利部\n2\t\t民政部"
    )


def test_tabs_that_only_set_words_off_are_blanks():
    text = "一、总则\t\t第1页\n\t1.\t修码头，由水利部门负责。\t\t2031年"
    assert extract(text.encode()).text == "一、总则 第1页\n1. 修码头，由水利部门负责。 2031年"


def test_markdown_loses_its_marks_and_keeps_its_numbers():
    text = (
        "# 河海协作计划\n\n## 一、完善制度\n\n1. 推进**修订**。\n2. 研究[制定](http://a.example)。\n\n第一行\n第二行\n\n"
        "| 序号 | 部门 |\n|---|---|\n| 1 | 商务部 |\n\n<!-- 备注 -->\n\n- 甲\n- 乙\n"
    )
    made = extract(text.encode())
    assert made.media_type == "text/markdown"
    assert made.text.split("\n") == [
        "河海协作计划", "一、完善制度", "1. 推进修订。", "2. 研究制定。", "第一行", "第二行", "序号\t部门", "1\t商务部", "甲", "乙",
    ]  # fmt: skip


def test_emphasis_that_ends_in_a_full_stop_before_a_word_loses_its_marks():
    text = "## 一、建设\n\n**（一）修港。**修建码头。\n\n**（二）护岸（甲厅牵头）。**种树，2 ** 3 不变。\n"
    assert extract(text.encode(), media_type="text/markdown").text.split("\n") == [
        "一、建设", "（一）修港。修建码头。", "（二）护岸（甲厅牵头）。种树，2 ** 3 不变。",
    ]  # fmt: skip


def test_one_heading_is_markdown_only_where_the_server_or_the_name_says_so():
    text = "# 题\n\n正文 *强调*。"
    assert extract(text.encode()).text.startswith("# 题")
    assert (
        extract(text.encode(), media_type="text/markdown; charset=utf-8").text == "题\n正文 强调。"
    )
    assert extract(text.encode(), url="https://a.example/x.md").text == "题\n正文 强调。"


def test_the_bytes_count_more_than_the_declared_type():
    page = "<!DOCTYPE html><html><body><div class='TRS_Editor'><p>经研究，决定停止使用旧的登记表格。</p></div></body></html>"
    for declared in ("application/pdf", "text/plain", "application/octet-stream", ""):
        assert extract(page.encode(), media_type=declared).media_type == "text/html"


def test_every_outcome_is_a_document_of_the_contract():
    for body in (
        b"",
        b"<html><div id=zoom><p>" + "经研究，决定停止使用旧的登记表格。".encode(),
        b"PK\x03\x04",
        b"[]",
    ):
        made = json.loads(to_json(extract(body)))
        jsonschema.validate(made, SCHEMA)


def test_the_broken_name_of_a_blank_is_a_blank():
    text = extract("海洋办公室 &sp;\n渔港&nbsp;建设&bsp;\nA &amp; B 一段 &spa;".encode()).text
    assert text == "海洋办公室\n渔港 建设\nA &amp; B 一段 &spa;"
