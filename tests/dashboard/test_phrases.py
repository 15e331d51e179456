"""Every name that the watch gives has words in both languages; what is new to the tables is shown."""

from typing import get_args

import pytest
import requests
from lxml import html

from alerts.batching import PART_MODE, REMINDER_MODE
from alerts.events import EventKind
from alerts.timing import Rhythm
from dashboard import phrases
from monitor.checking import Doubt
from monitor.config.sources import Authority, SourceKind
from monitor.outcomes import OUTCOMES
from storage import sources
from storage.records import DeliveryState
from tests.dashboard.examples import ALERT, DOCUMENT, NOW, SOURCE

NAMES = {
    "outcomes": OUTCOMES,
    "doubts": get_args(Doubt),
    "events": get_args(EventKind),
    "kinds": get_args(SourceKind),
    "authorities": get_args(Authority),
    "deliveries": get_args(DeliveryState),
    "rhythms": (*get_args(Rhythm), PART_MODE, REMINDER_MODE),
}


@pytest.mark.parametrize("table", NAMES)
def test_every_name_has_words(table):
    words = phrases.TABLES[table]
    assert set(words) == set(NAMES[table])
    for en, zh in words.values():
        assert en.isascii()
        assert any("一" <= character <= "鿿" for character in zh)


def test_a_name_that_no_table_knows_is_shown():
    assert phrases.phrase(phrases.OUTCOMES, "quite_new", zh=True) == "quite new"


def test_no_page_shows_a_name_of_the_program(small, serve):
    with small.writing() as conn:
        for _ in range(3):
            sources.record_result(
                conn, SOURCE, now=NOW, outcome="list_not_understood", ok=False, next_due_at=NOW
            )
    url = serve(small).url
    for path in (f"/sources/{SOURCE}", "/sources", "/alerts", f"/alerts/{ALERT}", "/reviews", "/"):
        page = requests.get(url + path, headers={"Accept-Language": "zh"}, timeout=30)
        words = html.fromstring(page.text).xpath("//main")[0].text_content()
        for name in ("_recorded", "_version", "at_once", "not_understood", "official", "pending"):
            assert name not in words, (path, name)


def test_the_outcome_of_a_look_in_chinese(small, serve):
    page = requests.get(
        f"{serve(small).url}/sources/{SOURCE}", headers={"Accept-Language": "zh"}, timeout=30
    )
    assert "新版本" in page.text
    assert "列表页 · 官方" in page.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere", "没有这个页面"),
        ("/documents/none", "没有文件 none"),
        (f"/documents/{DOCUMENT}/versions/99", "没有版本 99"),
        (f"/documents/{DOCUMENT}/tasks/1?edition=1999", "没有 1999 年度；现有：2041, 2042"),
        (f"/documents/{DOCUMENT}/bodies/nobody", "各年度均未提及 nobody"),
        ("/sources/none", "没有来源 none"),
    ],
)
def test_faults_are_told_in_chinese(small, serve, path, words):
    page = requests.get(serve(small).url + path, headers={"Accept-Language": "zh"}, timeout=30)
    assert page.status_code == 404
    assert words in page.text


def test_a_form_that_is_not_ours_is_refused_in_chinese(small, serve):
    url = serve(small).url
    sent = {"Origin": "http://evil.example", "Accept-Language": "zh"}
    page = requests.post(f"{url}/alerts/{ALERT}/acknowledge", headers=sent, timeout=30)
    assert page.status_code == 403
    assert "不允许此操作" in page.text
    assert "此操作来自其他页面" in page.text


def test_a_fault_of_our_own_says_where_to_look_and_nothing_else(small, serve):
    with small.writing() as conn:
        conn.exec_driver_sql("DROP TABLE reviews")
    page = requests.get(
        f"{serve(small).url}/reviews?all=true", headers={"Accept-Language": "zh"}, timeout=30
    )
    assert page.status_code == 500
    assert "程序出错，详情见运行日志" in page.text
    assert "no such table" not in page.text
    assert html.fromstring(page.text).xpath("//a[.='重试']/@href") == ["/reviews?all=true"]
