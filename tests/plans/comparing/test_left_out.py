"""Tasks whose words are left out in print (略): linked by number and place, and never sure."""

import pytest

from plans.comparing.apply import apply
from plans.comparing.compare import compare
from plans.comparing.left_out import is_left_out
from plans.comparing.verdicts import task_key
from tests.plans.comparing.making import REGISTRY, plan, task

LIST = "公布港口开放清单，建立查询制度。"
FILES = "为码头装卸工人建立作业档案，落实《渔港夜航条例》。"
CHARTS = "开展海图培训，每季编印教材。"
LEFT_OUT = "（略）"


def numbered(*texts, year="2041", who="司法部 负责"):
    return plan(*(task(n, text, who) for n, text in enumerate(texts, 1)), year=year)


def links(old, new):
    return {
        (*link.old, *link.new): round(link.confidence, 1)
        for link in compare(old, new, REGISTRY).links
    }


@pytest.mark.parametrize("mark", ["（略）", "（略）。", "略", "从略", "(此略)", "(omitted)"])
def test_the_marks_that_plans_use(mark):
    assert is_left_out(mark)


@pytest.mark.parametrize("text", ["略阳码头", "制定战略", "作业档案（略）", "", "。"])
def test_what_is_none(text):
    assert not is_left_out(text)


@pytest.mark.parametrize("back", [False, True])
def test_it_is_the_task_of_its_number_and_neither_new_nor_gone(back):
    old, new = numbered(LIST, FILES, CHARTS), numbered(LIST, LEFT_OUT, CHARTS, year="2042")
    if back:
        old, new = new, old
    assert links(old, new) == {("1", "1"): 1.0, ("2", "2"): 0.5, ("3", "3"): 1.0}
    (found,) = compare(old, new, REGISTRY).changes
    assert (found.kind, found.severity, found.old, found.new) == (
        "task_reworded",
        "minor",
        ("2",),
        ("2",),
    )
    assert apply(compare(old, new, REGISTRY), old).tasks == new.tasks


def test_what_its_brackets_still_say_is_compared():
    old = numbered(LIST, FILES, CHARTS)
    new = plan(
        task(1, LIST, "司法部 负责"),
        task(2, LEFT_OUT, "司法部、商务部 负责"),
        task(3, CHARTS, "司法部 负责"),
        year="2042",
    )
    found = {(c.kind, c.agency) for c in compare(old, new, REGISTRY).changes}
    assert found == {("task_reworded", None), ("agency_assigned", "mofcom")}


def test_renumbered_it_is_known_by_its_place_and_less_sure():
    old, new = numbered(LIST, FILES, CHARTS), numbered(LEFT_OUT, CHARTS, year="2042")
    # One of the two that stood before the sea charts is gone; which one, nobody can tell.
    assert links(old, new) == {("1", "1"): 0.5, ("3", "2"): 1.0}
    old = numbered("检修航标灯。", LIST, FILES, CHARTS)
    new = numbered(LIST, LEFT_OUT, CHARTS, year="2042")
    assert links(old, new)[("3", "2")] == 0.3


def test_out_of_its_place_the_number_alone_is_less_sure():
    old = numbered(FILES, LIST, CHARTS)
    new = plan(
        task(2, LIST, "司法部 负责"),
        task(3, CHARTS, "司法部 负责"),
        task(1, LEFT_OUT, "司法部 负责"),
        year="2042",
    )
    assert links(old, new) == {("2", "2"): 1.0, ("3", "3"): 1.0, ("1", "1"): 0.3}


def test_several_go_by_their_numbers_and_not_by_their_equal_marks():
    old = numbered(LIST, FILES, CHARTS, LEFT_OUT)
    new = numbered(LIST, LEFT_OUT, CHARTS, "检修航标灯，公布检修结果。", year="2042")
    assert links(old, new) == {
        ("1", "1"): 1.0,
        ("2", "2"): 0.5,
        ("3", "3"): 1.0,
        ("4", "4"): 0.5,
    }


def test_people_have_the_last_word():
    old, new = numbered(LIST, FILES, CHARTS), numbered(LIST, LEFT_OUT, CHARTS, year="2042")
    pair = (task_key(old.tasks[1]), task_key(new.tasks[1]))
    rejected = compare(old, new, REGISTRY, verdicts={pair: "rejected"})
    assert {c.kind for c in rejected.changes} == {"task_removed", "task_added"}
    confirmed = compare(old, new, REGISTRY, verdicts={pair: "confirmed"})
    assert {link.old: link.confidence for link in confirmed.links}[("2",)] == 1.0


def test_a_text_of_nothing_but_marks_is_compared_to_its_end():
    marks = [LEFT_OUT] * 3000
    old, new = numbered(*marks), numbered(LIST, *marks, year="2042")
    found = compare(old, new, REGISTRY)
    assert len(found.links) == 3000
