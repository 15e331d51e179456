"""A page of each site system gives exactly its article: no line more, no line less."""

import datetime as dt

import pytest

from monitor.extracting.extract import EXTRACTOR_VERSION, extract
from tests.monitor.extracting.article import Article
from tests.monitor.extracting.pages import PAGES

ARTICLE = Article()


@pytest.mark.parametrize("name", PAGES)
def test_the_text_is_the_article_and_nothing_else(name):
    page = PAGES[name](ARTICLE)
    made = extract(page.body.encode(), url=page.url)
    assert made.state == "document", made.reason
    assert made.text.split("\n") == list(ARTICLE.paragraphs)
    assert made.made_by == {"extractor": EXTRACTOR_VERSION, "by": page.by}


@pytest.mark.parametrize("name", PAGES)
def test_facts_are_those_that_the_page_states(name):
    page = PAGES[name](ARTICLE)
    made = extract(page.body.encode(), url=page.url)
    assert made.title == ARTICLE.title
    if "number" in page.states:
        assert made.document_number == ARTICLE.number
    if "published" in page.states:
        assert made.published_on == dt.date(2031, 3, 5)
    if "source" in page.states:
        assert made.source == ARTICLE.source


def test_a_page_that_was_made_again_keeps_its_first_date():
    """Maketime is the day of a migration: it is no date of publication, even when it is alone."""
    body = PAGES["jcms"](ARTICLE).body
    without = body.replace('name="PubDate"', 'name="Other"').replace("2031-03-05", "")
    at = "https://www.cnipa.gov.cn/art/2031/3/5/art_1410_990001.html"
    assert extract(without.encode(), url=at).published_on == dt.date(2031, 3, 5)
    assert extract(without.encode(), url="").published_on is None
