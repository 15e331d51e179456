"""MIIT's search service, which serves its columns as well."""

from __future__ import annotations

import re
from typing import Literal

from monitor.discovering.json_rows import dicts_with, load, row_from
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, not_understood
from monitor.discovering.markup import once

_PAGE = re.compile(r"([?&]p=)(\d{1,6})")


class MiitSearchOptions(Options):
    """An answer of ``/search-front-server/api/search/info?cateid=…&pg=10&p=1``."""

    kind: Literal["miit_search"] = "miit_search"


def first(url: str, options: MiitSearchOptions) -> ListRequest:
    """The address as configured; ``p`` is the page."""
    return ListRequest(url=url)


def read(page: ListPage, options: MiitSearchOptions) -> Listing:
    """Rows from ``groupData``; the date is the time of deployment in milliseconds."""
    found = []
    for item in dicts_with(load(page.text), "title", "url"):
        row = row_from(item, page.url, url="url", title="title", date=("deploytime",))
        if row is not None:
            found.append(row)
    if not found:
        return not_understood("no objects with title and url in the answer")
    number = page.request.page + 1
    url = _PAGE.sub(rf"\g<1>{number}", page.request.url)
    following = ListRequest(url=url, page=number) if url != page.request.url else None
    return Listing(rows=once(found), next=following)
