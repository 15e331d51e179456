"""How a title ends: what tells a line of a title from a sentence or a name."""

from __future__ import annotations

import re

_TITLE_END = re.compile(
    "(?:通知|意见|方案|计划|计画|决定|公告|通告|函|办法|要点|规划|纲要|措施|条例|规定|细则|安排|清单|分工|批复|行动|报告|令|解读|答记者问|问答)(?:（[^（）]{1,20}）)?$"
)
#: Words that may end a title, and may as well stand before a break of its line.
_TITLE_MAY_END = re.compile(
    "(?:举措|规则|制度|预案|台账|重点(?:工作)?任务|路线图|任务书|(?:任务|分工|分解|责任|进度|计划|措施)表)(?:（[^（）]{1,20}）)?$"
)


def stops_title(plain: str) -> bool:
    """Whether the folded line ends a title for certain."""
    return _TITLE_END.search(plain) is not None


def ends_title(plain: str) -> bool:
    """Whether the folded line may end a title."""
    return bool(_TITLE_END.search(plain) or _TITLE_MAY_END.search(plain))


def may_end_title(plain: str) -> bool:
    """Whether the folded line ends in a word that ends some titles and stands inside others."""
    return _TITLE_MAY_END.search(plain) is not None
