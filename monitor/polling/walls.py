"""Whether an answer is a wall against programs, and whose. Recognised and named, never evaded."""

from __future__ import annotations

from monitor.fetching.values import FetchResult
from monitor.polling.tools import Extractor
from plans.model import Extract

#: Marks in the names and values of headers, with the maker that they stand for.
_HEADER_MARKS: tuple[tuple[str, str], ...] = (
    ("__jsl", "加速乐"),
    ("x-via-jsl", "加速乐"),
    ("yunaq", "加速乐"),
    ("nfbcsins2oyws", "瑞数"),
    ("acw_sc__v2", "Aliyun"),
    ("punish-type", "Aliyun"),
    ("eo-bot", "EdgeOne"),
)
#: Statuses that no publisher gives for a page, only a wall before it.
_STATUSES: dict[int, str] = {521: "加速乐"}


def wall_in_place_of_page(result: FetchResult, extract: Extractor) -> str | None:
    """The reason where an answer that is no page (a status of 4xx or 5xx) is a wall, else None."""
    if result.status is None or result.status < 400:
        return None
    found: Extract | None = None
    if result.body:
        found = extract(result.body, media_type=result.media_type, url=result.final_url)
        if found.state == "challenge":
            return found.reason or "challenge page"
    maker = _STATUSES.get(result.status) or _marked(result.headers)
    if maker is None or (result.status not in _STATUSES and result.status not in (403, 412)):
        return None
    return f"{maker}, by status {result.status}"


def _marked(headers: tuple[tuple[str, str], ...]) -> str | None:
    text = "\n".join(f"{name}: {value}" for name, value in headers).lower()
    return next((maker for mark, maker in _HEADER_MARKS if mark in text), None)
