"""One look at one page: fetch, extract, read, check, compare, and keep what it came to."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy.engine import Connection

from monitor.checking import Finding, check_extract
from monitor.config.sources import SourceConfig
from monitor.fetching.values import FetchRequest, FetchResult, Validators
from monitor.outcomes import OF_STATE, Outcome
from monitor.polling.absent import absent, present
from monitor.polling.candidate import Candidate
from monitor.polling.holding import Held, hold
from monitor.polling.keeping import keep
from monitor.polling.naming import with_edition
from monitor.polling.recording import Recorded, keep_snapshot
from monitor.polling.served import Served, served_of
from monitor.polling.settling import settle_page
from monitor.polling.text import (
    Given,
    Part,
    Text,
    attachments_to_follow,
    make_part,
    make_text,
)
from monitor.polling.walls import wall_in_place_of_page
from monitor.runtime import Runtime
from monitor.stopping import Stopping
from monitor.text_key import text_key
from plans.model import Nature
from storage import pages, snapshots, versions, visits
from storage.records import Accepted, NewVisit, Page


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What a look came to. ``version`` is the id of the version that it concerns, where one does;
    ``wait`` are the seconds for which the server asked to be left alone.
    """

    url: str
    outcome: Outcome
    detail: str = ""
    version: int | None = None
    told: int = 0
    milliseconds: int = 0
    wait: float = 0.0


def look(
    runtime: Runtime, source: SourceConfig, page: Page, document: str, *, first_round: bool
) -> Looked:
    """Look at ``page``, of which ``document`` is expected. What the world does is an outcome.

    Raises storage's errors, :class:`monitor.host_leases.HostBusy` where another process is asking
    the host, and :class:`monitor.stopping.Stopping` where the program is to end and the look would
    need a further fetch.
    """
    return _Look(runtime, source, page, document, first_round).run()


