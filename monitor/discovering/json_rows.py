"""Rows out of JSON answers: what the adapters for JSON lists share. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.discovering.dates import date_in, date_of_milliseconds
from monitor.discovering.listing import Row
from monitor.discovering.markup import absolute, decoded, whole_of

#: Not every bracket is a tag: some sites write <> for 《》.
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_CALLBACK = re.compile(r"(?:/\*\*/\s*)?[\w$.]{1,100}\s*\(")
_SPACE = re.compile(r"\s+")
_DEEPEST = 12


def load(text: str) -> Any:
    """Parse JSON, also as the argument of a script's function (JSONP); None for anything that is not, also where it is nested without end."""
    try:
        text = text.strip("\ufeff \r\n\t")
        called = _CALLBACK.match(text)
        return json.loads(
            text[called.end() :].rstrip(" ;\r\n").removesuffix(")") if called else text
        )
    except (ValueError, RecursionError):
        return None


def dicts_with(data: Any, *keys: str) -> list[Mapping[str, Any]]:
    """All objects at any depth that have a value under each of ``keys``, in order.

    The lists of these services hold the objects that we want under names that change from one
    release to the next; the objects themselves are steadier.
    """
    return list(_walk(data, keys, 0))


def _walk(data: Any, keys: Sequence[str], depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        if all(data.get(key) not in (None, "") for key in keys):
            yield data
            return
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, keys, depth + 1)


def row_from(
    item: Mapping[str, Any],
    base: str,
    *,
    url: str,
    title: str,
    date: Sequence[str] = (),
    number: str | None = None,
    issuer: str | None = None,
) -> Row | None:
    """A row from an object's fields of these names; None without an address and a title.

    Dates are text or milliseconds since 1970; the first field that has one counts.
    """
    where = item.get(url)
    words, cut = whole_of(plain(item.get(title)))
    address = absolute(base, where) if isinstance(where, str) else None
    if address is None or not words:
        return None
    days = (_date(item.get(name)) for name in date)
    return Row(
        url=address,
        title=words,
        published_on=next((day for day in days if day), None),
        number=plain(item.get(number)) or None if number else None,
        issuer=plain(item.get(issuer)) or None if issuer else None,
        cut=cut,
    )


def plain(value: Any) -> str:
    """Text without the marks that search services put around what was found; "" if no text."""
    if not isinstance(value, str):
        return ""
    return _SPACE.sub(" ", _TAG.sub("", decoded(value[:2000]))).strip()


def _date(value: Any) -> Any:
    if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
        return date_of_milliseconds(int(value)) if int(value) > 10**11 else None
    return date_in(str(value or ""))
