"""JCMS columns: the unit id is read from the page, the rows come from the data proxy."""

from tests.monitor.discovering import columns
from tests.publisher.answers import Answer, html

PROXY = "/module/web/jpage/dataproxy.jsp"


def xml(text):
    return Answer(text.encode(), media_type="text/xml; charset=utf-8")


def test_the_unit_is_read_and_asked_for(publisher, discover, names_the_articles):
    publisher.page("/col/col75/index.html", columns.jpage_column(unit=485, inline=False))
    publisher.answer(PROXY, xml(columns.jpage_answer()))
    names_the_articles(discover(publisher.url("/col/col75/index.html"), "jpage"))
    (asked,) = publisher.asked(PROXY)
    assert (asked.query["unitid"], asked.query["columnid"]) == ("485", "75")
    assert asked.query["webname"] == "国家知识产权局"


def test_the_site_s_own_number_is_read_as_well(publisher, discover):
    """A second site on the same system, as an English edition, has another one."""
    publisher.page("/col/col75/index.html", columns.jpage_column(inline=False, web=73))
    publisher.answer(PROXY, xml(columns.jpage_answer()))
    discover(publisher.url("/col/col75/index.html"), "jpage")
    discover(publisher.url("/col/col75/index.html"), {"kind": "jpage", "web_id": 5})
    assert [seen.query["webid"] for seen in publisher.asked(PROXY)] == ["73", "5"]


def test_the_unit_may_change_between_two_looks(publisher, discover):
    publisher.answer(PROXY, xml(columns.jpage_answer()))
    for unit in (485, 669):
        publisher.page("/col/col75/index.html", columns.jpage_column(unit=unit))
        discover(publisher.url("/col/col75/index.html"), "jpage")
    assert [seen.query["unitid"] for seen in publisher.asked(PROXY)] == ["485", "669"]


def test_further_groups_are_asked_for_by_record(publisher, discover):
    publisher.page("/col/col75/index.html", columns.jpage_column(inline=False))

    def proxy(seen):
        start = int(seen.query["startrecord"])
        articles = [(f"虚构的第{n}号文件通知", "2027-01-01") for n in range(start, start + 3)]
        answer = columns.jpage_answer(articles, total=7).replace("art_75_", f"art_75_{start}")
        return xml(answer)

    publisher.route(PROXY, proxy)
    discover(publisher.url("/col/col75/index.html"), {"kind": "jpage", "records": 3})
    assert [
        (seen.query["startrecord"], seen.query["endrecord"]) for seen in publisher.asked(PROXY)
    ] == [("1", "3"), ("4", "6"), ("7", "9")]


def test_inline_rows_serve_where_no_unit_is_named(publisher, discover, names_the_articles):
    page = f"<html><script type='text/xml'>{columns.jpage_answer()}</script></html>"
    publisher.page("/col/col75/index.html", page)
    names_the_articles(discover(publisher.url("/col/col75/index.html"), "jpage"))


def test_a_column_that_is_a_plain_page(publisher, discover, names_the_articles):
    publisher.page("/col/col75/index.html", columns.trs_page())
    names_the_articles(discover(publisher.url("/col/col75/index.html"), "jpage"))


def test_neither_unit_nor_rows(publisher, discover):
    publisher.answer("/col/col75/index.html", html("<html><body>正在维护</body></html>"))
    discovery = discover(publisher.url("/col/col75/index.html"), "jpage")
    assert discovery.outcome == "list_not_understood"


def test_an_empty_answer_of_the_proxy_is_not_nothing_new(publisher, discover):
    publisher.page("/col/col75/index.html", columns.jpage_column(inline=False))
    publisher.answer(PROXY, xml("<datastore><recordset></recordset></datastore>"))
    discovery = discover(publisher.url("/col/col75/index.html"), "jpage")
    assert discovery.outcome == "list_not_understood"


def test_a_known_unit_spares_the_column_page(publisher, discover, names_the_articles):
    publisher.answer(PROXY, xml(columns.jpage_answer()))
    options = {"kind": "jpage", "unit": 669, "column": 53}
    names_the_articles(discover(publisher.url("/col/col53/index.html"), options))
    assert [seen.path for seen in publisher.log] == [PROXY]
