"""Over the years: one task, one body, bodies by sections, instruments on the ladder."""

import pytest

from plans.comparing.compare import compare
from plans.comparing.trace import Edition, EditionError, duties, ladders, matrix, trace_task
from tests.plans.comparing.making import REGISTRY, plan, task

SPLIT = "完善冷链运单的填写规则，明确司机签收责任，建立断链货物召回制度。"


def series():
    first = plan(
        task(1, SPLIT, "商务部 负责", section="1"),
        task(2, "推进《渔港夜航条例》修改。", "司法部 负责", section="2", levels=(3,)),
        sections=("岸上", "水上"),
        year="2023",
    )
    second = plan(
        task(1, "完善冷链运单的填写规则，明确司机签收责任。", "商务部 负责", section="1"),
        task(2, "建立断链货物召回制度，指导仓库演练召回。", "商务部、教育部 负责", section="1"),
        task(3, "加快推进《渔港夜航条例》修改。", "司法部、商务部 负责", section="2", levels=(4,)),
        sections=("岸上", "水上"),
        year="2024",
    )
    third = plan(
        task(1, "建立断链货物召回制度，指导仓库每季演练召回。", "教育部 负责", section="1"),
        sections=("岸上", "水上"),
        year="2025",
    )
    plans = (first, second, third)
    return tuple(
        Edition(plan=one, since=compare(plans[k - 1], one, REGISTRY) if k else None)
        for k, one in enumerate(plans)
    )


def test_a_task_is_followed_through_its_split():
    steps = trace_task(series(), 0, "1")
    assert [(s.edition, s.task.id, s.earlier, s.later) for s in steps] == [
        ("2023", "1", (), ("1", "2")),
        ("2024", "1", ("1",), ()),
        ("2024", "2", ("1",), ("1",)),
        ("2025", "1", ("2",), ()),
    ]
    assert steps[-1].section == "一、 岸上"


def test_from_the_last_edition_back_only_its_own_line_is_told():
    steps = trace_task(series(), 2, "1")
    assert [(s.edition, s.task.id) for s in steps] == [("2023", "1"), ("2024", "2"), ("2025", "1")]


def test_duties_are_new_kept_and_gone():
    told = [(d.edition, d.task, d.status) for d in duties(series(), "mofcom")]
    assert told == [
        ("2023", "1", "unknown"),
        ("2024", "1", "kept"),
        ("2024", "2", "kept"),
        ("2024", "3", "new"),
        ("2025", "1", "gone"),
        ("2025", "2", "gone"),
        ("2025", "3", "gone"),
    ]


def test_the_matrix_counts_bodies_by_section_with_their_change():
    editions = series()
    told = matrix(editions[1], editions[0])
    assert {(c.body, c.section): (c.count, c.change) for c in told.cells} == {
        ("mofcom", "1"): (2, 1),
        ("mofcom", "2"): (1, 1),
        ("moe", "1"): (1, 1),
        ("moj", "2"): (1, 0),
    }
    assert told.bodies[0] == "mofcom"


def test_instruments_climb_and_leave_the_list():
    (ladder,) = ladders(series())
    assert ladder.title == "渔港夜航条例"
    assert [(r.listed, r.direction) for r in ladder.rungs] == [
        (True, ""),
        (True, "up"),
        (False, "left"),
    ]


def test_editions_without_their_changes_are_refused():
    editions = series()
    broken = (editions[0], Edition(plan=editions[1].plan))
    with pytest.raises(EditionError, match="2024"):
        duties(broken, "moj")
    with pytest.raises(EditionError, match="no task 9"):
        trace_task(editions, 0, "9")


def _two(first, second):
    return (Edition(plan=first), Edition(plan=second, since=compare(first, second, REGISTRY)))


def test_what_a_body_had_to_do_its_successor_goes_on_doing():
    text = "建立冷链货物保险的理赔规程。"
    editions = _two(
        plan(task(1, text, "银保监会 负责"), year="2022"),
        plan(task(1, text, "金融监管总局 负责"), year="2024"),
    )
    told = [("2022", "unknown"), ("2024", "kept")]
    assert [(d.edition, d.status) for d in duties(editions, "nfra", REGISTRY)] == told
    assert [(d.edition, d.status) for d in duties(editions, "cbirc", REGISTRY)] == told


def test_a_bracket_left_out_releases_and_assigns_nobody():
    text = "建立冷链货物保险的理赔规程。"
    named, silent = task(1, text, "司法部 负责"), task(1, text)
    other = task(2, "推广渔港泊位共享。", "商务部 负责")
    left_out = _two(plan(named, other, year="2023"), plan(silent, other, year="2024"))
    assert [(d.edition, d.status) for d in duties(left_out, "moj")] == [
        ("2023", "unknown"),
        ("2024", "unknown"),
    ]
    printed_again = _two(plan(silent, other, year="2023"), plan(named, other, year="2024"))
    assert [(d.edition, d.status) for d in duties(printed_again, "moj")] == [("2024", "unknown")]


def test_the_matrix_does_not_count_against_a_summary():
    first = plan(task(1, "推广渔港泊位共享。", "商务部 负责"), year="2023", nature="summary")
    second = plan(
        task(1, "推广渔港泊位共享。", "商务部 负责"),
        task(2, "修订渔港夜航规程。", "商务部 负责"),
        year="2024",
    )
    editions = _two(first, second)
    assert [(c.count, c.change) for c in matrix(editions[1], editions[0]).cells] == [(2, None)]
