"""Which task continues which: by what it is about, never by its number or its line."""

import pytest

from plans.comparing.compare import compare
from plans.comparing.verdicts import task_key
from tests.plans.comparing.making import REGISTRY, changes, links, plan, task

FILLER = (
    "组织开展灯塔看护员年度体检，更换老旧灯具。",
    "编印潮汐表双语版本，向渔港免费发放。",
    "开通夜航船舶求助短号，登记每次来电。",
    "为码头装卸工人建立作业档案。",
    "举办帆船维修技能比武，评出十名能手。",
)


def old_and_new(before, after, *, who_before="司法部 负责", who_after="司法部 负责"):
    """Two plans that differ in one task, among others that stay."""
    rest = [task(10 + k, text, "商务部 负责") for k, text in enumerate(FILLER)]
    return (
        plan(task(1, before, who_before), *rest, year="2024"),
        plan(task(1, after, who_after), *rest, year="2025"),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("推进《渔港夜航条例》修改。", "推进《冰上运输条例》修改。"),
        ("推进《渔港夜航条例》修改。", "加快推进《冰上运输办法》修订。"),
        ("研究起草《盐田租赁规定》。", "研究起草《灯塔参观规定》。"),
        ("加强冷库消防检查，公布检查结果。", "建立船员心理热线，培训接线人员。"),
        ("推动绿色航标灯建设，编制检修示范文本。", "推动低空货运驿站许可平台建设，编制谈判指南。"),
    ],
)
def test_the_same_sentence_about_another_object_is_no_continuation(before, after):
    assert ("1", "1") not in links(*old_and_new(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("推进《渔港夜航条例》修改。", "加快推进《渔港夜航条例》修订，做好配套解读。"),
        ("制定《盐田租赁合同指南》。", "发布《盐田租赁合同指引》。"),
        ("研究灯塔开放的参观规则。", "制定灯塔开放的参观规则，在两省先行试行。"),
        ("建立船员心理热线，培训接线人员。", "培训接线人员，建立船员心理求助热线。"),
        ("加强冷库消防检查。", "加強冷庫消防檢查,"),
        ("开展“蓝帆2024”行动，清理废弃渔网。", "开展“蓝帆2025”行动，集中清理近岸废弃渔网。"),
    ],
)
def test_a_reworded_task_is_continued(before, after):
    assert ("1", "1") in links(*old_and_new(before, after))


def test_one_removed_task_shifts_the_numbers_and_nothing_else():
    old = plan(*[task(k, text, "商务部 负责") for k, text in enumerate(FILLER, 1)])
    new = plan(*[task(k, text, "商务部 负责") for k, text in enumerate(FILLER[1:], 1)], year="2025")
    found = changes(old, new)
    assert [c.old for c in found if c.kind == "task_removed"] == [("1",)]
    assert {c.kind for c in found} == {"task_removed", "task_renumbered"}


def test_a_task_of_several_items_splits_by_its_items():
    old, new = old_and_new(
        "完善冷链运单的填写规则，明确司机签收责任，建立断链货物召回制度。",
        "完善冷链运单的填写规则，明确司机签收责任。",
    )
    extra = task(2, "建立断链货物召回制度，指导仓库演练召回。", "司法部 负责")
    new = plan(new.tasks[0], extra, *new.tasks[1:], year="2025")
    assert ("1", "1+2") in links(old, new)
    split = changes(old, new, "task_split")
    assert [t["id"] for t in split[0].after] == ["1", "2"]


def test_two_tasks_merge_into_one():
    rest = [task(10 + k, text) for k, text in enumerate(FILLER)]
    old = plan(
        task(1, "统一航标检修记录格式，发布年度检修样本。", "外交部 负责"),
        task(2, "健全搁浅事故挂牌督办制度，按月公开督办结果。", "外交部 负责"),
        *rest,
    )
    new = plan(
        task(
            1,
            "统一航标检修记录格式，健全搁浅事故挂牌督办制度，按月发布检修样本和督办结果。",
            "外交部 负责",
        ),
        *rest,
        year="2025",
    )
    assert ("1+2", "1") in links(old, new)


def test_equal_texts_that_stand_twice_are_linked_in_order():
    text = "每季度通报一次进展。"
    old = plan(task(1, text, section="1"), task(2, text, section="2"), sections=("甲", "乙"))
    new = plan(
        task(1, FILLER[0], section="1"),
        task(2, text, section="1"),
        task(3, text, section="2"),
        sections=("甲", "乙"),
        year="2025",
    )
    assert links(old, new) == {("1", "2"), ("2", "3")}


