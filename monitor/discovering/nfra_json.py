"""NFRA's static JSON lists; an article is a JSON file beside them."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urljoin

from monitor.discovering.json_rows import dicts_with, load, row_from
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, not_understood
from monitor.discovering.markup import once

_PAGE_INDEX = re.compile(r"pageIndex=(\d{1,6})")
_DETAIL = "/cn/static/data/DocInfo/SelectByDocId/data_docId={id}.json"


class NfraJsonOptions(Options):
    """A list ``…/SelectDocByItemIdAndChild/data_itemId=926,pageIndex=1,pageSize=18.json``."""

    kind: Literal["nfra_json"] = "nfra_json"


def first(url: str, options: NfraJsonOptions) -> ListRequest:
    """The first file of the list."""
    return ListRequest(url=url)


def read(page: ListPage, options: NfraJsonOptions) -> Listing:
    """Rows from docId and docTitle (docSubtitle is the short form); the next file by its number."""
    rows = []
    for item in dicts_with(load(page.text), "docId"):
        if not isinstance(item["docId"], int | str):
            continue
        address = urljoin(page.url, _DETAIL.replace("{id}", str(item["docId"])))
        title = "docTitle" if item.get("docTitle") else "docSubtitle"
        row = row_from(
            {**item, "address": address},
            page.url,
            url="address",
            title=title,
            date=("publishDate", "docEditdate"),
            number="documentNo",
            issuer="docSource",
        )
        if row is not None:
            rows.append(row)
    if not rows:
        return not_understood("no objects with docId and docTitle")
    number = page.request.page + 1
    asked = page.request.url
    url = _PAGE_INDEX.sub(f"pageIndex={number}", asked)
    following = ListRequest(url=url, page=number) if url != asked else None
    return Listing(rows=once(rows), next=following)
