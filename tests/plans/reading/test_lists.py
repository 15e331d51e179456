"""Lists of bodies in brackets that say little else: who is meant, and who is not."""


def _who(task):
    return [(a.agency or a.name, a.role) for a in task.assignments]


def test_what_is_done_to_a_text_before_who_drafts_it_is_nobody(plan_of):
    plan = plan_of(
        "2031年立法工作计划\n（一）渔港办法（修订，渔港司起草）\n（二）船闸规定（船闸司起草）"
    )
    assert _who(plan.tasks[0]) == [("渔港司", "responsible")]


def test_a_list_of_known_bodies_closes_a_run_in_head(plan_of):
    plan = plan_of(
        "2031年渔港工作要点\n一、执法\n1.规范处罚（司法部、水利部）。完善裁量基准。\n2.修码头（含旧码头）。先修三座。"
    )
    assert _who(plan.tasks[0]) == [("moj", "responsible"), ("mwr", "responsible")]
    assert plan.tasks[0].text == "规范处罚。完善裁量基准。"
    assert plan.tasks[1].text == "修码头（含旧码头）。先修三座。"


def test_bodies_that_explain_a_word_in_a_sentence_are_no_duty(plan_of):
    plan = plan_of(
        "2031年渔港工作要点\n一、执法\n1.按主管部门（水利部、公安部）的规定执法。\n2.修码头。"
    )
    assert plan.tasks[0].assignments == ()


def test_a_labelled_month_is_a_deadline_on_a_line_of_its_own(plan_of):
    plan = plan_of(
        "2031年渔港方案\n（一）规则\n1.制定条例\n牵头单位：司法部\n完成时限：2031年11月\n2.修码头\n牵头单位：水利部"
    )
    assert str(plan.tasks[0].deadline.date) == "2031-11-30"
    assert plan.tasks[0].text == "制定条例"


def test_the_column_of_the_key_task_heads_the_column_of_its_work(plan_of):
    plan = plan_of(
        "渔港任务清单\n序号\t重点任务\t工作内容\t牵头部门\n1\t清理码头\t清理二十座\t水利部\n2\t修灯塔\t修三座\t公安部"
    )
    assert [task.text for task in plan.tasks] == ["清理码头清理二十座", "修灯塔修三座"]
