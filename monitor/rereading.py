"""Old snapshots read again with newer tools. What differs is recorded and tells nobody."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from sqlalchemy.engine import Connection

from monitor.polling.considering import side_of
from monitor.polling.stored import stored_parts
from monitor.polling.text import Given, make_text
from monitor.runtime import Runtime
from plans.model import Plan
from storage import baselines, readings, verdicts, versions
from storage.records import Against, Version


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """``read`` versions got a new reading, of which ``differ`` say something else than before;
    ``kept`` are those whose bytes are not there to be read again.
    """

    read: int = 0
    differ: int = 0
    kept: int = 0


def reread(
    runtime: Runtime,
    document: str | None = None,
    *,
    progress: Callable[[Version], None] = lambda version: None,
) -> Reread:
    """Read every version again that today's tools have not read yet, the oldest first.

    Each version is one transaction, so that it can be ended at any time and goes on where it was.
    ``progress`` is called before each version.
    """
    tools = runtime.tools
    done = Reread()
    last = 0
    while not runtime.stopping():
        with runtime.database.reading() as conn:
            ids = readings.outdated(
                conn,
                extractor=tools.extractor_version,
                reader=tools.reader_version,
                registry=tools.registry.version,
                document_id=document,
                after_id=last,
                limit=100,
            )
        if not ids:
            return done
        for version_id in ids:
            last = version_id
            if runtime.stopping():
                return done
            done = _one(runtime, version_id, done, progress)
    return done


def _one(
    runtime: Runtime, version_id: int, done: Reread, progress: Callable[[Version], None]
) -> Reread:
    tools = runtime.tools
    with runtime.database.reading() as conn:
        version = versions.get(conn, version_id)
        before = readings.plan_of(conn, version_id)
        parts = stored_parts(conn, versions.parts_of(conn, version_id), tools)
    progress(version)
    if parts is None or not any(part.extract.state == "document" for part in parts):
        return msgspec.structs.replace(done, kept=done.kept + 1)
    given = Given(
        document=version.document_id,
        nature=version.nature,
        edition=version.edition,
        language=version.language,
    )
    text = make_text(parts, given, tools)
    now = runtime.now()
    with runtime.database.writing() as conn:
        ids = [part.snapshot_id for part in versions.parts_of(conn, version_id)]
        for snapshot_id, part in zip(ids, text.parts, strict=True):
            readings.store_extract(
                conn,
                snapshot_id,
                part.extract,
                extractor=tools.extractor_version,
                text_key=text.key,
                now=now,
            )
        plan_id = readings.store_plan(
            conn,
            version_id,
            text.plan,
            extractor=tools.extractor_version,
            reader=tools.reader_version,
            registry=tools.registry.version,
            now=now,
        )
        _compare_again(conn, runtime, version, plan_id, text.plan)
    differs = before is None or _content(before) != _content(text.plan)
    return msgspec.structs.replace(done, read=done.read + 1, differ=done.differ + differs)


def _compare_again(
    conn: Connection, runtime: Runtime, version: Version, plan_id: int, plan: Plan
) -> None:
    """The changesets of the new reading, beside the older ones that alerts point at."""
    against: list[tuple[Against, int]] = []
    if version.predecessor_id is not None:
        against.append(("predecessor", version.predecessor_id))
    baseline = baselines.current(conn, version.document_id)
    if baseline is not None and baseline.version_id not in (None, version.id):
        told = readings.changesets_of(conn, version.id, against="baseline")
        if told and baseline.version_id is not None:
            against.append(("baseline", baseline.version_id))
    given = verdicts.all_given(conn)
    for what, old_id in against:
        old_version = versions.get(conn, old_id)
        reading = readings.reading_of(conn, old_id)
        if reading is None:
            continue
        old = readings.plan(conn, reading.id)
        changeset = runtime.tools.compare(
            old,
            plan,
            runtime.tools.registry,
            old_side=side_of(conn, old_version, old),
            new_side=side_of(conn, version, plan),
            verdicts=given,
        )
        readings.store_changeset(
            conn,
            changeset,
            old_plan_id=reading.id,
            new_plan_id=plan_id,
            against=what,
            comparer=runtime.tools.comparer_version,
            registry=runtime.tools.registry.version,
            verdicts=verdicts.digest(given),
            now=runtime.now(),
        )


def _content(plan: Plan) -> Plan:
    return msgspec.structs.replace(plan, made_by={})
