"""Which items are sections, which are tasks, and which are neither; ids and numbers."""

import pytest


def outline(plan):
    return [(s.id, s.number, s.title) for s in plan.sections], [(t.id, t.text) for t in plan.tasks]


def test_numbers_that_run_through_the_plan_are_the_ids(plan_of):
    sections, tasks = outline(
        plan_of(
            "一、建设\n（一）码头。\n1.修码头。\n2.修栈桥。\n（二）航道\n3.疏浚。\n二、管理\n4.巡查。"
        )
    )
    assert sections == [
        ("1", "一、", "建设"),
        ("1.1", "（一）", "码头"),
        ("1.2", "（二）", "航道"),
        ("2", "二、", "管理"),
    ]
    assert tasks == [("1", "修码头。"), ("2", "修栈桥。"), ("3", "疏浚。"), ("4", "巡查。")]


def test_numbers_that_restart_give_ids_by_section_and_position(plan_of):
    _, tasks = outline(plan_of("一、建设\n1.修码头。\n2.修栈桥。\n二、管理\n1.巡查。\n2.登记。"))
    assert [ident for ident, _ in tasks] == ["1-1", "1-2", "2-1", "2-2"]


def test_a_number_printed_twice_keeps_ids_unique_and_is_told(plan_of):
    plan = plan_of("一、建设\n1.修码头。\n2.修栈桥。\n2.修灯塔。\n4.疏浚。")
    assert len({task.id for task in plan.tasks}) == 4
    assert "number_twice" in {note.kind for note in plan.diagnostics}


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        (("1.", "2.", "3."), ["1.", "2.", "3."]),
        (("1．", "2．", "3．"), ["1．", "2．", "3．"]),
        (("1、", "2、", "3、"), ["1、", "2、", "3、"]),
        (("1. ", "2. ", "3. "), ["1.", "2.", "3."]),
        (("（一）", "（二）", "（三）"), ["（一）", "（二）", "（三）"]),
        (("(一)", "(二)", "(三)"), ["(一)", "(二)", "(三)"]),
        (("（1）", "（2）", "（3）"), ["（1）", "（2）", "（3）"]),
        (("一、", "二、", "三、"), ["一、", "二、", "三、"]),
        (("①", "②", "③"), ["①", "②", "③"]),
        (("㈠", "㈡", "㈢"), ["㈠", "㈡", "㈢"]),
        (("任务一：", "任务二：", "任务三："), ["任务一：", "任务二：", "任务三："]),
        (("第一项 ", "第二项 ", "第三项 "), ["第一项", "第二项", "第三项"]),
    ],
)
def test_every_style_of_number_numbers_tasks(plan_of, numbers, printed):
    plan = plan_of("\n".join(f"{n}修第{i}座码头，验收。" for i, n in enumerate(numbers)))
    assert [task.number for task in plan.tasks] == printed
    assert [task.id for task in plan.tasks] == ["1", "2", "3"]
    assert plan.tasks[2].text == "修第2座码头，验收。"


def test_an_item_of_a_law_that_a_sentence_speaks_of_is_no_number(plan_of):
    plan = plan_of("1.修码头。\n第一项所称码头，包括栈桥。\n2.疏浚。\n任务一般由水利局承担。")
    assert [task.id for task in plan.tasks] == ["1", "2"]


def test_headings_may_be_set_off_by_a_blank_only(plan_of):
    sections, tasks = outline(plan_of("一　总则要点\n1.修码头。\n二　管理事项\n2.巡查。"))
    assert [title for _, _, title in sections] == ["总则要点", "管理事项"]
    assert len(tasks) == 2


def test_decimals_number_an_emergency_plan(plan_of):
    sections, tasks = outline(
        plan_of(
            "1 机构职责\n1.1 指挥部。统一调度。\n1.2 办公室。值班。\n2 响应\n2.1 预警。发布信息。"
        )
    )
    assert [title for _, _, title in sections] == ["机构职责", "响应"]
    assert [text for _, text in tasks] == [
        "指挥部。统一调度。",
        "办公室。值班。",
        "预警。发布信息。",
    ]


