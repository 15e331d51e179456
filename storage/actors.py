"""Who is named in the stored plans."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables.readings import assignments, task_contents, tasks


def unknown(conn: Connection, limit: int = 1000) -> tuple[tuple[str, int], ...]:
    """Names that no registry row explains, each with the number of tasks, the most named first.

    Only the newest reading of each version is asked: what a later registry explains is gone.
    """
    used = sa.exists().where(tasks.c.content_id == task_contents.c.id)
    count = sa.func.count(sa.distinct(task_contents.c.id)).label("count")
    query = (
        sa.select(assignments.c.name, count)
        .join(task_contents, task_contents.c.list_id == assignments.c.list_id)
        .where(assignments.c.actor_kind == "unknown", used)
        .group_by(assignments.c.name)
        .order_by(count.desc(), assignments.c.name)
        .limit(limit)
    )
    return tuple((str(name), int(number)) for name, number in conn.execute(query))
