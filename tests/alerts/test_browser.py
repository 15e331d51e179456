"""The mail as a browser shows it, light and dark, without network."""

import pytest

from alerts.composing.mail import mail_message
from tests.alerts.examples import NOW
from tests.alerts.test_messages import BUILT_IN, ENVELOPE, FACTS, large, message

BODY = "getComputedStyle(document.body)"
#: Contrast of two colours by WCAG 2.1, of an element's text against the first background behind it.
CONTRAST = """element => {
  const light = colour => colour.map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const numbers = text => text.match(/[0-9.]+/g).map(Number);
  let behind = element, back = [0, 0, 0, 0];
  while (behind) {
    back = numbers(getComputedStyle(behind).backgroundColor);
    if (back.length === 3 || back[3] > 0) break;
    behind = behind.parentElement;
  }
  const one = light(numbers(getComputedStyle(element).color).slice(0, 3));
  const other = light(back.slice(0, 3));
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    import shutil

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("make", [message, large], ids=["small", "110 tasks"])
def test_a_mail_can_be_read_in_light_and_dark(browser, scheme, make):
    mail = mail_message(make(), FACTS, ENVELOPE, BUILT_IN, at=NOW)
    page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(mail.get_body(("html",)).get_content())
    assert not [url for url in asked if url.startswith("http")]
    dark = page.evaluate(f"{BODY}.backgroundColor") == "rgb(15, 19, 24)"
    assert dark == (scheme == "dark")
    for selector in ("h1", "h2", "li", ".place", "del", "ins", ".counts p", ".foot", "a.button"):
        for element in page.query_selector_all(selector)[:3]:
            assert page.evaluate(CONTRAST, element) >= 4.5, (scheme, selector)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "nothing runs out of a telephone's screen"
    page.close()
