"""Static columns: rows by a selector or beside dates, and further pages however they are named."""

import pytest

from monitor.discovering.listing import Row
from tests.monitor.discovering import columns


def test_a_trs_column_without_a_selector(publisher, discover, names_the_articles):
    publisher.page("/xxfb/tzgg/", columns.trs_page())
    discovery = discover(publisher.url("/xxfb/tzgg/"), "links")
    names_the_articles(discovery)
    assert discovery.rows[0].url == publisher.url("/xxfb/tzgg/202705/t20270512_960.html")


def test_a_trs_column_with_one(publisher, discover, names_the_articles):
    publisher.page("/a/", columns.trs_page())
    names_the_articles(discover(publisher.url("/a/"), {"kind": "links", "rows": "ul.list li"}))


def test_the_script_of_trs_names_the_further_pages(publisher, discover):
    publisher.page("/a/", columns.trs_page(pages=3))
    for number in (1, 2):
        text = columns.trs_page(pages=3, current=number).replace("_96", f"_{number}96")
        publisher.page(f"/a/index_{number}.html", text)
    discovery = discover(publisher.url("/a/"), "links")
    assert len(discovery.rows) == 9
    assert [seen.path for seen in publisher.log] == ["/a/", "/a/index_1.html", "/a/index_2.html"]


def test_a_table_with_dates_in_chinese_and_a_link_to_the_next_page(
    publisher, discover, names_the_articles
):
    publisher.page("/fabu/16.html", columns.table_page())
    discovery = discover(publisher.url("/fabu/16.html"), "links")
    names_the_articles(discovery)
    assert publisher.log[-1].path == "/fabu/16_2.html", "which is not there: the list ends"


def test_a_template_for_further_pages(publisher, discover):
    publisher.page("/zh/index.html", columns.trs_page())
    publisher.page("/zh/index_1.html", columns.trs_page().replace("_96", "_86"))
    options = {"kind": "links", "next": "index_{n}.html"}
    assert len(discover(publisher.url("/zh/index.html"), options).rows) == 6


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>本栏目正在建设中</p></body></html>",
        "<html><body><a href='/a.html'>首页</a></body></html>",
        "<html><body><ul class='list'></ul></body></html>",
        "<html><head><title>列表</title></head><body><div id='app' v-cloak></div></body></html>",
        "{}",
        "",
    ],
)
def test_a_page_without_rows_is_never_nothing_new(publisher, discover, page):
    publisher.page("/a/", page)
    for options in ("links", {"kind": "links", "rows": "ul.list li"}):
        discovery = discover(publisher.url("/a/"), options)
        assert discovery.outcome == "list_not_understood"
        assert discovery.reason
        assert not discovery.validators


def test_rows_that_a_selector_finds_but_that_have_no_links(publisher, discover):
    publisher.page("/a/", "<ul><li>one, without a link</li><li>two</li></ul>")
    discovery = discover(publisher.url("/a/"), {"kind": "links", "rows": "li"})
    assert discovery.outcome == "list_not_understood"


def test_a_page_in_gbk(publisher, discover, names_the_articles):
    body = columns.trs_page().encode("gb18030")
    publisher.page("/a/", body, media_type="text/html")
    names_the_articles(discover(publisher.url("/a/"), "links"))


def test_links_elsewhere_and_scripts_are_no_articles(publisher, discover):
    publisher.page(
        "/a/",
        "<li><a href='javascript:void(0)'>这是一个按钮而已</a> 2027-01-01</li>"
        "<li><a href='mailto:a@b.example'>写信给我们谢谢</a> 2027-01-01</li>"
        "<li><a href='http://[bad/'>坏掉的地址一个</a> 2027-01-01</li>"
        "<li><a href='/ok.html'>一篇真正的文章</a> 2027-01-01</li>",
    )
    (row,) = discover(publisher.url("/a/"), "links").rows
    assert row == Row(
        url=publisher.url("/ok.html"), title="一篇真正的文章", published_on=row.published_on
    )


def test_a_date_may_stand_in_an_item_of_its_own(publisher, discover, names_the_articles):
    rows = "".join(
        f"<ul><li><a href='/a/{n}.html'>{title}</a></li><li>{day}</li></ul>"
        for n, (title, day) in enumerate(columns.ARTICLES)
    )
    publisher.page(
        "/list/", f"<html><body>{rows}<a href='/help.html'>网站帮助说明</a></body></html>"
    )
    names_the_articles(discover(publisher.url("/list/"), "links"))
