"""MOFCOM's IPR site: a POST that answers with ``pageInfo.rows``."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlencode

from pydantic import Field

from monitor.discovering.json_rows import dicts_with, load, row_from
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, not_understood
from monitor.discovering.markup import once


class MofcomOptions(Options):
    """A list of ipr.mofcom.gov.cn; the source's address is that of the service."""

    kind: Literal["mofcom"] = "mofcom"
    cid: str = Field(description="the column, as gnxw", pattern=r"^[A-Za-z0-9_-]{1,40}$")


def first(url: str, options: MofcomOptions) -> ListRequest:
    """The first page."""
    return _request(url, options, 1)


def read(page: ListPage, options: MofcomOptions) -> Listing:
    """The rows; beyond the last page the service repeats it, where the walk ends."""
    found = []
    for item in dicts_with(load(page.text), "title", "url"):
        row = row_from(item, page.url, url="url", title="title", date=("publishTimeStr",))
        if row is not None:
            found.append(row)
    if not found:
        return not_understood("no objects with title and url in the answer")
    following = _request(page.request.url, options, page.request.page + 1)
    return Listing(rows=once(found), next=following)


def _request(url: str, options: MofcomOptions, page: int) -> ListRequest:
    return ListRequest(
        url=url,
        page=page,
        body=urlencode({"pageNumber": page, "cid": options.cid}).encode(),
        headers=(("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),),
    )
