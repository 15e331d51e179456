"""jpaas units: ids from the column page or the options, HTML out of JSON, pages until they repeat."""

import json

from tests.monitor.discovering import columns
from tests.publisher.answers import json_answer

API = "/api-gateway/jpaas-publish-server/front/page/build/unit"


def test_the_ids_are_read_from_the_column_page(publisher, discover, names_the_articles):
    publisher.page("/xw/index.html", columns.jpaas_column())
    publisher.answer(API, json_answer(columns.jpaas_answer()))
    names_the_articles(discover(publisher.url("/xw/index.html"), "jpaas"))
    asked = publisher.asked(API)[0].query
    assert asked["pageId"] == "c" * 32
    assert asked["tagId"] == "当前栏目list"
    assert json.loads(asked["paramJson"]) == {"pageNo": 1, "pageSize": 50}


def test_title_and_date_may_be_two_items(publisher, discover, names_the_articles):
    publisher.page("/xw/index.html", columns.jpaas_column())
    publisher.answer(API, json_answer(columns.jpaas_answer_in_pairs()))
    names_the_articles(discover(publisher.url("/xw/index.html"), "jpaas"))


def test_ids_may_be_short_ones(publisher, discover, names_the_articles):
    page = columns.jpaas_column().replace("a" * 32, "52").replace("c" * 32, "vhiC3-xm_P8")
    publisher.page("/xw/index.html", page)
    publisher.answer(API, json_answer(columns.jpaas_answer()))
    names_the_articles(discover(publisher.url("/xw/index.html"), "jpaas"))
    asked = publisher.asked(API)[0].query
    assert (asked["webId"], asked["pageId"]) == ("52", "vhiC3-xm_P8")


def test_the_service_repeats_its_last_page(publisher, discover):
    publisher.answer(API, json_answer(columns.jpaas_answer()))
    ids = {"web_id": "a" * 32, "tpl_set_id": "b" * 32, "page_id": "c" * 32}
    discover(publisher.url("/xw/index.html"), {"kind": "jpaas", **ids})
    numbers = [json.loads(seen.query["paramJson"])["pageNo"] for seen in publisher.asked(API)]
    assert numbers == [1, 2]


def test_ids_of_the_options_go_before_those_of_the_page(publisher, discover):
    publisher.page("/xw/index.html", columns.jpaas_column())
    publisher.answer(API, json_answer(columns.jpaas_answer()))
    discover(publisher.url("/xw/index.html"), {"kind": "jpaas", "web_id": "f" * 32})
    assert publisher.asked(API)[0].query["webId"] == "f" * 32


def test_a_column_page_without_ids_and_answers_without_rows(publisher, discover):
    publisher.page("/xw/index.html", "<html><body></body></html>")
    assert discover(publisher.url("/xw/index.html"), "jpaas").outcome == "list_not_understood"
    publisher.page("/xw/index.html", columns.jpaas_column())
    for answer in ('{"success": false}', '{"data": {"html": ""}}', "[]", "<html>", "{" * 9000):
        publisher.answer(API, json_answer(answer))
        assert discover(publisher.url("/xw/index.html"), "jpaas").outcome == "list_not_understood"
