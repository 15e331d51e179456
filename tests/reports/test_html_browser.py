"""The page in a real browser: the filters, the two views, and nothing asked of the network."""

import os
import shutil

import pytest

from reports import html, plan_html
from tests.reports.examples import CHANGESET, NEW, OLD, options

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium; in CI it must be there")
        pytest.skip("no Chromium; install Debian's chromium to run these tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser, registry, tmp_path):
    """A function that opens a page's text; the page's errors and requests are kept on it."""
    pages = []

    def open_text(text, **context):
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        page = browser.new_context(**context).new_page()
        page.problems, page.asked = [], []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda message: page.problems.append(message.text))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri())
        pages.append(page)
        return page

    yield open_text
    for page in pages:
        page.context.close()


def visible(page):
    return [item.get_attribute("id") for item in page.locator("article.item:visible").all()]


def test_filters_and_views(opened, registry):
    page = opened(html.render(CHANGESET, OLD, NEW, registry, options()))
    everything = visible(page)
    assert len(everything) == int(page.locator("#shown").text_content().split("/")[1])
    page.uncheck("input[value=minor]")
    page.uncheck("input[value=editorial]")
    assert visible(page) == [
        "task-new-1",
        "task-old-2",
        "task-new-2",
        "task-new-5",
        "task-old-11",
        "task-new-10",
    ]
    page.select_option("select", label="General Administration of Customs of China")
    assert visible(page) == ["task-new-5", "task-new-10"]
    assert page.locator("#shown").text_content() == f"2 / {len(everything)}"
    assert page.locator("#section-1-1").is_hidden()  # a section with nothing left goes as well
    assert page.locator("#task-new-5 .sides").is_hidden()
    page.check("input[value=sides]")
    assert page.locator("#task-new-5 .sides").is_visible()
    assert page.locator("#task-new-5 .inline").is_hidden()
    assert page.problems == []
    assert len(page.asked) == 1  # the page itself


def test_without_scripts_everything_can_be_read(opened, registry):
    page = opened(html.render(CHANGESET, OLD, NEW, registry, options()), java_script_enabled=False)
    assert page.locator("article.item:visible").count() == page.locator("article.item").count()
    assert page.locator("#tools").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_text_stands_out_and_nothing_sticks_out(opened, registry, scheme, width):
    for text in (
        html.render(CHANGESET, OLD, NEW, registry, options(lang="both")),
        plan_html.render(NEW, registry, options(lang="both")),
    ):
        page = opened(text, color_scheme=scheme, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CONTRAST) == []


#: Elements whose text contrasts less than 4.5:1 with what is behind it (WCAG 2, AA).
CONTRAST = """() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = ([r, g, b]) => {
    const f = (v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b);
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c[3] === 1) return c;
    }
    return [255, 255, 255, 1];
  };
  const poor = [];
  for (const e of document.querySelectorAll("body *:not(script):not(style):not(option)")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.push(e.className + ": " + e.textContent.slice(0, 30));
  }
  return poor;
}"""
