"""From markup to lines: what shows is kept in order, what does not show is not."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.extracting.html.walk import hidden_within, lines_of


def lines(html: str) -> list[str]:
    body = LexborHTMLParser(html).body
    return [line.text for line in lines_of(body, hidden_within(body))]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>一、完善<b>制度</b></p><p>二</p>", ["一、完善制度", "二"]),
        ("一<br>二<br/><br>三", ["一", "二", "三"]),
        ("<div>一<div>二</div>三</div>", ["一", "二", "三"]),
        ("<p>　　国家知识\n      产权局</p>", ["国家知识产权局"]),
        ("<p>The State\n Council</p>", ["The State Council"]),
        ("<p>1. <span>\n推进</span>\n修订</p>", ["1.推进修订"]),
        ("<p>A&nbsp;&nbsp; B</p>", ["A B"]),
        ("<p>第一条　为了<sup>1</sup></p>", ["第一条　为了1"]),
        ("<p>知识\u200b产权\ufeff局\u00ad</p>", ["知识产权局"]),
        ("<pre>一行\n二行\n\n三行</pre>", ["一行", "二行", "三行"]),
        ("<ruby>產<rp>(</rp><rt>chǎn</rt><rp>)</rp></ruby>权", ["產权"]),
        ("<p>可见<span style='DISPLAY : none'>不可见</span></p>", ["可见"]),
        ("<p hidden>不可见</p><p style='visibility:hidden'>也不</p><p>可见</p>", ["可见"]),
        ("<p style='font-size:0'>水印</p><p style='font-size:0.9em'>可见</p>", ["可见"]),
        ("<p>前<script>var a='不是文字'</script><!-- 注释 --><style>p{}</style>后</p>", ["前后"]),
        ("<p>请填<input value='x'><select><option>甲</option></select><textarea>乙</textarea></p>", ["请填"]),
        ("<p>&lt;总则&gt; &amp; 附则</p>", ["<总则> & 附则"]),
    ],
)  # fmt: skip
def test_lines(html, shown):
    assert lines(html) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<ol><li>甲</li><li>乙</li></ol>", ["1. 甲", "2. 乙"]),
        (
            "<ol start=5><li>甲</li><li value=9>乙</li><li>丙</li></ol>",
            ["5. 甲", "9. 乙", "10. 丙"],
        ),
        ("<ol><li>1.甲</li><li>（二）乙</li></ol>", ["1.甲", "（二）乙"]),
        ("<ol style='list-style:none'><li>甲</li></ol>", ["甲"]),
        ("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"]),
        ("<ol><li>甲<ol><li>子</li></ol></li><li>乙</li></ol>", ["1. 甲", "1. 子", "2. 乙"]),
    ],
)
def test_numbers_that_the_browser_draws_are_kept(html, shown):
    assert lines(html) == shown


TABLE = """<table><caption>任务清单</caption><thead><tr><th>序号</th><th>任务</th><th>责任部门</th></tr></thead>
<tr><td colspan=3><b>一、完善制度</b></td></tr>
<tr><td>1</td><td><p>推进</p><p>修订</p></td><td rowspan="2">国家知识<br>产权局</td></tr>
<tr><td>2</td><td>发布</td></tr>
<tr><td>3</td><td></td><td>商务部</td></tr>
<tr><td></td><td></td><td></td></tr></table>"""


def test_a_table_is_read_row_by_row_and_every_row_says_whose_it_is():
    assert lines(TABLE) == [
        "任务清单",
        "序号\t任务\t责任部门",
        "一、完善制度",
        "1\t推进 修订\t国家知识 产权局",
        "2\t发布\t国家知识 产权局",
        "3\t\t商务部",
    ]


def test_a_cell_over_three_rows_ends_with_the_third():
    cells = "<tr><td>1</td><td rowspan=3>商务部</td></tr><tr><td>2</td></tr><tr><td>3</td></tr>"
    rows = f"<tr><td>序号</td><td>责任部门</td></tr>{cells}<tr><td>4</td><td>司法部</td></tr>"
    assert lines(f"<table>{rows}</table>")[1:] == [
        "1\t商务部",
        "2\t商务部",
        "3\t商务部",
        "4\t司法部",
    ]


def test_a_table_that_names_no_bodies_prints_a_spanning_cell_once():
    rows = (
        "<tr><td>指标</td><td>说明</td></tr><tr><td rowspan=2>借阅</td><td>册数</td></tr>"
        "<tr><td>人次</td></tr><tr><td>活动</td><td>场次</td></tr>"
    )
    assert lines(f"<table>{rows}</table>") == ["指标\t说明", "借阅\t册数", "\t人次", "活动\t场次"]


def test_a_cell_over_two_columns_leaves_the_second_empty():
    html = "<table><tr><th>号</th><th colspan=2>内容</th><th>部门</th></tr><tr><td>1</td><td>甲</td><td>乙</td><td>丙</td></tr></table>"
    assert lines(html) == ["号\t内容\t\t部门", "1\t甲\t乙\t丙"]


def test_a_table_that_only_lays_out_the_page_gives_paragraphs():
    html = "<table><tr><td><p>一、甲</p><p>二、乙</p></td></tr></table>"
    assert lines(html) == ["一、甲", "二、乙"]


def test_a_table_within_a_cell_becomes_part_of_its_row():
    html = (
        "<table><tr><td>1</td><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>"
    )
    assert lines(html) == ["1\t甲 乙"]


def test_spans_without_measure_cost_nothing():
    html = (
        "<table>" + "<tr><td rowspan=65534 colspan=1000>甲</td><td>乙</td></tr>" * 300 + "</table>"
    )
    assert sum(map(len, lines(html))) < 300_000


def test_characters_of_links_are_counted():
    body = LexborHTMLParser("<p>见<a href=x>附件一</a></p><p>无</p>").body
    assert [line.linked for line in lines_of(body)] == [3, 0]
