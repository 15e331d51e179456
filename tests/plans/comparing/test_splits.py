"""Which open task is a part of which whole, and when a loose link gives way to that."""

from plans.comparing.compare import compare
from plans.comparing.prepare import lay_out
from plans.comparing.score import SPLIT, models
from plans.comparing.splits import MOST_PARTS, Finder, Sides
from tests.plans.comparing.making import REGISTRY, links, plan, task

WHOLE = "完善冷链运单的填写规则，明确司机签收责任，建立断链货物召回制度。"
PARTS = ("完善冷链运单的填写规则。", "明确司机签收责任。", "建立断链货物召回制度。")
FOREIGN = "举办帆船维修技能比武，评出十名能手。"
NEVER = lambda _i, _j: False  # noqa: E731


def finder(old, new, groups, still_open):
    """A finder for the parts on the new side, and the groups that it grows."""
    one, other, weights = lay_out(plan(*old), plan(*new, year="2025"), REGISTRY)
    sections = {"1": "1"}
    return Finder(one, other, weights, models().split, groups, still_open, sections)


def told(texts, who="司法部 负责"):
    return [task(k, text, who) for k, text in enumerate(texts, 1)]


def test_all_parts_are_found_and_a_foreign_task_is_not():
    groups = {0: [0], 1: [4]}
    new = told((*PARTS, "开通夜航求助短号。", "发放潮汐表。"))
    found = finder(told((WHOLE, "发放潮汐表。")), new, groups, [1, 2, 3]).attach(0.0, NEVER)
    assert groups == {0: [0, 1, 2], 1: [4]}
    assert {(one.whole, one.part) for one in found} == {(0, 1), (0, 2)}
    assert all(one.logit > 0 for one in found)


def test_what_is_rejected_stays_open():
    groups = {0: [0]}
    search = finder(told((WHOLE,)), told(PARTS), groups, [1, 2])
    search.attach(0.0, lambda i, j: (i, j) == (0, 1))
    assert groups == {0: [0, 2]}


def test_ground_that_one_part_covers_is_not_covered_again():
    groups = {0: [0]}
    twice = (PARTS[0], PARTS[2], "建立断链货物召回制度，每年演练。")
    finder(told((f"{PARTS[0][:-1]}，{PARTS[2]}",)), told(twice), groups, [1, 2]).attach(0.0, NEVER)
    assert groups == {0: [0, 1]}


def test_a_whole_has_no_more_parts_than_it_may():
    clauses = ["清点灯塔灯泡", "登记渔港来电", "更换航标电池", "培训码头司机", "编印潮汐图册", "修缮盐田水闸", "发放救生衣物"]  # fmt: skip
    groups = {0: [0]}
    new = told([clause + "。" for clause in clauses])
    finder(told(["，".join(clauses) + "。"]), new, groups, [*range(1, 7)]).attach(-9.0, NEVER)
    assert len(groups[0]) == MOST_PARTS


def test_a_loose_link_gives_way_to_the_whole_that_a_task_is_a_part_of():
    groups = {0: [0], 1: [1]}
    old, new = told((WHOLE, FOREIGN)), told((PARTS[0], PARTS[2]))
    found = finder(old, new, groups, []).attach(0.0, NEVER, {1: (1, -1.0)})
    assert [(one.whole, one.part) for one in found] == [(0, 1)]
    assert groups == {0: [0, 1]}


def test_a_link_that_is_not_so_loose_holds():
    groups = {0: [0], 1: [1]}
    old, new = told((WHOLE, FOREIGN)), told((PARTS[0], PARTS[2]))
    assert finder(old, new, groups, []).attach(0.0, NEVER, {1: (1, 25.0)}) == []
    assert groups == {0: [0], 1: [1]}


def test_chances_and_neighbours_tell_of_tasks_that_stayed_open():
    groups = {0: [0]}
    search = finder(told((WHOLE,)), told((PARTS[0], "召回断链的货物。")), groups, [1])
    assert search.attach(99.0, NEVER) == []
    assert [i for i, _ in search.chances()] == [0]
    assert list(search.neighbours()) == [0]
    alone = finder(told((WHOLE,)), told((WHOLE, FOREIGN)), {0: [0]}, [1])
    alone.attach(99.0, NEVER)
    assert list(alone.neighbours()) == []


def features(old, new, whole, taken, part):
    one, other, weights = lay_out(plan(*old), plan(*new, year="2025"), REGISTRY)
    values = Sides(one, other, weights).features(whole, taken, part, same_section=True)
    return dict(zip(SPLIT, values, strict=True))


def test_an_instrument_is_a_sign_the_rarer_it_is():
    old = told(("推进《渔港夜航条例》修改，推进《盐田租赁规定》制定。", "落实《渔港夜航条例》。"))
    new = told(("推进《渔港夜航条例》修改。", "研究《盐田租赁规定》。", "宣传《渔港夜航条例》。"))
    assert features(old, new, 0, [0], 1)["title"] == 1.0
    assert features(old, new, 0, [0], 2)["title"] == 0.0  # another part names it already
    assert features(old, new, 0, [1], 2)["title"] == 0.25  # two tasks of either side name it
    assert features(old, new, 1, [0], 1)["other_title"] == 1.0


