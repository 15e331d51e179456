"""Lists that come as JSON: gov.cn, NFRA, MOFCOM, MIIT, and the two searches."""

import datetime as dt
import json
from urllib.parse import parse_qs

import pytest

from tests.monitor.discovering import columns
from tests.publisher.answers import json_answer

NFRA = "/cn/static/data/DocInfo/SelectDocByItemIdAndChild/data_itemId=926,pageIndex={n},pageSize=18.json"

SERVICES = [
    ("govcn_json", "/list.json", columns.govcn_array),
    ("nfra_json", NFRA.replace("{n}", "1"), columns.nfra_answer),
    ({"kind": "mofcom", "cid": "gnxw"}, "/ipr/front/www/list1", columns.mofcom_answer),
    ("miit_search", "/api/search/info?cateid=196&pg=10&p=1", columns.miit_answer),
    ({"kind": "govcn_search", "query": "知识产权强国建设"}, "/search-gov/data", columns.govcn_hits),
    ({"kind": "npc_law", "query": "商标法"}, "/law-search/search/list", columns.npc_answer),
]


def test_a_hit_of_the_search_may_have_its_day_in_ptime(publisher, discover):
    """Milliseconds since 1970, counted to the day in China."""
    hit = {"title": "2031年<em>湖泊</em>计划", "url": "/a.htm", "ptime": 1936022400000}
    answer = {"searchVO": {"catMap": {"gongwen": {"listVO": [hit]}, "otherfile": {"listVO": []}}}}
    publisher.answer("/data", json_answer(json.dumps(answer)))
    options = {"kind": "govcn_search", "query": "湖泊", "max_pages": 1}
    (row,) = discover(publisher.url("/data"), options).rows
    assert (row.title, row.published_on) == ("2031年湖泊计划", dt.date(2031, 5, 9))


@pytest.mark.parametrize(("options", "path", "answer"), SERVICES)
def test_the_articles_of_each_service(
    publisher, discover, names_the_articles, options, path, answer
):
    publisher.answer(path.partition("?")[0], json_answer(answer()))
    names_the_articles(discover(publisher.url(path), options))


@pytest.mark.parametrize(("options", "path", "answer"), SERVICES)
@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"code": 500, "msg": "busy"}',
        '[{"TITLE": "", "URL": ""}]',
        '{"title": ["a"], "url": 3, "docId": {}, "bbbs": [], "TITLE": 1, "URL": {}}',
        "[" * 100_000,
        "<html><body>系统维护中</body></html>",
    ],
)
def test_nonsense_is_not_nothing_new(publisher, discover, options, path, answer, nonsense):
    publisher.answer(path.partition("?")[0], json_answer(nonsense))
    assert discover(publisher.url(path), options).outcome == "list_not_understood"


def test_nfra_names_its_articles_and_pages_by_file(publisher, discover):
    publisher.answer(NFRA.replace("{n}", "1"), json_answer(columns.nfra_answer()))
    discovery = discover(publisher.url(NFRA.replace("{n}", "1")), "nfra_json")
    assert discovery.rows[0].url == publisher.url(
        "/cn/static/data/DocInfo/SelectByDocId/data_docId=1150000.json"
    )
    assert publisher.log[-1].path == NFRA.replace("{n}", "2")


def test_mofcom_is_asked_by_post(publisher, discover):
    publisher.answer("/list1", json_answer(columns.mofcom_answer()))
    discover(publisher.url("/list1"), {"kind": "mofcom", "cid": "gnxw"})
    first, second = publisher.log
    assert (first.method, parse_qs(first.body.decode())) == (
        "POST",
        {"pageNumber": ["1"], "cid": ["gnxw"]},
    )
    assert b"pageNumber=2" in second.body


def test_the_search_gives_number_and_issuer_without_marks(publisher, discover):
    publisher.answer("/data", json_answer(columns.govcn_hits()))
    row = discover(publisher.url("/data"), {"kind": "govcn_search", "query": "强国"}).rows[0]
    assert (row.number, row.issuer) == ("虚办发〔2027〕1号", "虚构办公室")
    assert "<em>" not in row.title
    assert publisher.log[0].query["searchfield"] == "title"
    assert publisher.log[1].query["p"] == "2"


def test_the_database_of_laws_is_asked_as_its_page_asks(publisher, discover):
    publisher.answer("/list", json_answer(columns.npc_answer()))
    row = discover(publisher.url("/list"), {"kind": "npc_law", "query": "商标法"}).rows[0]
    asked = publisher.log[0]
    assert json.loads(asked.body)["searchContent"] == "商标法"
    assert asked.headers["x-requested-with"] == "XMLHttpRequest"
    assert row.url == publisher.url("/law-search/download/pc?format=docx&bbbs=ff808080")
