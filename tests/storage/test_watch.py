"""Documents, sources, pages and visits: what is watched, and how its rounds went."""

import datetime as dt

import pytest
from msgspec.structs import replace

from storage import documents, heartbeat, judged, notices, pages, reviews, sources, visits
from storage.database import Database
from storage.errors import NotFound, UrlTooLong
from storage.records import (
    Accepted,
    DocumentSpec,
    Heartbeat,
    JudgedRows,
    NewReview,
    NewVisit,
    SyncResult,
)
from tests.storage.examples import (
    DOCUMENT,
    NOW,
    SOURCE,
    URL,
    followed,
    hours,
    served,
    source,
    text,
)


def test_a_configuration_is_taken_over(database: Database):
    tea = DocumentSpec(id="tea", title_zh="茶", title_en="Tea")
    rice = DocumentSpec(id="rice", title_zh="米", title_en="Rice")
    with database.writing() as conn:
        assert documents.sync(conn, [tea, rice], NOW) == SyncResult(added=("tea", "rice"))
        assert documents.sync(conn, [tea, rice], hours(1)) == SyncResult()
        assert documents.sync(conn, [tea], hours(2)) == SyncResult(removed=("rice",))
        assert [found.id for found in documents.list_all(conn)] == ["tea"]
        assert documents.get(conn, "rice").removed_at == hours(2)
        again = DocumentSpec(id="rice", title_zh="大米", title_en="Rice")
        assert documents.sync(conn, [tea, again], hours(3)) == SyncResult(changed=("rice",))
        assert documents.get(conn, "rice").title_zh == "大米"
        assert documents.get(conn, "rice").added_at == NOW
        assert documents.ensure(conn, tea, hours(9)).added_at == NOW
        with pytest.raises(NotFound, match="planwatch documents"):
            documents.get(conn, "wheat")


def test_a_changed_source_is_due_at_once_and_keeps_its_state(database: Database):
    with database.writing() as conn:
        followed(conn)
        sources.record_result(
            conn, SOURCE, now=hours(1), outcome="ok", ok=True, next_due_at=hours(7),
            first_round_done=True,
        )  # fmt: skip
        assert sources.sync(conn, [source()], hours(2)) == SyncResult()
        assert sources.get(conn, SOURCE).next_due_at == hours(7)
        changed = source(digest="2")
        assert sources.sync(conn, [changed], hours(2)) == SyncResult(changed=(SOURCE,))
        now = sources.get(conn, SOURCE)
        assert (now.next_due_at, now.first_round_done_at) == (hours(2), hours(1))
        assert sources.sync(conn, [], hours(3)) == SyncResult(removed=(SOURCE,))
        assert sources.list_all(conn) == sources.due(conn, hours(9)) == ()
        assert sources.sync(conn, [changed], hours(4)) == SyncResult(changed=(SOURCE,))
        assert sources.get(conn, SOURCE).documents == (DOCUMENT,)


def test_what_is_due_and_to_whom(database: Database):
    with database.writing() as conn:
        followed(conn)
        specs = [source("a"), source("b"), source("c", enabled=False), source("d")]
        sources.sync(conn, specs, NOW)
        sources.set_due(conn, "b", hours(-1))
        sources.set_due(conn, "d", hours(5))
        assert [found.id for found in sources.due(conn, NOW)] == ["b", "a"]
        taken = sources.claim_due(conn, "one", now=NOW, until=hours(1), limit=1)
        assert [found.id for found in taken] == ["b"]
        assert [found.id for found in sources.due(conn, NOW)] == ["a"]
        assert not sources.claim(conn, "b", "two", now=NOW, until=hours(1))
        assert [found.id for found in sources.due(conn, hours(1))] == ["b", "a"]
        sources.record_result(
            conn, "b", now=NOW, outcome="ok", ok=True, next_due_at=hours(6), holder="one"
        )
        assert sources.claim(conn, "b", "two", now=NOW, until=hours(1))


