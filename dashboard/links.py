"""Links between tasks that the comparison is not sure of: for a person to confirm or to reject."""

from __future__ import annotations

import msgspec

from dashboard.comparisons import Compared
from plans.model import Task

#: A link that is less certain than this is shown as doubtful.
DOUBTFUL = 0.9


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A doubtful link with the tasks that it ties; ``percent`` says how certain it is."""

    old: tuple[Task, ...]
    new: tuple[Task, ...]
    percent: int


def doubts_of(compared: Compared) -> tuple[Doubt, ...]:
    """The doubtful links of a comparison, the least certain first."""
    olds = {task.id: task for task in compared.old.plan.tasks}
    news = {task.id: task for task in compared.new.plan.tasks}
    links = [link for link in compared.changeset.links if link.confidence < DOUBTFUL]
    return tuple(
        Doubt(
            old=tuple(olds[identity] for identity in link.old if identity in olds),
            new=tuple(news[identity] for identity in link.new if identity in news),
            percent=round(link.confidence * 100),
        )
        for link in sorted(links, key=lambda link: (link.confidence, link.old))
    )
