"""Which pairs of tasks are looked at, and that the outcome hangs on no order of a set."""

import hashlib
import os
import subprocess
import sys

from plans.comparing.candidates import candidates
from plans.comparing.matching import content_of
from plans.comparing.prepare import lay_out
from plans.comparing.score import CONTENT
from tests.plans.comparing.making import REGISTRY, plan, task


def sought(old, new, sections=None):
    """The pairs to look at, by position, among tasks of these texts that are all open."""
    one, other, weights = lay_out(old, new, REGISTRY)
    return candidates(
        one,
        other,
        weights,
        list(range(len(old.tasks))),
        list(range(len(new.tasks))),
        sections or {},
    )


def apart(texts, year="2024"):
    """A plan whose tasks stand in a section each, so that sections pair nothing."""
    heads = [f"第{k}组" for k in range(len(texts))]
    tasks = [task(k, text, section=str(k)) for k, text in enumerate(texts, 1)]
    return plan(*tasks, sections=heads, year=year)


def test_tasks_that_share_rare_words_are_looked_at():
    old = apart(["更换灯塔栏杆。", "登记渔港来电。"])
    new = apart(["登记渔港夜间来电。", "翻修灯塔栏杆。"], "2025")
    assert sought(old, new) == {(0, 1), (1, 0)}


def test_a_title_or_a_name_is_enough():
    old = apart(["推进《盐田租赁规定》。", "开展“蓝帆”行动。"])
    new = apart(["办好“蓝帆”赛事。", "研究《盐田租赁规定》。"], "2025")
    assert sought(old, new) == {(0, 1), (1, 0)}


def test_in_a_continued_section_any_two_tasks_are_looked_at():
    old, new = apart(["甲板除锈。"]), apart(["海图更正。"], "2025")
    assert sought(old, new) == set()
    assert sought(old, new, {"1": "1"}) == {(0, 0)}


def test_what_shares_far_less_than_the_best_of_both_ends_is_no_rival():
    near, best = "修缮入海沙洲观鸟栈道，登记候鸟数量。", "清扫沙洲观鸟屋顶，更换瓦片。"
    old = plan(task(1, near), task(2, best))
    new = plan(task(1, near[:-1] + "，每月公布。"), task(2, best[:-1] + "和檐沟。"), year="2025")
    one, other, weights = lay_out(old, new, REGISTRY)
    found = content_of(one, other, weights, old, new, [0, 1], [0, 1], {})
    assert {(0, 1), (1, 0)} <= sought(old, new, {"1": "1"})
    assert set(found) == {(0, 0), (1, 1)}
    assert all(values[CONTENT.index("similarity")] > 0.7 for values in found.values())


def test_the_outcome_is_the_same_whatever_order_sets_have():
    """Python orders the strings of a set anew in every process."""
    program = (
        "from bench.compare.generate import generate\n"
        "from plans.comparing.compare import compare\n"
        "from plans.model import to_json\n"
        "from plans.registry.load import shipped_registry\n"
        "import sys\n"
        "for difficulty in ('amended', 'next_year'):\n"
        "    pair = generate(difficulty, 3, 60)\n"
        "    found = compare(pair.old, pair.new, shipped_registry())\n"
        "    sys.stdout.buffer.write(to_json(found))\n"
    )
    outcomes = set()
    for seed in ("0", "1", "7", "99"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert done.stdout
        outcomes.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(outcomes) == 1
