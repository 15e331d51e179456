"""The same short sentence about another object, which continues nothing.

加强体育领域保护 and 加强种业领域保护 share everything but what they are about. Weights learned on whole
tasks take such a pair for a rewording, since one word was put in another's place; where a task is
one clause long, that word is its subject. Own examples: 编制渔港巡查指南 is not continued by
编制冷链巡查指南, but by 修订渔港巡查指南.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from plans.comparing.normalise import text_key
from plans.comparing.traits import Traits

#: Words of the field that say nothing of the subject, before or behind it.
_GENERIC = re.compile(
    "知识产权|保护|服务|管理|建设|专项|行动|活动|典型|案例|平台|中心|能力|水平|力度|审查|执法|规则|业务|信息|质量|项目|计划|工程"
)
_TITLE = re.compile("《([^《》]{2,80})》")
#: Longer clauses say more than one thing.
_LONGEST = 30


def other_object(one: Traits, other: Traits, names: Mapping[str, str]) -> bool:
    """Whether two tasks of one clause each differ in their object and in nothing else.

    ``names`` are words that the new plan puts for old ones throughout: such a pair is a renaming.
    """
    return len(one.units) == len(other.units) == 1 and other_head(one, other, names)


def other_head(one: Traits, other: Traits, names: Mapping[str, str]) -> bool:
    """Whether the first clauses of two tasks differ in their object and in nothing else.

    Where further clauses are the same, such a pair may be one task that turned to another object,
    or a look-alike: a person decides.
    """
    if not one.units or not other.units or one.titles or other.titles:
        return False
    old, new = one.clauses[0], other.clauses[0]
    if max(len(old), len(new)) > _LONGEST:
        return False
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    if not head and not (one.subject == one.units[0] and other.subject == other.units[0]):
        # The clause begins with a verb that the thesaurus does not know: that may be what differs.
        return False
    own, others = _GENERIC.sub("", was), _GENERIC.sub("", now)
    if len(own) < 2 or len(others) < 2 or not set(own).isdisjoint(others):
        return False
    if _GENERIC.sub("", old[:head]):
        return False
    renamed = (names.get(now[k : k + 2]) for k in range(len(now) - 1))
    return not any(word in was for word in renamed if word)


def unnamed_title(old: str, new: str) -> bool:
    """Whether one text names instruments by title and the other none of them, marked or not.

    What a task does for the reservoirs is seldom what another does for 《小型水库办法》.
    """
    before, after = _titles(old), _titles(new)
    if bool(before) == bool(after):
        return False
    plain = text_key(old if after else new)
    return not any(text_key(title) in plain for title in before or after)


def _titles(text: str) -> list[str]:
    return _TITLE.findall(text)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
