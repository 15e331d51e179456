"""Every page answers, on both databases and in both languages; what is absent says what to do."""

import datetime as dt

import msgspec
import pytest
import requests
import sqlalchemy as sa
from lxml import html
from sqlalchemy import event

from dashboard.pages.configuration import hidden
from monitor.config.load import config_from
from plans.model import Assignment
from storage import readings
from storage.payloads import Payloads, told_first
from storage.tables.work import alerts as alert_rows
from tests.dashboard.examples import ALERT, DOCUMENT, NOW, SOURCE

DOC = f"/documents/{DOCUMENT}"
PAGES = {
    "/": "What has changed",
    DOC: "Plan for the Rights of Innovation",
    f"{DOC}?before=3": "Version 1",
    f"{DOC}/compare": "2 new tasks",
    f"{DOC}/compare?old=baseline&new=latest": "Summary",
    f"{DOC}/compare?old=2041&new=2042&view=sides": "Side by side",
    f"{DOC}/versions/3": "As read",
    f"{DOC}/tasks/1": "Task 1",
    f"{DOC}/tasks/1?edition=2041": "Task 1",
    f"{DOC}/bodies": "Who has how much to do",
    f"{DOC}/bodies/cnipa": "China National Intellectual Property Administration",
    f"{DOC}/instruments": "on the ladder",
    f"{DOC}/instruments/创新成果登记条例": "创新成果登记条例",
    "/search": "Two Chinese characters are enough",
    "/search?q=检索": "多语言",
    "/sources": "Sources and health",
    f"/sources/{SOURCE}": "Notices of the invented office",
    "/alerts": "two new tasks",
    "/alerts?state=sent&open=true": "two new tasks",
    f"/alerts/{ALERT}": "Deliveries",
    "/reviews": "lost most of its tasks",
    "/documents/empty-law": "No version of it is kept yet",
}
ABSENT = (
    "/nowhere",
    "/documents/none",
    f"{DOC}/versions/99",
    f"{DOC}/versions/4294967296123",
    f"{DOC}/compare?old=99",
    f"{DOC}/compare?old=2039",
    f"{DOC}/compare/other.pdf?old=1",
    f"{DOC}/tasks/999",
    f"{DOC}/tasks/1?edition=1999",
    f"{DOC}/bodies/nobody",
    f"{DOC}/instruments/nothing",
    "/documents/empty-law/bodies",
    "/documents/empty-law/compare",
    "/sources/none",
    "/alerts/none",
    "/static/0/other.css",
)


def test_every_page_answers(archive, serve):
    server = serve(archive)
    for path, words in PAGES.items():
        english = requests.get(server.url + path, headers={"Accept-Language": "en"}, timeout=30)
        assert english.status_code == 200, path
        assert words in html.fromstring(english.text).text_content(), path
        chinese = requests.get(server.url + path, headers={"Accept-Language": "zh"}, timeout=30)
        assert chinese.status_code == 200, path
        assert 'lang="zh-Hans"' in chinese.text
        assert chinese.text != english.text, path


@pytest.mark.parametrize("path", ABSENT)
def test_what_is_not_there_is_a_404_with_a_way_on(small, serve, path):
    answer = requests.get(serve(small).url + path, timeout=30)
    assert answer.status_code == 404
    assert "All documents" in answer.text


def test_wrong_parameters_are_told_and_break_nothing(small, serve):
    url = serve(small).url
    for path in ("/alerts?before=yesterday", f"{DOC}?before=x", "/alerts?before=2042-01-01"):
        assert requests.get(url + path, timeout=30).status_code in (400, 422), path
    for path in ("/search?q=%22%27%28*&document=", f"{DOC}/compare?kind=none&severity=all&body=-"):
        assert requests.get(url + path, timeout=30).status_code == 200, path


