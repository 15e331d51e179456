"""The last day that the words allow."""

import pytest

from plans.reading.characters import fold
from plans.reading.dates import deadline_in, deadline_of_bracket


def day(found):
    return None if found is None else str(found.date) if found.date else "ongoing"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2031年9月底前印发办法", "2031-09-30"),
        ("汇总意见。2031年上半年，各港印发细则", "2031-06-30"),
        ("总结2031年上半年，部署下一步", None),
        ("十月底前报送名单", "2032-10-31"),
        ("二〇三一年十二月底前验收", "2031-12-31"),
        ("五年内免收泊位费", None),
        ("确保1年内用完指标", None),
        ("2031年5月31日之前已登记的渔船", None),
        ("2028年2月底前印发", "2028-02-29"),
        ("2031年底前完成切换", "2031-12-31"),
        ("2031年年底前完成", "2031-12-31"),
        ("各单位于年底前报送总结", "2032-12-31"),
        ("于11月底前报送", "2032-11-30"),
        ("到2035年，建成百座渔港", "2035-12-31"),
        ("力争到2035年底建成", "2035-12-31"),
        ("2031年6月30日前完成", "2031-06-30"),
        ("不迟于2031年6月", "2031-06-30"),
        ("2031年上半年完成验收", "2031-06-30"),
        ("三季度末前完成", "2032-09-30"),
        ("年内出台", "2032-12-31"),
        ("6月底前制定方案，10月底前完成改造", "2032-10-31"),
        ("明年3月底前完成", "2033-03-31"),
        # no deadline
        ("每年1月31日前公开情况", None),
        ("每年年底前公开情况", None),
        ("1月1日至12月31日巡查", None),
        ("自决定作出之日起20个工作日内公布", None),
        ("自2031年3月1日起施行", None),
        ("截至2031年底，已有百座渔港", None),
        ("纳入年底考核体系", None),
        ("2031年3月9日通过的办法", None),
        ("落实《渔港纲要（2021—2035年）》", None),
        ("落实“到2035年”的部署", None),
        ("缩短至两个工作日", None),
    ],
)
def test_running_text(words, expected):
    assert day(deadline_in(words, fold(words), 2032)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2031年10月底前完成", "2031-10-31"),
        ("2031年12月", "2031-12-31"),
        ("持续推进", "ongoing"),
        ("长期坚持", "ongoing"),
        ("年内持续推进", "ongoing"),
        ("6月底前出台方案，年内持续推进", "2032-06-30"),
    ],
)
def test_brackets_and_labelled_lines(words, expected):
    assert day(deadline_of_bracket(words, fold(words), 2032)) == expected


def test_without_a_year_in_the_plan_a_bare_month_sets_no_date():
    assert deadline_in("9月底前印发", "9月底前印发", None) is None


def test_a_bracket_of_time_only_sets_the_tasks_deadline_and_leaves_the_text(plan_of):
    task = plan_of(
        "2031年渔港计划\n1.修码头。（2031年10月底前完成）\n2.修灯塔。（持续推进）"
    ).tasks[0]
    assert task.text == "修码头。"
    assert task.deadline.text == "2031年10月底前完成"
    assert task.assignments == ()


def test_the_bracket_goes_before_the_text(plan_of):
    task = plan_of(
        "2031年渔港计划\n1.6月底前修码头。（水利部负责，9月底前完成）\n2.修灯塔。"
    ).tasks[0]
    assert str(task.deadline.date) == "2031-09-30"


def test_a_day_and_a_duty_that_goes_on(plan_of):
    task = plan_of(
        "渔港分工\n海发〔2031〕6号\n1.修码头。（水利部牵头，6月底前出台办法，年内持续推进）\n2.疏浚。"
    ).tasks[0]
    assert (str(task.deadline.date), task.deadline.ongoing) == ("2031-06-30", True)
