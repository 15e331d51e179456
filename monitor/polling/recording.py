"""The one transaction that keeps what a candidate came to: all of it, or nothing.

Snapshot, version, readings, changesets, alerts, the page's validators and the visit are written
together, so that a process killed at any line leaves either everything of a version or nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import msgspec
from sqlalchemy.engine import Connection

from alerts.events import Against, Event
from monitor.deciding import (
    Confirmed,
    NewVariant,
    NewVersion,
    Reverted,
    SameText,
    Witnessed,
)
from monitor.outcomes import Outcome
from monitor.polling.candidate import Candidate, Compared, Considered
from monitor.polling.served import Served
from monitor.polling.situation import gather
from monitor.polling.tools import Tools
from storage import baselines, evidence, pages, readings, snapshots, versions
from storage.blobs import Packed
from storage.records import Accepted, NewSnapshot, Part, Version
from storage.records import NewVersion as NewRow

#: Writes the alerts of an event to the outbox, in the caller's transaction.
Tell = Callable[[Connection, Event], None]


class SituationMoved(Exception):
    """The archive is not what it was when the candidate was considered: consider it again."""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """What was kept. ``told`` counts the events given to routing."""

    outcome: Outcome
    version: Version
    told: int = 0


def record(
    conn: Connection,
    candidate: Candidate,
    considered: Considered,
    tools: Tools,
    tell: Tell,
    now: dt.datetime,
) -> Recorded:
    """Keep ``candidate`` as was decided. Raises :class:`SituationMoved` where that no longer holds."""
    if gather(conn, candidate, tools) != considered.situation:
        raise SituationMoved
    return _Recording(conn, candidate, considered, tools, tell, now).run()


def keep_snapshot(
    conn: Connection,
    served: Served,
    source: str | None,
    now: dt.datetime,
    ready: Packed | None = None,
) -> int:
    """Store what was served (``ready``: its body, compressed before); gives the snapshot's id."""
    return snapshots.store(
        conn,
        NewSnapshot(
            url=served.url,
            final_url=served.final_url,
            hops=served.hops,
            status=served.status,
            headers=served.headers,
            media_type=served.media_type,
            fetched_at=served.fetched_at,
            source_id=source,
        ),
        ready or served.body,
        now=now,
    )


