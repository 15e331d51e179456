"""RSS and Atom feeds."""

from __future__ import annotations

import calendar
import datetime as dt
import io
from typing import Any, Literal

import feedparser  # type: ignore[import-untyped]

from monitor.discovering.dates import SHANGHAI
from monitor.discovering.json_rows import plain
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, Row, not_understood
from monitor.discovering.markup import absolute, once, whole_of


class FeedOptions(Options):
    """A feed; whether RSS or Atom is found out."""

    kind: Literal["feed"] = "feed"


def first(url: str, options: FeedOptions) -> ListRequest:
    """The feed itself."""
    return ListRequest(url=url)


def read(page: ListPage, options: FeedOptions) -> Listing:
    """The entries, in the feed's order. The library fetches nothing: it is given the bytes."""
    parsed = feedparser.parse(
        io.BytesIO(page.text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    found = []
    for entry in parsed.entries:
        url = absolute(page.url, entry.get("link"))
        title, cut = whole_of(plain(entry.get("title")))
        if url is not None and title:
            found.append(Row(url=url, title=title, published_on=_day(entry), cut=cut))
    return Listing(rows=once(found)) if found else not_understood("no entries with a link")


def _day(entry: Any) -> dt.date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    if moment is None:
        return None
    return dt.datetime.fromtimestamp(calendar.timegm(moment), SHANGHAI).date()
