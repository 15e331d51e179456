"""What the words of a responsibility bracket are cut into."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a token is."""

    NAME = "name"
    AND = "and"  # 、 和 及 与 以及
    COMMA = "comma"  # ，
    STOP = "stop"  # 。 ；
    OPEN = "open"  # 等, 等部门: the list goes on, and names nobody
    ACT = "act"  # 负责, 牵头, 参与 …
    WITH = "with"  # 会同
    BY = "by"  # 由
    LABEL = "label"  # 责任单位：
    SCOPE = "scope"  # 适用范围：
    TIME = "time"  # 完成时限：
    OTHER = "other"


class Token(NamedTuple):
    """A piece of the bracket's folded content, [start, end)."""

    kind: Kind
    start: int
    end: int
    text: str
