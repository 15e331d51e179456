"""What lists do to those who read them: every row is found, whole, once, and none is invented."""

import datetime as dt
import json

import pytest

from tests.monitor.discovering.columns import cut

TITLE = "关于印发《2027年知识产权强国建设推进计划》的通知"
OTHER = "关于公布示例城市名单的公告"
DAY = dt.date(2027, 5, 12)


def li(href, text=TITLE, day="2027-05-12", **attributes):
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<li><a href="{href}"{more}>{text}</a><span>{day}</span></li>'


@pytest.fixture
def rows(publisher, discover):
    """Serves a page at /col/ and gives what is found on it."""

    def read(page, options="links"):
        publisher.page("/col/", page)
        return discover(publisher.url("/col/"), options).rows

    return read


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a/1.html", "/col/a/1.html"),
        ("/a/1.html", "/a/1.html"),
        ("../a/1.html", "/a/1.html"),
        (" \n /a/1.html ", "/a/1.html"),
        ("/a/1.html#top", "/a/1.html"),
        ("/a/1.jsp?x=1&amp;y=2", "/a/1.jsp?x=1&y=2"),
        ("/a/1.jsp?x=1&amp;amp;y=2", "/a/1.jsp?x=1&y=2"),
        ("/a/1.html;jsessionid=0A1B2C.node-7", "/a/1.html"),
        ("javascript:window.open('/a/1.html')", "/a/1.html"),
        ("JavaScript:openArticle('/a/1.html');", "/a/1.html"),
    ],
)
def test_an_address_however_it_is_written(publisher, rows, written, meant):
    (row,) = rows(f"<ul>{li(written)}</ul>")
    assert row.url == publisher.url(meant)


def test_an_address_without_a_scheme_has_the_pages(publisher, rows):
    (row,) = rows(f"<ul>{li('//other.example/1.html')}</ul>")
    assert row.url == "http://other.example/1.html"


@pytest.mark.parametrize("base", ["/b/", "b.html", "../b/"])
def test_links_start_where_the_page_says(publisher, rows, base):
    (row,) = rows(f"<head><base href='{base}'></head><ul>{li('1.html')}</ul>")
    meant = {"/b/": "/b/1.html", "b.html": "/col/1.html", "../b/": "/b/1.html"}[base]
    assert row.url == publisher.url(meant)


def test_a_further_page_is_looked_for_from_there_too(publisher, rows):
    more = "<a href='p2.html'>下一页</a>"
    publisher.page("/b/p2.html", f"<ul>{li('/a/2.html', OTHER)}</ul>")
    found = rows(f"<head><base href='/b/'></head><ul>{li('/a/1.html')}</ul>{more}")
    assert [row.title for row in found] == [TITLE, OTHER]


def test_a_link_that_a_script_opens(publisher, rows):
    (row,) = rows(
        f"<ul>{li('javascript:;', onclick='location.href=' + chr(39) + '/a/1.html' + chr(39))}</ul>"
    )
    assert row.url == publisher.url("/a/1.html")


@pytest.mark.parametrize(
    "href", ["javascript:void(0)", "#", "mailto:a@b.example", "data:,x", "tel:1"]
)
def test_what_leads_nowhere_is_no_article(rows, href):
    (row,) = rows(f"<ul>{li(href, OTHER)}{li('/a/1.html')}</ul>")
    assert row.title == TITLE


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2027/5/12", DAY),
        ("2027.05.12", DAY),
        ("2027年5月12日", DAY),
        ("[2027-05-12]", DAY),
        ("２０２７－０５－１２", DAY),
        ("2027-05-12 10:22:33", DAY),
        ("2027-05-12T10:00:00+08:00", DAY),
        ("20270512", DAY),
        ("12 May 2027", DAY),
        ("May 12, 2027", DAY),
        ("<b>12</b><i>2027-05</i>", DAY),
        ("12<br>2027.05", DAY),
        ("05-12", None),
        ("（05/12）", None),
        ("5月12日", None),
        ("27-05-12", None),
        ("2027-05", None),
    ],
)
def test_a_date_however_it_is_printed(rows, printed, day):
    """A day whose year is not printed marks a row all the same; no year is guessed."""
    found = rows(f"<ul>{li('/a/1.html', day=printed)}{li('/a/2.html', OTHER, printed)}</ul>")
    assert [(row.title, row.published_on) for row in found] == [(TITLE, day), (OTHER, day)]


@pytest.mark.parametrize("beside", ["13-45", "1-2-3-4", "第3期", "20271399", "120", "9.9折优惠"])
def test_a_number_is_no_date(rows, beside):
    assert rows(f"<ul>{li('/a/1.html', day=beside)}</ul>") == ()


@pytest.mark.parametrize(
    ("shown", "attribute", "title", "is_cut"),
    [
        (TITLE, "", TITLE, False),
        (cut(TITLE), TITLE, TITLE, False),
        (TITLE[:12] + "……", TITLE, TITLE, False),
        (TITLE[:12], TITLE, TITLE, False),
        ("· " + TITLE[:12], TITLE, TITLE, False),
        ("[通知] " + TITLE[:20], TITLE, TITLE, False),
        (TITLE, "点击这里在新窗口中打开并且阅读这一篇文章的全文内容", TITLE, False),
        (TITLE[:20] + "…", "", TITLE[:20], True),
        (TITLE[:20] + "...", TITLE[:20] + "...", TITLE[:20], True),
        ("&amp;ldquo;十四五&amp;rdquo;规划的通知", "", "“十四五”规划的通知", False),
    ],
)
def test_a_title_is_whole_where_the_page_has_it_whole(rows, shown, attribute, title, is_cut):
    (row,) = rows(f"<ul>{li('/a/1.html', shown, title=attribute)}</ul>")
    assert (row.title, row.cut) == (title, is_cut)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("规划和&ldquo;十五五&rdquo;计划", "规划和“十五五”计划"),
        ("规划和&amp;ldquo;十五五&amp;rdquo;计划", "规划和“十五五”计划"),
        ("2027年<em>知识产权</em>计划", "2027年知识产权计划"),
        ("2027年&lt;em&gt;知识产权&lt;/em&gt;计划", "2027年知识产权计划"),
        ("关于<商标法>的说明", "关于<商标法>的说明"),
    ],
)
def test_a_title_in_json(rows, written, title):
    answer = json.dumps([{"TITLE": written, "URL": "/a/1.html"}], ensure_ascii=False)
    assert [row.title for row in rows(answer, "govcn_json")] == [title]


@pytest.mark.parametrize(
    "wrapped", ["{}", "\ufeff{}", "cb({})", "cb({});", " /**/jQuery_1({}) ;\n", "a.b.c({})"]
)
def test_json_is_read_in_a_call_too(rows, wrapped):
    answer = json.dumps([{"TITLE": TITLE, "URL": "/a/1.html"}], ensure_ascii=False)
    assert [row.title for row in rows(wrapped.format(answer), "govcn_json")] == [TITLE]


@pytest.mark.parametrize("answer", ["[]", "{}", "cb()", "cb([])", "null", "[[[[", "cb(((("])
def test_a_list_without_entries_is_never_nothing_new(publisher, discover, answer):
    publisher.page("/col/", answer)
    assert discover(publisher.url("/col/"), "govcn_json").outcome == "list_not_understood"
