"""Readings stand beside one another, the newest counts, and its tasks can be searched."""

import collections
import datetime as dt

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from plans.model import Change, Changeset, Deadline, Extract, Side
from storage import blobs, readings, search, translations, verdicts
from storage.bigrams import query_words, words
from storage.database import Database
from storage.errors import NotFound
from storage.records import TaskHit
from storage.tables.everything import metadata
from storage.tables.readings import sections, tasks
from tests.storage.examples import (
    DOCUMENT,
    NOW,
    followed,
    hours,
    plan,
    read_as,
    served,
    task,
    text,
)

LEAVES = task(1, "加强版权保护，推广 5G 茶园。", "ndrc", "moa", instrument="茶叶条例")
ROOTS = task(2, "修剪茶树。", "moa")
MENDED = task(2, "修剪老茶树。", "moa", "forestry")


def test_extracts_of_two_extractors_stand_side_by_side(database: Database):
    old = Extract(state="document", text="种茶。\n" * 50, published_on=dt.date(2025, 5, 1))
    new = msgspec.structs.replace(old, text="种新茶。\n" * 50)
    with database.writing() as conn:
        followed(conn)
        snapshot = served(conn)
        assert readings.extract_of(conn, snapshot) is None
        first = readings.store_extract(conn, snapshot, old, extractor="e1", text_key="k1", now=NOW)
        assert first == readings.store_extract(
            conn, snapshot, new, extractor="e1", text_key="k2", now=NOW
        )
        readings.store_extract(conn, snapshot, new, extractor="e2", text_key="k2", now=NOW)
        assert readings.extract_of(conn, snapshot, "e1") == old
        assert readings.extract_of(conn, snapshot) == new
        assert readings.stored_extract(conn, snapshot).text_key == "k2"
        with pytest.raises(NotFound):
            readings.store_extract(conn, 99, old, extractor="e1", text_key="k", now=NOW)


def test_a_plan_read_anew_replaces_the_rows_and_not_the_reading(database: Database):
    with database.writing() as conn:
        followed(conn)
        version = text(conn, "k")
        first = read_as(conn, version, LEAVES, ROOTS)
        assert first == read_as(conn, version, LEAVES)
        second = read_as(conn, version, LEAVES, MENDED, reader="r2")
        assert readings.plan(conn, first) == plan(LEAVES, ROOTS)
        assert readings.plan_of(conn, version.id) == plan(LEAVES, MENDED)
        assert [r.id for r in readings.readings_of(conn, version.id)] == [second, first]
        assert [hit.text for hit in search.find_tasks(conn, ["茶树"]).hits] == [MENDED.text]


def test_what_is_left_to_read_with_new_tools(database: Database):
    with database.writing() as conn:
        followed(conn)
        first, second = text(conn, "a"), text(conn, "b", at=hours(1))
        read_as(conn, first, LEAVES)
        tools = {"extractor": "e1", "reader": "r1", "registry": "g1"}
        assert readings.outdated(conn, **tools) == (second.id,)
        newer = tools | {"reader": "r2"}
        assert readings.outdated(conn, **newer) == (first.id, second.id)
        assert readings.outdated(conn, **newer, after_id=first.id) == (second.id,)
        assert readings.outdated(conn, **newer, document_id="other") == ()


def test_a_changeset_reads_back(database: Database):
    side = Side(ref="x", title="茶叶计划", language="zh-Hans")
    changes = Changeset(
        old=side,
        new=side,
        changes=(
            Change(kind="task_added", severity="major", new=("1",)),
            Change(kind="task_renumbered", severity="editorial", before="1", after="2"),
        ),
    )
    stamp = {"comparer": "c1", "registry": "g1"}
    with database.writing() as conn:
        followed(conn)
        version, next_one = text(conn, "a"), text(conn, "b", at=hours(1))
        old, new = read_as(conn, version, ROOTS), read_as(conn, next_one, LEAVES)
        number = readings.store_changeset(
            conn, changes, old_plan_id=old, new_plan_id=new, against="predecessor", now=NOW, **stamp
        )
        assert readings.changeset(conn, number) == changes
        kept = readings.stored_changeset(conn, number)
        assert (kept.change_count, kept.major_count, kept.minor_count) == (2, 1, 0)
        assert readings.changesets_of(conn, next_one.id) == (kept,)
        assert readings.changesets_of(conn, version.id) == ()
        assert readings.changeset_between(conn, old, new, **stamp) == kept
        assert readings.changeset_between(conn, old, new, **stamp, verdicts="v") is None
        assert readings.changesets_of(conn, next_one.id, against="baseline") == ()


