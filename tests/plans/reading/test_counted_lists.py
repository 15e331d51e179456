"""甲部、乙部等两部门 names all it counts; 甲部、乙部等五部门 leaves three open."""

import datetime as dt

import pytest

from plans.model import Extract
from plans.reading.read import read


def task_of(registry, sentence):
    text = f"2031年渔港建设计划\n一、建设\n1.修码头。\n2.{sentence}\n3.修灯塔。"
    return read(Extract(state="document", text=text), registry).tasks[1]


@pytest.mark.parametrize(
    ("bracket", "open_ended"),
    [
        ("水利部、民政部等2部门负责", False),
        ("水利部、民政部等两部门负责", False),
        ("水利部、民政部等两个部门负责", False),
        ("水利部、民政部等5部门负责", True),
        ("水利部、民政部等十二部门负责", True),
        ("水利部、民政部等部门负责", True),
        ("水利部、民政部等负责", True),
    ],
)
def test_a_list_is_open_where_it_names_fewer_than_it_counts(registry, bracket, open_ended):
    task = task_of(registry, f"修渔具仓库。（{bracket}）")
    assert [(a.agency, a.open_ended) for a in task.assignments] == [
        ("mwr", open_ended),
        ("mca", open_ended),
    ]


def test_a_quarter_by_which_something_is_completed_is_a_term(registry):
    task = task_of(registry, "第一季度完成渔具仓库修缮。（水利部负责）")
    assert task.deadline is not None
    assert task.deadline.date == dt.date(2031, 3, 31)
    assert task_of(registry, "第一季度修缮渔具仓库。（水利部负责）").deadline is None
