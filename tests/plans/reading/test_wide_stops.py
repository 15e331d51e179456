"""Offices that end their sentences with ． or a bare point: it ends them, and stays part of a number."""

import pytest

from plans.reading.characters import fold

PREAMBLE = "为做好2031年渔港工作，制定本计划．"


@pytest.mark.parametrize("mark", ["1.", "1．", "１．", "1、"])
def test_a_preamble_that_ends_with_a_wide_stop_is_no_second_title(plan_of, mark):
    plan = plan_of(
        f"2031年渔港振兴推进计划\n{PREAMBLE}\n一、建设\n{mark}推进《渔港条例》修改．（水利部负责）"
    )
    assert plan.title == "2031年渔港振兴推进计划"
    assert [(part.role, part.text) for part in plan.frame] == [("preamble", PREAMBLE)]
    assert [(task.text, task.number) for task in plan.tasks] == [("推进《渔港条例》修改．", mark)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("完成验收．随后通报．", "完成验收。随后通报。"),
        ("修订《渔港条例》．", "修订《渔港条例》。"),
        ("1．2．一．十．（一）．建设", "1.2.一.十.（一）.建设"),
        ("增长3．5个百分点", "增长3.5个百分点"),
        ("修建码头.疏浚航道.", "修建码头。疏浚航道。"),
        ("(一)修港.修建码头.(甲负责)", "（一）修港。修建码头。（甲负责）"),
        ("1.修港2.疏浚一.总则3.5亿", "1.修港2.疏浚一.总则3.5亿"),
        ("水利部.民政部负责", "水利部.民政部负责"),
    ],
)
def test_a_wide_stop_is_folded_to_what_it_stands_for(text, folded):
    assert fold(text) == folded