def rows(conn: Connection, name: str) -> list[dict[str, object]]:
    seen = {"tasks": tasks, "sections": sections}
    table = seen.get(name, metadata.tables.get(name))
    order = list(table.primary_key) or [table.c.plan_id, table.c.ordinal]
    return [dict(row._mapping) for row in conn.execute(sa.select(table).order_by(*order))]


INDEX = ["task_contents", "tasks", "sections", "assignments", "task_instruments"]


def index_of(conn: Connection) -> dict[str, list[dict[str, object]]]:
    """Every table of the index, as the plans have it."""
    return {name: rows(conn, name) for name in INDEX}


def test_wordings_are_kept_once_and_rebuilt_the_same(database: Database):
    due = msgspec.structs.replace(
        ROOTS, deadline=Deadline(text="年底前", date=dt.date(2025, 12, 31))
    )
    with database.writing() as conn:
        followed(conn)
        for number in range(3):
            read_as(conn, text(conn, str(number), at=hours(number)), LEAVES, due)
        assert [row["text"] for row in rows(conn, "task_contents")] == [LEAVES.text, due.text]
        assert rows(conn, "task_contents")[1]["deadline_on"] == dt.date(2025, 12, 31)
        assert len(rows(conn, "tasks")) == 6
        assert [(row["actor"], row["role"]) for row in rows(conn, "assignments")] == [
            ("ndrc", "lead"),
            ("moa", "responsible"),
            ("moa", "lead"),
        ]
        before = index_of(conn)
        readings.reindex(conn, 2)
        assert index_of(conn) == before


def test_a_version_that_repeats_the_one_before_adds_the_rows_that_differ(database: Database):
    many = [task(number, f"第{number}件茶事。", "moa") for number in range(1, 41)]
    with database.writing() as conn:
        followed(conn)
        for number in range(30):
            mended = task(7, f"第7件茶事，第{number}年。", "moa", "forestry")
            wanted = [*many[:6], mended, *many[7:]]
            version = text(conn, str(number), at=hours(number))
            plan_id = read_as(conn, version, *wanted)
            own = [row for row in rows(conn, "tasks") if row["plan_id"] == plan_id]
            assert [row["ordinal"] for row in own] == list(range(40))
        # Forty for the first, one for each that followed; bodies as many as there are lists.
        assert len(rows(conn, "task_places")) == 40 + 29
        assert len(rows(conn, "assignment_lists")) == 2
        assert len(rows(conn, "tasks")) == 30 * 40


STEMS = "甲乙丙丁戊己庚辛壬癸子丑"


def test_a_track_that_has_grown_long_ends_and_nothing_is_lost(database: Database):
    """A question about one plan must not look at the rows of all that came before it."""
    with database.writing() as conn:
        followed(conn)
        for number in range(12):
            wanted = [task(n, f"{STEMS[number]}年第{n}事。", "moa") for n in range(1, 26)]
            read_as(conn, text(conn, str(number), at=hours(number)), *wanted)
        lengths = collections.Counter(row["track"] for row in rows(conn, "task_places"))
        assert max(lengths.values()) <= 2 * (25 + 1)
        assert len(rows(conn, "tasks")) == 12 * 25
        for number in range(12):
            hits = search.find_tasks(conn, [f"{STEMS[number]}年"]).hits
            assert [hit.version_number for hit in hits] == [number + 1] * 25