def test_introductory_items_are_counted_and_are_no_tasks(plan_of):
    plan = plan_of(
        "一、总体要求\n（一）指导思想。坚持绿色。\n（二）工作目标。到2035年建成百座渔港。\n"
        "二、任务\n（三）修码头。加固岸线。（水利部负责）\n（四）修灯塔。（水利部负责）"
    )
    assert [task.id for task in plan.tasks] == ["3", "4"]
    assert [part.role for part in plan.frame] == ["introduction", "objective"]


def test_paragraphs_before_the_first_task_and_after_a_bracket_belong_to_none(plan_of):
    plan = plan_of(
        "一、建设\n渔港是海岸的门户。\n1.修码头。（水利部负责）\n要抓好落实。\n2.修灯塔。（水利部负责）\n"
        "各地区要于2031年3月底前报送方案。"
    )
    assert [task.text for task in plan.tasks] == ["修码头。", "修灯塔。"]
    assert [(part.role, part.text) for part in plan.frame] == [
        ("introduction", "渔港是海岸的门户。"),
        ("introduction", "要抓好落实。"),
        ("closing", "各地区要于2031年3月底前报送方案。"),
    ]


def test_a_tasks_own_run_in_head_is_part_of_it(plan_of):
    plan = plan_of("一、建设\n（一）修码头。加固岸线。\n（二）修灯塔。换灯。")
    assert plan.tasks[0].text == "修码头。加固岸线。"


def test_a_heading_alone_takes_its_paragraphs(plan_of):
    plan = plan_of(
        "一、建设\n（一）修码头。\n加固岸线。\n铺设护坡。\n（二）修灯塔。\n换灯。\n各地要抓紧。"
    )
    assert [task.text for task in plan.tasks] == ["修码头。加固岸线。铺设护坡。", "修灯塔。换灯。"]


def test_an_item_with_several_closed_paragraphs_is_a_section(plan_of):
    plan = plan_of(
        "一、任务\n（一）整治水体，改善环境。清理河道。（水利部负责）\n种植水草。（国家林草局负责）\n"
        "（二）加强宣传。\n组织开放日。（民政部负责）\n编写手册。（教育部负责）\n"
        "二、保障\n（一）加强领导。（水利部负责）"
    )
    assert [(s.id, s.title) for s in plan.sections] == [
        ("1", "任务"),
        ("1.1", "整治水体，改善环境"),
        ("1.2", "加强宣传"),
        ("2", "保障"),
    ]
    assert [(t.id, t.number, t.text) for t in plan.tasks] == [
        ("1.1-1", None, "清理河道。"),
        ("1.1-2", None, "种植水草。"),
        ("1.2-1", None, "组织开放日。"),
        ("1.2-2", None, "编写手册。"),
        ("2-1", "（一）", "加强领导。"),
    ]


def test_items_directly_under_the_title_are_tasks_without_section(plan_of):
    plan = plan_of(
        "一、修码头，加固岸线。（水利部负责）\n二、修灯塔。（水利部负责）\n三、疏浚。（水利部负责）"
    )
    assert [(t.id, t.section) for t in plan.tasks] == [("1", None), ("2", None), ("3", None)]


def test_an_enumeration_inside_a_task_is_its_text(plan_of):
    plan = plan_of(
        "一、建设\n1.修码头，包括：\n（1）岸线；\n（2）护坡。（水利部负责）\n2.修灯塔。（水利部负责）\n3.疏浚。（民政部负责）"
    )
    assert [t.text for t in plan.tasks] == [
        "修码头，包括：（1）岸线；（2）护坡。",
        "修灯塔。",
        "疏浚。",
    ]
    assert [a.agency for a in plan.tasks[0].assignments] == ["mwr"]


