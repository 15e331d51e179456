"""Who signs: several bodies below each other or side by side, under sentences that lost their stop."""

import pytest

HEAD = "关于加强渔港建设的通知\n江渔发〔2031〕3号\n各市水利局：\n"
SIGNERS = "江北省水利厅、江北省公安厅"


def test_in_a_wrapped_text_the_first_signer_is_no_end_of_the_line_above(plan_of):
    wrapped = "".join(
        f"{i}.修建码头十二座，疏浚航道六条，整治沿岸道路，改\n"
        "善渔民出海条件。（省水利厅、省公安厅、省司法厅负\n责）\n"
        for i in range(1, 7)
    )
    plan = plan_of(
        f"{HEAD}一、建设\n{wrapped}7.巡查灯塔，更换老旧灯具，完善夜航标志，确保渔船\n"
        "夜间进出港安全可靠，全年无责任事故发生或险情遗漏\n"
        "江北省水利厅\n江北省公安厅\n2031年3月1日"
    )
    assert plan.issuer == SIGNERS
    assert plan.tasks[6].text.endswith("险情遗漏")


@pytest.mark.parametrize("sentence", ["现就有关事项通知如下", "现将《渔港方案》印发给你们，请执行"])
def test_a_sentence_without_its_stop_signs_nothing(plan_of, sentence):
    plan = plan_of(
        f"{HEAD}{sentence}\n江北省水利厅\n江北省公安厅\n2031年3月1日\n渔港建设方案\n一、建设\n1.修建码头。"
    )
    assert plan.issuer == SIGNERS
    assert sentence in [part.text for part in plan.frame]


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("江北省水利厅　江北省公安厅", SIGNERS),
        ("江北渔业协会 临海港务集团", "江北渔业协会、临海港务集团"),
        ("水利部 民政部", "水利部、民政部"),
        # one name, spaced out or broken
        ("江 北 省 水 利 厅", "江北省水利厅"),
        ("江北省人民政府 办公厅", "江北省人民政府办公厅"),
    ],
)
def test_bodies_side_by_side_sign_one_by_one(plan_of, line, issuer):
    plan = plan_of(f"{HEAD}一、建设\n1.修建码头。\n2.疏浚航道。\n{line}\n2031年3月1日")
    assert plan.issuer == issuer
