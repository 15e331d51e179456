"""Tables whose header takes two rows, and whose rows stand under numbered cells."""

import pytest

from plans.model import Extract
from plans.reading.read import read


@pytest.fixture
def table(registry):
    """The plan of a table, given as rows of cells."""

    def make(*rows: str):
        text = "2031年渔港任务分工表\n" + "\n".join(row.replace("|", "\t") for row in rows)
        return read(Extract(state="document", text=text), registry)

    return make


def who(task):
    return [(a.agency or a.name, a.role) for a in task.assignments]


UPPER = "序号|工作任务|责任分工||完成时限"
ROW = "1|修建码头。|水利部|民政部|2031年6月底前"


@pytest.mark.parametrize(
    "lower",
    ["序号|工作任务|牵头单位|参加单位|完成时限", "||牵头单位|参加单位|"],
    ids=["spans repeated", "spans printed once"],
)
def test_two_rows_make_one_header(table, lower):
    plan = table(UPPER, lower, ROW)
    assert [(task.id, task.text) for task in plan.tasks] == [("1", "修建码头。")]
    assert who(plan.tasks[0]) == [("mwr", "lead"), ("mca", "support")]
    assert str(plan.tasks[0].deadline.date) == "2031-06-30"


def test_a_header_printed_again_on_a_new_page_is_no_second_one(table):
    header = "序号|工作任务|责任单位"
    plan = table(header, "1|修建码头。|水利部", header, "2|疏浚航道。|民政部")
    assert [who(task) for task in plan.tasks] == [
        [("mwr", "responsible")],
        [("mca", "responsible")],
    ]


def test_numbered_cells_that_span_rows_are_sections(table):
    plan = table(
        "重点任务|序号|具体内容|责任单位",
        "（一）建设|1|修建码头。|水利部",
        "（一）建设|2|疏浚航道。|民政部",
        "（二）维护|3|巡查灯塔。|公安部",
    )
    assert [(s.id, s.number, s.title, s.parent) for s in plan.sections] == [
        ("1", "（一）", "建设", None),
        ("2", "（二）", "维护", None),
    ]
    assert [(t.id, t.section, t.text) for t in plan.tasks] == [
        ("1", "1", "修建码头。"),
        ("2", "1", "疏浚航道。"),
        ("3", "2", "巡查灯塔。"),
    ]


def test_groups_of_a_table_stand_under_the_heading_above_it(table):
    plan = table(
        "一、重点工作",
        "领域|工作任务|责任单位",
        "（一）建设|修建码头。|水利部",
        "|疏浚航道。|民政部",
    )
    assert [(s.id, s.parent) for s in plan.sections] == [("1", None), ("1.1", "1")]
    assert [t.id for t in plan.tasks] == ["1.1-1", "1.1-2"]


def test_cells_without_a_number_and_numbers_of_single_rows_head_nothing(table):
    groups = table("领域|工作任务|责任单位", "建设|修建码头。|水利部", "建设|疏浚航道。|民政部")
    own = table(
        "事项|具体内容|责任单位", "一、建设|修建码头。|水利部", "二、维护|巡查灯塔。|公安部"
    )
    assert groups.sections == own.sections == ()
    assert len(groups.tasks) == len(own.tasks) == 2


def test_rows_that_count_anew_in_the_second_table_are_ids_by_position(table):
    plan = table(
        "序号|任务|责任单位",
        "1|修码头。|水利部",
        "2|修灯塔。|公安部",
        "表2",
        "序号|任务|责任单位",
        "1|巡查。|民政部",
    )
    assert [(t.id, t.number) for t in plan.tasks] == [("0-1", "1"), ("0-2", "2"), ("0-3", "1")]
    assert "number_twice" not in {note.kind for note in plan.diagnostics}


def test_the_table_of_an_annex_takes_no_task_from_the_text_above(table):
    plan = table(
        "一、建设",
        "（一）修港。修码头，修灯塔。",
        "（二）管理。巡查。",
        "附件：渔港任务分工表",
        "序号|任务|责任单位",
        "1|修码头|水利部",
    )
    assert [t.text for t in plan.tasks] == ["修港。修码头，修灯塔。", "管理。巡查。", "修码头"]
    assert [s.title for s in plan.sections] == ["建设"]


def test_an_english_table_of_tasks(registry):
    text = (
        "2031 Harbour Plan\nNo.\tTask\tLead agency\tSupporting agencies\tDeadline\n"
        "1\tBuild quays.\tCNIPA\tMinistry of Justice; SAMR\tJune 2031\n"
        "2\tRepair lights.\tMinistry of Commerce\t\tOngoing"
    )
    plan = read(Extract(state="document", text=text), registry)
    assert [(t.id, t.text, who(t)) for t in plan.tasks] == [
        ("1", "Build quays.", [("cnipa", "lead"), ("moj", "support"), ("samr", "support")]),
        ("2", "Repair lights.", [("mofcom", "lead")]),
    ]
    assert str(plan.tasks[0].deadline.date) == "2031-06-30"
    assert plan.tasks[1].deadline.ongoing