def test_a_section_without_numbers_is_no_task(plan_of):
    plan = plan_of(
        "一、任务\n（一）修码头。（水利部负责）\n（二）修灯塔。（水利部负责）\n二、落实\n各部门要抓紧。"
    )
    assert [t.id for t in plan.tasks] == ["1", "2"]
    assert plan.frame[-1].text == "各部门要抓紧。"


def test_an_amount_at_the_start_of_a_line_is_no_number(plan_of):
    plan = plan_of("一、建设\n1.修码头。\n1.2亿元用于护坡。\n2.修灯塔。\n3.2025年底前疏浚。")
    assert [t.id for t in plan.tasks] == ["1", "2", "3"]
    assert plan.tasks[2].text == "2025年底前疏浚。"


def test_a_table_gives_one_task_a_row(plan_of):
    plan = plan_of(
        "2031年分工表\n序号\t工作重点\t具体任务\t责任部门\t完成时限\n"
        "1\t码头\t加固岸线\t省水利厅、财政厅\t2031年6月底\n"
        "2\t加装护坡\t国家林草局\t长期"
    )
    assert [(t.id, t.number, t.text) for t in plan.tasks] == [
        ("1", "1", "加固岸线"),
        ("2", "2", "加装护坡"),
    ]
    assert [(a.name, a.kind) for a in plan.tasks[0].assignments] == [
        ("省水利厅", "local"),
        ("财政厅", "local"),
    ]
    assert str(plan.tasks[0].deadline.date) == "2031-06-30"
    assert plan.tasks[1].assignments[0].agency == "nfga"
    assert plan.tasks[1].deadline.ongoing


def test_a_table_with_guides_and_reach(plan_of):
    plan = plan_of(
        "推广清单\n序号\t改革举措\t主要内容\t指导部门\t推广范围\n一、渔港方面（共1项）\n"
        "1\t泊位共享\t统一登记泊位。\t水利部、民政部\t沿海省份"
    )
    assert plan.sections[0].title == "渔港方面（共1项）"
    task = plan.tasks[0]
    assert task.section == "1"
    assert [(a.agency, a.role, a.scope) for a in task.assignments] == [
        ("mwr", "guide", "沿海省份"),
        ("mca", "guide", "沿海省份"),
    ]


def test_places_point_into_the_text(plan_of):
    text = "2031年渔港计划\n一、建 设\n1.修 码头。（水利部负责）\n2.修灯塔。"
    plan = plan_of(text)
    assert text[slice(*plan.sections[0].at)] == "一、建 设"
    assert text[slice(*plan.tasks[0].at)] == "1.修 码头。（水利部负责）"
    assert plan.tasks[0].text == "修码头。"


@pytest.mark.parametrize(
    "text", ["", "今天天气很好。\n我们去公园。", "？？？", "1.", "（", "一、", "《" * 50]
)
def test_what_is_no_plan_gives_no_tasks_or_says_so(plan_of, text):
    plan = plan_of(text)
    assert plan.tasks == () or all(task.text == "" for task in plan.tasks) or len(text) < 60
    assert plan.diagnostics or plan.tasks


def test_no_text_at_all_is_named(plan_of):
    assert [note.kind for note in plan_of(" \n ").diagnostics] == ["empty"]


@pytest.mark.parametrize(
    ("heading", "introductory"),
    [
        ("总体要求", True),
        ("指导思想", True),
        ("基本原则", True),
        ("工作目标", True),
        ("指导思想和工作目标", True),
        ("总体要求和基本原则", True),
        ("充分认识渔港建设的重要意义", True),
        ("主要任务", False),
        ("工作目标和重点任务", False),
        ("工作要求", False),
        ("组织实施", False),
        ("目标任务", False),
    ],
)
def test_headings_that_introduce(heading, introductory):
    from plans.reading.outline import is_introductory

    assert is_introductory(heading) is introductory


