"""The role that a word gives, and whether a name in a bracket can be a body's."""

from __future__ import annotations

import re
from functools import lru_cache

from plans.model import Role
from plans.reading.actors import Names, looks_like_body
from plans.reading.grammar.tokens import Token


class Item:
    """A name of a list while the list is read: its role mark, whether 等 ends the list, and how many
    commas stand before it.
    """

    __slots__ = ("group", "mark", "open_ended", "token")

    def __init__(self, token: Token) -> None:
        self.token = token
        self.mark = ""
        self.open_ended = False
        self.group = 0


NO_NAME = re.compile('["“”《》]|负责|的|人员|同志|领导$|其中|包括|例如|以下|不含|除外|是|为')
CAN_NAME = re.compile(r"^[\u3400-\u9fffA-Za-z0-9（）·\-]{2,30}$")


def certain_body(item: Item, names: Names) -> bool:
    """Whether the registry or the form of the name vouches for the body."""
    text = item.token.text
    if names.agency(text) is not None:
        return True
    return not NO_NAME.search(text) and (
        names.actor(text, text).kind != "unknown" or looks_like_body(text)
    )


@lru_cache(maxsize=512)
def role_of(words: str) -> Role:
    """The role of a role word or label (china-ip-plans.md, 1.1, "Reading the role")."""
    if re.search("牵头|主办|主责|第一责任|第一负责|牵总", words):
        return "lead"
    if "负责" in words and "指导" not in words:
        return "responsible"
    if re.search("参与|参加|配合|协助|协同|协办|支持|提供", words):
        return "support"
    if re.search("指导|督导", words):
        return "guide"
    return "responsible"
