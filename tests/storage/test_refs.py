"""How people name a version, and what is said where nothing has that name."""

import datetime as dt

import pytest

from storage import baselines, refs
from storage.database import Database
from storage.errors import BadRef
from tests.storage.examples import DOCUMENT, NOW, followed, hours, text


@pytest.fixture
def filled(database: Database) -> Database:
    """Three editions, one mended, one in English only, one as a summary only."""
    with database.writing() as conn:
        followed(conn)
        text(conn, "s23", edition="2023", nature="summary", published_on=dt.date(2023, 6, 1))
        text(conn, "o24", edition="2024", published_on=dt.date(2024, 5, 28), at=hours(1))
        text(conn, "o24b", edition="2024", published_on=dt.date(2024, 5, 28), at=hours(2))
        text(conn, "e24", edition="2024", language="en", at=hours(3))
        text(conn, "o25", edition="2025", published_on=dt.date(2025, 5, 7), at=hours(4))
        text(conn, "s26", edition="2026", nature="summary", at=hours(5))
        text(conn, "d25", edition="2025", at=hours(6), status="variant")
        baselines.set_to(conn, DOCUMENT, 2, pinned=False, now=NOW)
    return database


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("#1", "s23"),
        ("#007", "d25"),
        ("@2023", "s23"),
        ("@2024", "o24b"),
        ("@2025", "o25"),
        ("@2026", "s26"),
        ("@latest", "o25"),
        ("@baseline", "o24"),
        ("@as-of:2024-06-01", "o24"),
        ("@as-of:2025-05-06", "o24"),
        ("@as-of:2025-05-07", "o25"),
        ("@as-of:2030-01-01", "o25"),
        ("@as-of:2023-07-01", "s23"),
    ],
)
def test_what_a_name_points_at(filled: Database, name: str, key: str):
    with filled.reading() as conn:
        assert refs.resolve(conn, DOCUMENT + name).text_key == key


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"{DOCUMENT}#8", "no version number 8"),
        (f"{DOCUMENT}@2019", "of the edition 2019"),
        (f"{DOCUMENT}@as-of:2001-01-01", "in force on 2001-01-01"),
        (f"{DOCUMENT}@as-of:2025-02-30", "is no day"),
        (f"{DOCUMENT}@as-of:tomorrow", "is no day"),
        ("coffee-plan@latest", "no document 'coffee-plan'"),
        (DOCUMENT, "names no version"),
        (f"{DOCUMENT}#x", "names no version"),
        (f"{DOCUMENT}#1@2", "names no version"),
        ("", "names no version"),
        ("@latest", "names no version"),
    ],
)
def test_what_is_said_of_a_name_without_a_version(filled: Database, name: str, said: str):
    with filled.reading() as conn, pytest.raises(BadRef, match=said):
        refs.resolve(conn, name)


def test_a_day_ends_in_shanghai(database: Database):
    """18:30 UTC on the 7th is the 8th in Shanghai."""
    with database.writing() as conn:
        followed(conn)
        text(conn, "k", at=dt.datetime(2025, 5, 7, 18, 30, tzinfo=dt.UTC))
        assert refs.as_of(conn, DOCUMENT, dt.date(2025, 5, 7)) is None
        assert refs.as_of(conn, DOCUMENT, dt.date(2025, 5, 8)) is not None


def test_baselines_keep_their_dates(filled: Database):
    with filled.writing() as conn:
        baselines.set_to(conn, DOCUMENT, 3, pinned=True, now=hours(1))
        baselines.set_to(conn, DOCUMENT, 3, pinned=True, now=hours(2))
        baselines.clear(conn, DOCUMENT, now=hours(3))
        story = [
            (b.version_id, b.pinned, b.since, b.until) for b in baselines.history(conn, DOCUMENT)
        ]
        assert story == [
            (None, True, hours(3), None),
            (3, True, hours(1), hours(3)),
            (2, False, NOW, hours(1)),
        ]
        with pytest.raises(BadRef, match="set as its baseline"):
            refs.resolve(conn, f"{DOCUMENT}@baseline")