def test_a_text_longer_than_any_plan_is_read_to_a_limit_and_says_so(plan_of):
    plan = plan_of("一、建设\n" + "\n".join(f"{i}.修第{i}座码头。" for i in range(1, 25_000)))
    assert len(plan.tasks) == 19_999
    assert "too_long" in {note.kind for note in plan.diagnostics}


def test_a_heading_that_runs_into_the_first_item_is_set_apart(plan_of):
    plan = plan_of("一、建设（一）码头1.修码头。\n2.修栈桥。\n（二）航道\n3.疏浚。")
    assert [s.title for s in plan.sections] == ["建设", "码头", "航道"]
    assert [t.text for t in plan.tasks] == ["修码头。", "修栈桥。", "疏浚。"]


def test_a_table_of_contents_is_left_out(plan_of):
    plan = plan_of(
        "2031年渔港计划\n目　录\n一、建设码头……1\n二、疏浚航道……3\n一、建设码头\n1.修码头。\n二、疏浚航道\n2.疏浚。"
    )
    assert [s.title for s in plan.sections] == ["建设码头", "疏浚航道"]
    assert "contents" in {note.kind for note in plan.diagnostics}
    assert plan.title == "2031年渔港计划"


def test_a_title_printed_twice_is_one_title(plan_of):
    plan = plan_of("2031年渔港计划\n2031年渔港计划\n一、建设\n1.修码头。\n2.疏浚。")
    assert plan.title == "2031年渔港计划"
    assert plan.frame == ()


def test_one_line_whose_headings_a_blank_alone_sets_off(plan_of):
    plan = plan_of(
        "《2031年渔港振兴推进计划》印发 二维码\n2\n"
        "2031年渔港振兴推进计划 为贯彻落实海洋强国建设部署，明确2031年度重点任务，制定本计划。 一 完善渔港制度 "
        "(一)完善规则 1.推进《渔港条例》修改，健全登记制度，统一、规范流程，定期公开结果。(水利部负责) 2.推动出台《灯塔办法》，"
        "完善配套措施，加强日常监管和社会监督。(水利部、司法部负责) 二 强化岸线保护 (一)加强巡查 3.开展巡查，提升服务水平。(民政部负责)"
    )
    assert plan.title == "2031年渔港振兴推进计划"
    assert plan.edition == "2031"
    assert [(s.number, s.title) for s in plan.sections] == [
        ("一", "完善渔港制度"),
        ("(一)", "完善规则"),
        ("二", "强化岸线保护"),
        ("(一)", "加强巡查"),
    ]
    assert [(t.id, len(t.assignments)) for t in plan.tasks] == [("1", 1), ("2", 2), ("3", 1)]


def test_an_enumeration_in_a_long_paragraph_is_not_taken_for_a_plan(plan_of):
    listed = "；".join(
        f"（{n}）整治第{n}片海域，清理岸线垃圾，恢复滩涂湿地" for n in "一二三四五六七"
    )
    plan = plan_of(
        f"渔港计划\n1.开展整治，包括：{listed}，并建立长效管护机制，明确管护标准和经费渠道，定期评估整治效果。\n2.巡查。"
    )
    assert [t.id for t in plan.tasks] == ["1", "2"]


def test_a_bracket_at_a_heading_is_said_of_the_tasks_below_without_one(plan_of):
    plan = plan_of(
        "2031年渔港建设计划\n一、修港（水利部牵头，财政部配合）\n1.修码头。\n2.修灯塔。（公安部负责）\n"
        "二、修路。（交通运输部负责）\n3.修公路。\n4.修桥。"
    )
    who = [[(a.agency, a.role, a.inherited) for a in task.assignments] for task in plan.tasks]
    assert who == [
        [("mwr", "lead", True), ("mof", "support", True)],
        [("mps", "responsible", False)],
        [("mot", "responsible", True)],
        [("mot", "responsible", True)],
    ]
    assert [section.title for section in plan.sections] == ["修港", "修路"]
    notes = [one for one in plan.diagnostics if one.kind == "section_duty"]
    assert [note.message.split(":")[0] for note in notes] == ["水利部、财政部", "交通运输部"]


