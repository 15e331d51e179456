"""Which text follows which, and that no text is kept twice."""

import datetime as dt
import random
from itertools import pairwise

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import snapshots, versions
from storage.database import Database
from storage.errors import AlreadyRecorded, NotFound, PredecessorMoved
from storage.records import Part, Version
from tests.storage.examples import (
    DOCUMENT,
    NOW,
    SOURCE,
    URL,
    followed,
    hours,
    new_version,
    served,
    text,
)


def ref(version: Version | None) -> str | None:
    return None if version is None else version.ref


def test_a_version_reads_back_as_recorded(database: Database):
    with database.writing() as conn:
        followed(conn)
        page = served(conn)
        more = served(conn, b"attached", url=URL + "#file")
        new = new_version(
            "k",
            page,
            title="茶叶计划",
            document_number="茶发〔2025〕1号",
            issued_on=dt.date(2025, 4, 1),
            first_look=True,
        )
        parts = (Part(snapshot_id=page), Part(snapshot_id=more, kind="attachment"))
        kept = versions.record(conn, new_parts(new, parts), expected_predecessor=None, now=hours(1))
    with database.reading() as conn:
        assert versions.get(conn, kept.id) == kept
        assert versions.parts_of(conn, kept.id) == parts
        assert (kept.number, kept.edition, kept.status) == (1, "2025", "accepted")
        assert (kept.fetched_at, kept.recorded_at) == (NOW, hours(1))
        assert kept.first_look
        [witness] = versions.witnesses_of(conn, kept.id)
        assert (witness.url, witness.source_id, witness.first_snapshot_id) == (URL, SOURCE, page)


def new_parts(new, parts):
    return msgspec.structs.replace(new, parts=parts)


def test_the_same_text_is_one_version(database: Database):
    with database.writing() as conn:
        followed(conn)
        first = text(conn, "k")
        again = new_version("k", served(conn, b"same words, other page"), at=hours(2))
        with pytest.raises(AlreadyRecorded) as told:
            versions.record(conn, again, expected_predecessor=first.id, now=hours(2))
        assert (told.value.version_id, told.value.ref) == (first.id, f"{DOCUMENT}#1")


@pytest.mark.parametrize(
    "other",
    [{"edition": "2026"}, {"edition": None}, {"language": "zh-Hant"}, {"nature": "draft"}],
)
def test_the_same_text_of_another_edition_language_or_nature_is_another_version(
    database: Database, other: dict[str, str | None]
):
    with database.writing() as conn:
        followed(conn)
        text(conn, "k")
        assert text(conn, "k", at=hours(1), **other).number == 2


def test_a_text_without_edition_is_known_again(database: Database):
    with database.writing() as conn:
        followed(conn)
        law = text(conn, "k", edition=None)
        assert law.edition is None
        assert versions.by_text(conn, DOCUMENT, None, "zh-Hans", "official", "k") == law


def test_a_version_that_came_in_between_is_noticed(database: Database):
    with database.writing() as conn:
        followed(conn)
        first = text(conn, "a")
        between = text(conn, "b", at=hours(1))
        late = new_version("c", served(conn, b"c"), at=hours(2))
        with pytest.raises(PredecessorMoved) as told:
            versions.record(conn, late, expected_predecessor=first.id, now=hours(2))
        assert (told.value.expected, told.value.actual) == (first.id, between.id)
        kept = versions.record(conn, late, expected_predecessor=between.id, now=hours(2))
        assert (kept.number, kept.predecessor_id) == (3, between.id)


def test_editions_then_issue_then_fetch_decide_who_follows(database: Database):
    """Recorded in this order, they succeed each other in another."""
    with database.writing() as conn:
        followed(conn)
        text(conn, "2025", edition="2025", at=hours(0), issued_on=dt.date(2025, 5, 1))
        text(conn, "2023", edition="2023", at=hours(1), issued_on=dt.date(2023, 6, 1))
        text(conn, "2025 mended", edition="2025", at=hours(2), issued_on=dt.date(2025, 5, 1))
        text(conn, "2024", edition="2024", at=hours(3), issued_on=dt.date(2024, 5, 28))
        text(conn, "2025 again", edition="2025", at=hours(4), issued_on=dt.date(2025, 9, 1))
        text(conn, "undated", edition="2024", at=hours(5))
        line = versions.in_succession(conn, DOCUMENT, language="zh-Hans", nature="official")
        assert [version.text_key for version in line] == [
            *("2023", "2024", "undated", "2025", "2025 mended", "2025 again")
        ]
        for older, newer in pairwise(line):
            assert versions.before(conn, newer) == older
            assert versions.after(conn, older) == newer
        assert versions.before(conn, line[0]) is None
        assert versions.after(conn, line[-1]) is None
        assert versions.latest(conn, DOCUMENT) == line[-1]
        assert ref(versions.latest(conn, DOCUMENT, edition="2024")) == line[2].ref


