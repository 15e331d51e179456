"""Links between tasks that the comparison is not sure of: for a person to confirm or to reject."""

from __future__ import annotations

import msgspec

from dashboard.comparisons import Compared
from plans.comparing.verdicts import Verdict, Verdicts, task_key
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


def judged(compared: Compared, given: Verdicts) -> tuple[tuple[Doubt, Verdict], ...]:
    """What people have said of links between these two versions, in the order of the old tasks."""
    if not given:
        return ()
    olds: dict[str, Task] = {task_key(task): task for task in compared.old.plan.tasks}
    news: dict[str, Task] = {task_key(task): task for task in compared.new.plan.tasks}
    found = [
        (Doubt(old=(olds[old],), new=(news[new],), percent=100), verdict)
        for (old, new), verdict in given.items()
        if old in olds and new in news
    ]
    order = {task.id: place for place, task in enumerate(compared.old.plan.tasks)}
    return tuple(sorted(found, key=lambda pair: order[pair[0].old[0].id]))
