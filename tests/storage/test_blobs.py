"""Bytes come back as they went in, whatever order they came in, and take little room."""

import random
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from storage import blobs
from storage.database import Database
from storage.errors import CorruptSnapshot
from storage.tables import facts

LINEAGES = st.sampled_from(["", "url:a", "url:b"])
PIECES = st.binary(max_size=40)


@st.composite
def bodies(draw: st.DrawFn) -> list[tuple[str, bytes]]:
    """Contents of a few lineages: edits of one another, repeats, empty ones, strangers."""
    last = draw(st.binary(min_size=1, max_size=400)) * 20
    found = []
    for _ in range(draw(st.integers(1, 40))):
        if draw(st.booleans()):
            at = draw(st.integers(0, len(last)))
            last = last[:at] + draw(PIECES) + last[at + draw(st.integers(0, 20)) :]
        found.append((draw(LINEAGES), draw(st.sampled_from([last, last, last, b"", last[:7]]))))
    return found


class Undo(Exception):
    """Ends a transaction without keeping it."""


@given(sequence=bodies())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_sequence_of_bodies_reads_back(database: Database, sequence: list[tuple[str, bytes]]):
    with pytest.raises(Undo), database.writing() as conn:
        numbers = [blobs.put(conn, body, lineage=lineage) for lineage, body in sequence]
        assert [blobs.get(conn, number) for number in numbers] == [body for _, body in sequence]
        assert len(set(numbers)) == len({body for _, body in sequence})
        raise Undo


@given(sequence=bodies(), early=st.lists(st.booleans(), min_size=40, max_size=40))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_made_ready_before_others_were_kept_reads_back(
    database: Database, sequence: list[tuple[str, bytes]], early: list[bool]
):
    with pytest.raises(Undo), database.writing() as conn:
        ready = [
            blobs.pack(conn, body, lineage=lineage) if soon else body
            for (lineage, body), soon in zip(sequence, early, strict=False)
        ]
        numbers = [
            blobs.put(conn, one, lineage=lineage)
            for one, (lineage, _) in zip(ready, sequence, strict=True)
        ]
        assert [blobs.get(conn, number) for number in numbers] == [body for _, body in sequence]
        raise Undo


def test_bytes_made_ready_on_others_that_are_not_kept_yet_lean_on_them(database: Database):
    page = next(pages(1))
    with database.writing() as conn:
        body = blobs.pack(conn, page, lineage="url:a")
        extract = blobs.pack(conn, page[:20_000], lineage="extract:a", like=body)
        kept = [blobs.put(conn, body), blobs.put(conn, extract)]
        rows = conn.execute(sa.select(facts.blobs).order_by(facts.blobs.c.id)).all()
        assert [blobs.get(conn, number) for number in kept] == [page, page[:20_000]]
    assert [row.base_id for row in rows] == [None, kept[0]]
    assert len(rows[1].data) < 100


def test_bytes_made_ready_against_a_keyframe_that_was_replaced_are_made_ready_anew(
    database: Database,
):
    first, second, *_ = pages(2)
    other = random.Random(8).randbytes(30_000)
    with database.writing() as conn:
        blobs.put(conn, first, lineage="url:a")
        ready = blobs.pack(conn, second, lineage="url:a")
        blobs.put(conn, other, lineage="url:a")  # Unlike the first: the next keyframe.
        number = blobs.put(conn, ready)
        rows = conn.execute(sa.select(facts.blobs).order_by(facts.blobs.c.id)).all()
        assert blobs.get(conn, number) == second
    assert [row.base_id for row in rows] == [None, None, None]


def test_bytes_that_were_known_and_let_go_before_they_are_kept_again(database: Database):
    with database.writing() as conn:
        number = blobs.put(conn, b"seen before" * 50)
        ready = blobs.pack(conn, b"seen before" * 50)
        assert blobs.release(conn, number)
        assert blobs.get(conn, blobs.put(conn, ready)) == b"seen before" * 50


