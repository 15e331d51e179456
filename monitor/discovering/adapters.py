"""All adapters by name. A new one is a file beside the others and two lines here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BeforeValidator, Field

from monitor.discovering import (
    easysite,
    feed,
    govcn_json,
    govcn_search,
    jpaas,
    jpage,
    links,
    miit_search,
    mofcom,
    nfra_json,
    npc_law,
)
from monitor.discovering.listing import Listing, ListPage, ListRequest, shorthand


class Adapter(msgspec.Struct, frozen=True):
    """``first`` makes the first request of a list, ``read`` makes rows of an answer."""

    first: Callable[[str, Any], ListRequest]
    read: Callable[[ListPage, Any], Listing]


_Options = Annotated[
    links.LinksOptions
    | jpage.JpageOptions
    | jpaas.JpaasOptions
    | govcn_json.GovcnJsonOptions
    | nfra_json.NfraJsonOptions
    | easysite.EasysiteOptions
    | mofcom.MofcomOptions
    | miit_search.MiitSearchOptions
    | npc_law.NpcLawOptions
    | govcn_search.GovcnSearchOptions
    | feed.FeedOptions,
    Field(discriminator="kind"),
]
#: Those that need no options can be named by a word.
_Names = Literal[
    "links", "jpage", "jpaas", "govcn_json", "nfra_json", "easysite", "miit_search", "feed"
]
AdapterOptions = Annotated[
    _Options, BeforeValidator(shorthand, json_schema_input_type=_Options | _Names)
]

_MODULES = (
    links,
    jpage,
    jpaas,
    govcn_json,
    nfra_json,
    easysite,
    mofcom,
    miit_search,
    npc_law,
    govcn_search,
    feed,
)
ADAPTERS: dict[str, Adapter] = {
    module.__name__.rpartition(".")[2]: Adapter(module.first, module.read) for module in _MODULES
}

#: Which adapters a kind of source can have; the first is the one that it has if none is named.
ADAPTERS_OF: dict[str, tuple[str, ...]] = {
    "list": (
        "links",
        "jpage",
        "jpaas",
        "govcn_json",
        "nfra_json",
        "easysite",
        "mofcom",
        "miit_search",
    ),
    "search": ("govcn_search", "npc_law"),
    "feed": ("feed",),
}


def adapter_for(options: Any) -> Adapter:
    """The adapter that these options are for."""
    return ADAPTERS[options.kind]
