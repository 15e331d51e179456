"""A page of each site system gives exactly its article: no line more, no line less."""

import datetime as dt

import pytest

from monitor.extracting.extract import EXTRACTOR_VERSION, extract
from monitor.extracting.html.cms import RECOGNISERS
from tests.monitor.extracting.article import Article
from tests.monitor.extracting.pages import BODIES, PAGES

ARTICLE = Article()


@pytest.mark.parametrize("name", PAGES)
def test_the_text_is_the_article_and_nothing_else(name):
    page = PAGES[name](ARTICLE)
    made = extract(page.body.encode(), url=page.url)
    assert made.state == "document", made.reason
    assert made.text.split("\n") == list(ARTICLE.paragraphs)
    assert made.made_by == {"extractor": EXTRACTOR_VERSION, "by": page.by}


@pytest.mark.parametrize("name", PAGES)
def test_facts_are_those_that_the_page_states(name):
    page = PAGES[name](ARTICLE)
    made = extract(page.body.encode(), url=page.url)
    assert made.title == ARTICLE.title
    if "number" in page.states:
        assert made.document_number == ARTICLE.number
    if "published" in page.states:
        assert made.published_on == dt.date(2031, 3, 5)
    if "source" in page.states:
        assert made.source == ARTICLE.source


def test_every_page_and_every_row_of_the_table_shows_how_a_body_is_read():
    """Who adds a row adds a page; who adds a page says whose it is."""
    shown = {name for names in BODIES.values() for name in names}
    assert PAGES.keys() - shown == {"jcms_marks", "jcms_sister", "unknown_reprint"}
    used = {PAGES[name](ARTICLE).by for name in PAGES}
    assert {row.name for row in RECOGNISERS} <= used


def test_a_page_that_was_made_again_keeps_its_first_date():
    """Maketime is the day of a migration: it is no date of publication, even when it is alone."""
    body = PAGES["jcms"](ARTICLE).body
    without = body.replace('name="PubDate"', 'name="Other"').replace("2031-03-05", "")
    at = "https://www.cnipa.gov.cn/art/2031/3/5/art_1410_990001.html"
    assert extract(without.encode(), url=at).published_on == dt.date(2031, 3, 5)
    assert extract(without.encode(), url="").published_on is None


def test_a_metadata_table_within_the_text_gives_facts_and_no_text():
    table = (
        f"<table><tr><td>索引号</td><td>990/1</td><td>发文字号</td><td>{ARTICLE.number}</td></tr>"
        "<tr><td>发布机构</td><td>河海办</td><td>发布日期</td><td>2031年3月5日</td></tr></table>"
    )
    body = f"<html><body><div class='TRS_Editor'>{table}{ARTICLE.ps}</div></body></html>"
    made = extract(body.encode())
    assert made.text == ARTICLE.text
    assert (made.document_number, made.published_on) == (ARTICLE.number, dt.date(2031, 3, 5))


def test_a_table_of_figures_below_the_metadata_is_part_of_the_text():
    metadata = (
        "<table><tr><td>索引号</td><td>0001/2031</td><td>主题分类</td><td>测绘</td></tr>"
        "<tr><td>发文机关</td><td>某局</td><td>成文日期</td><td>2031年3月5日</td></tr></table>"
    )
    figures = (
        "<table><tr><td>1</td><td>13289.85</td></tr><tr><td>2</td><td>13062.19</td></tr></table>"
    )
    body = f"<div id='UCAP-CONTENT'><p>界址点的坐标列在下表，单位为米，坐标系为独立坐标系。</p>{figures}</div>"
    made = extract(f"<html><body>{metadata}{body}</body></html>".encode())
    assert made.text.split("\n")[1:] == ["1\t13289.85", "2\t13062.19"]


def test_a_table_of_tasks_is_no_metadata_though_its_head_has_the_same_words():
    table = (
        "<table><tr><th>标题</th><th>责任部门</th><th>实施日期</th></tr>"
        "<tr><td>推进第1号样品登记</td><td>商务部</td><td>2031年6月底前</td></tr></table>"
    )
    body = f"<html><body><div class='TRS_Editor'>{ARTICLE.ps}{table}</div></body></html>"
    assert extract(body.encode()).text.endswith(
        "标题\t责任部门\t实施日期\n推进第1号样品登记\t商务部\t2031年6月底前"
    )
