"""What the reader says of itself: brackets that gave nobody a duty, numbers that are missing."""


def _notes(plan, kind):
    return [one for one in plan.diagnostics if one.kind == kind]


def test_a_bracket_of_duty_that_gives_nobody_one_is_told_with_its_place(plan_of):
    text = (
        "2031年渔港建设计划\n一、建设\n1.修码头（码头内由驻港人员中的值班者负责照看灯火）并验收。\n"
        "2.修灯塔。（水利部负责）"
    )
    (note,) = _notes(plan_of(text), "bracket_unread")
    assert text[slice(*note.at)].startswith("（码头内由")
    assert "负责照看灯火" in note.message


def test_brackets_that_were_read_or_speak_of_no_duty_are_not_told(plan_of):
    plan = plan_of(
        "2031年渔港建设计划\n一、建设\n1.修码头（含主要负责人培训）。（水利部负责）\n2.修灯塔（PPP）。（同上）"
    )
    assert _notes(plan, "bracket_unread") == []


def test_a_number_that_is_missing_between_tasks_is_told(plan_of):
    text = "2031年渔港建设计划\n一、建设\n1.修码头。（水利部负责）\n2.修灯塔。（水利部负责）\n4.修船闸。（水利部负责）"
    (note,) = _notes(plan_of(text), "numbers_missing")
    assert note.message == "after number 2 comes 4"
    assert text[slice(*note.at)].startswith("4.修船闸")


def test_numbers_that_begin_again_in_each_section_miss_nothing(plan_of):
    plan = plan_of("渔港建设计划\n一、甲\n1.修码头。\n2.修灯塔。\n二、乙\n1.修船闸。\n2.修仓库。")
    assert _notes(plan, "numbers_missing") == []
