"""Every kind of change, its severity and its values; what is no change at all."""

import msgspec
import pytest

from plans.comparing.compare import compare
from plans.comparing.numbering import chinese_number, number_key
from plans.model import Instrument, Section
from tests.plans.comparing.making import REGISTRY, changes, due, plan, task

TEXT = "为码头装卸工人建立作业档案。"
DUTY = ("agency_assigned", "agency_released", "role_changed", "agency_renamed")


def one(text_before=TEXT, text_after=None, who_before="", who_after="", **both):
    """The changes of one linked task."""
    return changes(
        plan(task(1, text_before, who_before, **both)),
        plan(task(1, text_after or text_before, who_after, **both), year="2025"),
    )


def told(found):
    return {(c.kind, c.agency or c.name) for c in found}


def test_bodies_come_go_and_change_their_role():
    found = one(
        who_before="司法部、商务部、外交部 负责", who_after="外交部、教育部 负责; 商务部 牵头"
    )
    assert told(found) == {
        ("agency_released", "moj"),
        ("agency_assigned", "moe"),
        ("role_changed", "mofcom"),
    }
    role = next(c for c in found if c.kind == "role_changed")
    assert (role.before["role"], role.after["role"]) == ("responsible", "lead")
    assert {c.severity for c in found} == {"major"}


def test_another_printed_name_is_a_renaming_and_script_and_width_are_none():
    (renamed,) = one(who_before="国家林草局 负责", who_after="林草局 负责")
    assert (renamed.kind, renamed.severity) == ("agency_renamed", "editorial")
    assert (renamed.before, renamed.after, renamed.agency) == ("国家林草局", "林草局", "nfga")
    assert one(who_before="司法部 负责", who_after="司法部 负责") == []


def test_a_successor_takes_over_without_an_assignment_or_a_release():
    found = changes(
        plan(task(1, TEXT, "银保监会 负责"), year="2022"),
        plan(task(1, TEXT, "金融监管总局 牵头"), year="2024"),
        *DUTY,
    )
    assert told(found) == {("agency_renamed", "nfra"), ("role_changed", "nfra")}


def test_two_bodies_that_were_merged_are_both_renamed():
    found = changes(
        plan(task(1, TEXT, "工商总局、质检总局 负责"), year="2017"),
        plan(task(1, TEXT, "市场监管总局 负责"), year="2019"),
        *DUTY,
    )
    assert [c.kind for c in found] == ["agency_renamed"] * 2
    assert {c.before for c in found} == {"工商总局", "质检总局"}


@pytest.mark.parametrize(("before", "after"), [("司法部 负责", ""), ("", "司法部 负责")])
def test_brackets_that_are_not_printed_release_and_assign_nobody(before, after):
    assert one(who_before=before, who_after=after) == []


def test_a_collective_is_told_by_its_printed_name():
    (found,) = one(who_before="司法部 负责", who_after="司法部、有关成员单位 负责")
    assert (found.kind, found.agency, found.name) == ("agency_assigned", None, "有关成员单位")


def test_another_scope_of_the_same_role_is_another_duty():
    before, after = task(1, TEXT, "司法部 负责"), task(1, TEXT, "司法部 负责")

    def scoped(one_task, scope):
        who = tuple(msgspec.structs.replace(a, scope=scope) for a in one_task.assignments)
        return msgspec.structs.replace(one_task, assignments=who)

    (found,) = changes(plan(scoped(before, "两省")), plan(scoped(after, "全国"), year="2025"))
    assert (found.kind, found.before["scope"], found.after["scope"]) == (
        "role_changed",
        "两省",
        "全国",
    )


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [(3, 4, "commitment_raised"), (5, 0, "commitment_lowered"), (3, 3, None), (None, 7, None)],
)
def test_commitments_move_on_the_ladder(low, high, kind):
    found = changes(
        plan(task(1, "推进《渔港夜航条例》修改。", levels=(low,))),
        plan(task(1, "推进《渔港夜航条例》修订。", levels=(high,)), year="2025"),
        "commitment_raised",
        "commitment_lowered",
    )
    assert [c.kind for c in found] == ([kind] if kind else [])
    if kind:
        assert (found[0].before, found[0].after) == (low, high)
        assert (found[0].instrument, found[0].severity) == ("渔港夜航条例", "major")


def test_instruments_come_and_go_and_a_retitled_one_stays():
    found = changes(
        plan(task(1, "发布《盐田租赁指南》《灯塔参观守则》。", levels=(7, 7))),
        plan(task(1, "修订《盐田租赁指引》，落实《航标检修规程》。", levels=(6, 8)), year="2025"),
    )
    assert {(c.kind, c.instrument, c.before, c.after) for c in found if c.instrument} == {
        ("instrument_dropped", "灯塔参观守则", 7, None),
        ("instrument_added", "航标检修规程", None, 8),
        ("commitment_lowered", "盐田租赁指引", 7, 6),
    }


