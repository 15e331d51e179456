"""Pages in nobody's markup: the general chooser takes the article and leaves the site."""

import datetime as dt

import pytest

from monitor.extracting.extract import extract
from tests.monitor.extracting.article import NAVIGATION, Article, document

ARTICLE = Article()
TITLE = ARTICLE.title


def read(body: str, title: str = TITLE, url: str = ""):
    return extract(document("", body, title).encode(), url=url)


@pytest.mark.parametrize("layout", ["ps", "divs", "breaks"])
def test_paragraphs_divisions_and_line_breaks(layout):
    made = read(
        f'<div class="m"><div class="t">{TITLE}</div><div class="d">2031-03-05</div>'
        f'<div class="x">{getattr(ARTICLE, layout)}</div></div>'
    )
    assert made.text == ARTICLE.text
    assert (made.title, made.published_on) == (TITLE, dt.date(2031, 3, 5))


def test_a_page_laid_out_by_a_table():
    columns = "".join(f'<li><a href="/x{at}">栏目名称第{at}个</a></li>' for at in range(8))
    made = extract(
        f"<html><body><table width=100%><tr><td colspan=2>{NAVIGATION}</td></tr><tr><td width=200><ul>{columns}</ul></td>"
        f"<td><h1>{TITLE}</h1><p>发布时间：2031-03-05</p>{ARTICLE.ps}</td></tr><tr><td colspan=2>版权所有：某某</td></tr>"
        "</table></body></html>".encode()
    )
    assert made.text == ARTICLE.text


def test_a_page_within_a_form():
    """Older systems put the whole page into one form."""
    made = read(f'<form action="/"><div class="c">{ARTICLE.ps}</div><input type=hidden></form>')
    assert made.text == ARTICLE.text


def test_a_short_page_keeps_its_few_lines_only():
    lines = (
        "经研究，决定自2031年4月1日起停止使用旧的样品登记表格，请各有关单位和个人知悉并遵照执行，原有表格同时作废。",
        "河海协作办公室",
        "2031年3月1日",
    )
    made = read(f'<div class="z"><h1>公告</h1>{Article(paragraphs=lines).ps}</div>', "公告")
    assert made.text == "\n".join(lines)


def test_a_table_in_the_text_keeps_every_row():
    rows = [f"{at}\t推进第{at}批样品登记\t商务部" for at in range(1, 8)]
    table = "".join("<tr><td>" + row.replace("\t", "</td><td>") + "</td></tr>" for row in rows)
    made = read(
        '<div class="b"><p>现印发任务清单，请各有关单位认真贯彻执行，遇到问题及时反映。</p>'
        f"<table><tr><th>序号</th><th>任务</th><th>部门</th></tr>{table}</table><p>联系人：某某</p></div>",
        "清单",
    )
    assert made.text.split("\n")[1:] == ["序号\t任务\t部门", *rows, "联系人：某某"]


def test_links_to_other_articles_under_the_text_are_no_text():
    links = "".join(
        f'<li><a href="/art/{at}.html">关于第{at}批样品目录的解读文章汇总与说明</a><span>2030-01-0{at}</span></li>'
        for at in range(1, 7)
    )
    made = read(
        f'<div class="k"><div class="c">{ARTICLE.ps}</div><div class="zz"><ul>{links}</ul></div></div>'
    )
    assert made.text == ARTICLE.text


def test_an_english_page():
    lines = [
        "NOTICE ON ISSUING THE COOPERATION PLAN",
        "The Office has issued the cooperation plan for 2031. All units shall carry it out.",
        "I. Legislation",
        "(1) Revise the Measures on Samples. (Responsible by CNIPA and the Ministry of Justice)",
        "(2) Study guidelines.",
        "Done on 1 March 2031",
    ]
    links = "".join(
        f'<a href="/{at}">{name}</a> '
        for at, name in enumerate(["Home", "News", "Policies", "Contact us"])
    )
    page = (
        "<html><head><title>Notice on issuing the plan - China Example Administration</title></head>"
        f"<body><div>{links}</div><div><div><h2>Notice on issuing the plan</h2>"
        "<p>Date: 2031-03-05 Source: CNIPA</p>"
        + "".join(f"<p>{line}</p>" for line in lines)
        + "</div></div><div>Copyright Example. All rights reserved. Tel: 010-000</div></body></html>"
    )
    made = extract(page.encode())
    assert made.text.split("\n")[-len(lines) :] == lines
    assert (made.title, made.published_on, made.source) == (
        "Notice on issuing the plan", dt.date(2031, 3, 5), "CNIPA",
    )  # fmt: skip


def test_reading_many_pages_loses_nothing():
    """The library behind the chooser can drop text that it saw on earlier pages; it must not."""
    body = document("", f'<div class="c">{ARTICLE.ps}</div>', TITLE).encode()
    assert {extract(body).text for _ in range(30)} == {ARTICLE.text}
