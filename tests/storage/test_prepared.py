"""Prepared statements say what SQLAlchemy's own execution says, on both databases."""

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from storage.database import Database
from storage.prepared import Prepared
from storage.tables.facts import sources, versions
from tests.storage.examples import DOCUMENT, NOW, SOURCE, followed, hours, text

ALL = sa.select(versions).where(versions.c.document_id == sa.bindparam("of_document"))
SEEN = (
    sources.update()
    .where(sources.c.id == sa.bindparam("source"))
    .values(
        last_visit_at=sa.bindparam("at", type_=sources.c.last_visit_at.type),
        failure_streak=sources.c.failure_streak + 1,
    )
)


@pytest.fixture
def filled(database: Database) -> Database:
    with database.writing() as conn:
        followed(conn)
        for number in range(3):
            issued = {"issued_on": dt.date(2025, 5, number + 1), "first_look": number == 1}
            text(conn, str(number), at=hours(number), **issued)
    return database


def test_rows_are_those_of_the_same_statement_executed(filled: Database):
    asked = {"of_document": DOCUMENT}
    prepared = Prepared(ALL.order_by(versions.c.id))
    with filled.reading() as conn:
        expected = [tuple(row) for row in conn.execute(ALL.order_by(versions.c.id), asked)]
        assert [tuple(row) for row in prepared.all(conn, asked)] == expected
        assert tuple(prepared.first(conn, asked)) == expected[0]
        assert prepared.first(conn, asked).fetched_at == hours(0)
        assert prepared.scalar(conn, asked) == expected[0][0]
        assert prepared.all(conn, {"of_document": "none"}) == []
        assert prepared.first(conn, {"of_document": "none"}) is None


def test_a_change_says_how_many_rows_it_met(filled: Database):
    prepared = Prepared(SEEN)
    with filled.writing() as conn:
        assert prepared.run(conn, {"source": SOURCE, "at": hours(7)}) == 1
        assert prepared.run(conn, {"source": "none", "at": NOW}) == 0
        found = conn.execute(sa.select(sources.c.last_visit_at, sources.c.failure_streak)).one()
        assert tuple(found) == (hours(7), 1)


def test_a_parameter_that_is_left_out_is_a_fault(filled: Database):
    with filled.reading() as conn, pytest.raises(KeyError, match="of_document"):
        Prepared(ALL).all(conn)


def test_who_listens_to_statements_hears_of_it(filled: Database):
    heard = []
    with filled.reading() as conn:
        event.listen(conn, "before_cursor_execute", lambda *given: heard.append(given[2]))
        Prepared(ALL).all(conn, {"of_document": DOCUMENT})
    assert len(heard) == 1
    assert heard[0].startswith("SELECT versions.id")


def test_a_write_that_breaks_a_rule_leaves_nothing(filled: Database):
    again = Prepared(versions.update().values(number=7))  # one number for all
    with pytest.raises(Exception, match=r"(?i)unique"), filled.writing() as conn:
        again.run(conn)
    with filled.reading() as conn:
        numbers = conn.execute(sa.select(versions.c.number).order_by(versions.c.id)).scalars()
        assert list(numbers) == [1, 2, 3]
