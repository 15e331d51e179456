"""Many editions: the newest four at first, earlier ones when they are asked for."""

import datetime as dt

import pytest
import requests
from lxml import html

from alerts.translating.texts import text_key as translation_key
from monitor.text_key import text_key
from plans.model import Assignment, Commitment, Extract, Instrument, Plan, Section, Task
from storage import documents, readings, snapshots, translations, versions
from storage.records import DocumentSpec, NewSnapshot, NewVersion, Part
from tests.dashboard.examples import ALERT, DOCUMENT, NOW

LINE = "long-line"
YEARS = range(2030, 2040)


@pytest.fixture
def line(small, serve):
    """The address of a document with ten editions; one body and one law are in the oldest alone."""
    with small.writing() as conn:
        documents.sync(
            conn, [DocumentSpec(id=LINE, title_zh="湖泊计划", title_en="Plan for Lakes")], NOW
        )
        before = None
        for year in YEARS:
            before = _edition(conn, year, before)
    return f"{serve(small).url}/documents/{LINE}"


def _edition(conn, year, before):
    at = dt.datetime(year, 3, 1, tzinfo=dt.UTC)
    plan = Plan(
        title=f"{year}年湖泊计划",
        language="zh-Hans",
        edition=str(year),
        sections=(Section(id="1", number="一、", title="湖泊", parent=None),),
        tasks=(
            Task(id="1", number="1.", section="1", text="推进湖泊水质监测站点建设，公开监测结果。"),
            Task(
                id="2",
                number="2.",
                section="1",
                text=f"完成第{year}批退渔还湖任务，恢复湖滨湿地。",
                assignments=(_body("水利部" if year > YEARS[0] else "气象局"),),
                instruments=_laws(year),
            ),
        ),
    )
    url = f"http://lakes.example/{year}"
    new = NewSnapshot(url=url, fetched_at=at, status=200)
    snapshot = snapshots.store(conn, new, plan.title.encode(), now=at)
    extract = Extract(state="document", text=plan.title)
    key = text_key(plan.title)
    readings.store_extract(conn, snapshot, extract, extractor="e", text_key=key, now=at)
    version = versions.record(
        conn,
        NewVersion(
            document_id=LINE,
            edition=str(year),
            language="zh-Hans",
            nature="official",
            text_key=key,
            parts=(Part(snapshot_id=snapshot),),
            fetched_at=at,
            url=url,
        ),
        expected_predecessor=before,
        now=at,
    )
    readings.store_plan(conn, version.id, plan, extractor="e", reader="r", registry="g", now=at)
    return version.id


def _body(name):
    return Assignment(name=name, kind="agency", role="responsible")


def _laws(year):
    """One law in the oldest edition alone, and one that is put off at last."""
    words = Commitment(text="暂缓推进…修改" if year == YEARS[-1] else "研究论证", level=0)
    wetlands = Instrument(title="湿地保护法", commitment=words)
    return (wetlands, Instrument(title="湖泊条例")) if year == YEARS[0] else (wetlands,)


def _page(url):
    answer = requests.get(url, headers={"Accept-Language": "en"}, timeout=30)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def years(page):
    return [words for words in page.xpath("//main//h2//text()") if words[:4].isdecimal()]


def test_four_editions_and_then_more(line):
    page = _page(f"{line}/tasks/1")
    assert years(page) == ["2039", "2038", "2037", "2036"]
    for expected in (8, 10):
        (more,) = page.xpath("//a[.='Show earlier editions']/@href")
        page = _page(line.partition("/documents")[0] + more)
        assert len(years(page)) == expected
    assert page.xpath("//a[.='Show earlier editions']") == []


def test_an_edition_that_is_named_is_reached(line):
    assert years(_page(f"{line}/tasks/1?edition=2033")) == [str(y) for y in range(2039, 2032, -1)]
    for silly in (-3, 0, 10**9):
        assert years(_page(f"{line}/tasks/1?editions={silly}"))[0] == "2039"


def test_what_only_an_old_edition_names_is_found(line):
    body = _page(f"{line}/bodies/气象局")
    assert [words.split(" ")[0] for words in years(body)][-1] == "2030"
    instrument = _page(f"{line}/instruments/湖泊条例")
    assert years(instrument)[-1] == "2030"
    assert "named without a commitment" in instrument.text_content()


def test_the_table_of_instruments_shows_more_when_asked(line):
    assert "湖泊条例" not in _page(f"{line}/instruments").text_content()
    assert "湖泊条例" in _page(f"{line}/instruments?editions=12").text_content()


def test_what_is_put_off_is_not_called_study(line):
    table = _page(f"{line}/instruments")
    (row,) = table.xpath("//tr[th[contains(., '湿地保护法')]]")
    *_, before, last = (" ".join(cell.text_content().split()) for cell in row.xpath("td"))
    assert (before, last) == ("0 study", "↓ – put off")
    assert "Put off stands below them all" in table.text_content()
    newest = _page(f"{line}/instruments/湿地保护法").xpath("//ol[@class='line']/li")[0]
    words = " ".join(newest.xpath("string(p[@class='rung'])").split())
    assert words == "↓put off “暂缓推进…修改”"


def test_translations_stand_at_the_comparison_in_english_only(small, serve):
    url = f"{serve(small).url}/documents/{DOCUMENT}/compare?old=2&new=3"
    with small.reading() as conn:
        new = readings.plan_of(conn, 3)
    added = next(task for task in new.tasks if task.id == "3")
    _keep(small, added.text, "Draw up the rules on registering algorithms.")
    english = requests.get(url, headers={"Accept-Language": "en"}, timeout=30).text
    card = html.fromstring(english).xpath("//article[contains(., 'Draw up the rules')]")
    assert len(card) == 1
    assert "machine translation: deepl" in card[0].text_content()
    chinese = requests.get(url, headers={"Accept-Language": "zh"}, timeout=30).text
    assert "Draw up the rules" not in chinese


def test_a_translation_that_came_late_stands_at_the_alert(small, serve):
    _keep(small, "推进《算法登记管理规定》制定。", "Advance the drawing up of the provisions.")
    page = requests.get(f"{serve(small).url}/alerts/{ALERT}", timeout=30).text
    assert "Advance the drawing up of the provisions." in page
    assert "came after the alert had gone out" in page


def _keep(database, source, text):
    key = translation_key(source)
    later = NOW + dt.timedelta(hours=1)
    with database.writing() as conn:
        translations.store(conn, key, text, target="en", provider="deepl", glossary="g", now=later)
