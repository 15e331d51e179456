"""What people decided about links: this task continues that one, or it does not.

A verdict is keyed by the text of both tasks, so that it holds after a rereading, for a mirror copy
and in every later comparison of the same two texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from plans.comparing.normalise import text_key
from plans.model import Task

Verdict = Literal["confirmed", "rejected"]
#: Verdicts by (key of the old task, key of the new task).
Verdicts = Mapping[tuple[str, str], Verdict]

NO_VERDICTS: Verdicts = MappingProxyType({})


def task_key(task: Task) -> str:
    """The key of a task in verdicts: 32 hexadecimal digits, the same for texts that differ in
    layout, punctuation, width or script alone.
    """
    return hashlib.sha256(text_key(task.text).encode()).hexdigest()[:32]