def test_decoration_of_a_title_is_naming():
    before = Instrument(title="盐田租赁法")
    after = Instrument(title="中华人民共和国盐田租赁法")
    plain = task(1, TEXT)
    assert (
        changes(
            plan(msgspec.structs.replace(plain, instruments=(before,))),
            plan(msgspec.structs.replace(plain, instruments=(after,)), year="2025"),
        )
        == []
    )


def test_an_instrument_that_went_on_in_another_task_is_a_moved_part():
    rest = "为码头装卸工人建立作业档案，每年复核一次。"
    old = plan(
        task(
            1, "推进《渔港夜航条例》制定，推进《盐田租赁规定》修改。", "司法部 负责", levels=(3, 3)
        ),
        task(2, rest, "商务部 负责"),
    )
    new = plan(
        task(1, "推进《渔港夜航条例》制定。", "司法部 负责", levels=(3,)),
        task(2, rest[:-1] + "，加快《盐田租赁规定》修改。", "商务部 负责", levels=(4,)),
        year="2025",
    )
    found = changes(old, new)
    kinds = [c.kind for c in found]
    assert "instrument_dropped" not in kinds and "instrument_added" not in kinds
    (moved,) = [c for c in found if c.kind == "part_moved"]
    assert (moved.old, moved.new, moved.severity) == (("1",), ("2",), "minor")
    (raised,) = [c for c in found if c.kind == "commitment_raised"]
    assert (raised.old, raised.new, raised.before, raised.after) == (("1",), ("2",), 3, 4)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("2024年9月底前", 2024, 9, 30), ("2025年6月底前", 2025, 6, 30), ("2024-09-30", "2025-06-30")),
        (("年底前", 2024, 12, 31), None, ("2024-12-31", None)),
        (None, ("11月底前", 2025, 11, 30), (None, "2025-11-30")),
        (("年底前", 2024, 12, 31), ("年底前", 2025, 12, 31), None),
        (("2月底前", 2024, 2, 29), ("2月底前", 2025, 2, 28), None),
        (("9月底前", 2024, 9, 30), ("9月30日前", 2025, 9, 30), None),
        (("9月底前", 2024, 9, 30), ("2024年9月底前", 2024, 9, 30), None),
        (("9月底前", 2024, 9, 30), ("2025年9月底前", 2025, 9, 30), ("2024-09-30", "2025-09-30")),
        (("长期推进",), ("长期推进",), None),
        (("长期推进",), ("年底前", 2025, 12, 31), ("长期推进", "2025-12-31")),
    ],
)  # fmt: skip
def test_deadlines(before, after, expected):
    found = changes(
        plan(task(1, TEXT, deadline=before)),
        plan(task(1, TEXT, deadline=after), year="2025"),
        "deadline_changed",
    )
    assert [(c.before, c.after) for c in found] == ([expected] if expected else [])
    assert due("长期推进").date is None


@pytest.mark.parametrize(
    "after",
    [
        "為碼頭裝卸工人建立作業檔案。",
        "为码头装卸工人,建立作业档案",
        "为码头　装卸工人建立作业档案。",
    ],
)
def test_layout_script_and_punctuation_are_editorial(after):
    found = one(text_after=after)
    assert [(c.kind, c.severity) for c in found] == [("task_reworded", "editorial")]


def test_a_word_is_minor_and_its_pieces_rebuild_both_texts():
    (found,) = one(text_after="为码头和仓库装卸工人建立作业档案。")
    assert (found.kind, found.severity) == ("task_reworded", "minor")
    assert "".join(t for op, t in found.segments if op != "insert") == found.before
    assert "".join(t for op, t in found.segments if op != "delete") == found.after


def test_numbers_in_another_style_are_no_renumbering():
    assert number_key("第十八条") == number_key("18.") == number_key("（十八）") == "18"
    assert number_key("第十八条之一") != number_key("第十八条")
    assert [chinese_number(t) for t in ("十", "二十", "一百零五", "两千三百", "三万", "十十一x")] == [
        10, 20, 105, 2300, 30000, None,
    ]  # fmt: skip


def test_a_section_added_before_takes_no_task_out_of_its_own():
    tasks = [task(1, TEXT, section="1"), task(2, "举办帆船维修技能比武。", section="2")]
    old = plan(*tasks, sections=("岸上", "水上"))
    moved = [msgspec.structs.replace(t, section=str(int(t.section) + 1)) for t in tasks]
    first = task(9, "清点各港灯塔备用灯泡库存。", section="1")
    new = plan(first, *moved, sections=("总要求", "岸上", "水上"), year="2025")
    found = changes(old, new)
    assert {(c.kind, c.severity) for c in found} == {
        ("section_added", "minor"),
        ("section_moved", "editorial"),
        ("task_added", "major"),
    }


def test_a_retitled_section_is_known_by_its_tasks_and_a_moved_task_by_its_section():
    tasks = [task(k, text, section="1") for k, text in enumerate((TEXT, "开通夜航求助短号。"), 1)]
    other = task(3, "举办帆船维修技能比武。", section="1")
    old = plan(*tasks, other, sections=("岸上", "水上"))
    new = plan(
        *tasks,
        msgspec.structs.replace(other, section="2"),
        sections=("码头一线人员", "水上"),
        year="2025",
    )
    found = {c.kind: c for c in changes(old, new)}
    assert set(found) == {"section_retitled", "task_moved"}
    assert (found["section_retitled"].before, found["section_retitled"].after) == (
        "岸上",
        "码头一线人员",
    )
    assert found["task_moved"].after["section"] == "2"


