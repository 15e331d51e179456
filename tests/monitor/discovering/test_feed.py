"""RSS and Atom."""

import pytest

from tests.monitor.discovering import columns
from tests.publisher.answers import Answer


@pytest.mark.parametrize("text", [columns.rss(), columns.atom()])
def test_both_kinds(publisher, discover, names_the_articles, text):
    publisher.answer("/rss.xml", Answer(text.encode(), media_type="application/rss+xml"))
    discovery = discover(publisher.url("/rss.xml"), "feed")
    names_the_articles(discovery)
    assert discovery.rows[0].url == publisher.url("/pressroom/0.html")


def test_a_feed_in_another_charset(publisher, discover, names_the_articles):
    text = columns.rss().replace("UTF-8", "gb2312").encode("gb18030")
    publisher.answer("/rss.xml", Answer(text, media_type="text/xml"))
    names_the_articles(discover(publisher.url("/rss.xml"), "feed"))


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><rss><channel><item><title>&i;</title></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>&a;</title><link>/x</link></item></channel></rss>"
)


@pytest.mark.parametrize("text", ["", "<html><body>x</body></html>", "<rss></rss>", BOMB, OUTSIDE])
def test_what_is_no_feed_or_a_trap(publisher, discover, text):
    publisher.answer("/rss.xml", Answer(text.encode(), media_type="text/xml"))
    discovery = discover(publisher.url("/rss.xml"), "feed")
    assert "root:" not in "".join(row.title for row in discovery.rows)
    assert discovery.outcome == "list_not_understood"
