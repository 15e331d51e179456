"""A person's way through the pages, in a real browser."""

import io
import zipfile

import pytest

from storage import outbox, verdicts
from tests.dashboard.examples import ALERT, DOCUMENT

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(chromium, small, serve):
    """``opened(**context)``: a page at the first page; its faults and requests are kept on it."""
    server = serve(small)
    contexts = []

    def start(path="/", **context):
        made = chromium.new_context(base_url=server.url, **({"locale": "en-GB"} | context))
        contexts.append(made)
        page = made.new_page()
        page.problems, page.asked = [], []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda message: page.problems.append(message.text))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path)
        return page

    yield start
    for context in contexts:
        context.close()


def test_from_the_first_page_to_the_word_file(opened, serve):
    page = opened()
    page.get_by_role("link", name="2 new tasks").click()
    assert "2 new tasks" in page.locator("h1").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word, tracked changes").click()
    content = waiting.value.path().read_bytes()
    document = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "<w:ins " in document
    assert "<w:del " in document
    assert waiting.value.suggested_filename == f"{DOCUMENT}-2-3-redline.docx"
    assert page.problems == []
    assert all(url.startswith(page.url.split("/documents")[0]) for url in page.asked)


def test_two_versions_chosen_on_the_time_line(opened):
    page = opened(f"/documents/{DOCUMENT}")
    page.locator("input[name=old][value='1']").check()
    page.locator("input[name=new][value='2']").check()
    page.get_by_role("button", name="Compare the two chosen").click()
    assert {"old=1", "new=2"} == set(page.url.partition("?")[2].split("&"))
    assert page.locator(".which.old").inner_text().endswith("version 1 · 18 tasks")


def test_filters_change_the_page_and_its_address(opened):
    page = opened(f"/documents/{DOCUMENT}/compare?old=2&new=3")
    everything = page.locator("article.item").count()
    page.get_by_label("Severity").select_option("major")
    page.get_by_role("link", name="Show all").wait_for()
    assert page.url.endswith("/compare?old=2&new=3&view=inline&severity=major")
    severe = page.locator("article.item").count()
    assert 0 < severe < everything
    page.get_by_label("Side by side").check()
    page.wait_for_selector("#changes.view-sides")
    assert page.locator(".sides").first.is_visible()
    page.reload()
    assert page.locator("article.item").count() == severe
    page.go_back()
    assert page.problems == []


def test_keys_walk_through_the_changes(opened):
    page = opened(f"/documents/{DOCUMENT}/compare?old=2&new=3")
    ids = [card.get_attribute("id") for card in page.locator("article.item").all()]
    focused = "document.activeElement.id"
    page.keyboard.press("j")
    assert page.evaluate(focused) == ids[0]
    page.keyboard.press("j")
    assert page.evaluate(focused) == ids[1]
    page.keyboard.press("k")
    assert page.evaluate(focused) == ids[0]
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_search_in_the_other_language(opened):
    page = opened()
    page.locator(".find input").fill("National Intellectual Property Administration")
    page.locator(".find input").press("Enter")
    assert page.url.split("/")[3].startswith("search")
    page.goto("/search?q=China National Intellectual Property Administration")
    assert page.locator("article.hit").count() > 3
    page.goto("/search")
    page.get_by_label("Words").fill("检索")
    page.wait_for_url("**q=**")
    assert page.locator("mark").first.inner_text() == "检索"
    assert page.problems == []


@pytest.mark.parametrize("path", ["", "/compare?old=2&new=3", "/versions/3", "/bodies", "/tasks/2"])
def test_everything_can_be_read_without_scripts_on_a_phone(opened, path):
    page = opened(
        f"/documents/{DOCUMENT}{path}",
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
    )
    assert page.locator("h1").is_visible()
    width = page.locator("html").bounding_box()["width"]
    for name in ("main", "header.top", "footer.foot"):
        box = page.locator(name).bounding_box()
        assert box["x"] + box["width"] <= width + 1, name


def test_no_page_is_wider_than_a_phone(opened):
    page = opened(viewport={"width": 360, "height": 740}, locale="zh-CN")
    base = f"/documents/{DOCUMENT}"
    for path in ("/", base, f"{base}/compare?old=2&new=3", f"{base}/versions/3", f"{base}/bodies",
                 f"{base}/bodies/cnipa", f"{base}/instruments", "/search?q=创新", "/sources",
                 "/alerts", "/reviews"):  # fmt: skip
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_filters_work_without_scripts(opened):
    page = opened(f"/documents/{DOCUMENT}/compare?old=2&new=3", java_script_enabled=False)
    page.get_by_label("Severity").select_option("major")
    page.get_by_role("button", name="Apply").click()
    assert "severity=major" in page.url


def test_a_doubtful_link_is_confirmed_and_that_taken_back(opened, small):
    page = opened(f"/documents/{DOCUMENT}/compare?old=2&new=3")
    assert "Not sure" in page.locator("article.item .doubt").inner_text()
    page.locator("article.item .doubt").get_by_role("button", name="Yes, it continues").click()
    page.wait_for_url("**#doubts")
    assert page.locator("article.item .doubt").count() == 0
    assert "confirmed" in page.locator("#doubts .decided").inner_text()
    with small.reading() as conn:
        assert list(verdicts.all_given(conn).values()) == ["confirmed"]
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_selector("article.item .doubt")
    with small.reading() as conn:
        assert verdicts.all_given(conn) == {}
    assert page.problems == []


def test_an_alert_is_acknowledged(opened, small):
    page = opened("/alerts")
    page.get_by_role("link", name="two new tasks").click()
    page.get_by_role("button", name="I have seen it").click()
    assert "Seen by dashboard" in page.locator("main").inner_text()
    with small.reading() as conn:
        assert outbox.get(conn, ALERT).acknowledged_by == "dashboard"
    assert page.problems == []
