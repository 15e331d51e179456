"""The further pages of an article that its publisher parted."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.extracting.html.paging import MOST_PAGES, further_pages

TRS = "https://www.example.gov.cn/tz/203103/t20310305_960.html"


def further(html: str, url: str = TRS) -> list[str]:
    body = LexborHTMLParser(html).body
    return [address.rpartition("/")[2] for address in further_pages(html, body, url)]


def test_a_script_of_trs_counts_the_pages():
    html = '<script>createPageHTML(3, 0, "t20310305_960", "html");</script>'
    assert further(html) == ["t20310305_960_1.html", "t20310305_960_2.html"]


def test_a_later_page_names_no_further_ones():
    html = '<script>createPageHTML(3, 1, "t20310305_960", "html");</script>'
    assert further(html, TRS.replace("_960.", "_960_1.")) == []


def test_an_article_of_one_page_has_none():
    assert further('<script>createPageHTML(1, 0, "t20310305_960", "html");</script>') == []
    assert further("<p>正文</p>") == []


@pytest.mark.parametrize(
    ("own", "links", "found"),
    [
        ("plan.html", '<a href="plan_2.html">2</a><a href="plan_3.html">3</a><a href="plan_2.html">下一页</a>', ["plan_2.html", "plan_3.html"]),
        ("index_1.html", '<a href="index_2.html">[2]</a>', ["index_2.html"]),
        ("show.php?id=7", '<a href="?id=7&page=2">第2页</a>', ["show.php?id=7&page=2"]),
        ("plan.htm", '<a href="plan-1.htm">Next</a>', ["plan-1.htm"]),
        # another article, a page that does not follow, words that name no page, another host
        ("plan.html", '<a href="other_2.html">2</a>', []),
        ("plan.html", '<a href="plan_5.html">5</a>', []),
        ("plan.html", '<a href="plan_2.html">2031年第2号公告</a>', []),
        ("plan.html", '<a href="https://other.example.cn/plan_2.html">2</a>', []),
        ("plan_3.html", '<a href="plan_4.html">下一页</a>', []),
        ("plan.html", '<a href="javascript:go(2)">2</a><a href="http://[bad/plan_2.html">2</a>', []),
    ],
)  # fmt: skip
def test_links_that_carry_the_article_on(own, links, found):
    assert further(links, f"https://www.example.gov.cn/a/{own}") == found


def test_a_pager_without_end_is_not_believed():
    html = '<script>createPageHTML(900, 0, "t20310305_960", "html");</script>'
    assert len(further(html)) == MOST_PAGES - 1
