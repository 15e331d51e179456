"""The editions of one document in their order, each compared with the one before."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from monitor.polling.considering import side_of
from plans.comparing.compare import compare
from plans.comparing.trace import Edition
from plans.model import Plan
from plans.registry.model import Registry
from storage import documents, readings, verdicts, versions
from storage.overview import LANGUAGES, NATURES
from storage.records import Version


def editions_of(conn: Connection, document: str, registry: Registry) -> tuple[Edition, ...]:
    """One text for each edition, oldest first: the official one where there is one, the newest.

    A document without editions (a law) has one for each version. Compared with the registry and
    the verdicts of today. Raises storage's NotFound for an unknown document.
    """
    documents.get(conn, document)
    given = verdicts.all_given(conn)
    found: list[Edition] = []
    before: tuple[Version, Plan] | None = None
    for version in _chosen(versions.list_all(conn, document, status="accepted")):
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
        label = version.edition or str(version.issued_on or version.published_on or version.ref)
        found.append(Edition(plan=plan, since=since, label=label))
        before = version, plan
    return tuple(found)


def _chosen(kept: tuple[Version, ...]) -> list[Version]:
    best: dict[str, Version] = {}
    for version in kept:
        key = version.edition or version.ref
        if key not in best or _worth(version) > _worth(best[key]):
            best[key] = version
    return sorted(best.values(), key=lambda v: (v.edition or "", _dated(v), v.number))


def _worth(version: Version) -> tuple[int, int, str, int]:
    """Official before the rest, Chinese before English, then the newer text."""
    return (
        -NATURES.index(version.nature),
        -LANGUAGES.index(version.language),
        _dated(version),
        version.number,
    )


def _dated(version: Version) -> str:
    return str(version.issued_on or version.published_on or version.fetched_at.date())
