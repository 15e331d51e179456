"""One edit to a published text, and exactly what must be told of it.

Every case is read from text, as a page would be. What an edit must tell is written as
``kind old→new what``; what is not written must not be told. Renumbering follows from every task
that comes or goes and is left out.
"""

import re

import opencc
import pytest

from plans.comparing.compare import compare
from plans.model import Extract, Task
from plans.reading.read import read
from tests.plans.comparing.making import REGISTRY

OLD = """2024年渔业知识产权推进计划
为做好2024年渔业知识产权工作，制定本计划。
一、完善制度
（一）健全法规
1. 推进《渔港夜航条例》修改，推进《盐田租赁规定》制定。（司法部、国家知识产权局负责）
2. 研究论证灯塔开放参观规则。（国家知识产权局负责）
3. 发布《冷链运单填写指南》。（市场监管总局、商务部负责）
（二）深化改革
4. 完善帆船维修技师职称评价标准，建立技师信息库。（人力资源社会保障部、国家知识产权局负责）
5. 9月底前完成潮汐发电专利审查规则修订。（国家知识产权局负责）
二、强化保护
（一）加强执法
6. 组织开展远洋渔具假冒商标专项打击，公布十起典型案例。（公安部牵头，海关总署、市场监管总局配合）
7. 加强渔港市场侵权商品查验，扣留侵权货物。（海关总署负责）
8. 健全航标软件著作权纠纷调解机制。（中央宣传部、司法部按职责分工负责）
（二）促进运用
9. 支持海水养殖企业组建专利池，编制许可费率参考。（农业农村部、国家知识产权局等部门负责）
10. 开展“蓝帆”商标品牌培育行动，评选三十个渔业区域品牌。（国家知识产权局、农业农村部负责）
三、加强保障
（一）组织实施
11. 举办渔业知识产权宣传周活动。（中央宣传部、国家知识产权局、教育部负责）
12. 将知识产权纳入渔业院校课程，编写通用教材。（教育部负责）
"""
NEW = OLD.replace("2024年", "2025年")
TASK = dict(re.findall(r"(?m)^(\d+)(\. .*\n)", OLD))
TASK = {number: number + text for number, text in TASK.items()}
BRACKET = re.compile(r"（[^（）]*(?:负责|配合)）")


def put(number: int, words: str, by: str) -> str:
    """The next plan with these words of one task put in another way."""
    line = TASK[str(number)]
    assert words in line, (number, words)
    return NEW.replace(line, line.replace(words, by, 1))


def with_task(text: str, after: int) -> str:
    """The next plan with one more task behind another; later numbers go up by one."""
    return without_numbers_of(NEW.replace(TASK[str(after)], TASK[str(after)] + "0. " + text + "\n"))


def without_task(number: int) -> str:
    """The next plan without one task; later numbers go down by one."""
    return without_numbers_of(NEW.replace(TASK[str(number)], ""))


def without_numbers_of(text: str) -> str:
    """The text with its tasks counted anew."""
    count = iter(range(1, 99))
    return re.sub(r"(?m)^\d+\.", lambda _: f"{next(count)}.", text)


def told(text: str, before: str = OLD) -> set[str]:
    """What is told of a text, as short lines."""
    old, new = (read(Extract(state="document", text=t), REGISTRY) for t in (before, text))
    found = compare(old, new, REGISTRY)
    lines = set()
    for c in found.changes:
        if c.kind == "task_renumbered":
            continue
        what = c.agency or c.instrument or (c.name if c.kind.startswith("agency") else None)
        place = f"{'+'.join(c.old)}→{'+'.join(c.new)}"
        severity = "" if c.severity != "editorial" else " (editorial)"
        lines.add(" ".join(filter(None, (c.kind, place, what))) + severity)
    return lines


def test_the_same_plan_for_another_year_tells_nothing():
    assert told(NEW) == set()
    assert told(OLD) == set()