def test_clauses_are_held_against_clauses():
    old = told(("疏浚渔港航道，翻修灯塔栏杆，巡护盐田堤岸。",))
    new = told(("疏浚渔港航道。", "翻修灯塔栏杆。", "巡护红树林滩。"))
    same = features(old, new, 0, [0], 1)
    assert same["mutual"] == same["head"] == same["verb"] == same["open"] == 1.0
    verb = features(old, new, 0, [0, 1], 2)
    assert verb["verb"] == 1.0
    assert verb["mutual"] < 0.7
    assert features(old, new, 0, [0, 2], 1)["between"] == 1.0


def test_parts_without_a_word_in_common_are_found_between_their_sisters():
    rest = ["清点各港灯泡库存。", "编印潮汐图册。", "更换航标电池。", "举办帆船比武。"]
    before = "摸清渔港水深，翻修灯塔栏杆，巡护盐田堤岸。"
    old = told((*rest[:2], before, *rest[2:]), "司法部、商务部 负责")
    parts = ("摸清渔港水深。", "翻修导航塔护手。", "巡护盐田堤岸。")
    new = told((*rest[:2], *parts, *rest[2:]), "司法部、商务部 负责")
    assert ("3", "3+4+5") in links(plan(*old), plan(*new, year="2025"))


def test_several_become_one_and_one_becomes_several_alike():
    there = links(plan(*told((WHOLE, FOREIGN))), plan(*told((*PARTS, FOREIGN)), year="2025"))
    back = links(plan(*told((*PARTS, FOREIGN))), plan(*told((WHOLE, FOREIGN)), year="2025"))
    assert there == {("1", "1+2+3"), ("2", "4")}
    assert back == {(new, old) for old, new in there}


def test_a_part_that_a_look_alike_took_comes_back_to_its_whole():
    rest = ["清点各港灯泡库存。", "编印潮汐图册。", "更换航标电池。"]
    whole = "压降红树林滩海堤守员，唤起深层含水层险段图，先在三湾试行。"
    gone = "巡护压舱水体海堤守员，描绘灌溉渠网补助册，筑牢海龟滩缺水快讯。"
    old = [
        *told(rest, "商务部 负责"),
        task(4, whole, "科技部 负责"),
        task(5, gone, "国家卫生健康委、科技部 负责"),
    ]
    new = [
        *told(rest, "商务部 负责"),
        task(4, "压降红树林滩海堤守员。", "国家卫生健康委、科技部 负责"),
        task(5, "唤起深层含水层险段图，先在三湾试行。", "科技部 负责"),
    ]
    found = links(plan(*old), plan(*new, year="2025"))
    assert ("4", "4+5") in found
    assert not {one for one, _ in found if "5" in one}


def test_an_instrument_finds_its_whole_under_much_that_is_new():
    shared = "唤醒珊瑚礁旁锚地，结果计入县域评分，串联珊瑚礁旁洄游通道"
    wholes = [f"{shared}，第{k}批清单随后公布。" for k in "一二三四五六"]
    drafting = "推进《河口三角洲办法》制定，推进《潮汐电站规则》修改。"
    old = [*told(wholes, "商务部 负责"), task(7, drafting, "外交部、司法部 负责")]
    new = [
        *told(wholes, "商务部 负责"),
        task(7, "推进《河口三角洲办法》制定。", "外交部、司法部 负责"),
        task(8, f"推动出台《潮汐电站规则》，{shared}。", "外交部、司法部 负责"),
    ]
    assert ("7", "7+8") in links(plan(*old), plan(*new, year="2025"))


def test_wholes_are_sought_by_words_by_instrument_and_by_place():
    words = "唤醒珊瑚礁旁锚地，串联珊瑚礁旁洄游通道"
    old = [
        *told([f"{words}，编印第{k}本图册。" for k in "一二三四五六"], "商务部 负责"),
        task(7, "推进《潮汐电站规则》修改。", "外交部 负责"),
        task(8, "摸清渔港水深，翻修灯塔栏杆。", "司法部 负责"),
    ]
    new = [
        *old[:6],
        task(7, "推进《潮汐电站规则》修改。", "外交部 负责"),
        task(8, "摸清渔港水深。", "司法部 负责"),
        task(9, "更换导航塔护手。", "司法部 负责"),
        task(10, f"{words}，宣传《潮汐电站规则》。", "教育部 负责"),
    ]
    groups = {k: [k] for k in range(8)}
    likely = finder(old, new, groups, []).likely([8, 9])
    assert likely[8] == [7]  # not a word in common: the same bodies next door
    assert likely[9][-1] == 6 and set(likely[9][:-1]) < {0, 1, 2, 3, 4, 5}


def test_short_clauses_that_go_on_word_for_word_are_parts():
    rest = [
        task(k, text, "科技部 负责")
        for k, text in ((8, "编制深海装备导航报告。"), (9, "支持老字号更新设计。"))
    ]
    old = plan(task(1, "完善仲裁规则，发布仲裁案例集。", "司法部、商务部 负责"), *rest)
    new = plan(
        task(1, "完善仲裁规则。", "司法部 负责"), task(2, "发布仲裁案例集。", "商务部 负责"), *rest
    )
    assert {(link.old, link.new) for link in compare(old, new, REGISTRY).links} == {
        (("1",), ("1", "2")), (("8",), ("8",)), (("9",), ("9",))
    }  # fmt: skip
    assert {change.kind for change in compare(old, new, REGISTRY).changes} == {"task_split"}
