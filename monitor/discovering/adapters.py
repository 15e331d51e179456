"""All adapters by name. A new one is a file beside the others and a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from pydantic import BeforeValidator

from monitor.discovering import links
from monitor.discovering.listing import Listing, ListPage, ListRequest, shorthand


class Adapter(msgspec.Struct, frozen=True):
    """``first`` makes the first request of a list, ``read`` makes rows of an answer."""

    first: Callable[[str, Any], ListRequest]
    read: Callable[[ListPage, Any], Listing]


AdapterOptions = Annotated[
    links.LinksOptions,
    BeforeValidator(shorthand),
]

ADAPTERS: dict[str, Adapter] = {
    "links": Adapter(links.first, links.read),
}


def adapter_for(options: Any) -> Adapter:
    """The adapter that these options are for."""
    return ADAPTERS[options.kind]
