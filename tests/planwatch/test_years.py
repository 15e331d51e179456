"""A document over the years: one task, one body, bodies by sections, the ladder."""

import csv
import io

import pytest

from tests.planwatch.plans import NEW, OLD
from tests.planwatch.test_archive import CONFIG


@pytest.fixture
def two_editions(planwatch):
    planwatch.configure(CONFIG)
    planwatch("import", planwatch.file("2041.txt", OLD))
    answer = planwatch("import", planwatch.file("2042.txt", NEW.replace("2041", "2042")))
    assert answer.code == 0, answer.err
    return planwatch


def test_a_task_is_followed_through_the_editions(two_editions):
    steps = two_editions("trace", "lakes", "2", "--json").json()
    assert [(step["edition"], step["task"]["id"]) for step in steps] == [
        ("2041", "2"),
        ("2042", "2"),
    ]
    assert "[-每季度-]{+每月+}" in two_editions("trace", "lakes", "2").out


def test_a_body_s_duties_are_new_kept_and_gone(two_editions):
    answer = two_editions("agency", "公安部", "--document", "lakes", "--json").json()
    assert [(duty["edition"], duty["status"]) for duty in answer] == [("2042", "new")]
    gone = two_editions("agency", "most", "--document", "lakes", "--json").json()
    assert [(duty["edition"], duty["status"]) for duty in gone] == [
        ("2041", "unknown"),
        ("2042", "gone"),
    ]


def test_the_matrix_counts_bodies_by_section(two_editions):
    rows = list(csv.DictReader(io.StringIO(two_editions("matrix", "lakes", "--csv").out)))
    police = next(row for row in rows if row["id"] == "mps")
    assert police["Total"] == "1"


def test_the_ladder_shows_each_law_by_edition(two_editions):
    ladder = two_editions("instruments", "--document", "lakes", "--json").json()
    levels = [rung["commitment"]["level"] for rung in ladder[0]["rungs"]]
    assert (ladder[0]["title"], levels) == ("湖泊登记条例", [3, 4])


def test_what_is_not_there_says_what_is(two_editions):
    assert "2041, 2042" in two_editions("trace", "lakes", "2", "--edition", "1999").err
    assert two_editions("trace", "lakes", "77").code == 2
    assert two_editions("trace", "rivers", "1").code == 2
