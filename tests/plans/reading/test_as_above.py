"""同上: a bracket or a cell that points at the bodies named before it."""


def _who(task):
    return [(a.agency or a.name, a.role, a.inherited) for a in task.assignments]


def test_a_bracket_that_says_as_above_carries_the_bodies_of_the_bracket_before(plan_of):
    plan = plan_of(
        "2031年渔港建设计划\n一、建设\n1.修码头。（水利部牵头，财政部配合）\n2.修灯塔。（同上）\n"
        "3.修船闸（责任单位同上）。\n4.修仓库。（公安部负责）\n5.修围栏。（责任单位：同上）"
    )
    assert _who(plan.tasks[0]) == [("mwr", "lead", False), ("mof", "support", False)]
    assert _who(plan.tasks[1]) == [("mwr", "lead", True), ("mof", "support", True)]
    assert _who(plan.tasks[2]) == _who(plan.tasks[1])
    assert _who(plan.tasks[4]) == [("mps", "responsible", True)]
    assert [task.text for task in plan.tasks[1:3]] == ["修灯塔。", "修船闸。"]


def test_as_above_inside_a_task_covers_its_own_sentences(plan_of):
    plan = plan_of(
        "2031年渔港建设计划\n一、建设\n1.修码头。（水利部负责）\n"
        "2.疏浚航道。（同上）清理沉船。（公安部负责）"
    )
    first, second = plan.tasks[1].assignments
    text = plan.tasks[1].text
    assert (first.agency, text[slice(*first.covers)]) == ("mwr", "疏浚航道。")
    assert (second.agency, text[slice(*second.covers)]) == ("mps", "清理沉船。")


def test_as_above_with_nothing_above_is_said_to_be_unsure(plan_of):
    plan = plan_of("2031年渔港建设计划\n一、建设\n1.修码头。（同上）\n2.修灯塔。（水利部负责）")
    assert plan.tasks[0].assignments == ()
    assert "as above" in plan.tasks[0].uncertain


def test_a_cell_that_says_as_above_carries_its_column(plan_of):
    plan = plan_of(
        "渔港建设任务清单\n序号\t任务\t牵头单位\t配合单位\n1\t修码头\t水利部\t财政部\n"
        "2\t修灯塔\t同上\t公安部\n3\t修船闸\t水利部\t同上"
    )
    assert _who(plan.tasks[1]) == [("mwr", "lead", True), ("mps", "support", False)]
    assert _who(plan.tasks[2]) == [("mwr", "lead", False), ("mps", "support", True)]


def test_words_that_only_begin_like_as_above_stay_in_the_text(plan_of):
    plan = plan_of(
        "2031年渔港建设计划\n一、建设\n1.修码头（同上年持平）。\n2.修灯塔。（水利部负责）"
    )
    assert "（同上年持平）" in plan.tasks[0].text


def test_words_left_out_in_print_make_the_task_unsure(plan_of):
    plan = plan_of("2031年渔港建设计划\n一、建设\n1.修码头。\n2.（略）\n3.修灯塔。")
    assert [task.uncertain is None for task in plan.tasks] == [True, False, True]
