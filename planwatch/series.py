"""The editions of one document in their order, each compared with the one before."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from monitor import editions
from monitor.polling.considering import side_of
from plans.comparing.compare import compare
from plans.comparing.trace import Edition
from plans.model import Plan
from plans.registry.model import Registry
from storage import documents, readings, verdicts
from storage.records import Version


def editions_of(conn: Connection, document: str, registry: Registry) -> tuple[Edition, ...]:
    """Every edition that has been read, oldest first, compared with today's registry and verdicts.

    Raises storage's NotFound for an unknown document.
    """
    documents.get(conn, document)
    given = verdicts.all_given(conn)
    found: list[Edition] = []
    before: tuple[Version, Plan] | None = None
    for version in editions.editions_of(conn, document):
        plan = readings.plan_of(conn, version.id)
        if plan is None:
            continue
        since = None
        if before is not None:
            since = compare(
                before[1],
                plan,
                registry,
                old_side=side_of(conn, *before),
                new_side=side_of(conn, version, plan),
                verdicts=given,
            )
        found.append(Edition(plan=plan, since=since, label=editions.edition_name(version)))
        before = version, plan
    return tuple(found)