class _Look:
    def __init__(
        self,
        runtime: Runtime,
        source: SourceConfig,
        page: Page,
        document: str,
        first_round: bool,
    ) -> None:
        self._runtime = runtime
        self._source = source
        self._page = page
        self._document = document
        self._first_round = first_round
        self._policy = runtime.policy(source)
        self._started = runtime.clock.monotonic()

    def run(self) -> Looked:
        page, now = self._page, self._runtime.now()
        settings = self._runtime.config.settings
        full = (
            page.version_id is None
            or page.full_fetch_at is None
            # A time that is to come was written by a clock that was ahead.
            or abs(now - page.full_fetch_at) >= settings.revalidate_after
        )
        kept = Validators() if full else _validators(page)
        result = self._fetch(page.url, kept)
        if result.outcome == "not_modified":
            return self._not_modified(result)
        if not result.ok:
            return self._refused(result)
        served = served_of(result)
        version_id = page.version_id
        if (
            version_id is not None
            and page.body_sha256 == served.sha256
            # Behind the same page an attachment may be another one; now and then it is looked at.
            and not (full and self._has_attachments(version_id))
        ):
            return self._same_bytes(result, served, version_id, full)
        part = make_part("page", served, self._runtime.tools)
        same = (
            page.version_id is not None
            and part.extract.state == "document"
            and page.text_key == text_key(part.extract.text)
        )
        if same and page.version_id is not None:
            looked = self._same_text(result, served, page.version_id, full)
            if looked is not None:
                return looked
        return self._read(result, part, full)

    # --- fetching ---------------------------------------------------------------------------------

    def _fetch(self, url: str, validators: Validators) -> FetchResult:
        return self._runtime.fetch(
            FetchRequest(url=url, validators=validators, policy=self._policy)
        )

    # --- looks that end before a text is read -----------------------------------------------------

    def _not_modified(self, result: FetchResult) -> Looked:
        with self._runtime.database.writing(durable=False) as conn:
            if self._page.version_id is not None:
                settle_page(conn, self._page, self._page.version_id, self._runtime.now())
            return self._present(conn, "not_modified", result, version=self._page.version_id)

    def _refused(self, result: FetchResult) -> Looked:
        """An answer that is no page; where it is a wall, it gets its maker's name."""
        outcome: Outcome = result.outcome
        detail = result.reason
        wall = wall_in_place_of_page(result, self._runtime.tools.extract)
        if wall is not None:
            outcome, detail = "challenge", wall
        return self._ended(outcome, detail, result)

    def _same_bytes(
        self, result: FetchResult, served: Served, version_id: int, full: bool
    ) -> Looked:
        with self._runtime.database.writing(durable=False) as conn:
            self._accept(conn, result, served, self._page.snapshot_id, full)
            settle_page(conn, self._page, version_id, self._runtime.now())
            versions.witness(
                conn,
                version_id,
                url=self._page.url,
                at=served.fetched_at,
                source_id=self._source.id,
            )
            return self._present(conn, "same_text", result, version=version_id)

    def _same_text(
        self, result: FetchResult, served: Served, version_id: int, full: bool
    ) -> Looked | None:
        """Other bytes around the same text (a counter, a share widget): no reading is needed.

        None where the page was accepted anew by another process meanwhile.
        """
        with self._runtime.database.reading() as conn:
            ready = snapshots.pack_body(conn, served.url, served.body)
        with self._runtime.database.writing(durable=False) as conn:
            page = pages.by_id(conn, self._page.id)
            if page.version_id != version_id or page.text_key != self._page.text_key:
                return None
            number = keep_snapshot(conn, served, self._source.id, self._runtime.now(), ready)
            versions.witness(
                conn,
                version_id,
                url=page.url,
                at=served.fetched_at,
                source_id=self._source.id,
                snapshot_id=number,
            )
            self._accept(conn, result, served, number, full)
            settle_page(conn, self._page, version_id, self._runtime.now())
            self._thin(conn, page, version_id)
            return self._present(conn, "same_text", result, version=version_id)

    def _accept(
        self,
        conn: Connection,
        result: FetchResult,
        served: Served,
        snapshot_id: int | None,
        full: bool,
    ) -> None:
        page = self._page
        pages.accept(
            conn,
            page.id,
            Accepted(
                etag=keepable(result.validators).etag,
                last_modified=keepable(result.validators).last_modified,
                body_sha256=served.sha256,
                text_key=page.text_key,
                snapshot_id=snapshot_id,
                version_id=page.version_id,
                full=full,
            ),
            self._runtime.now(),
        )

    def _thin(self, conn: Connection, page: Page, version_id: int) -> None:
        """Let go of the bytes before these, but for the first of the text and one a month."""
        if page.snapshot_id is None:
            return
        if any(
            part.snapshot_id == page.snapshot_id for part in versions.parts_of(conn, version_id)
        ):
            return
        for witness in versions.witnesses_of(conn, version_id):
            if witness.first_snapshot_id == page.snapshot_id:
                return
        recent = snapshots.of_url(conn, page.url, limit=3)
        before = snapshots.get(conn, page.snapshot_id)
        older = [s for s in recent if s.id < before.id]
        if older and _month(older[0].fetched_at) == _month(before.fetched_at):
            snapshots.release_body(conn, before.id)

    # --- looks that read a text -------------------------------------------------------------------

    def _read(self, result: FetchResult, part: Part, full: bool) -> Looked:
        text: Text | None = None
        parts: tuple[Part, ...] = (part,)
        if part.extract.state == "document":
            pages, gone = self._further(part)
            if gone is not None:
                # A text with a page missing is no version: the next look asks for all of it again.
                return self._ended(gone[0], gone[1], result)
            parts = (part, *pages)
            text = self._text(parts)
        wanted = text is None or (self._tasks_expected and not text.plan.tasks)
        if wanted and part.extract.state in ("document", "shell", "empty", "list"):
            further, failed = self._attachments(part)
            if failed is not None and text is None:
                return self._ended(failed.outcome, f"attachment: {failed.reason}", result)
            parts = (*parts, *further)
            readable = any(p.extract.state == "document" for p in parts)
            if further and readable:
                text = self._text(parts)
        if text is None or (wanted and not text.plan.tasks):
            finding = next((f for p in parts if (f := check_extract(p.extract))), None)
            if finding is not None:
                return self._hold(result, parts, text, finding)
            if text is None:
                outcome = OF_STATE.get(part.extract.state, "unreadable")
                return self._ended(outcome, part.extract.reason or "", result)
        return self._consider(result, text, full)

    def _has_attachments(self, version_id: int) -> bool:
        with self._runtime.database.reading() as conn:
            return len(versions.parts_of(conn, version_id)) > 1

    def _further(self, page: Part) -> tuple[tuple[Part, ...], tuple[Outcome, str] | None]:
        """The pages that carry the text on; or the outcome and the words of the first that failed."""
        found: list[Part] = []
        for number, url in enumerate(page.extract.further, start=2):
            if self._runtime.stopping():
                raise Stopping  # One fetch more may take as long as the first; nothing is lost.
            result = self._fetch(url, Validators())
            if not result.ok:
                return (), (result.outcome, f"page {number} of the text: {result.reason}")
            part = make_part("further", served_of(result), self._runtime.tools)
            if part.extract.state != "document":
                outcome = OF_STATE.get(part.extract.state, "unreadable")
                return (), (outcome, f"page {number} of the text: {part.extract.reason or ''}")
            found.append(part)
        return tuple(found), None

    def _attachments(self, page: Part) -> tuple[tuple[Part, ...], FetchResult | None]:
        """The attachments' parts, and the first fetch of one that failed."""
        found: list[Part] = []
        failed: FetchResult | None = None
        for attachment in attachments_to_follow(page.extract):
            if self._runtime.stopping():
                raise Stopping  # One fetch more may take as long as the first; nothing is lost.
            result = self._fetch(attachment.url, Validators())
            if result.ok:
                found.append(make_part("attachment", served_of(result), self._runtime.tools))
            elif failed is None:
                failed = result
        return tuple(found), failed

    def _consider(self, result: FetchResult, text: Text, full: bool) -> Looked:
        runtime = self._runtime
        looked: list[Looked] = []

        def visit(conn: Connection, recorded: Recorded) -> None:
            settle_page(conn, self._page, recorded.version.id, runtime.now())
            looked.append(
                self._present(conn, recorded.outcome, result, version=recorded.version.id)
            )

        kept = keep(runtime, self._candidate(result, text, full), visit)
        if isinstance(kept, Finding):
            return self._hold(result, text.parts, text, kept)
        return msgspec.structs.replace(looked[-1], told=looked[-1].told + kept.told)

    def _candidate(self, result: FetchResult, text: Text, full: bool) -> Candidate:
        page = self._page
        return Candidate(
            document=self._document,
            authority=self._source.authority,
            text=text,
            url=page.url,
            source=self._source.id,
            page=page,
            validators=keepable(result.validators),
            full=full,
            first_round=self._first_round,
            tasks_expected=self._tasks_expected,
        )

    def _hold(
        self, result: FetchResult, parts: tuple[Part, ...], text: Text | None, finding: Finding
    ) -> Looked:
        runtime = self._runtime
        with runtime.database.writing() as conn:
            held: Held = hold(
                conn,
                runtime,
                self._page,
                self._document,
                parts,
                text,
                finding,
                quiet=self._first_round,
            )
            looked = self._present(conn, held.outcome, result, detail=held.detail)
            return msgspec.structs.replace(looked, told=looked.told + held.told)

    # --- what the document is known to be ---------------------------------------------------------

    @property
    def _tasks_expected(self) -> bool:
        return self._runtime.config.document(self._document).kind == "plan"

    def _text(self, parts: tuple[Part, ...]) -> Text:
        given = given_for(self._source, self._document)
        text = make_text(parts, given, self._runtime.tools)
        return with_edition(text, self._runtime.config.document(self._document), [self._page.title])

    # --- the end of a look ------------------------------------------------------------------------

    def _present(
        self,
        conn: Connection,
        outcome: Outcome,
        result: FetchResult,
        *,
        version: int | None = None,
        detail: str = "",
    ) -> Looked:
        told = present(conn, self._runtime, self._page, self._document)
        if not detail and result.final_url != result.url:
            detail = f"moved: served by {result.final_url}"
        return self._visit(conn, outcome, detail, result, version, told)

    def _ended(self, outcome: Outcome, detail: str, result: FetchResult) -> Looked:
        with self._runtime.database.writing(durable=False) as conn:
            told = absent(conn, self._runtime, self._source, self._page, self._document, outcome)
            return self._visit(conn, outcome, detail, result, None, told)

    def _visit(
        self,
        conn: Connection,
        outcome: Outcome,
        detail: str,
        result: FetchResult,
        version: int | None,
        told: int,
    ) -> Looked:
        milliseconds = round((self._runtime.clock.monotonic() - self._started) * 1000)
        visits.record(
            conn,
            NewVisit(
                page_id=self._page.id,
                at=result.fetched_at,
                outcome=outcome,
                detail=detail[:500],
                status=result.status,
                milliseconds=milliseconds,
            ),
        )
        return Looked(
            url=self._page.url,
            outcome=outcome,
            detail=detail,
            version=version,
            told=told,
            milliseconds=milliseconds,
            wait=result.retry_after or 0.0,
        )


def given_for(source: SourceConfig, document: str) -> Given:
    """What the configuration says of the texts of ``source`` beforehand."""
    natures: dict[str, Nature] = {"translation": "translation", "commentary": "commentary"}
    nature = source.nature
    if nature == "official":
        nature = natures.get(source.authority, nature)
    return Given(document=document, nature=nature, edition=source.edition)


def keepable(validators: Validators) -> Validators:
    """The validators that may be kept with a page: those that its own address gave."""
    return Validators() if validators.url is not None else validators


def _validators(page: Page) -> Validators:
    return Validators(etag=page.etag, last_modified=page.last_modified)


def _month(moment: dt.datetime) -> tuple[int, int]:
    return moment.year, moment.month
