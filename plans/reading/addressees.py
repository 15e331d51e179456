"""Whom a text is sent to: the line that names them, and the bodies on it."""

from __future__ import annotations

import re

from plans.model import Actor
from plans.reading.actors import PROVINCES, looks_like_body
from plans.reading.grammar.tokens import Kind, Lexer
from plans.reading.passage import Passage

_PLACE = "(?:有关)?(?:省|市|州|地|县|区|旗|盟|自治区|自治州|直辖市|计划单列市|县市区?|市州)(?:（[^（）]*）)?"
#: 各省、自治区、直辖市人民政府 and the like: one collective, whatever it lists.
_GOVERNMENTS = re.compile(
    f"^各?{_PLACE}(?:[、和及]{_PLACE})*[^，、]{{0,20}}(?:政府|管委会)$|^各省、自治区、直辖市[^，]{{0,60}}$"
)


#: 北京、天津、河北省（市）人民政府: places one by one, one word for their governments.
_PLACES = re.compile(
    f"(?:{PROVINCES})[^，。；：、府]{{0,8}}(?:、(?:{PROVINCES})[^，。；：、府]{{0,8}}){{1,40}}"
    "[^，。；：府]{0,24}政府(?=[：，；]|$)"
)


def is_addressees(plain: str) -> bool:
    """Whether a folded line names whom the text is sent to (甲部、乙省人民政府：)."""
    if plain[-1] != "：" or len(plain) < 4 or "。" in plain or plain.startswith(("附", "一", "现")):
        return False
    if re.search("如下：$|通知：$|以下|意见：$|要求：$|事项：$", plain):
        return False
    if _PLACES.match(plain):
        return True
    names = [name for name in re.split("[、，；]", plain[:-1]) if name]
    bodies = sum(looks_like_body(name) or "各" in name[:3] for name in names)
    return 2 * bodies >= len(names) > 0


def addressees_of(passage: Passage | None, lexer: Lexer) -> tuple[Actor, ...]:
    """The addressed bodies, in order; collectives as printed (各省、自治区、直辖市人民政府)."""
    if passage is None:
        return ()
    actors: list[Actor] = []
    for start, end in _addressed(passage.plain):
        group = passage.cut(start, end)
        if _GOVERNMENTS.match(group.plain) or _PLACES.match(group.plain):
            actors.append(Actor(name=group.text, kind="collective"))
            continue
        for token in lexer.tokens(group.plain):
            if token.kind is Kind.NAME:
                name = group.cut(token.start, token.end)
                actors.append(lexer.names.actor(name.text, name.plain))
    return tuple(actors)


def _addressed(plain: str) -> list[tuple[int, int]]:
    """Groups between commas outside brackets."""
    groups = []
    depth = start = 0
    for index, character in enumerate(plain):
        if character == "（":
            depth += 1
        elif character == "）":
            depth = max(0, depth - 1)
        elif character in "，；" and depth == 0:
            groups.append((start, index))
            start = index + 1
    groups.append((start, len(plain)))
    return [(a, b) for a, b in groups if b > a]
