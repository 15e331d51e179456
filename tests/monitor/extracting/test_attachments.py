"""The files of an article: absolute, each once, pages left out."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.extracting.extract import extract
from monitor.extracting.html.attachments import attachments_of, file_name
from tests.monitor.extracting.article import Article, document

BASE = "https://www.ncac.gov.cn/xxfb/tzgg/203103/t20310305_1.html"


def found(html: str, base: str = BASE) -> list[tuple[str, str | None]]:
    body = LexborHTMLParser(html).body
    return [(file.url, file.title) for file in attachments_of(body, base)]


@pytest.mark.parametrize(
    ("html", "files"),
    [
        ('<a href="./P0203.pdf">附件1：清单</a>', [("https://www.ncac.gov.cn/xxfb/tzgg/203103/P0203.pdf", "附件1：清单")]),
        ('<a href="/a/b.docx" title="样表"></a>', [("https://www.ncac.gov.cn/a/b.docx", "样表")]),
        ('<a href="//files.example.cn/c.OFD?v=1">丙</a>', [("https://files.example.cn/c.OFD?v=1", "丙")]),
        ('<a href="d.wps">丁</a><a href="./d.wps">又丁</a>', [("https://www.ncac.gov.cn/xxfb/tzgg/203103/d.wps", "丁")]),
        ('<iframe src="/e.pdf"></iframe>', [("https://www.ncac.gov.cn/e.pdf", "e.pdf")]),
        (
            '<a href="/module/download/downfile.jsp?classid=0&filename=99ff.doc&showname=样表.doc">样表</a>',
            [("https://www.ncac.gov.cn/module/download/downfile.jsp?classid=0&filename=99ff.doc&showname=样表.doc", "样表")],
        ),
        ('<a href="next.html">下一页</a><a href="#">回顶</a><a href="javascript:a(\'x.pdf\')">打开</a>', []),
        ('<a href="ftp://x.example/a.pdf">甲</a><a href="file:///etc/a.pdf">乙</a><a href="http://[bad/a.pdf">丙</a>', []),
    ],
)  # fmt: skip
def test_links_to_files(html, files):
    assert found(html) == files


def test_without_the_pages_address_links_stay_as_they_are():
    assert found('<a href="a/b.pdf">甲</a>', base="") == [("a/b.pdf", "甲")]


def test_a_base_element_counts():
    page = document(
        '<base href="https://other.example.cn/x/">',
        f'<div class="TRS_Editor">{Article().ps}<p><a href="y.pdf">附</a></p></div>',
        "题",
    )
    assert [file.url for file in extract(page.encode(), url=BASE).attachments] == [
        "https://other.example.cn/x/y.pdf"
    ]


def test_the_list_of_files_beside_the_text_counts():
    fj = '<div class="fujian">附件：<a href="/z.pdf">任务分工表</a></div>'
    page = document("", f'<div class="TRS_Editor">{Article().ps}</div>{fj}', "题")
    made = extract(page.encode(), url=BASE)
    assert [file.url for file in made.attachments] == ["https://www.ncac.gov.cn/z.pdf"]
    assert made.text == Article().text


def test_files_linked_elsewhere_on_the_page_are_not_the_articles():
    page = document(
        "",
        f'<div class="side"><a href="/guide.pdf">办事指南</a></div><div class="TRS_Editor">{Article().ps}</div>',
        "题",
    )
    assert extract(page.encode(), url=BASE).attachments == ()


def test_file_names():
    assert file_name("https://a.example/x/%E9%99%84%E4%BB%B6.pdf") == "附件.pdf"
    assert file_name("https://a.example/x.html") is None
    assert file_name("x" * 5000 + ".pdf") is None