def test_bodies_that_are_not_printed_do_not_speak_against_a_link():
    assert ("1", "1") in links(
        *old_and_new("研究灯塔开放的参观规则。", "制定灯塔开放的参观规则。", who_after="")
    )


def test_a_person_decides_what_the_score_doubts():
    old, new = old_and_new("推进《渔港夜航条例》修改。", "推进《冰上运输条例》修改。")
    key = (task_key(old.tasks[0]), task_key(new.tasks[0]))
    assert ("1", "1") in links(old, new, verdicts={key: "confirmed"})
    old, new = old_and_new("研究灯塔开放的参观规则。", "制定灯塔开放的参观规则。")
    key = (task_key(old.tasks[0]), task_key(new.tasks[0]))
    rejected = compare(old, new, REGISTRY, verdicts={key: "rejected"})
    assert all(link.old != ("1",) for link in rejected.links)
    assert {c.kind for c in rejected.changes} >= {"task_added", "task_removed"}


def test_a_rejected_link_of_equal_texts_stays_rejected():
    old, new = old_and_new(FILLER[0][:-1] + "！", FILLER[0][:-1] + "！")
    key = (task_key(old.tasks[0]), task_key(new.tasks[0]))
    found = links(old, new, verdicts={key: "rejected"})
    assert ("1", "1") not in found


def test_a_confirmed_split_takes_its_parts_from_other_links():
    old, new = old_and_new("研究灯塔开放的参观规则。", "制定灯塔开放的参观规则。")
    other = new.tasks[2]
    verdicts = {
        (task_key(old.tasks[0]), task_key(new.tasks[0])): "confirmed",
        (task_key(old.tasks[0]), task_key(other)): "confirmed",
    }
    assert ("1", f"1+{other.id}") in links(old, new, verdicts=verdicts)


def test_a_verdict_outlives_layout_and_script():
    assert task_key(task(1, "加强冷库 消防检查。")) == task_key(task(9, "加強冷庫消防檢查"))
    assert task_key(task(1, "加强冷库检查。")) != task_key(task(1, "加强仓库检查。"))


def test_an_empty_plan_on_either_side():
    full = plan(task(1, FILLER[0]))
    assert [c.kind for c in changes(plan(), full, "task_added")] == ["task_added"]
    assert [c.kind for c in changes(full, plan(), "task_removed")] == ["task_removed"]
    assert links(plan(), plan()) == set()


def test_the_place_of_an_article_alone_makes_it_no_continuation():
    """Articles name no bodies, so that only words speak for a pair."""
    same = [
        task(k, f"登记机关可以{what}，申请人应当配合。")
        for k, what in enumerate(
            (
                "抽查库存样品",
                "公告注销名录",
                "委托专家评审",
                "退还多缴费用",
                "核对国外文献",
                "封存伪造图册",
            ),
            10,
        )
    ]
    old = plan(
        task(1, "登记机关应当自受理之日起十日内完成审查。"),
        task(
            2,
            "经申请人同意，登记机关可以用短信、传真、专用邮箱等方式送达书面通知、补正文书和证书副本，回执计入卷宗。",
        ),
        task(3, "登记机关可以到申请人所在地现场核验样品。"),
        *same,
    )
    new = plan(
        task(1, "登记机关应当自受理之日起五日内完成审查。"),
        task(
            2,
            "登记机关可以要求说明种质来源、在先权利和杂交亲本。隐瞒来源的，三年内不再受理其他品种，并取消苗圃试种资格。",
        ),
        task(3, "登记机关可以到申请人所在地现场核验样品。"),
        *same,
    )
    assert links(old, new) == {("1", "1"), ("3", "3"), *((t.id, t.id) for t in same)}


def test_of_equal_texts_those_of_the_same_bodies_go_together():
    say = "加强执法检查。"
    old = plan(task(1, say, "公安部 负责"), task(2, say, "海关总署 负责"))
    new = plan(task(1, say, "海关总署 负责"), task(2, say, "公安部 负责"))
    assert links(old, new) == {("1", "2"), ("2", "1")}
    assert {change.kind for change in changes(old, new)} == {"task_renumbered"}
