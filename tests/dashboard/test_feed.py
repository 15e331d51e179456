"""The Atom feeds, read by a feed reader."""

import feedparser
import requests

from tests.dashboard.examples import DOCUMENT


def test_a_reader_gets_what_changed_newest_first(archive, serve):
    url = serve(archive).url
    for path in ("/feed.atom", f"/documents/{DOCUMENT}/feed.atom"):
        answer = requests.get(url + path, timeout=30)
        assert answer.headers["Content-Type"] == "application/atom+xml"
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert [entry.id.rpartition("/")[2] for entry in feed.entries] == ["3", "2", "1"]
        assert feed.entries[0].link == f"{url}/documents/{DOCUMENT}/compare?new=3"
        assert feed.entries[0].summary.startswith("2 new tasks")
        assert "创新权益" in feed.entries[2].summary
        assert feed.feed.updated_parsed[:3] == (2042, 3, 20)
        assert requests.get(feed.entries[0].link, timeout=30).status_code == 200
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert requests.get(url + path, headers=tag, timeout=30).status_code == 304


def test_in_chinese_for_who_asks_so(small, serve):
    feed = feedparser.parse(
        requests.get(f"{serve(small).url}/feed.atom?lang=zh", timeout=30).content
    )
    assert feed.entries[0].title.startswith("创新权益建设推进计划 2042")
    assert feed.entries[0].summary.startswith("2项新增任务")


def test_without_documents_it_is_empty_and_whole(sqlite_target, open_database, serve):
    answer = requests.get(f"{serve(open_database(sqlite_target)).url}/feed.atom", timeout=30)
    assert answer.status_code == 200
    assert feedparser.parse(answer.content).entries == []


def test_a_subscription_has_a_feed_of_what_it_was_told(archive, serve):
    url = serve(archive).url
    feed = feedparser.parse(
        requests.get(f"{url}/subscriptions/counsel/feed.atom", timeout=30).content
    )
    assert not feed.bozo
    assert feed.entries
    assert requests.get(feed.entries[0].link, timeout=30).status_code == 200
    assert requests.get(f"{url}/subscriptions/nobody/feed.atom", timeout=30).status_code == 404
