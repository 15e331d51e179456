"""The page of the flow of tasks: the picture and its table say the same."""

import pytest
import requests
from lxml import html

from tests.dashboard.examples import DOCUMENT

DOC = f"/documents/{DOCUMENT}"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_says_what_the_picture_shows(archive, serve, lang):
    page = html.fromstring(
        requests.get(f"{serve(archive).url}{DOC}/flow?lang={lang}", timeout=30).text
    )
    drawn = {kind: len(page.xpath(f"//path[@class='{kind}']")) for kind in ("kept", "new", "gone")}
    rows = page.xpath("//table/tbody/tr")
    assert drawn == {"kept": 6, "new": 2, "gone": 2}
    assert len(rows) == sum(drawn.values())
    assert len(page.xpath("//td/span[contains(@class, 'gone')]")) == 2
    links = page.xpath("//tbody//a/@href")
    assert f"{DOC}/tasks/3?edition=2041" in links
    assert f"{DOC}/tasks/3?edition=2042" in links


def test_every_task_of_the_table_has_its_page(small, serve):
    url = serve(small).url
    page = html.fromstring(requests.get(f"{url}{DOC}/flow", timeout=30).text)
    for href in page.xpath("//tbody//a/@href")[:6]:
        assert requests.get(url + href, timeout=30).status_code == 200


def test_one_edition_has_no_picture_yet(small, serve):
    page = requests.get(f"{serve(small).url}{DOC}/flow?editions=1", timeout=30).text
    assert "begins with the second" in page
    answer = requests.get(f"{serve(small).url}/documents/empty-law/flow", timeout=30)
    assert answer.status_code == 404