def test_what_a_document_says_is_text_and_never_markup(small, serve):
    page = requests.get(f"{serve(small).url}/search?q=<script>alert(1)</script>", timeout=30)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_the_language_that_was_chosen_stays(small, serve):
    session = requests.Session()
    url = serve(small).url
    assert "有何变化" in session.get(f"{url}/?lang=zh", timeout=30).text
    assert "有何变化" in session.get(f"{url}/", timeout=30, headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    ("accepted", "title"),
    [("zh-TW,en;q=0.5", "有何变化"), ("de,en;q=0.9,zh;q=0.1", "What has"), ("zh;q=x", "What has")],
)
def test_the_browsers_language(small, serve, accepted, title):
    page = requests.get(serve(small).url, headers={"Accept-Language": accepted}, timeout=30)
    assert title in page.text


def test_files_of_a_comparison(small, serve):
    url = serve(small).url
    for name, begins in (
        ("redline.docx", b"PK"),
        ("table.docx", b"PK"),
        ("changes.xlsx", b"PK"),
        ("changes.html", b"<!doctype html>"),
        ("changes.md", b"#"),
        ("changes.json", b"{"),
    ):
        answer = requests.get(f"{url}{DOC}/compare/{name}?old=1&new=3", timeout=30)
        assert answer.status_code == 200
        assert answer.content.startswith(begins), name
        assert f"{DOCUMENT}-1-3-{name}" in answer.headers["Content-Disposition"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_filters_keep_what_bears_on_them(small, serve):
    url = f"{serve(small).url}{DOC}/compare?old=2&new=3"
    everything = cards(url)
    severe = cards(f"{url}&severity=major")
    assert 0 < len(severe) < len(everything)
    assert set(severe) <= set(everything)
    assert 0 < len(cards(f"{url}&kind=task_split")) < len(everything)
    assert 0 < len(cards(f"{url}&body=mof")) < len(everything)
    assert cards(f"{url}&body=mof") == cards(f"{url}&body=财政部")
    assert 0 < len(cards(f"{url}&section=1")) < len(everything)


def test_every_body_that_can_be_chosen_has_changes(small, serve):
    url = f"{serve(small).url}{DOC}/compare?old=2&new=3"
    page = html.fromstring(requests.get(url, timeout=30).text)
    offered = page.xpath("//select[@name='body']/option[@value!='']/@value")
    assert len(offered) > 5
    assert "mct" not in offered
    for body in offered:
        assert cards(f"{url}&body={body}"), body
    # One that was asked for by a link stays chosen, though nothing of it changed.
    asked = html.fromstring(requests.get(f"{url}&body=moe", timeout=30).text)
    assert asked.xpath("//select[@name='body']/option[@selected]/@value") == ["moe"]


def cards(url):
    page = html.fromstring(requests.get(url, timeout=30).text)
    return [card.get("id") for card in page.xpath("//article[contains(@class, 'item')]")]


#: Path -> the most questions that it may ask of the database, whatever is in there.
QUESTIONS = {
    "/": 32,
    DOC: 9,
    f"{DOC}/compare": 14,
    f"{DOC}/versions/3": 30,
    f"{DOC}/tasks/1": 20,
    f"{DOC}/bodies": 20,
    "/search?q=创新": 8,
    "/sources": 8,
    f"/sources/{SOURCE}": 8,
    "/alerts": 4,
    "/reviews": 5,
}


def test_how_much_a_page_asks_of_the_database(small, serve):
    server, asked, counts = serve(small), [], {}

    def note(*happened):
        asked.append(happened[2])

    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        for path in QUESTIONS:
            asked.clear()
            assert requests.get(server.url + path, timeout=30).status_code == 200
            counts[path] = len(asked)
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)
    print(counts)
    assert {path: n for path, n in counts.items() if n > QUESTIONS[path]} == {}


