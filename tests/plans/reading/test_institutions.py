"""Universities, companies and townships beside government bodies, and persons that answer in person."""

import pytest

from plans.model import Actor
from plans.reading.actors import names_of
from plans.reading.characters import fold


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        # behind a body that is known, without a role word
        ("（省水利厅、江北大学、江北港口集团）", "省水利厅 江北大学 江北港口集团"),
        ("（水利部、东海港务有限公司）", "mwr 东海港务有限公司"),
        # the open list names what it is a list of, and that names nobody
        ("（水利部负责，江北大学、东海学院等高校参与）", "mwr 江北大学 东海学院"),
        ("（水利部、东海港务公司等中央企业负责）", "mwr 东海港务公司"),
    ],
)
def test_institutions_are_kept_beside_bodies(who, bracket, expected):
    assert [one.split(" ")[0] for one in who(bracket)] == expected.split(" ")


@pytest.mark.parametrize(
    "bracket", ["（江北大学、东海学院）", "（企业、大学）", "（水利部、防波堤）"]
)
def test_names_that_nothing_vouches_for_are_an_explanation(who, bracket):
    assert who(bracket) == []


def test_without_a_role_word_those_behind_together_with_help(who):
    assert who("（省水利厅会同省公安厅、省律协）") == [
        "省水利厅 responsible",
        "省公安厅 support",
        "省律协 support",
    ]


def test_an_institution_helps_in_a_sentence(plan_of):
    plan = plan_of(
        "省渔港计划\n一、建设\n1.建设渔港。由省水利厅牵头，江北海事大学参与。\n2.维护渔港。"
    )
    assert [(a.name, a.role) for a in plan.tasks[0].assignments] == [
        ("省水利厅", "lead"),
        ("江北海事大学", "support"),
    ]


def test_a_leader_is_a_person_and_no_body(plan_of):
    plan = plan_of(
        "区渔港计划\n一、建设\n1、修建码头。责任单位：区水利局、区公安分局。责任领导：李某某。\n"
        "2、疏浚航道。责任单位：区水利局。"
    )
    assert [a.name for a in plan.tasks[0].assignments] == ["区水利局", "区公安分局"]
    assert plan.tasks[0].text == "修建码头。"


@pytest.mark.parametrize(
    "label", ["责任人：李某", "联系人：李某某", "责任领导：李某", "分管领导：李某某"]
)
def test_persons_beside_bodies_are_left_out(duty_of, label):
    content = f"责任单位：水利部；{label}；完成时间：2031年6月底"
    reading = duty_of(content)
    assert [content[one.start : one.end] for one in reading.named] == ["水利部"]
    assert [content[slice(*term)] for term in reading.terms] == ["2031年6月底"]


def test_a_person_alone_is_nobody(duty_of):
    assert duty_of("责任人：李某某").named == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("临江镇人民政府", "local"),
        ("东湖街道办事处", "local"),
        ("乡镇人民政府", "collective"),
        ("各街道办事处", "collective"),
        ("在江高校院所", "collective"),
        ("驻市金融机构", "collective"),
        ("联席会议办公室", "unknown"),
        ("有关园区管委会", "collective"),
        ("省委党校（北方行政学院）", "local"),
        ("省渔业科学院", "local"),
        ("省渔业学院", "unknown"),
        ("联席会议有关成员单位", "collective"),
    ],
)
def test_who_is_local_and_who_many(registry, name, kind):
    assert names_of(registry, 2031).actor(name, name) == Actor(name=name, kind=kind, agency=None)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市水利局市公安局", ["市水利局", "市公安局"]),
        ("省水利厅省委编办省公安厅", ["省水利厅", "省委编办", "省公安厅"]),
        ("市市场监管局", ["市市场监管局"]),
        ("市场监管局市场处", ["市场监管局市场处"]),
    ],
)
def test_local_names_that_a_cell_put_under_each_other_are_parted(duty_of, cell, names):
    reading = duty_of(f"责任单位：{cell}")
    plain = fold(f"责任单位：{cell}")
    assert [plain[one.start : one.end] for one in reading.named] == names