def test_an_item_with_a_sentence_and_a_bracket_stays_the_task_of_its_enumeration(plan_of):
    plan = plan_of(
        "2031年渔港建设计划\n一、建设\n（一）修港。按下列次序进行，逐年推进，保证质量。（水利部负责）\n"
        "1.先修码头；\n2.再修灯塔。\n（二）修路。（交通运输部负责）"
    )
    assert [task.number for task in plan.tasks] == ["（一）", "（二）"]


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("修建码头（水利部负责）。先修三座，再修五座。", None),
        ("修建码头。（水利部负责）先修三座，再修五座。", "修建码头。"),
        ("修建码头，验收（水利部负责）。先修三座。", "修建码头，验收。"),
    ],
)
def test_a_bracket_that_closes_the_run_in_head_is_said_of_the_whole_task(plan_of, text, covered):
    task = plan_of(f"一、建设\n1.{text}\n2.疏浚航道。（公安部负责）").tasks[0]
    (one,) = task.assignments
    assert (task.text[slice(*one.covers)] if one.covers else None) == covered


BESIDE = """2031年渔港计划
一、建设
完善道路，改善出行。（交通运输部负责）
1.修建码头。（水利部负责）
2.疏浚航道。（民政部负责）
推进绿化，种植防风林。（国家林草局负责）
二、管理
3.巡查灯塔。（公安部负责）
4.清理沉船。"""


def test_a_paragraph_with_a_bracket_below_a_numbered_task_is_a_task_of_its_own(plan_of):
    plan = plan_of(BESIDE)
    assert [section.title for section in plan.sections] == ["建设", "管理"]
    assert [(t.id, t.number, t.text, [a.agency for a in t.assignments]) for t in plan.tasks] == [
        ("1", "1.", "修建码头。", ["mwr"]),
        ("2", "2.", "疏浚航道。", ["mca"]),
        ("1-3", None, "推进绿化，种植防风林。", ["nfga"]),
        ("3", "3.", "巡查灯塔。", ["mps"]),
        ("4", "4.", "清理沉船。", []),
    ]


def test_a_paragraph_with_a_bracket_above_the_first_task_is_told_and_given_to_no_other(plan_of):
    plan = plan_of(BESIDE)
    (note,) = [one for one in plan.diagnostics if one.kind == "outside_tasks"]
    assert BESIDE[slice(*note.at)] == "完善道路，改善出行。（交通运输部负责）"
    assert all(a.agency != "mot" for task in plan.tasks for a in task.assignments)


def test_labelled_lines_under_a_heading_are_said_of_the_tasks_below(plan_of):
    plan = plan_of(
        "2031年渔港计划\n一、建设\n（一）修港\n牵头单位：水利部\n1.修码头。\n2.修灯塔。（公安部负责）\n"
        "（二）疏浚\n牵头单位：民政部\n3.清淤。\n4.立标。"
    )
    assert [s.id for s in plan.sections] == ["1", "1.1", "1.2"]
    assert [(t.id, [(a.agency, a.role) for a in t.assignments]) for t in plan.tasks] == [
        ("1", [("mwr", "lead")]),
        ("2", [("mps", "responsible")]),
        ("3", [("mca", "lead")]),
        ("4", [("mca", "lead")]),
    ]


def test_labelled_lines_under_a_task_stay_its_own_where_it_has_an_enumeration(plan_of):
    plan = plan_of(
        "2031年渔港计划\n（一）修港\n牵头单位：水利部\n（1）修码头；\n（2）修灯塔。\n"
        "（二）疏浚\n牵头单位：民政部\n（1）清淤。"
    )
    assert [(t.id, [a.agency for a in t.assignments]) for t in plan.tasks] == [
        ("1", ["mwr"]),
        ("2", ["mca"]),
    ]