MIRRORS = {
    "half-width brackets and commas": NEW.translate(str.maketrans("（），：", "(),:")),
    "traditional script": opencc.OpenCC("s2t").convert(NEW),
    "blanks after every comma": NEW.replace("，", "， ").replace("、", "、 "),
    "numbers in another style": re.sub(r"(?m)^(\d+)\. ", r"\1、", NEW),
    "brackets on lines of their own": BRACKET.sub(lambda m: "\n" + m.group(), NEW),
    "brackets as labelled lines": NEW.replace(
        "（中央宣传部、司法部按职责分工负责）", "\n责任单位：中央宣传部、司法部"
    ),
    "no brackets at all": BRACKET.sub("", NEW),
    "some brackets left out": NEW.replace("（海关总署负责）", "").replace("（教育部负责）", ""),
    "bodies in another order": put(
        11, "中央宣传部、国家知识产权局、教育部", "教育部、国家知识产权局、中央宣传部"
    ),
    "the same bodies, with others unnamed": put(6, "市场监管总局配合", "市场监管总局等部门配合"),
    "bodies with and without 国家": NEW.replace("国家知识产权局", "知识产权局"),
    "a title with 中华人民共和国": put(1, "《渔港", "《中华人民共和国渔港"),
}


@pytest.mark.parametrize("copy", MIRRORS)
def test_a_mirror_copy_has_no_news(copy):
    assert {line for line in told(MIRRORS[copy]) if "(editorial)" not in line} == set()


