"""Numbers in another writing are no news; other numbers are, however alike they look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.comparing.figures import plain_figures, same_figures
from tests.plans.comparing.making import changes, plan, task

SAME = [
    ("评选二十件灯塔模型", "评选20件灯塔模型"),
    ("抽查百分之三十的码头", "抽查30%的码头"),
    ("抽查百分之三十点五的码头", "抽查30.5％的码头"),
    ("损耗降到千分之五", "损耗降到5‰"),
    ("2041年年底前完成检修", "2041年底前完成检修"),
    ("二〇四一年三月完成灯塔检修", "2041年3月完成灯塔检修"),
    ("培训1万名引航员", "培训10000名引航员"),
    ("培训1万名引航员", "培训10,000名引航员"),
    ("培训十万名引航员", "培训10万名引航员"),
    ("补贴1.5亿元", "补贴15000万元"),
    ("补贴一亿二千万元", "补贴1.2亿元"),
    ("一百零二座灯塔", "102座灯塔"),
    ("3月01日前", "3月1日前"),
    ("2041-2042年", "2041—2042年"),
    ("修缮3～5座", "修缮3-5座"),
    ("Repair 30 percent of the lighthouses", "Repair 30% of the lighthouses"),
]
OTHER = [
    ("评选二十件灯塔模型", "评选30件灯塔模型"),
    ("抽查百分之三十的码头", "抽查3%的码头"),
    ("损耗降到千分之五", "损耗降到5%"),
    ("适用于第1、2类货物", "适用于第12类货物"),
    ("适用于第一、二类货物", "适用于第十二类货物"),
    ("在≤30日内答复", "在≥30日内答复"),
    ("修缮3～5座", "修缮35座"),
    ("修缮三五座", "修缮35座"),
    ("一百二座灯塔", "102座灯塔"),
    ("比例为1:3", "比例为1/3"),
    ("补贴3万5千元", "补贴35000元"),
    ("收取¥30", "收取$30"),
    ("培训1万名引航员", "培训1亿名引航员"),
    ("百分之一", "百分之十"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_another_writing_of_a_number_is_editorial(one, other):
    for before, after in ((one, other), (other, one)):
        (found,) = changes(plan(task(1, before)), plan(task(1, after)), "task_reworded")
        assert (found.severity, found.before, found.after) == ("editorial", before, after)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_number_is_told(one, other):
    for before, after in ((one, other), (other, one)):
        (found,) = changes(plan(task(1, before)), plan(task(1, after)), "task_reworded")
        assert found.severity == "minor"


def test_the_name_of_a_five_year_plan_is_no_number():
    assert not same_figures("落实“十四五”规划", "落实“145”规划")


def test_another_writing_in_the_preamble_is_editorial_too():
    old = plan(task(1, "检修航标。"), preamble="为保障二十座码头的安全，制定本计划。")
    new = plan(task(1, "检修航标。"), preamble="为保障20座码头的安全，制定本计划。")
    assert [(c.kind, c.severity) for c in changes(old, new)] == [("frame_changed", "editorial")]


UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, ""))


def spelt(number):
    """A number written out, every place with its unit, 零 where places are left out."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    unit, name = next((u, n) for u, n in UNITS if number >= u)
    left = number % unit
    gap = "零" if left and left < unit // 10 else ""
    return spelt(number // unit) + name + gap + (spelt(left) if left else "")


@given(st.integers(1, 10**12 - 1), st.integers(1, 10**12 - 1))
def test_every_number_written_out_is_itself_and_no_other(one, other):
    assert plain_figures(f"建{spelt(one)}座") == f"建{one}座"
    assert same_figures(f"建{spelt(one)}座", f"建{other}座") == (one == other)


@given(st.text("一二三十百千万亿两〇零点0123456789.,、，-:/%≤≥分之年底月 件", max_size=40))
def test_any_string_is_itself_and_is_read_to_its_end(text):
    assert same_figures(text, text)
    assert same_figures(text, f" {text} ")