def test_a_streak_of_failures(database: Database):
    with database.writing() as conn:
        followed(conn)

        def round_at(hour: float, ok: bool) -> tuple[int, dt.datetime | None, dt.datetime | None]:
            sources.record_result(
                conn, SOURCE, now=hours(hour), outcome="x", ok=ok, next_due_at=None
            )
            found = sources.get(conn, SOURCE)
            return found.failure_streak, found.failing_since, found.last_success_at

        assert round_at(1, True) == (0, None, hours(1))
        assert round_at(2, False) == (1, hours(2), hours(1))
        assert round_at(3, False) == (2, hours(2), hours(1))
        sources.failure_told(conn, SOURCE, hours(3))
        assert sources.get(conn, SOURCE).failure_told_at == hours(3)
        assert round_at(4, True) == (0, None, hours(4))
        assert sources.get(conn, SOURCE).failure_told_at is None


def test_a_page_keeps_what_was_accepted(database: Database):
    with database.writing() as conn:
        followed(conn)
        page = pages.ensure(conn, SOURCE, URL, now=NOW, document_id=DOCUMENT, title="茶")
        assert pages.ensure(conn, SOURCE, URL, now=hours(1)) == page
        assert pages.ensure(conn, SOURCE, URL, now=hours(1), title="茶叶").title == "茶叶"
        kept = text(conn, "k")
        snapshot = served(conn)
        pages.gone(conn, page.id, hours(2))
        accepted = Accepted(
            etag='"1"', last_modified="Wed", body_sha256="s", text_key="k",
            snapshot_id=snapshot, version_id=kept.id, full=True,
        )  # fmt: skip
        pages.accept(conn, page.id, accepted, hours(3))
        pages.accept(conn, page.id, Accepted(etag='"2"', full=False), hours(4))
        now = pages.get(conn, SOURCE, URL)
        assert (now.etag, now.last_modified, now.version_id) == ('"2"', None, None)
        assert (now.full_fetch_at, now.accepted_at) == (hours(3), hours(4))
        assert (now.gone_since, now.gone_visits) == (None, 0)


def test_a_page_that_is_gone_is_counted(database: Database):
    with database.writing() as conn:
        followed(conn)
        page = pages.ensure(conn, SOURCE, URL, now=NOW)
        pages.gone(conn, page.id, hours(1))
        assert pages.gone(conn, page.id, hours(25)).gone_visits == 2
        assert pages.by_id(conn, page.id).gone_since == hours(1)
        pages.withdrawn_told(conn, page.id, hours(25))
        pages.back(conn, page.id)
        now = pages.by_id(conn, page.id)
        assert (now.gone_since, now.gone_visits, now.withdrawn_told_at) == (None, 0, None)


def test_pages_come_the_longest_unvisited_first(database: Database):
    with database.writing() as conn:
        followed(conn)
        numbers = [pages.ensure(conn, SOURCE, f"{URL}?{n}", now=NOW).id for n in range(3)]
        for number, hour in zip(numbers, (2, 0, 1), strict=True):
            if hour:
                visits.record(conn, NewVisit(page_id=number, at=hours(hour), outcome="same"))
        found = [page.id for page in pages.list_all(conn, source_id=SOURCE)]
        assert found == [numbers[1], numbers[2], numbers[0]]
        assert pages.list_all(conn, document_id=DOCUMENT) == ()


def test_an_endless_url_is_refused(database: Database):
    with database.writing() as conn:
        followed(conn)
        pages.ensure(conn, SOURCE, "http://x/" + "茶" * 800, now=NOW)
        with pytest.raises(UrlTooLong):
            pages.ensure(conn, SOURCE, "http://x/" + "y" * 3000, now=NOW)


def test_equal_visits_in_a_row_are_one_row(database: Database):
    with database.writing() as conn:
        followed(conn)
        page = pages.ensure(conn, SOURCE, URL, now=NOW)
        for hour, outcome, status in [
            *((1, "not modified", 304), (2, "not modified", 304), (3, "server error", 503)),
            *((4, "server error", 502), (5, "not modified", 304), (6, "not modified", 304)),
        ]:
            visits.record(
                conn,
                NewVisit(page_id=page.id, at=hours(hour), outcome=outcome, status=status),
            )
        story = [(v.status, v.count, v.first_at, v.last_at) for v in visits.of_page(conn, page.id)]
        assert story == [
            (304, 2, hours(5), hours(6)),
            (502, 1, hours(4), hours(4)),
            (503, 1, hours(3), hours(3)),
            (304, 2, hours(1), hours(2)),
        ]
        assert pages.by_id(conn, page.id).last_visit_at == hours(6)
        assert len(visits.of_source(conn, SOURCE, since=hours(4))) == 2


