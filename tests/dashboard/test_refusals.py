"""What cannot be answered: a problem for programs on every route, a page in the reader's language."""

import re
from pathlib import Path

import pytest
import requests
from lxml import html

API = "/api/v1"
PROBLEM = "application/problem+json"
CHINESE = {"Accept-Language": "zh-CN"}


def test_no_route_of_the_api_refuses_in_another_form(small, serve):
    url = serve(small).url
    paths = requests.get(f"{url}{API}/openapi.json", timeout=30).json()["paths"]
    met = set()
    for path, operations in paths.items():
        meant = re.sub(r"\{[^}]+\}", "nothing-of-this-name", path)
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            answer = requests.request(method, f"{url}{meant}", timeout=30)
            if answer.ok:
                assert method.lower() in operations, (method, path)
                continue
            assert answer.headers["Content-Type"] == PROBLEM, (method, path, answer.status_code)
            assert answer.json()["status"] == answer.status_code, (method, path)
            assert answer.json()["detail"], (method, path)
            if method.lower() not in operations:
                assert answer.status_code == 405, (method, path)
            met.add(answer.status_code)
        for query in ("limit=none", "limit=0", "before=%00"):
            answer = requests.get(f"{url}{meant}?{query}", timeout=30)
            assert answer.ok or answer.headers["Content-Type"] == PROBLEM, (path, query)
            met.add(answer.status_code)
    assert met >= {404, 405, 422}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/nowhere", "没有这个页面。"),
        ("/timegate/http://office.example/none", "没有保存"),
        ("/timemap/link/office", "http://"),
        ("/subscriptions/nobody/feed.atom", "没有订阅 nobody。"),
    ],
)
def test_a_reader_of_chinese_is_told_in_chinese(small, serve, path, told):
    answer = requests.get(serve(small).url + path, headers=CHINESE, timeout=30)
    assert answer.status_code == 404
    (said,) = html.fromstring(answer.content).xpath("//div[@class='fault']/p[not(@class)]")
    assert told in said.text
    assert re.search("[一-鿿]", said.text)
    assert said.get("lang") is None


def test_a_database_that_does_not_answer_is_told_in_the_readers_language(
    small, sqlite_target, serve
):
    server = serve(small)
    assert requests.get(server.url, timeout=30).ok
    small.close()
    Path(sqlite_target).write_bytes(b"no database" * 1000)
    chinese = requests.get(server.url, headers=CHINESE, timeout=30)
    assert chinese.status_code == 503
    assert chinese.headers["Retry-After"] == "5"
    assert "数据库暂时无法使用" in chinese.text
    program = requests.get(f"{server.url}{API}/documents", timeout=30)
    assert (program.status_code, program.headers["Content-Type"]) == (503, PROBLEM)
    assert "is not a database" in program.json()["detail"]
