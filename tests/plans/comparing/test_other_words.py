"""Small pairs of texts: what says the same in other words, and what a lawyer must hear of."""

import pytest

from plans.comparing.compare import compare
from plans.model import Extract
from plans.reading.read import read
from tests.plans.comparing.making import REGISTRY

FILES = "为码头装卸工人建立作业档案，每年复核一次。"


def edition(year, sentence):
    text = (
        f"{year}年码头权益工作推进计划\n一、完善制度\n"
        f"1.公布港口开放清单，建立查询制度。（海关总署负责）\n2.{sentence}\n"
        "3.开展海图培训，每季编印教材。（教育部负责）\n"
    )
    return read(Extract(state="document", text=text), REGISTRY)


def told(before, after, severity):
    found = compare(edition(2041, before), edition(2042, after), REGISTRY).changes
    return {(c.kind, c.agency or c.name or c.instrument) for c in found if c.severity == severity}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{FILES}（各省级人民政府负责）", f"{FILES}（各省、自治区、直辖市人民政府负责）"),
        (f"{FILES}（司法部、商务部负责）", f"{FILES}（司法部、商务部等2部门负责）"),
        (f"{FILES}（司法部、商务部负责）", f"{FILES}（司法部、商务部等两部门负责）"),
        (f"{FILES}（司法部、商务部负责）", f"{FILES}（司法部、商务部等两个部门负责）"),
        (
            "出台《航标检修办法》。（司法部负责）",
            "出台《航标检修办法（试行）》。（司法部负责）",
        ),
        (
            "2042年第一季度完成灯塔检修，公布结果。（司法部负责）",
            "2042年3月底前完成灯塔检修，公布结果。（司法部负责）",
        ),
    ],
)
def test_the_same_duty_in_other_words_is_nothing_major(one, other):
    assert told(one, other, "major") == set()
    assert told(other, one, "major") == set()


def test_a_body_that_a_counted_list_leaves_out_was_released():
    before = f"{FILES}（司法部、商务部、教育部负责）"
    assert told(before, f"{FILES}（司法部、商务部等两部门负责）", "major") == {
        ("agency_released", "moe")
    }
    open_list = f"{FILES}（司法部、商务部等三部门负责）"
    assert told(before, open_list, "major") == set()
    assert told(before, open_list, "minor") == {("agency_unnamed", "moe")}


def test_another_instrument_is_another_one_though_both_are_on_trial():
    before = "出台《航标检修办法（试行）》，公布检修结果。（司法部负责）"
    after = "出台《浮筒清理办法（试行）》，公布清理结果。（司法部负责）"
    assert told(before, after, "major") == {
        ("instrument_dropped", "航标检修办法（试行）"),
        ("instrument_added", "浮筒清理办法（试行）"),
    }