class _Recording:
    def __init__(
        self,
        conn: Connection,
        candidate: Candidate,
        considered: Considered,
        tools: Tools,
        tell: Tell,
        now: dt.datetime,
    ) -> None:
        self._conn = conn
        self._candidate = candidate
        self._considered = considered
        self._tools = tools
        self._tell = tell
        self._now = now
        self._told = 0
        assert considered.ready is not None, "bytes are made ready before the write"
        self._ready = considered.ready

    def run(self) -> Recorded:
        match self._considered.decision:
            case SameText(version=version_id):
                return self._tied("same_text", version_id)
            case Witnessed(version=version_id):
                return self._tied("witnessed", version_id)
            case Reverted() as decision:
                return self._reverted(decision)
            case Confirmed() as decision:
                return self._confirmed(decision)
            case NewVersion() as decision:
                return self._new(decision)
            case NewVariant() as decision:
                return self._variant(decision)

    # --- the decisions ----------------------------------------------------------------------------

    def _tied(self, outcome: Outcome, version_id: int) -> Recorded:
        snapshot_ids = self._keep_snapshots()
        self._witness(version_id, snapshot_ids)
        return self._recorded(outcome, versions.get(self._conn, version_id))

    def _reverted(self, decision: Reverted) -> Recorded:
        snapshot_ids = self._keep_snapshots()
        self._witness(decision.version, snapshot_ids)
        version = versions.get(self._conn, decision.version)
        if decision.tell == "changes":
            self._say(version, self._keep_changesets(self._reading_of(version)))
        return self._recorded("reverted", version)

    def _confirmed(self, decision: Confirmed) -> Recorded:
        snapshot_ids = self._keep_snapshots()
        version = versions.confirm(self._conn, decision.version, now=self._now)
        self._witness(version.id, snapshot_ids)
        numbers = self._keep_changesets(self._reading_of(version))
        self._set_baseline(version, decision.becomes_baseline)
        self._say(version, numbers)
        return self._recorded("confirmed", version)

    def _new(self, decision: NewVersion) -> Recorded:
        version, reading = self._keep_version("accepted", first_look=decision.tell == "nobody")
        numbers = self._keep_changesets(reading)
        self._set_baseline(version, decision.becomes_baseline)
        self._say(version, numbers)
        return self._recorded("new_version", version)

    def _variant(self, decision: NewVariant) -> Recorded:
        version, reading = self._keep_version("variant", first_look=decision.tell == "nobody")
        self._say(version, self._keep_changesets(reading))
        return self._recorded("variant", version)

    # --- what they are made of --------------------------------------------------------------------

    def _keep_snapshots(self) -> tuple[int, ...]:
        """Store each part's bytes and what was extracted from them; gives the snapshots' ids."""
        kept = []
        for part, ready in zip(self._candidate.text.parts, self._ready.bodies, strict=True):
            source = self._candidate.source
            kept.append(keep_snapshot(self._conn, part.served, source, self._now, ready))
        return tuple(kept)

    def _keep_extracts(self, snapshot_ids: tuple[int, ...]) -> None:
        parts = self._candidate.text.parts
        for number, part, ready in zip(snapshot_ids, parts, self._ready.extracts, strict=True):
            readings.store_extract(
                self._conn,
                number,
                part.extract,
                extractor=self._tools.extractor_version,
                text_key=self._candidate.text.key,
                now=self._now,
                ready=ready,
            )

    def _witness(self, version_id: int, snapshot_ids: tuple[int, ...]) -> None:
        versions.witness(
            self._conn,
            version_id,
            url=self._candidate.url,
            at=self._candidate.text.parts[0].served.fetched_at,
            source_id=self._candidate.source,
            snapshot_id=snapshot_ids[0],
        )
        self._accept(snapshot_ids[0], version_id)

    def _accept(self, snapshot_id: int, version_id: int) -> None:
        page = self._candidate.page
        if page is None:
            return
        pages.accept(
            self._conn,
            page.id,
            Accepted(
                etag=self._candidate.validators.etag,
                last_modified=self._candidate.validators.last_modified,
                body_sha256=self._candidate.text.parts[0].served.sha256,
                text_key=self._candidate.text.key,
                snapshot_id=snapshot_id,
                version_id=version_id,
                full=self._candidate.full,
            ),
            self._now,
        )

    def _keep_version(self, status: str, *, first_look: bool) -> tuple[Version, int]:
        """Write the version with what it is made of; gives it and the number of its plan."""
        text = self._candidate.text
        plan = text.plan
        snapshot_ids = self._keep_snapshots()
        self._keep_extracts(snapshot_ids)
        version = versions.record(
            self._conn,
            NewRow(
                document_id=self._candidate.document,
                edition=plan.edition,
                language=plan.language,
                nature=plan.nature,
                text_key=text.key,
                parts=tuple(
                    Part(snapshot_id=number, kind=part.kind)
                    for number, part in zip(snapshot_ids, text.parts, strict=True)
                ),
                fetched_at=text.parts[0].served.fetched_at,
                url=self._candidate.url,
                source_id=self._candidate.source,
                status="variant" if status == "variant" else "accepted",
                title=plan.title,
                document_number=plan.document_number,
                issuer=plan.issuer,
                issued_on=plan.issued_on,
                published_on=plan.published_on,
                first_look=first_look,
            ),
            expected_predecessor=self._considered.situation.predecessor,
            now=self._now,
        )
        if version.number != self._considered.number:
            raise SituationMoved  # What is told and compared would name another one.
        reading = readings.store_plan(
            self._conn,
            version.id,
            plan,
            extractor=self._tools.extractor_version,
            reader=self._tools.reader_version,
            registry=self._tools.registry.version,
            now=self._now,
            index=self._considered.index,
            ready=self._ready.plan,
        )
        self._accept(snapshot_ids[0], version.id)
        return version, reading

    def _reading_of(self, version: Version) -> int | None:
        reading = readings.reading_of(self._conn, version.id)
        return None if reading is None else reading.id

    def _keep_changesets(self, reading: int | None) -> dict[Against, int]:
        """Write the comparisons with the plan numbered ``reading``; gives their numbers."""
        kept: dict[Against, int] = {}
        considered, packed = self._considered, self._ready
        both: tuple[tuple[Against, Compared | None, Packed | None], ...] = (
            ("predecessor", considered.against_predecessor, packed.against_predecessor),
            ("baseline", considered.against_baseline, packed.against_baseline),
        )
        for against, compared, ready in both:
            if compared is None:
                continue
            assert reading is not None, "a version is written with its plan"
            kept[against] = readings.store_changeset(
                self._conn,
                compared.changeset,
                old_plan_id=compared.old_reading,
                new_plan_id=reading,
                against=against,
                comparer=self._tools.comparer_version,
                registry=self._tools.registry.version,
                verdicts=compared.verdicts,
                now=self._now,
                ready=ready,
            )
        return kept

    # --- telling ----------------------------------------------------------------------------------

    def _set_baseline(self, version: Version, becomes: bool) -> None:
        if becomes:
            baselines.set_to(
                self._conn, version.document_id, version.id, pinned=False, now=self._now
            )

    def _say(self, version: Version, numbers: Mapping[Against, int]) -> None:
        """Tell what was foreseen, now that the numbers of its rows are known."""
        event = self._considered.event
        if event is None:
            return
        self._told += 1
        comparisons = tuple(
            msgspec.structs.replace(one, id=numbers[one.against]) for one in event.comparisons
        )
        self._tell(
            self._conn,
            msgspec.structs.replace(
                event,
                version_id=version.id,
                chain_head=evidence.head(self._conn),
                comparisons=comparisons,
            ),
        )

    def _recorded(self, outcome: Outcome, version: Version) -> Recorded:
        return Recorded(outcome=outcome, version=version, told=self._told)