def test_readings_of_old_versions_made_anew_leave_no_rows_behind(database: Database):
    """Rereading takes plans out of the middle of a track and puts others at its end."""
    with database.writing() as conn:
        followed(conn)
        known = [text(conn, str(number), at=hours(number)) for number in range(5)]
        for number, version in enumerate(known):
            read_as(conn, version, task(1, "种茶。", "moa"), task(2, f"第{number}年采茶。", "moa"))
        for number, version in enumerate(known):
            read_as(conn, version, task(1, f"第{number}年采茶。", "moa"), reader="r2")
        assert [row["ordinal"] for row in rows(conn, "tasks")] == [0] * 5
        assert len(rows(conn, "task_places")) == 5
        assert texts(conn, "种茶") == set()
        assert len(texts(conn, "采茶")) == 5


def test_the_same_words_for_other_bodies_are_another_wording(database: Database):
    """What counts is who must do it."""
    with database.writing() as conn:
        followed(conn)
        for number, body in enumerate(["moa", "ndrc", "moa"]):
            read_as(conn, text(conn, body + str(number), at=hours(number)), task(1, "种茶。", body))
        assert [row["content_id"] for row in rows(conn, "tasks")] == [1, 2, 1]


def texts(conn: Connection, *wanted: str, **more: object) -> set[str]:
    return {hit.text for hit in search.find_tasks(conn, wanted, **more).hits}


def test_search_finds_in_chinese_and_in_letters(database: Database):
    tea = task(3, "Prune ＴＥＡ trees by spring; 茶", "moa")
    # Has every pair of characters of 专利保护, apart.
    apart = task(4, "专利：便利保密，保护。", "moa")
    with database.writing() as conn:
        followed(conn)
        read_as(conn, text(conn, "a"), LEAVES, ROOTS, tea, apart)
        assert texts(conn, "版权") == {LEAVES.text}
        assert texts(conn, "专利") == texts(conn, "利保") == {apart.text}
        assert texts(conn, "专利保护") == set()
        assert texts(conn, "版权保护") == {LEAVES.text}
        assert texts(conn, "茶") == {LEAVES.text, ROOTS.text, tea.text}
        assert texts(conn, "护") == {LEAVES.text, apart.text}
        assert texts(conn, "tea tr") == texts(conn, "TEA") == texts(conn, "pru") == {tea.text}
        assert texts(conn, "5g") == {LEAVES.text}
        assert texts(conn, "修剪", "版权") == {LEAVES.text, ROOTS.text}
        # Both pairs of characters are there, but not next to each other.
        assert texts(conn, "版保") == texts(conn, "权保护版") == set()
        assert texts(conn, "咖啡") == texts(conn, "。，") == texts(conn, "") == set()
        assert texts(conn, "茶园 版权") == texts(conn, '版权" \0') == {LEAVES.text}
        assert texts(conn, "版权 修剪") == texts(conn, '咖" OR "茶', "*", "':*") == set()


def test_search_by_body_instrument_and_document(database: Database):
    with database.writing() as conn:
        followed(conn)
        version = text(conn, "a")
        read_as(conn, version, LEAVES, ROOTS)
        assert texts(conn, actors=["moa"]) == {LEAVES.text, ROOTS.text}
        assert texts(conn, "茶", actors=["ndrc"]) == {LEAVES.text}
        assert texts(conn, instruments=["茶叶条例"]) == {LEAVES.text}
        assert texts(conn, document_id=DOCUMENT) == {LEAVES.text, ROOTS.text}
        assert texts(conn, document_id="other") == set()
        [hit] = search.find_tasks(conn, ["修剪"]).hits
        assert hit == TaskHit(
            content_id=hit.content_id,
            text=ROOTS.text,
            task_id="2",
            number="2.",
            section="1",
            version_id=version.id,
            document_id=DOCUMENT,
            version_number=1,
            edition="2025",
            versions=1,
        )


