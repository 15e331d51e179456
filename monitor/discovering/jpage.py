"""JCMS column pages (CNIPA): their rows come from ``dataproxy.jsp``, by a unit id.

The unit id differs from column to column and over time, so it is read from the column page each
time. That page also carries the first rows in a script; they are taken as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlencode, urljoin

from pydantic import Field

from monitor.discovering import links
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, Row, not_understood
from monitor.discovering.markup import once, parse, row_of

_UNIT = re.compile(r"unit_?id[\"']?\s*[:=]\s*[\"']?(\d{1,12})", re.I)
_UNIT_ELEMENT = re.compile(r"<div[^>]{0,200}\bid=[\"'](\d{1,12})[\"'][^>]{0,200}>\s*<script")
_WEB = re.compile(r"web_?id[\"']?\s*[:=]\s*[\"']?(\d{1,6})", re.I)
_COLUMN = re.compile(r"/col/col(\d{1,9})/")
_OPENING, _CLOSING = "<![CDATA[", "]]>"
_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,9})")
_TOTAL_PAGES = re.compile(r"<totalpage>\s*(\d{1,9})")
_START = re.compile(r"[?&]startrecord=(\d{1,9})")


class JpageOptions(Options):
    """A JCMS column."""

    kind: Literal["jpage"] = "jpage"
    column: int | None = Field(default=None, description="left out: read from the address")
    unit: int | None = Field(default=None, description="left out: read from the column page")
    web_id: int | None = Field(default=None, description="left out: read from the column page")
    web_name: str = Field(default="国家知识产权局", description="the site's name, as it asks")
    records: int = Field(default=60, ge=1, le=500, description="rows of one answer")


def first(url: str, options: JpageOptions) -> ListRequest:
    """The column page, for its unit id; with a known one, the first rows."""
    if options.unit is not None:
        return _rows_request(url, options, options.unit, options.web_id or 1, page=1)
    return ListRequest(url=url, only_key=True)


def read(page: ListPage, options: JpageOptions) -> Listing:
    """The unit id and the inline rows of a column page, or the rows of an answer."""
    rows = _records(page)
    if page.request.only_key:
        unit = _UNIT.search(page.text) or _UNIT_ELEMENT.search(page.text)
        if unit is None or _column(page.url, options) is None:
            # Some columns are plain pages; their links stand beside dates.
            plain = Listing(rows=rows) if rows else links.read(page, links.LinksOptions())
            return plain if plain.rows else not_understood("no unit id and no rows on the page")
        web = _WEB.search(page.text)
        web_id = options.web_id or (int(web[1]) if web else 1)
        request = _rows_request(page.url, options, int(unit[1]), web_id, page=1)
        return Listing(rows=rows, next=request)
    if not rows:
        return not_understood("the answer has no <record> with a link")
    return Listing(rows=rows, next=_next(page, options))


def _records(page: ListPage) -> tuple[Row, ...]:
    found = []
    for fragment in _cdata(page.text):
        body = parse(fragment).body
        row = row_of(body, page.url) if body is not None else None
        if row is not None:
            found.append(row)
    return once(found)


def _cdata(text: str) -> Iterator[str]:
    """What stands in CDATA inside records, by one walk through the text."""
    at = text.find("<record>")
    while at >= 0:
        start = text.find(_OPENING, at)
        end = text.find(_CLOSING, start)
        if start < 0 or end < 0:
            return
        yield text[start + len(_OPENING) : end]
        at = text.find("<record>", end)


def _column(url: str, options: JpageOptions) -> int | None:
    match = _COLUMN.search(url)
    return options.column or (int(match[1]) if match else None)


def _rows_request(
    url: str, options: JpageOptions, unit: int, web_id: int, page: int
) -> ListRequest:
    query = {
        "startrecord": 1,
        "endrecord": options.records,
        "perpage": 20,
        "col": 1,
        "webid": web_id,
        "path": "/",
        "columnid": _column(url, options) or "",
        "sourceContentType": 1,
        "unitid": unit,
        "webname": options.web_name,
        "permissiontype": 0,
    }
    address = urljoin(url, "/module/web/jpage/dataproxy.jsp")
    return ListRequest(url=f"{address}?{urlencode(query)}", page=page)


def _next(page: ListPage, options: JpageOptions) -> ListRequest | None:
    asked = _START.search(page.request.url)
    start = (int(asked[1]) if asked else 1) + options.records
    total = _TOTAL.search(page.text)
    pages = _TOTAL_PAGES.search(page.text)
    records = int(total[1]) if total else int(pages[1]) * 20 if pages else start
    if start > records:
        return None
    address = page.request.url
    for name, value in (("startrecord", start), ("endrecord", start + options.records - 1)):
        address = re.sub(rf"([?&]{name}=)\d+", rf"\g<1>{value}", address)
    return ListRequest(url=address, page=page.request.page + 1)
