"""gov.cn's lists as JSON: one array of objects with upper-case keys, newest first, one page."""

from __future__ import annotations

from typing import Literal

from monitor.discovering.json_rows import dicts_with, load, row_from
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, not_understood
from monitor.discovering.markup import once

_DATES = ("DOCRELPUBTIME", "DOCPUBTIME", "PUBTIME", "DATE")


class GovcnJsonOptions(Options):
    """A JSON list of gov.cn."""

    kind: Literal["govcn_json"] = "govcn_json"


def first(url: str, options: GovcnJsonOptions) -> ListRequest:
    """The array itself."""
    return ListRequest(url=url)


def read(page: ListPage, options: GovcnJsonOptions) -> Listing:
    """The rows of the array. The title's second line, where there is one, is not part of it."""
    items = dicts_with(load(page.text), "TITLE", "URL")
    rows = [row_from(item, page.url, url="URL", title="TITLE", date=_DATES) for item in items]
    found = once([row for row in rows if row is not None])
    return Listing(rows=found) if found else not_understood("no objects with TITLE and URL")
