"""The search of gov.cn's policy library: by words, with number, issuer and date of each hit."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlencode

from pydantic import Field

from monitor.discovering.json_rows import dicts_with, load, row_from
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, not_understood
from monitor.discovering.markup import once

_PAGE = re.compile(r"([?&]p=)(\d{1,6})")


class GovcnSearchOptions(Options):
    """A search; the source's address is that of the service."""

    kind: Literal["govcn_search"] = "govcn_search"
    query: str = Field(description="words to search titles for", min_length=2, max_length=100)
    library: str = Field(
        default="zhengcelibrary", description="which collection", pattern=r"^[a-z_]{1,40}$"
    )
    page_size: int = Field(default=20, ge=1, le=50)


def first(url: str, options: GovcnSearchOptions) -> ListRequest:
    """The first page of hits in titles."""
    query = {
        "t": options.library,
        "q": options.query,
        "sort": "pubtime",
        "sortType": 1,
        "searchfield": "title",
        "p": 1,
        "n": options.page_size,
        "type": "gwyzcwjk",
    }
    return ListRequest(url=f"{url}?{urlencode(query)}")


def read(page: ListPage, options: GovcnSearchOptions) -> Listing:
    """The hits. Words are chosen so that older editions are always found: no hit is a fault."""
    data = load(page.text)
    found = []
    for item in dicts_with(data, "title", "url"):
        row = row_from(
            item,
            page.url,
            url="url",
            title="title",
            date=("pubtime", "pubtimeStr", "ptime"),
            number="pcode",
            issuer="puborg",
        )
        if row is not None:
            found.append(row)
    if not found:
        return not_understood("no objects with title and url in the answer")
    number = page.request.page + 1
    url = _PAGE.sub(rf"\g<1>{number}", page.request.url)
    return Listing(rows=once(found), next=ListRequest(url=url, page=number))
