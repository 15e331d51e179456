"""axe-core finds nothing on any page, in both languages, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from plans.comparing.verdicts import task_key
from storage import readings, verdicts
from tests.dashboard.examples import ALERT, DOCUMENT, NOW, SOURCE

pytestmark = pytest.mark.browser

DOC = f"/documents/{DOCUMENT}"
PAGES = (
    "/",
    DOC,
    f"{DOC}/compare?old=2&new=3",
    f"{DOC}/compare?old=2&new=3&view=sides",
    f"{DOC}/compare?old=3&new=3",
    f"{DOC}/versions/3",
    f"{DOC}/tasks/1",
    f"{DOC}/bodies",
    f"{DOC}/bodies/cnipa",
    f"{DOC}/instruments",
    f"{DOC}/flow",
    f"{DOC}/import",
    f"{DOC}/instruments/创新成果登记条例",
    "/search?q=国家知识产权局",
    "/search?q=检索",
    "/sources",
    f"/sources/{SOURCE}",
    "/alerts",
    f"/alerts/{ALERT}",
    "/reviews",
    "/search",
    "/feeds",
    "/configuration",
    "/documents/empty-law",
    f"{DOC}/import",
    "/login",
    "/nowhere",
)


@pytest.mark.parametrize(
    ("locale", "scheme", "width"),
    [("en-GB", "light", 1280), ("zh-CN", "dark", 1280), ("zh-CN", "light", 360)],
)
def test_nothing_is_found(chromium, small, serve, locale, scheme, width):
    with small.reading() as conn:
        old, new = (readings.plan_of(conn, version) for version in (2, 3))
    with small.writing() as conn:
        keys = task_key(old.tasks[4]), task_key(new.tasks[4])
        verdicts.give(conn, *keys, "confirmed", by="ann", now=NOW)
    context = chromium.new_context(
        base_url=serve(small).url, locale=locale, color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )  # fmt: skip
    page, found = context.new_page(), []
    for path in PAGES:
        page.goto(path)
        for violation in Axe().run(page).response["violations"]:
            found += [(path, violation["id"], node["html"][:160]) for node in violation["nodes"]]
    context.close()
    assert found == []