DUTIES = {
    "a body joins": (
        put(7, "（海关总署负责）", "（海关总署、公安部负责）"),
        {"agency_assigned 7→7 mps"},
    ),
    "a body leaves, and others are only hinted at": (
        put(11, "、教育部负责", "等部门负责"),
        {"agency_unnamed 11→11 moe"},
    ),
    "the lead goes to another": (
        put(6, "公安部牵头，海关总署、", "海关总署牵头，公安部、"),
        {"role_changed 6→6 mps", "role_changed 6→6 gacc"},
    ),
    "one of two equals leads": (
        put(8, "中央宣传部、司法部按职责分工负责", "中央宣传部牵头，司法部配合"),
        {"role_changed 8→8 ccpd", "role_changed 8→8 moj"},
    ),
    "alone responsible, then leading": (
        put(7, "海关总署负责", "海关总署牵头负责"),
        {"role_changed 7→7 gacc"},
    ),
    "each body for a sentence of its own": (
        put(
            10,
            "，评选三十个渔业区域品牌。（国家知识产权局、农业农村部负责）",
            "。（国家知识产权局负责）评选三十个渔业区域品牌。（农业农村部负责）",
        ),
        {
            "role_changed 10→10 cnipa",
            "role_changed 10→10 mara",
            "task_reworded 10→10 (editorial)",
        },
    ),
    "two tasks exchange their bodies": (
        put(7, "（海关总署负责）", "（教育部负责）").replace(
            "教材。（教育部负责）", "教材。（海关总署负责）"
        ),
        {
            "agency_assigned 7→7 moe",
            "agency_released 7→7 gacc",
            "agency_assigned 12→12 gacc",
            "agency_released 12→12 moe",
        },
    ),
    "bodies and words at once": (
        put(8, "纠纷调解机制。（中央宣传部、司法部按", "争议调解制度。（司法部按"),
        {"task_reworded 8→8", "agency_released 8→8 ccpd"},
    ),
    "a collective joins": (
        put(7, "海关总署负责", "海关总署、联席会议有关成员单位负责"),
        {"agency_assigned 7→7 联席会议有关成员单位"},
    ),
    "a body that no longer exists under that name": (
        put(6, "市场监管总局配合", "商务部配合"),
        {"agency_released 6→6 samr", "agency_assigned 6→6 mofcom"},
    ),
}
INSTRUMENTS = {
    "the same under another word": (
        put(1, "条例》修改", "条例》修订"),
        {"task_reworded 1→1"},
    ),
    "raised": (
        put(1, "推进《渔港夜航条例》修改", "加快推进《渔港夜航条例》修改"),
        {"task_reworded 1→1", "commitment_raised 1→1 渔港夜航条例"},
    ),
    "lowered": (
        put(1, "推进《盐田租赁规定》制定", "研究制定《盐田租赁规定》"),
        {"task_reworded 1→1", "commitment_lowered 1→1 盐田租赁规定"},
    ),
    "retitled": (
        put(1, "盐田租赁规定", "盐田租赁条例"),
        {"task_reworded 1→1"},
    ),
    "no longer listed": (
        put(1, "，推进《盐田租赁规定》制定", ""),
        {"task_reworded 1→1", "instrument_dropped 1→1 盐田租赁规定"},
    ),
    "another one in its place": (
        put(3, "冷链运单填写指南", "花卉拍卖结算指南"),
        {"task_removed 3→", "task_added →3"},
    ),
    "moved to another task and raised": (
        put(1, "，推进《盐田租赁规定》制定", "").replace(
            "《冷链运单填写指南》。", "《冷链运单填写指南》，加快《盐田租赁规定》制定。"
        ),
        {
            "task_reworded 1→1",
            "task_reworded 3→3",
            "part_moved 1→3 盐田租赁规定",
            "commitment_raised 1→3 盐田租赁规定",
        },
    ),
    "moved into a task that is new": (
        with_task(
            "编制全国盐业遗产地图，配发保护标识，推进《盐田租赁规定》制定时开展问卷调查。"
            "（文化和旅游部负责）",
            12,
        ).replace("修改，推进《盐田租赁规定》制定。（司", "修改。（司"),
        {"task_reworded 1→1", "part_moved 1→13 盐田租赁规定", "task_added →13"},
    ),
    "each instrument a task of its own": (
        with_task("推进《盐田租赁规定》制定。（司法部负责）", 1).replace(
            "修改，推进《盐田租赁规定》制定", "修改"
        ),
        {"task_split 1→1+2"},
    ),
}
TASKS = {
    "split by its clauses": (
        with_task("建立帆船维修技师信息库。（人力资源社会保障部、国家知识产权局负责）", 4).replace(
            "标准，建立技师信息库", "标准"
        ),
        {"task_split 4→4+5"},
    ),
    "merged, and a body of the parts is gone": (
        without_numbers_of(
            put(
                6,
                "公布十起典型案例。（公安部牵头，海关总署、",
                "公布典型案例，加强渔港市场侵权商品查验，扣留侵权货物。（公安部牵头，",
            ).replace(TASK["7"], "")
        ),
        {"task_merged 6+7→6", "agency_released 6+7→6 gacc"},
    ),
    "moved to another section": (
        without_numbers_of(NEW.replace(TASK["7"], "").replace(TASK["12"], TASK["12"] + TASK["7"])),
        {"task_moved 7→12"},
    ),
    "exchanged their numbers": (
        without_numbers_of(NEW.replace(TASK["7"] + TASK["8"], TASK["8"] + TASK["7"])),
        set(),
    ),
    "copied to another section": (
        with_task(TASK["7"].removeprefix("7. ").strip(), 12),
        {"task_added →13"},
    ),
    "cut to its verb": (
        put(7, "加强渔港市场侵权商品查验，扣留侵权货物", "加强查验"),
        {"task_reworded 7→7"},
    ),
    "the first one gone": (without_task(2), {"task_removed 2→"}),
    "one in front of all": (
        with_task("清点各港灯塔备用灯泡库存，登记更换日期。（交通运输部负责）", 12).replace(
            "宣传周活动", "宣传周系列活动"
        ),
        {"task_added →13", "task_reworded 11→11"},
    ),
    "a clause went on in another task": (
        put(10, "，评选三十个渔业区域品牌", "").replace(
            "纠纷调解机制。", "纠纷调解机制，评选三十个渔业区域品牌。"
        ),
        {"task_reworded 8→8", "task_reworded 10→10", "part_moved 10→8"},
    ),
    "a figure": (put(6, "十起", "二十起"), {"task_reworded 6→6"}),
}
TIMES = {
    "another month": (
        put(5, "9月底前", "6月底前"),
        {"deadline_changed 5→5", "task_reworded 5→5"},
    ),
    "no longer dated": (
        put(5, "9月底前", ""),
        {"deadline_changed 5→5", "task_reworded 5→5"},
    ),
    "dated from now on": (
        put(11, "举办", "4月底前举办"),
        {"deadline_changed 11→11", "task_reworded 11→11"},
    ),
    "the same day in other words": (put(5, "9月底前", "9月30日前"), {"task_reworded 5→5"}),
}
SECTIONS = {
    "retitled": (
        NEW.replace("（一）加强执法", "（一）严格执法司法"),
        {"section_retitled 2.1→2.1"},
    ),
    "retitled beyond recognition": (
        NEW.replace("（二）促进运用", "（二）盘活资产"),
        {"section_retitled 2.2→2.2"},
    ),
    "exchanged": (
        without_numbers_of(
            re.sub(
                r"(（二）促进运用\n)(9.*\n10.*\n)",
                "",
                NEW.replace(
                    "（一）加强执法\n", f"（一）促进运用\n{TASK['9']}{TASK['10']}（二）加强执法\n"
                ),
            )
        ),
        {"section_moved 2.1→2.2 (editorial)", "section_moved 2.2→2.1 (editorial)"},
    ),
}
EDITS = {
    f"{group}: {name}": case
    for group, cases in (
        ("duties", DUTIES),
        ("instruments", INSTRUMENTS),
        ("tasks", TASKS),
        ("times", TIMES),
        ("sections", SECTIONS),
    )
    for name, case in cases.items()
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_tells_what_it_changed_and_nothing_else(edit):
    text, expected = EDITS[edit]
    assert told(text) == expected


@pytest.mark.parametrize("edit", [name for name in EDITS if not name.startswith("sections")])
def test_noise_around_an_edit_tells_no_more_of_it(edit):
    text, expected = EDITS[edit]
    noisy = opencc.OpenCC("s2t").convert(text.translate(str.maketrans("（），", "(),")))
    news = {line for line in told(noisy) if "(editorial)" not in line}
    assert {_folded(line) for line in news} == {
        _folded(line) for line in expected if "(editorial)" not in line
    }


def _folded(line: str) -> str:
    return opencc.OpenCC("t2s").convert(line)


def test_a_task_that_turned_to_another_object_is_left_to_a_person():
    old, new = (
        read(Extract(state="document", text=text), REGISTRY)
        for text in (OLD, put(7, "渔港市场", "花卉市场"))
    )
    (link,) = [link for link in compare(old, new, REGISTRY).links if link.old == ("7",)]
    assert link.confidence < 0.9


def test_a_summary_tells_only_of_what_it_names():
    import msgspec

    old, new = (
        read(Extract(state="document", text=text), REGISTRY)
        for text in (OLD, put(6, "公安部牵头，海关总署、", "公安部牵头，"))
    )
    summary = msgspec.structs.replace(old, nature="summary", tasks=old.tasks[3:8])
    found = compare(summary, new, REGISTRY)
    assert [(c.kind, c.agency) for c in found.changes] == [("agency_released", "gacc")]
    assert found.unmatched.new == ("1", "2", "3", "9", "10", "11", "12")
    back = compare(new, summary, REGISTRY)
    assert [(c.kind, c.agency) for c in back.changes] == [("agency_assigned", "gacc")]
    assert back.unmatched.old == found.unmatched.new
    assert isinstance(new.tasks[0], Task)
