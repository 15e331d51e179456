"""How the archive stands to a candidate: gathered once to decide, and again in the write."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from monitor.deciding import CurrentBaseline, Facts, Known
from monitor.polling.candidate import Candidate, Situation
from monitor.polling.tools import Tools
from monitor.text_key import text_key
from plans.model import Extract
from storage import baselines, pages, readings, versions
from storage.records import Version


def gather(conn: Connection, candidate: Candidate, tools: Tools) -> Situation:
    """All that bears on ``candidate``, as ``conn`` sees it."""
    plan = candidate.text.plan
    served = _served(conn, candidate)
    same = _same_text(conn, candidate, tools)
    newest = versions.latest(conn, candidate.document, language=plan.language, nature=plan.nature)
    baseline = baselines.current(conn, candidate.document)
    held_against = (
        versions.get(conn, baseline.version_id) if baseline and baseline.version_id else None
    )
    facts = Facts(
        authority=candidate.authority,
        edition=plan.edition,
        language=plan.language,
        nature=plan.nature,
        served=_known(served),
        same_text=_known(same),
        newest_edition=newest.edition if newest else None,
        baseline=CurrentBaseline(version=_known_one(held_against), pinned=baseline.pinned)
        if baseline and held_against
        else None,
        seen_here=same is not None and _seen_here(conn, same, candidate.url),
        first_round=candidate.first_round,
        quiet=candidate.quiet,
    )
    predecessor = versions.predecessor_of(
        conn,
        candidate.document,
        plan.language,
        plan.nature,
        edition=plan.edition,
        issued_on=plan.issued_on,
        published_on=plan.published_on,
        fetched_at=candidate.text.parts[0].served.fetched_at,
    )
    return Situation(
        facts=facts,
        predecessor=predecessor.id if predecessor else None,
        reference=_reference(conn, candidate, predecessor),
        baseline=baseline,
    )


def text_of(conn: Connection, version_id: int, tools: Tools) -> str | None:
    """The text of a version as today's extractor gives it; None where its bytes are not kept.

    Taken from the stored extracts where today's extractor made them.
    """
    extracts: list[Extract] = []
    for part in versions.parts_of(conn, version_id):
        stored = readings.extract_of(conn, part.snapshot_id, tools.extractor_version)
        if stored is None:
            stored = readings.extract_of(conn, part.snapshot_id)
        if stored is None:
            return None
        extracts.append(stored)
    return "\n".join(e.text for e in extracts if e.state == "document" and e.text)


def _served(conn: Connection, candidate: Candidate) -> Version | None:
    if candidate.page is None:
        return None
    page = pages.by_id(conn, candidate.page.id)
    if page.version_id is None:
        return None
    served = versions.get(conn, page.version_id)
    return served if served.document_id == candidate.document else None


def _same_text(conn: Connection, candidate: Candidate, tools: Tools) -> Version | None:
    """The version that has this text, whichever extractor it was recorded with."""
    text = candidate.text
    plan = text.plan
    same = versions.by_text(
        conn, candidate.document, plan.edition, plan.language, plan.nature, text.key
    )
    if same is not None:
        return same
    for version in versions.list_all(conn, candidate.document, edition=plan.edition or ""):
        if (version.language, version.nature) != (plan.language, plan.nature):
            continue
        if _key_of(conn, version.id, tools) == text.key:
            return version
    return None


def _key_of(conn: Connection, version_id: int, tools: Tools) -> str | None:
    """The key of a version's text by the extractor that read the candidate's.

    A version keeps that of the extractor that found it. Each extract is kept with the key of the
    whole text, so that today's extracts need no look at the texts.
    """
    first = versions.parts_of(conn, version_id)[0]
    stored = readings.stored_extract(conn, first.snapshot_id, tools.extractor_version)
    if stored is not None:
        return stored.text_key
    known = text_of(conn, version_id, tools)
    return None if known is None else text_key(known)


def _reference(conn: Connection, candidate: Candidate, predecessor: Version | None) -> int | None:
    """What a mirror's text is held against: the newest official text of its edition, else the
    predecessor.
    """
    if candidate.authority != "mirror":
        return None
    plan = candidate.text.plan
    latest = versions.latest(
        conn,
        candidate.document,
        language=plan.language,
        nature=plan.nature,
        edition=plan.edition,
    )
    found = latest or predecessor
    return found.id if found else None


def _seen_here(conn: Connection, version: Version, url: str) -> bool:
    return any(witness.url == url for witness in versions.witnesses_of(conn, version.id))


def _known_one(version: Version) -> Known:
    return Known(
        id=version.id,
        number=version.number,
        edition=version.edition,
        language=version.language,
        nature=version.nature,
        variant=version.status == "variant",
    )


def _known(version: Version | None) -> Known | None:
    return None if version is None else _known_one(version)