def test_the_date_of_issue_comes_before_that_of_publication(database: Database):
    """The first was signed earlier and put on the web later than the second."""
    with database.writing() as conn:
        followed(conn)
        april, may, june = (dt.date(2025, month, 1) for month in (4, 5, 6))
        text(conn, "second", issued_on=may, published_on=may)
        text(conn, "first", issued_on=april, published_on=june, at=hours(1))
        text(conn, "third", published_on=june, at=hours(2))
        assert [v.text_key for v in line_of(conn)] == ["first", "second", "third"]


def test_only_official_texts_of_one_language_succeed_each_other(database: Database):
    with database.writing() as conn:
        followed(conn)
        summary = text(conn, "summary", edition="2024", nature="summary")
        english = text(conn, "english", edition="2024", language="en", at=hours(1))
        official = text(conn, "official", edition="2025", at=hours(2))
        assert [v.predecessor_id for v in (summary, english, official)] == [None, None, None]


def test_a_variant_is_nobodys_predecessor_until_it_is_confirmed(database: Database):
    with database.writing() as conn:
        followed(conn)
        first = text(conn, "a")
        variant = text(conn, "b", at=hours(1), status="variant")
        assert ref(versions.latest(conn, DOCUMENT)) == first.ref
        assert text(conn, "c", at=hours(2)).predecessor_id == first.id
        assert versions.confirm(conn, variant.id, now=hours(3)).status == "accepted"
        assert text(conn, "d", at=hours(1.5)).predecessor_id == variant.id
        assert versions.list_all(conn, DOCUMENT, status="variant") == ()


@given(order=st.permutations(range(6)), dates=st.lists(st.integers(0, 2), min_size=6, max_size=6))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_the_order_of_recording_the_line_is_the_same(
    database: Database, order: list[int], dates: list[int]
):
    """Texts with the same data but recorded in another order succeed each other the same way."""

    class Undo(Exception):
        pass

    texts = [(f"t{n}", f"202{dates[n]}", hours(n)) for n in range(6)]
    with pytest.raises(Undo), database.writing() as conn:
        followed(conn)
        for n in order:
            key, edition, at = texts[n]
            before = [t for t in line_of(conn) if (t.edition, t.fetched_at) < (edition, at)]
            kept = text(conn, key, edition=edition, at=at)
            assert kept.predecessor_id == (before[-1].id if before else None)
        expected = [key for key, _, _ in sorted(texts, key=lambda t: (t[1], t[2]))]
        assert [version.text_key for version in line_of(conn)] == expected
        raise Undo


def line_of(conn):
    return versions.in_succession(conn, DOCUMENT, language="zh-Hans", nature="official")


def test_who_witnessed_a_text(database: Database):
    mirror = "http://mirror.example/plan"
    with database.writing() as conn:
        followed(conn)
        kept = text(conn, "a")
        with pytest.raises(NotFound):
            versions.witness(conn, kept.id, url=mirror, at=hours(1))
        copy = served(conn, b"copy", url=mirror, at=hours(1))
        versions.witness(conn, kept.id, url=mirror, at=hours(1), snapshot_id=copy)
        versions.witness(conn, kept.id, url=mirror, at=hours(9))
        versions.witness(conn, kept.id, url=mirror, at=hours(5))
        official, other = versions.witnesses_of(conn, kept.id)
        assert (official.url, other.url) == (URL, mirror)
        assert (other.first_at, other.last_at) == (hours(1), hours(9))
        assert other.last_snapshot_id == copy


def test_parts_must_be_there(database: Database):
    with database.writing() as conn:
        followed(conn)
        with pytest.raises(NotFound, match="no snapshot"):
            versions.record(conn, new_version("k", 99), expected_predecessor=None, now=NOW)
        empty = new_parts(new_version("k", 1), ())
        with pytest.raises(NotFound, match="at least one"):
            versions.record(conn, empty, expected_predecessor=None, now=NOW)


def test_a_snapshot_gives_back_bytes_and_facts(database: Database):
    body = random.Random(5).randbytes(3000)
    with database.writing() as conn:
        followed(conn)
        number = served(conn, body, at=hours(1))
    with database.reading() as conn:
        kept = snapshots.get(conn, number)
        assert snapshots.body(conn, number) == body
        assert (kept.url, kept.final_url, kept.status, kept.size) == (URL, URL, 200, 3000)
        assert kept.headers == (("Content-Type", "text/html"), ("ETag", '"1"'))
        assert kept.fetched_at == hours(1)


def test_what_no_database_can_hold_is_replaced(database: Database):
    with database.writing() as conn:
        followed(conn)
        kept = text(conn, "k", title="茶\0叶\ud800计划")
        assert kept.title == "茶\ufffd叶\ufffd计划"
