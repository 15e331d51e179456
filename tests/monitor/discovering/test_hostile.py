"""Whatever a server sends, an adapter answers with a listing, and soon."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from monitor.discovering.adapters import ADAPTERS, AdapterOptions, adapter_for
from monitor.discovering.listing import ListPage
from monitor.fetching.page_redirect import page_redirect
from tests.monitor.discovering import columns

NEEDED = {
    "mofcom": {"cid": "gnxw"},
    "govcn_search": {"query": "专利"},
    "npc_law": {"query": "专利"},
}
URL = "https://example.org/col/col75/index.html?p=1"
PAGES = [
    columns.trs_page(),
    columns.table_page(),
    columns.jpage_column(),
    columns.jpage_answer(),
    columns.easysite_page(),
    columns.rss(),
    columns.govcn_array(),
    columns.jpaas_answer(),
    columns.miit_answer(),
]
#: Beginnings that repeat without the end that an expression waits for.
ENDLESS = [
    "<record><![CDATA[",
    "<a href='/a.html'>" + "字" * 20,
    "<li>2027-01-01<a href='/x'>一篇文章的标题",
    'tagname="/a/b-',
    "createPageHTML(1,",
    '<meta http-equiv="refresh" ',
    "<script>",
    "webId" + " " * 50,
    "[",
    '{"a":',
    "<div id='1' ",
    "《",
]


def read(kind, text, *, only_key=False):
    options = TypeAdapter(AdapterOptions).validate_python({"kind": kind, **NEEDED.get(kind, {})})
    adapter = adapter_for(options)
    request = adapter.first(URL, options)
    return adapter.read(ListPage(request=request, url=URL, text=text), options)


@pytest.mark.parametrize("kind", ADAPTERS)
@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.sampled_from(PAGES)), st.data())
def test_any_text_is_answered(kind, text, data):
    """Pages are cut, and pieces of them repeated, wherever it hurts."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    listing = read(kind, text[:start] + text[end:] + text[start:end])
    assert listing.understood or listing.reason
    for row in listing.rows:
        assert row.url.startswith(("http://", "https://"))
        assert row.title


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ADAPTERS)
def test_nothing_takes_for_ever(kind):
    """What grows with the square of a page never comes back from these within the time limit."""
    for piece in ENDLESS:
        text = piece * (400_000 // len(piece))
        listing = read(kind, text)
        assert listing.understood or listing.reason
        assert page_redirect(text[:4000].encode()) is None