def test_a_review_is_opened_once_and_decided_once(database: Database):
    held = NewReview(subject="page 1", reason="lost most tasks", url=URL, detail={"tasks": [9, 1]})
    with database.writing() as conn:
        followed(conn)
        review, new = reviews.hold(conn, held, now=NOW)
        assert (new, review.detail, review.decision) == (True, {"tasks": [9, 1]}, None)
        assert reviews.hold(conn, held, now=hours(1)) == (review, False)
        reviews.told(conn, review.id, hours(1))
        assert [found.id for found in reviews.list_all(conn)] == [review.id]
        reviews.decide(conn, review.id, "rejected", by="ann", now=hours(2), note="a draft")
        late = reviews.decide(conn, review.id, "accepted", by="bob", now=hours(3))
        assert (late.decision, late.decided_by, late.note) == ("rejected", "ann", "a draft")
        assert reviews.list_all(conn) == ()
        assert reviews.decided(conn, "page 1") == late
        assert reviews.hold(conn, held, now=hours(4))[1]


def test_an_open_review_is_found_by_its_subject(database: Database):
    held = NewReview(subject="row 1", reason="identity_unsure", url=URL, title="A")
    with database.writing() as conn:
        review, _ = reviews.hold(conn, held, now=NOW)
        assert reviews.opened(conn, "row 1") == review
        assert reviews.opened(conn, "row 2") is None
        assert reviews.waiting_at(conn, SOURCE, URL) == ()
        followed(conn)
        of_page, _ = reviews.hold(conn, replace(held, subject="p", source_id=SOURCE), now=NOW)
        assert reviews.waiting_at(conn, SOURCE, URL) == (of_page,)
        assert reviews.waiting_at(conn, SOURCE, URL + "2") == ()
        reviews.decide(conn, of_page.id, "rejected", by="ann", now=NOW)
        assert reviews.waiting_at(conn, SOURCE, URL) == ()
        reviews.decide(conn, review.id, "accepted", by="ann", now=NOW)
        assert reviews.opened(conn, "row 1") is None


def test_what_was_judged_of_a_list_is_kept_as_a_whole(database: Database):
    whole = JudgedRows(judged_by="rules 1", whole_at=NOW, digests=("aa", "bb"))
    with database.writing() as conn:
        followed(conn)
        assert judged.of_source(conn, SOURCE) is None
        judged.keep(conn, SOURCE, whole)
        assert judged.of_source(conn, SOURCE) == whole
        later = JudgedRows(judged_by="rules 2", whole_at=None, digests=("cc",))
        judged.keep(conn, SOURCE, later)
        assert judged.of_source(conn, SOURCE) == later


def test_a_notice_is_given_once(database: Database):
    with database.writing() as conn:
        assert notices.first_time(conn, "no edition 2025", now=NOW)
        assert not notices.first_time(conn, "no edition 2025", now=hours(1))
        assert notices.told_at(conn, "no edition 2025") == NOW
        notices.forget(conn, "no edition 2025")
        assert notices.first_time(conn, "no edition 2025", now=hours(2))


def test_a_heartbeat_is_the_newest(database: Database):
    def sign(hour: float) -> Heartbeat:
        return Heartbeat(
            process="daemon", pid=7, host="h", started_at=NOW, beat_at=hours(hour), what="idle"
        )

    with database.writing(durable=False) as conn:
        heartbeat.beat(conn, sign(0))
        heartbeat.beat(conn, sign(1))
        assert heartbeat.list_all(conn) == (sign(1),)
        heartbeat.clear(conn, "daemon")
        assert heartbeat.get(conn, "daemon") is None
