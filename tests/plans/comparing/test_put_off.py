"""A law that is now put off, or to be repealed, went down, though the level is the same."""

import pytest

from plans.comparing.compare import compare
from plans.comparing.trace import Edition, ladders
from plans.model import Extract
from plans.reading.read import read
from tests.plans.comparing.making import REGISTRY


def edition(year, sentence):
    text = (
        f"{year}年码头权益工作推进计划\n一、完善制度\n1.公布港口开放清单。（海关总署负责）\n"
        f"2.{sentence}（司法部负责）\n3.开展海图培训。（教育部负责）\n"
    )
    return read(Extract(state="document", text=text), REGISTRY)


def moves(before, after):
    """(kind, level before, level after) of all that is told of the law."""
    old, new = edition(2041, before), edition(2042, after)
    found = compare(old, new, REGISTRY).changes
    assert {c.severity for c in found if c.instrument} <= {"major"}
    return [(c.kind, c.before, c.after) for c in found if c.instrument]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "研究论证《灯塔法》修改。",
            "暂缓推进《灯塔法》修改。",
            [("commitment_lowered", 0, 0)],
        ),
        ("推进《灯塔法》修改。", "暂缓推进《灯塔法》修改。", [("commitment_lowered", 3, 0)]),
        (
            "暂缓推进《灯塔法》修改。",
            "研究论证《灯塔法》修改。",
            [("commitment_raised", 0, 0)],
        ),
        ("不再推进《灯塔法》修改。", "推进《灯塔法》修改。", [("commitment_raised", 0, 3)]),
        ("暂缓推进《灯塔法》修改。", "不再推进《灯塔法》修改。", []),
        ("暂缓修订《灯塔法》。", "推迟《灯塔法》修改工作。", []),
        ("修订《灯塔法》。", "废止《灯塔法》。", [("commitment_lowered", 6, 6)]),
        ("推进《灯塔法》修改。", "推进《灯塔法》废止。", [("commitment_lowered", 3, 3)]),
        ("推进《灯塔法》废止。", "推进《灯塔法》修订。", [("commitment_raised", 3, 3)]),
        ("推进《灯塔法》废止。", "加快《灯塔法》废止。", [("commitment_raised", 3, 4)]),
        ("推进《灯塔法》修改废止。", "推进《灯塔法》修改。", []),
        ("废止《灯塔法》。", "做好《灯塔法》的废止工作。", []),
    ],
)
def test_what_is_put_off_stands_below_what_is_studied(before, after, told):
    assert moves(before, after) == told


def test_the_ladder_goes_down_to_what_is_put_off_and_up_from_it():
    sentences = ("研究论证《灯塔法》修改。", "暂缓《灯塔法》修改。", "研究论证《灯塔法》修改。")
    plans = [edition(2041 + k, sentence) for k, sentence in enumerate(sentences)]
    editions = [
        Edition(plan=one, since=compare(plans[k - 1], one, REGISTRY) if k else None)
        for k, one in enumerate(plans)
    ]
    (ladder,) = ladders(editions)
    assert [rung.direction for rung in ladder.rungs] == ["", "down", "up"]


def test_of_several_mentions_any_other_one_says_more():
    before = "推进《灯塔法》修改。"
    after = "暂缓《灯塔法》全面修订，研究论证《灯塔法》个别条款修改。"
    ((kind, low, high),) = moves(before, after)
    assert (kind, low, high) == ("commitment_lowered", 3, 0)


def test_a_part_that_only_names_the_law_does_not_hide_what_becomes_of_it():
    whole = "推进《灯塔法》修改，明确灯塔检修责任，建立灯塔巡查制度。"
    parts = ("明确《灯塔法》中的灯塔检修责任，建立灯塔巡查制度", "暂缓推进《灯塔法》修改")
    old = edition(2041, whole)
    new = edition(2042, f"{parts[0]}。（司法部负责）\n3.{parts[1]}。")
    found = compare(old, new, REGISTRY)
    assert any(len(link.new) == 2 for link in found.links)
    told = [(c.kind, c.before, c.after) for c in found.changes if c.instrument]
    assert told == [("commitment_lowered", 3, 0)]
