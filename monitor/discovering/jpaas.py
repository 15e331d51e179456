"""jpaas sites (SAMR, MIIT, sub-sites of MOFCOM): a unit API whose JSON holds a piece of HTML.

Four ids name the unit. They stand in the column page, in the attribute ``querydata`` of the
element that the script fills; what the options leave out is read from there.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Literal
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from pydantic import Field

from monitor.discovering.json_rows import load
from monitor.discovering.listing import Listing, ListPage, ListRequest, Options, not_understood
from monitor.discovering.markup import once, parse, row_of

_API = "/api-gateway/jpaas-publish-server/front/page/build/unit"
#: 32 hexadecimal digits on most sites, a number or a short key on others.
_ID = r"[\"']?\s*[:=]\s*[\"']?([0-9A-Za-z_-]{1,64})"
_KEYS = {
    "webId": re.compile("webId" + _ID),
    "tplSetId": re.compile("tplSetId" + _ID),
    "pageId": re.compile("pageId" + _ID),
}
_TAG_ID = re.compile(r"tagId[\"']?\s*[:=]\s*[\"']([^\"']{1,60})[\"']")
_ITEMS = "li, tr, dd"


class JpaasOptions(Options):
    """A unit of a jpaas column page."""

    kind: Literal["jpaas"] = "jpaas"
    web_id: str | None = Field(default=None, pattern=r"^[0-9A-Za-z_-]{1,64}$")
    tpl_set_id: str | None = Field(default=None, pattern=r"^[0-9A-Za-z_-]{1,64}$")
    page_id: str | None = Field(default=None, pattern=r"^[0-9A-Za-z_-]{1,64}$")
    tag_id: str = "内容区域"
    page_size: int = Field(default=50, ge=1, le=200)


def first(url: str, options: JpaasOptions) -> ListRequest:
    """The first answer of the unit, or the column page where an id is not known."""
    ids = {
        "webId": options.web_id,
        "tplSetId": options.tpl_set_id,
        "pageId": options.page_id,
    }
    known = {name: value for name, value in ids.items() if value}
    if len(known) < len(ids):
        return ListRequest(url=url, only_key=True)
    return _unit_request(url, known, options.tag_id, options, page=1)


def read(page: ListPage, options: JpaasOptions) -> Listing:
    """The ids of a column page, or the rows of an answer; the last page repeats or is empty."""
    if page.request.only_key:
        return _read_column(page, options)
    data = load(page.text)
    inner = data.get("data") if isinstance(data, dict) else None
    fragment = inner.get("html") if isinstance(inner, dict) else None
    if not isinstance(fragment, str):
        return not_understood("the answer has no data.html")
    tree = parse(fragment)
    items = tree.css(_ITEMS) or tree.css("a[href]")
    rows = once([row for item in items if (row := row_of(item, page.url))])
    if not rows:
        return not_understood("data.html has no links with titles")
    return Listing(rows=rows, next=_next(page, options))


def _read_column(page: ListPage, options: JpaasOptions) -> Listing:
    text = unescape(page.text)
    given = {
        "webId": options.web_id,
        "tplSetId": options.tpl_set_id,
        "pageId": options.page_id,
    }
    ids = {}
    for name, pattern in _KEYS.items():
        match = pattern.search(text)
        value = given[name] or (match[1] if match else None)
        if value is None:
            return not_understood(f"the column page does not name its {name}")
        ids[name] = value
    tag = _TAG_ID.search(text)
    return Listing(next=_unit_request(page.url, ids, tag[1] if tag else options.tag_id, options, 1))


def _unit_request(
    url: str, ids: dict[str, str], tag_id: str, options: JpaasOptions, page: int
) -> ListRequest:
    query = {
        "parseType": "bulidstatic",  # spelt so by the service
        "webId": ids["webId"],
        "tplSetId": ids["tplSetId"],
        "pageType": "column",
        "tagId": tag_id,
        "editType": "null",
        "pageId": ids["pageId"],
        "paramJson": json.dumps({"pageNo": page, "pageSize": options.page_size}),
    }
    return ListRequest(url=f"{urljoin(url, _API)}?{urlencode(query)}", page=page)


def _next(page: ListPage, options: JpaasOptions) -> ListRequest:
    query = parse_qs(urlsplit(page.request.url).query)
    ids = {name: query[name][0] for name in _KEYS}
    return _unit_request(page.request.url, ids, query["tagId"][0], options, page.request.page + 1)
