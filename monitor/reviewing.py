"""What a person decides about content that was held, rows that were unsure and mirrors' texts."""

from __future__ import annotations

from typing import Any, Literal, cast

import msgspec
from sqlalchemy.engine import Connection

from monitor.checking import Finding
from monitor.config.sources import SourceConfig
from monitor.polling.candidate import Candidate
from monitor.polling.keeping import keep
from monitor.polling.page import given_for
from monitor.polling.recording import Recorded
from monitor.polling.stored import stored_parts
from monitor.polling.text import Given, Part, make_text
from monitor.runtime import Runtime
from storage import pages, reviews, sources, versions
from storage.records import Part as PartRow
from storage.records import Review, Version


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision led to: the review as it is now, and the version, where there is one.

    ``problem`` says why an acceptance could not be carried out; the review is open then.
    """

    review: Review | None = None
    version: Version | None = None
    problem: str | None = None


def accept(runtime: Runtime, review_id: int, *, by: str, note: str = "") -> Decided:
    """Believe what was held: it becomes a version and is told as one.

    A row that was unsure is taken for its document and looked at in the next round. Raises
    NotFound for a review that is not there.
    """
    with runtime.database.reading() as conn:
        review = reviews.get(conn, review_id)
        members = _members(review)
        parts = stored_parts(conn, members, runtime.tools) if members else ()
    if review.decision is not None:
        return Decided(review=review, problem=f"review {review.id} was {review.decision} already")
    if review.snapshot_id is None:
        return _take_row(runtime, review, by, note)
    if not parts or not any(part.extract.state == "document" for part in parts):
        return Decided(
            review=review,
            problem="the file cannot be read; import a readable copy of it with "
            f"`planwatch import FILE --document {review.document_id} --url {review.url}` "
            "and reject this review",
        )
    return _keep(runtime, review, parts, by, note)


def reject(runtime: Runtime, review_id: int, *, by: str, note: str = "") -> Decided:
    """Do not believe it; the same content is not asked about again. Raises NotFound."""
    with runtime.database.writing() as conn:
        review = reviews.decide(conn, review_id, "rejected", by=by, now=runtime.now(), note=note)
    return Decided(review=review)


def confirm_variant(runtime: Runtime, version_id: int) -> Decided:
    """A person says that a mirror's text is the official one. Raises NotFound."""
    with runtime.database.reading() as conn:
        version = versions.get(conn, version_id)
        parts = stored_parts(conn, versions.parts_of(conn, version_id), runtime.tools)
    if version.status == "accepted":
        return Decided(version=version, problem=f"{version.ref} is no variant")
    if parts is None:
        return Decided(version=version, problem=f"the bytes of {version.ref} are not kept")
    given = Given(
        document=version.document_id,
        nature=version.nature,
        edition=version.edition,
        language=version.language,
    )
    candidate = Candidate(
        document=version.document_id,
        authority="official",
        text=make_text(parts, given, runtime.tools),
        url=version.url,
        source=version.source_id,
        believed=True,
    )
    kept = keep(runtime, candidate)
    assert not isinstance(kept, Finding), "what a person vouches for is not held"
    return Decided(version=kept.version)


def _keep(runtime: Runtime, review: Review, parts: tuple[Part, ...], by: str, note: str) -> Decided:
    assert review.document_id is not None, "content is held for a document"
    source = next((s for s in runtime.config.sources if s.id == review.source_id), None)
    with runtime.database.reading() as conn:
        page = pages.get(conn, review.source_id, review.url) if review.source_id else None
    given = given_for(source, review.document_id) if source else Given(document=review.document_id)
    candidate = Candidate(
        document=review.document_id,
        authority=source.authority if source else "official",
        text=make_text(parts, given, runtime.tools),
        url=review.url,
        source=review.source_id,
        page=page,
        believed=True,
    )

    def decide(conn: Connection, recorded: Recorded) -> None:
        reviews.decide(conn, review.id, "accepted", by=by, now=runtime.now(), note=note)

    kept = keep(runtime, candidate, decide)
    assert not isinstance(kept, Finding), "what a person vouches for is not held"
    with runtime.database.reading() as conn:
        return Decided(review=reviews.get(conn, review.id), version=kept.version)


def _take_row(runtime: Runtime, review: Review, by: str, note: str) -> Decided:
    if review.source_id is None or review.document_id is None:
        return Decided(review=review, problem="it names no source to look at")
    source = _watched(runtime, review.source_id)
    if source is None or review.document_id not in source.documents:
        return Decided(
            review=review,
            problem=f"nobody looks for {review.document_id} at source {review.source_id} any more; "
            f"fetch it with `planwatch import {review.url} --document {review.document_id}` and "
            "reject this review",
        )
    now = runtime.now()
    with runtime.database.writing() as conn:
        pages.ensure(
            conn,
            review.source_id,
            review.url,
            now=now,
            kind="article",
            document_id=review.document_id,
            title=review.title,
        )
        sources.set_due(conn, review.source_id, now)
        decided = reviews.decide(conn, review.id, "accepted", by=by, now=now, note=note)
    return Decided(review=decided)


def _watched(runtime: Runtime, source_id: str) -> SourceConfig | None:
    return next((s for s in runtime.config.enabled_sources if s.id == source_id), None)


def _members(review: Review) -> tuple[PartRow, ...]:
    listed = cast("list[Any]", review.detail.get("parts", []))
    return tuple(
        PartRow(
            snapshot_id=int(number),
            kind=cast("Literal['page', 'further', 'attachment']", kind),
        )
        for number, kind in listed
    )
