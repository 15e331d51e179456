"""The baseline that comes with the program, recorded as any other version is.

The shipped file is a Plan as contract JSON (see docs/decisions/04). Its bytes are the snapshot;
its text is made from the plan, so that extracts, search and export find it like the rest.
"""

from __future__ import annotations

import datetime as dt
from importlib import resources

from sqlalchemy.engine import Connection

from monitor.text_key import text_key
from plans.model import Plan, plan_from_json
from storage import baselines, documents, readings, snapshots, versions
from storage.database import Database
from storage.records import DocumentSpec, NewSnapshot, NewVersion, Part, Version

DOCUMENT = DocumentSpec(
    id="ip-power-plan",
    title_zh="知识产权强国建设推进计划",
    title_en="Plan for Promoting the Building of an Intellectual Property Power",
)
FILE = "ip-power-plan-2024.json"
URL = f"planwatch:shipped/{FILE}"
#: Stands where the tools' versions stand: no newer tool reads this plan better.
BY_HAND = "by hand"
MEDIA_TYPE = "application/vnd.planwatch.plan+json"


def baseline_bytes() -> bytes:
    """The shipped file as it is."""
    return (resources.files("planwatch.data") / FILE).read_bytes()


def baseline_plan() -> Plan:
    """The 2024 plan as far as it is known: a summary that covers a part of it."""
    return plan_from_json(baseline_bytes())


def load_baseline(database: Database, *, now: dt.datetime) -> bool:
    """Record the shipped baseline where the database does not have it; tells nobody.

    It becomes its document's baseline only where there is none yet, or where it replaces an
    older shipped summary; a person's choice and an official text stay. Gives whether it was new.
    """
    body = baseline_bytes()
    plan = plan_from_json(body)
    key = text_key(body.decode())
    with database.reading() as conn:
        if _known(conn, plan, key):
            return False
    with database.writing() as conn:
        if _known(conn, plan, key):
            return False
        documents.ensure(conn, DOCUMENT, now)
        version = _record(conn, plan, body, key, now)
        held = baselines.current(conn, DOCUMENT.id)
        replaceable = held is None or (
            not held.pinned
            and held.version_id is not None
            and versions.get(conn, held.version_id).nature == plan.nature
        )
        if replaceable:
            baselines.set_to(conn, DOCUMENT.id, version.id, pinned=False, now=now)
    return True


def _known(conn: Connection, plan: Plan, key: str) -> bool:
    found = versions.by_text(conn, DOCUMENT.id, plan.edition, plan.language, plan.nature, key)
    return found is not None


def _record(conn: Connection, plan: Plan, body: bytes, key: str, now: dt.datetime) -> Version:
    snapshot = snapshots.store(
        conn, NewSnapshot(url=URL, fetched_at=now, media_type=MEDIA_TYPE), body, now=now
    )
    before = versions.predecessor_of(
        conn,
        DOCUMENT.id,
        plan.language,
        plan.nature,
        edition=plan.edition,
        issued_on=plan.issued_on,
        fetched_at=now,
    )
    version = versions.record(
        conn,
        NewVersion(
            document_id=DOCUMENT.id,
            edition=plan.edition,
            language=plan.language,
            nature=plan.nature,
            text_key=key,
            parts=(Part(snapshot_id=snapshot),),
            fetched_at=now,
            url=URL,
            title=plan.title,
            document_number=plan.document_number,
            issuer=plan.issuer,
            issued_on=plan.issued_on,
            published_on=plan.published_on,
            first_look=True,
        ),
        expected_predecessor=before.id if before else None,
        now=now,
    )
    readings.store_plan(
        conn, version.id, plan, extractor=BY_HAND, reader=BY_HAND, registry=BY_HAND, now=now
    )
    return version
