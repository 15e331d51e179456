"""Real published texts, from their bytes to the scoring program's figures."""

import pytest

from bench.accuracy.plans import FLOORS, cases, plan_of, score
from tests.fixtures.corpus import CORPUS

CASES = list(cases(CORPUS)) if CORPUS.is_dir() else []


@pytest.mark.parametrize(("name", "page", "gold"), CASES, ids=[case[0] for case in CASES])
def test_a_real_text_is_read_as_the_gold_answers_say(corpus, name, page, gold):
    figures, misses = score(plan_of(page), gold, corpus)
    for key, floor in FLOORS.items():
        assert figures[key] >= floor, misses
    assert figures["scope_f1"] == figures["deadline_f1"] == figures["section_accuracy"] == 1, misses


def test_there_are_gold_answers_for_every_kind(corpus):
    assert len(CASES) >= 7


def test_a_table_in_a_page_is_read_row_by_row(corpus):
    plan = plan_of(corpus / "pages" / "govcn_10.html")
    rows = [task for task in plan.tasks if task.assignments]
    assert len(rows) == 17
    assert all(a.role == "guide" and a.scope for task in rows for a in task.assignments)


def test_a_decree_is_read_by_articles(corpus):
    plan = plan_of(corpus / "pages" / "govcn_58.html")
    assert [task.id for task in plan.tasks] == [str(i) for i in range(1, 33)]
    assert {task.kind for task in plan.tasks} == {"article"}
    assert plan.document_number == "国令第706号"
    assert str(plan.issued_on) == "2018-11-06"


@pytest.mark.parametrize(
    ("name", "articles", "chapters"),
    [
        ("专利法实施细则__2010-01-09.md", 123, 11),
        ("专利法实施细则__2023-12-11.md", 149, 13),
        ("反垄断法__2007-08-30.md", 57, 8),
        ("反垄断法__2022-06-24.md", 70, 8),
    ],
)
def test_a_law_is_read_by_articles_without_a_gap(corpus, name, articles, chapters):
    plan = plan_of(corpus / "laws" / name)
    assert [task.id for task in plan.tasks] == [str(i) for i in range(1, articles + 1)]
    assert len(plan.sections) == chapters
    assert all(task.kind == "article" and task.text for task in plan.tasks)