def test_sections_of_one_title_are_told_apart_by_what_stands_above_them():
    def nested(swapped):
        heads = ("水上", "岸上") if swapped else ("岸上", "水上")
        sections = []
        for k, head in enumerate(heads, 1):
            sections.append(Section(id=str(k), number="一、", title=head, parent=None))
            sections.append(Section(id=f"{k}.1", number="（一）", title="检查", parent=str(k)))
        at = {head: f"{k}.1" for k, head in enumerate(heads, 1)}
        tasks = (
            task(1, TEXT, section=at["岸上"]),
            task(2, "举办帆船维修技能比武。", section=at["水上"]),
        )
        return msgspec.structs.replace(plan(*tasks), sections=tuple(sections))

    assert {c.kind for c in changes(nested(False), nested(True))} == {"section_moved"}


def test_the_year_alone_is_no_change_of_the_frame():
    old = plan(task(1, TEXT), preamble="为做好2024年各项工作，明确任务和措施，制定本计划。")
    same = plan(
        task(1, TEXT), year="2025", preamble="为做好2025年各项工作，明确任务和措施，制定本计划。"
    )
    other = plan(
        task(1, TEXT), year="2025", preamble="为做好2025年各项工作，明确任务，制定本计划。"
    )
    assert changes(old, same) == []
    assert [(c.kind, c.severity) for c in changes(old, other)] == [("frame_changed", "minor")]


def test_the_title_of_the_notice_and_that_of_the_plan_are_one():
    old = plan(task(1, TEXT), title="某办公室关于印发《2024年推进计划》的通知")
    assert changes(old, plan(task(1, TEXT), year="2025")) == []


def test_addressees():
    old = plan(task(1, TEXT), to="司法部、国家邮政局、银保监会")
    new = plan(task(1, TEXT), year="2025", to="司法部、教育部、金融监管总局")
    assert {(c.kind, c.agency, c.severity) for c in changes(old, new)} == {
        ("addressee_removed", "spb", "minor"),
        ("addressee_added", "moe", "minor"),
        ("agency_renamed", "nfra", "editorial"),
    }
    assert changes(old, plan(task(1, TEXT), year="2025")) == []


def test_what_a_summary_does_not_mention_is_neither_new_nor_gone():
    summary = plan(
        task(1, TEXT, "商务部等部门 负责"),
        task(2, "推进《渔港夜航条例》修改。", "司法部 牵头", levels=(3,)),
        nature="summary",
    )
    whole = plan(
        task(1, "举办帆船维修技能比武，评出十名能手。", "教育部 负责"),
        task(2, "为码头装卸工人建立电子作业档案。", "商务部、外交部 负责"),
        task(3, "加快推进《渔港夜航条例》修改。", "司法部、商务部 负责", levels=(4,)),
        year="2025",
    )
    found = compare(summary, whole, REGISTRY)
    assert found.unmatched.new == ("1",)
    assert found.unmatched.old == ()
    assert {(c.kind, c.agency or c.instrument) for c in found.changes} == {
        ("agency_assigned", "mofcom"),
        ("commitment_raised", "渔港夜航条例"),
    }
    back = compare(whole, summary, REGISTRY)
    assert back.unmatched.old == ("1",)
    assert "task_removed" not in {c.kind for c in back.changes}


def test_sides_are_made_from_the_plans_and_the_versions_are_told():
    found = compare(
        plan(task(1, TEXT), made_by={"reader": "1"}),
        plan(task(1, TEXT), year="2025", made_by={"reader": "2"}),
        REGISTRY,
    )
    assert (found.old.title, found.new.edition) == ("2024年推进计划", "2025")
    assert found.made_by["reader"] == "1; 2"
    assert found.made_by["registry"] == REGISTRY.version


def test_a_title_in_other_marks_or_in_none_has_not_gone():
    old = task(1, "推进《潮间带数据条例》制定。", "自然资源部 负责", levels=(3,))
    for text in ("推进〈潮间带数据条例〉制定。", "推进潮间带数据条例制定，建立目录。"):
        new = task(1, text, "自然资源部 负责")
        for before, after in ((old, new), (new, old)):
            assert {c.kind for c in changes(plan(before), plan(after))}.isdisjoint(
                {"instrument_dropped", "instrument_added"}
            )


def test_a_title_inside_that_of_another_instrument_is_not_named_by_it():
    old = task(
        1,
        "推进《潮间带数据条例》制定，每季度会商验潮站布设和数据归集进度。",
        "自然资源部 负责",
        levels=(3,),
    )
    new = task(
        1,
        "推进《潮间带数据条例施行前已登记权利处理规定》制定，每季度会商验潮站布设和数据归集进度。",
        "自然资源部 负责",
        levels=(3,),
    )
    assert {"instrument_dropped", "instrument_added"} <= {
        c.kind for c in changes(plan(old), plan(new))
    }
