"""Laws by articles."""

LAW = """海港法
（2029年3月1日第一届海港代表大会通过　2031年5月2日第三次会议修订）
目　录
第一章　总　　则
第二章　码　　头
第一章　总　　则
第一条　为了保护海港，制定本法。
第二条　海港应当：
（一）有码头；
（二）有灯塔。
海港的主管部门是水利部。
第二章　码　　头
第一节　建造
第三条　建造码头，适用《中华人民共和国海岸法》。
第三条之一　码头应当坚固。
第四条　本法自2031年9月1日起施行。"""


def test_a_law_is_read_by_articles(plan_of):
    plan = plan_of(LAW)
    assert plan.title == "海港法"
    assert [(s.id, s.number, s.title, s.parent) for s in plan.sections] == [
        ("1", "第一章", "总则", None),
        ("2", "第二章", "码头", None),
        ("2.1", "第一节", "建造", "2"),
    ]
    assert [(t.id, t.number, t.section) for t in plan.tasks] == [
        ("1", "第一条", "1"),
        ("2", "第二条", "1"),
        ("3", "第三条", "2.1"),
        ("3-1", "第三条之一", "2.1"),
        ("4", "第四条", "2.1"),
    ]
    assert {t.kind for t in plan.tasks} == {"article"}


def test_paragraphs_of_an_article_stay_lines(plan_of):
    assert (
        plan_of(LAW).tasks[1].text
        == "海港应当：\n（一）有码头；\n（二）有灯塔。\n海港的主管部门是水利部。"
    )


def test_an_article_names_its_instruments_and_assigns_nobody(plan_of):
    plan = plan_of(LAW)
    assert [i.title for i in plan.tasks[2].instruments] == ["海岸法"]
    assert all(t.assignments == () for t in plan.tasks)


def test_the_date_is_the_last_adoption_not_the_day_of_force(plan_of):
    assert str(plan_of(LAW).issued_on) == "2031-05-02"