def test_a_wording_is_one_hit_with_its_newest_version(database: Database):
    with database.writing() as conn:
        followed(conn)
        for number in range(3):
            read_as(conn, text(conn, str(number), at=hours(number)), LEAVES)
        [hit] = search.find_tasks(conn, ["版权"]).hits
        assert (hit.version_number, hit.versions) == (3, 3)


def test_pages_of_hits_hold_each_hit_once(database: Database):
    many = [task(n, f"第{n}号茶园{'的权版' if n % 3 else '版权'}。", "moa") for n in range(60)]
    with database.writing() as conn:
        followed(conn)
        read_as(conn, text(conn, "a"), *many)
        found, before = [], None
        while True:
            page = search.find_tasks(conn, ["版权"], limit=7, before=before)
            found += [hit.text for hit in page.hits]
            before = page.before
            if before is None:
                break
        assert found == [many[n].text for n in reversed(range(0, 60, 3))]


@given(whole=st.text(alphabet="版权保护 ab1。", max_size=30), part=st.data())
def test_any_piece_of_a_text_asks_only_for_words_that_it_has(whole: str, part: st.DataObject):
    """No piece of a Chinese text is missed; a piece of a word is found from its beginning."""
    start = part.draw(st.integers(0, len(whole)))
    if start and whole[start - 1 : start + 1].isascii() and whole[start - 1 : start + 1].isalnum():
        return
    piece = whole[start : part.draw(st.integers(start, len(whole)))]
    for word, begins in query_words(piece):
        assert word in words(whole) or (begins and any(w.startswith(word) for w in words(whole)))


def test_plans_and_extracts_of_near_identical_pages_take_little_room(database: Database):
    """The room that ten editions of one page take beside the first."""
    with database.writing() as conn:
        followed(conn)
        lines = [f"{n}. 第{n}项：推进茶园建设{n * 7919 % 1000}号工程。" for n in range(300)]
        for round_number in range(11):
            lines[round_number * 20] += "加快"
            body = "<p>".join(["<html>", *lines]).encode()
            snapshot = served(conn, body, at=hours(round_number))
            extract = Extract(state="document", text="\n".join(lines))
            readings.store_extract(
                conn, snapshot, extract, extractor="e", text_key=str(round_number), now=NOW
            )
            if round_number == 0:
                first = size(conn)
        assert (size(conn) - first) / 10 < len(body) / 50


def size(conn: Connection) -> int:
    table = metadata.tables["blobs"]
    return conn.execute(sa.select(sa.func.sum(sa.func.length(table.c.data)))).scalar_one()


def test_verdicts_newest_holds(database: Database):
    with database.writing() as conn:
        assert verdicts.digest(verdicts.all_given(conn)) == ""
        verdicts.give(conn, "a", "b", "confirmed", by="ann", now=NOW)
        verdicts.give(conn, "a", "c", "rejected", by="ann", now=NOW)
        first = verdicts.digest(verdicts.all_given(conn))
        verdicts.give(conn, "a", "b", "rejected", by="bob", now=hours(1))
        verdicts.give(conn, "a", "c", None, by="bob", now=hours(1))
        assert verdicts.all_given(conn) == {("a", "b"): "rejected"}
        assert verdicts.digest(verdicts.all_given(conn)) not in ("", first)


def test_a_translation_is_asked_for_once(database: Database):
    by = {"target": "en", "provider": "p", "glossary": "1"}
    with database.writing() as conn:
        assert translations.get(conn, "k", **by) is None
        translations.store(conn, "k", "tea", **by, now=NOW)
        translations.store(conn, "k", "coffee", **by, now=NOW)
        assert translations.get(conn, "k", **by) == "tea"
        assert translations.get(conn, "k", **(by | {"glossary": "2"})) is None


def test_equal_bytes_of_unequal_things_are_kept_once(database: Database):
    with database.writing() as conn:
        assert blobs.put(conn, b"x", lineage="a") == blobs.put(conn, b"x", lineage="b")