CONFIGURATION = """
sources:
  - {id: notices, kind: list, documents: [plan], url: "https://office.example/list?token=opensesame"}
documents:
  - {id: plan, titles: {zh: 计划, en: Plan}, title_patterns: [计划]}
channels:
  - {id: chat, kind: webhook, url: "https://chat.example/hook", secret: "${CHAT_SECRET}"}
"""


def test_the_configuration_without_its_secrets(small, serve, monkeypatch):
    monkeypatch.setenv("CHAT_SECRET", "whsec_c2VjcmV0")
    config = config_from(CONFIGURATION, "sources.yaml", env=None)
    text = requests.get(f"{serve(small, config=lambda: config).url}/configuration", timeout=30).text
    assert "${CHAT_SECRET}" in text
    assert "https://office.example/list?token=[hidden]" in text
    for secret in ("opensesame", "whsec"):
        assert secret not in text
    assert hidden({"a": ["http://ann:pw@h/x"]}) == {"a": ["http://[hidden]@h/x"]}


def test_the_first_page_tells_of_what_is_expected(small, serve):
    plan = DOCUMENTS.replace("DOC", DOCUMENT)
    config = config_from(plan, "sources.yaml", env=None)
    later = dt.datetime(2043, 8, 1, tzinfo=dt.UTC)
    for now, word in ((later - dt.timedelta(days=60), "expected"), (later, "late")):
        page = html.fromstring(
            requests.get(serve(small, clock=lambda now=now: now, config=lambda: config).url,
                         timeout=30).text)  # fmt: skip
        told = page.xpath("//ul[@class='coming']")[0].text_content()
        assert word in told
        assert "2043-07-31" in told


DOCUMENTS = """
documents:
  - id: DOC
    titles: {zh: 创新权益建设推进计划, en: Plan for the Rights of Innovation}
    title_patterns: ['(?P<edition>20[0-9][0-9])年创新权益建设推进计划']
    expects_by: "07-31"
"""


@pytest.mark.parametrize("payload", [{}, {"message": {}}, {"message": "gone"}])
def test_an_alert_of_an_unknown_form_shows_its_deliveries_all_the_same(small, serve, payload):
    with small.writing() as conn:
        row = conn.execute(
            sa.select(alert_rows, told_first().label("told")).where(alert_rows.c.id == ALERT)
        ).one()
        packed = Payloads(conn).pack(payload, row._asdict(), row.told)
        conn.execute(alert_rows.update().where(alert_rows.c.id == ALERT).values(payload=packed))
    answer = requests.get(f"{serve(small).url}/alerts/{ALERT}", timeout=30)
    assert answer.status_code == 200
    assert "a form that this release does not know" in answer.text
    assert "slack" in answer.text


def test_a_long_list_in_a_summary_is_folded_and_nothing_of_it_is_lost(small, serve, registry):
    everybody = tuple(
        Assignment(name=body.zh, kind="agency", agency=key, role="responsible")
        for key, body in sorted(registry.agencies.items())[:30]
    )
    with small.writing() as conn:
        plan = readings.plan_of(conn, 3)
        busy = msgspec.structs.replace(plan.tasks[0], assignments=everybody)
        busy_plan = msgspec.structs.replace(plan, tasks=(busy, *plan.tasks[1:]))
        stamp = {"extractor": "e", "reader": "busy", "registry": registry.version, "now": NOW}
        readings.store_plan(conn, 3, busy_plan, **stamp)
    page = requests.get(serve(small).url + f"{DOC}/compare?old=2&new=3", timeout=30).text
    rows = html.fromstring(page).xpath("//section[@class='summary']//dl/div")
    (gained,) = (row for row in rows if row.xpath("./dd/details"))
    shown, folded = gained.xpath("./dd/ul/li"), gained.xpath("./dd/details/ul/li")
    assert len(shown) == 12
    assert len(folded) > 12
    assert gained.xpath("string(./dd/details/summary)") == f"{len(folded)} more"
    told = [entry.text_content() for entry in (*shown, *folded)]
    assert len(set(told)) == len(told) >= 28