def pages(count: int, size: int = 30_000) -> Iterator[bytes]:
    """A page that does not compress well, with a counter that changes."""
    noise = random.Random(7).randbytes(size).hex().encode()[:size]
    for number in range(count):
        yield noise[: size // 2] + str(number).encode() + noise[size // 2 :]


def test_near_identical_bodies_are_kept_as_differences(database: Database):
    with database.writing() as conn:
        numbers = [blobs.put(conn, body, lineage="url:a") for body in pages(50)]
        rows = conn.execute(sa.select(facts.blobs).order_by(facts.blobs.c.id)).all()
        keyframes = [row for row in rows if row.base_id is None]
        assert len(keyframes) == 3
        assert max(len(row.data) for row in rows if row.base_id) < 200
        assert {row.base_id for row in rows} - {None} == {row.id for row in keyframes}
        assert [blobs.get(conn, number) for number in numbers] == list(pages(50))


def test_a_body_that_changed_wholly_begins_anew(database: Database):
    with database.writing() as conn:
        first = blobs.put(conn, random.Random(1).randbytes(5000), lineage="url:a")
        other = blobs.put(conn, random.Random(2).randbytes(5000), lineage="url:a")
        near = blobs.put(conn, blobs.get(conn, other)[:-1], lineage="url:a")
        base = dict(list(conn.execute(sa.select(facts.blobs.c.id, facts.blobs.c.base_id))))
        assert base == {first: None, other: None, near: other}


def test_what_resembles_another_lineage_leans_on_it(database: Database):
    page = next(pages(1))
    with database.writing() as conn:
        body = blobs.put(conn, page, lineage="url:a")
        text = blobs.put(conn, b"{" + page[5000:25000] + b"}", lineage="extract:a", like=body)
        again = blobs.put(conn, b"[" + page[5000:25000] + b"]", lineage="extract:a")
        assert blobs.get(conn, text)[1:-1] == blobs.get(conn, again)[1:-1] == page[5000:25000]
        size = sa.func.sum(sa.func.length(facts.blobs.c.data))
        assert conn.execute(sa.select(size).where(facts.blobs.c.id != body)).scalar_one() < 300


def spoil(conn: Connection, blob_id: int, at: int) -> None:
    """Change one byte of stored data."""
    here = facts.blobs.c.id == blob_id
    data = bytearray(conn.execute(sa.select(facts.blobs.c.data).where(here)).scalar_one())
    data[at] ^= 1
    conn.execute(facts.blobs.update().where(here).values(data=bytes(data)))


@pytest.mark.parametrize("at", [0, 5, 100, -1])
def test_a_changed_byte_is_found_in_what_leans_on_it_too(database: Database, at: int):
    first, second = list(pages(2))
    with database.writing() as conn:
        frame = blobs.put(conn, first, lineage="url:a")
        delta = blobs.put(conn, second, lineage="url:a")
        stranger = blobs.put(conn, b"another", lineage="url:b")
        spoil(conn, frame, at)
        for number in (frame, delta):
            with pytest.raises(CorruptSnapshot, match="restore a backup"):
                blobs.get(conn, number)
        assert blobs.get(conn, stranger) == b"another"


def test_wrong_base_is_found(database: Database):
    first, second = list(pages(2))
    with database.writing() as conn:
        blobs.put(conn, first, lineage="url:a")
        delta = blobs.put(conn, second, lineage="url:a")
        # As long as the right one: it decodes without a word, to garbage.
        other = blobs.put(conn, first.swapcase().replace(b"1", b"2"))
        conn.execute(facts.blobs.update().where(facts.blobs.c.id == delta).values(base_id=other))
        with pytest.raises(CorruptSnapshot, match="not what was stored"):
            blobs.get(conn, delta)


def test_bytes_that_others_lean_on_are_not_released(database: Database):
    first, second = list(pages(2))
    with database.writing() as conn:
        frame = blobs.put(conn, first)
        conn.execute(facts.keyframes.insert().values(lineage="l", blob_id=frame, deltas=0))
        delta = blobs.put(conn, second, lineage="l")
        assert not blobs.release(conn, frame)
        assert blobs.release(conn, delta)
        assert blobs.get(conn, frame) == first
