"""解读 and 答记者问: told about a text; their headings are no tasks."""


def test_headings_that_tell_of_the_text_are_no_tasks(plan_of):
    plan = plan_of(
        "《2031年渔港建设方案》解读\n近日，水利部印发《2031年渔港建设方案》，现解读如下。\n"
        "一、出台背景\n渔港是门户。\n二、编制过程和主要考虑\n征求了意见。\n"
        "三、主要任务\n（一）修码头。到2032年修十座。\n（二）修灯塔。\n四、有哪些特点？\n突出实用。"
    )
    assert plan.nature == "commentary"
    assert [task.text for task in plan.tasks] == ["修码头。到2032年修十座。", "修灯塔。"]
    assert plan.edition == "2031"


def test_a_commentary_of_questions_has_no_tasks(plan_of):
    plan = plan_of(
        "水利部负责人就《渔港建设办法》答记者问\n一、《办法》出台的背景是什么？\n渔港是门户。\n"
        "二、《办法》的主要内容有哪些？\n共有五条。\n三、如何抓好落实？\n将开展培训。"
    )
    assert plan.nature == "commentary"
    assert plan.tasks == ()
    assert "共有五条。" in " ".join(part.text for part in plan.frame)


def test_the_same_headings_in_a_plan_stay_what_they_are(plan_of):
    plan = plan_of(
        "2031年渔港建设工作要点\n一、做好政策解读\n印发手册。\n二、丰富展览内容\n修展馆。\n三、修码头\n修十座。"
    )
    assert plan.nature == "official"
    assert len(plan.tasks) == 3
