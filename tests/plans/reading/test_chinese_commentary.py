"""Chinese commentary in prose: clauses with a body as their subject, national or a province's own."""

import pytest

HEAD = (
    "《江北省2031年渔港建设计划》解读\n省水利厅负责人就《江北省2031年渔港建设计划》回答了提问。\n"
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("省水利厅将修建码头。", [[("省水利厅", "responsible")]]),
        (
            "在建设上，省水利厅会同省科技厅推进疏浚，省委编办将核定人员。",
            [[("省水利厅", "responsible"), ("省科技厅", "support")], [("省委编办", "responsible")]],
        ),
        ("由省社会科学院牵头研究港史。", [[("省社会科学院", "lead")]]),
        (
            "省水利厅、市交通局将巡查灯塔。",
            [[("省水利厅", "responsible"), ("市交通局", "responsible")]],
        ),
        ("水利部将安排补助。", [[("水利部", "responsible")]]),
        # an object, an opinion, a person
        ("市场将受益，渔民欢迎省水利厅。", []),
        ("省水利厅负责同志作了说明。", []),
    ],
)
def test_clauses_with_a_body_as_subject_are_measures(plan_of, sentence, expected):
    plan = plan_of(HEAD + sentence)
    assert [[(a.name, a.role) for a in task.assignments] for task in plan.tasks] == expected
