"""The NPC's database of laws: a JSON search whose rows are files to download."""

from __future__ import annotations

import json
from typing import Literal
from urllib.parse import quote, urljoin

from pydantic import Field

from monitor.discovering.json_rows import dicts_with, load, row_from
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, not_understood
from monitor.discovering.markup import once

_FILE = "/law-search/download/pc?format=docx&bbbs={id}"


class NpcLawOptions(Options):
    """A search by title; the source's address is that of the service."""

    kind: Literal["npc_law"] = "npc_law"
    query: str = Field(description="words of the title", min_length=2, max_length=100)
    page_size: int = Field(default=20, ge=1, le=100)


def first(url: str, options: NpcLawOptions) -> ListRequest:
    """The first page of hits."""
    return _request(url, options, 1)


def read(page: ListPage, options: NpcLawOptions) -> Listing:
    """Rows by the database's own id; the address is that of the text as a Word file."""
    found = []
    for item in dicts_with(load(page.text), "bbbs", "title"):
        if not isinstance(item["bbbs"], str):
            continue
        address = urljoin(page.url, _FILE.replace("{id}", quote(item["bbbs"], safe="")))
        row = row_from(
            {**item, "address": address},
            page.url,
            url="address",
            title="title",
            date=("gbrq", "sxrq"),
            issuer="zdjgName",
        )
        if row is not None:
            found.append(row)
    if not found:
        return not_understood("no objects with bbbs and title in the answer")
    following = _request(page.request.url, options, page.request.page + 1)
    return Listing(rows=once(found), next=following)


def _request(url: str, options: NpcLawOptions, page: int) -> ListRequest:
    body = {
        "searchRange": 1,
        "searchType": 2,
        "searchContent": options.query,
        "pageNum": page,
        "pageSize": options.page_size,
        "sxx": [],
        "gbrq": [],
        "sxrq": [],
        "flfgCodeId": [],
        "zdjgCodeId": [],
        "orderByParam": {"order": "-1", "sort": ""},
    }
    return ListRequest(
        url=url,
        page=page,
        body=json.dumps(body, ensure_ascii=False).encode(),
        headers=(("Content-Type", "application/json"), ("X-Requested-With", "XMLHttpRequest")),
    )
