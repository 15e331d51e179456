"""From a candidate to a decision with its comparisons, outside of any write."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from monitor.checking import Finding, check_against, check_readable
from monitor.deciding import Confirmed, Decision, NewVariant, NewVersion, Reverted, decide, is_older
from monitor.polling.candidate import Candidate, Compared, Considered, Situation
from monitor.polling.situation import gather, text_of
from monitor.polling.tools import Tools
from plans.model import Nature, Plan, Side
from storage import readings, snapshots, verdicts, versions
from storage.records import Version

#: Only these say what is new: a translation or a commentary repeats what was told before.
SUCCEEDING: frozenset[Nature] = frozenset({"official", "draft"})


def consider(conn: Connection, candidate: Candidate, tools: Tools) -> Considered | Finding:
    """What ``candidate`` means, or why it is held for a person. Reads only."""
    situation = gather(conn, candidate, tools)
    decision = decide(situation.facts)
    if not isinstance(decision, NewVersion | NewVariant | Confirmed | Reverted):
        return Considered(situation=situation, decision=decision)
    if isinstance(decision, NewVersion | NewVariant) and not candidate.believed:
        finding = _check(conn, candidate, situation, tools)
        if finding is not None:
            return finding
    comparing = _Comparing(conn, candidate, tools)
    match decision:
        case Reverted(instead_of=before):
            return Considered(
                situation=situation,
                decision=decision,
                against_predecessor=comparing.with_version(before),
            )
        case NewVariant():
            return Considered(
                situation=situation,
                decision=decision,
                index=tools.index(candidate.text.plan),
                against_predecessor=comparing.with_version(situation.reference),
            )
        case _:
            succeeds = situation.facts.nature in SUCCEEDING
            before_version = comparing.with_version(situation.predecessor) if succeeds else None
            kept = isinstance(decision, NewVersion)
            return Considered(
                situation=situation,
                decision=decision,
                index=tools.index(candidate.text.plan) if kept else None,
                against_predecessor=before_version,
                against_baseline=comparing.with_baseline(situation, decision, before_version),
            )


def _check(
    conn: Connection, candidate: Candidate, situation: Situation, tools: Tools
) -> Finding | None:
    text = candidate.text
    finding = check_readable(text.plan, text.extract.text, tasks_expected=candidate.tasks_expected)
    served = situation.facts.served
    last_id = served.id if served else situation.predecessor
    last = readings.plan_of(conn, last_id) if last_id is not None else None
    if last_id is None or last is None:
        return finding
    same_edition = versions.get(conn, last_id).edition == text.plan.edition
    against = check_against(
        text.plan,
        text.extract.text,
        last,
        text_of(conn, last_id, tools),
        same_edition=same_edition,
    )
    # What is gone says more than that nothing was understood, where a text had been there.
    return against if served is not None and against is not None else finding or against


class _Comparing:
    """The comparisons of one candidate's plan with stored ones."""

    def __init__(self, conn: Connection, candidate: Candidate, tools: Tools) -> None:
        self._conn = conn
        self._candidate = candidate
        self._tools = tools

    def with_version(self, version_id: int | None) -> Compared | None:
        if version_id is None:
            return None
        version = versions.get(self._conn, version_id)
        reading = readings.reading_of(self._conn, version_id)
        if reading is None:
            return None
        old = readings.plan(self._conn, reading.id)
        given = verdicts.all_given(self._conn)
        changeset = self._tools.compare(
            old,
            self._candidate.text.plan,
            self._tools.registry,
            old_side=side_of(self._conn, version, old),
            new_side=_new_side(self._candidate),
            verdicts=given,
        )
        return Compared(
            old_version=version,
            old_reading=reading.id,
            old_plan=old,
            changeset=changeset,
            verdicts=verdicts.digest(given),
        )

    def with_baseline(
        self, situation: Situation, decision: Decision, before: Compared | None
    ) -> Compared | None:
        """The comparison with the baseline, where the text is one that is held against it."""
        baseline = situation.baseline
        facts = situation.facts
        if baseline is None or baseline.version_id is None or facts.baseline is None:
            return None
        if facts.nature not in SUCCEEDING:
            return None
        if is_older(facts.edition, facts.baseline.version.edition):
            return None
        if isinstance(decision, NewVersion | Confirmed) and decision.becomes_baseline:
            return None  # It takes the summary's place: there is nothing to tell of that.
        if before is not None and before.old_version.id == baseline.version_id:
            return before
        return self.with_version(baseline.version_id)


def side_of(conn: Connection, version: Version, plan: Plan) -> Side:
    """How a stored version is named in a changeset."""
    first = versions.parts_of(conn, version.id)[0]
    return Side(
        ref=version.ref,
        title=plan.title,
        language=plan.language,
        nature=plan.nature,
        edition=plan.edition,
        sha256=snapshots.get(conn, first.snapshot_id).sha256,
        document=version.document_id,
        version=version.number,
    )


def _new_side(candidate: Candidate) -> Side:
    """The new side before it has a number; the write puts the number in."""
    text = candidate.text
    return Side(
        ref=candidate.document,
        title=text.plan.title,
        language=text.plan.language,
        nature=text.plan.nature,
        edition=text.plan.edition,
        sha256=text.parts[0].served.sha256,
        document=candidate.document,
    )
