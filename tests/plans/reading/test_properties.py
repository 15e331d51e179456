"""Whatever is drawn: what is printed is read back, noise changes nothing, no text raises."""

import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.model import Extract
from plans.reading.explain import explain
from plans.reading.read import read
from plans.registry.load import shipped_registry
from tests.plans.reading.generate import NOISE, YEAR, facts, noisy, plans, render

REGISTRY = shipped_registry()
#: A long run sets more: PLANWATCH_EXAMPLES=10000.
EXAMPLES = int(os.environ.get("PLANWATCH_EXAMPLES", "600"))
MANY = settings(
    max_examples=max(60, EXAMPLES // 10), deadline=None, suppress_health_check=list(HealthCheck)
)


def read_text(text):
    return read(Extract(state="document", text=text), REGISTRY)


@MANY
@given(plans())
def test_reading_what_was_rendered_gives_the_plan_back(plan):
    assert facts(read_text(render(plan))) == facts(plan)


@MANY
@given(plans(brackets=False))
def test_a_plan_without_brackets_comes_back_without_assignments(plan):
    assert facts(read_text(render(plan))) == facts(plan)


def without_width(found):
    """Half-width marks are kept as published: the words are compared with their width folded."""
    table = str.maketrans(",():;", "，（）：；")
    sections, tasks = found
    return (
        [(a, b.translate(table), c.translate(table), d) for a, b, c, d in sections],
        [(a, b, c, text.translate(table), who, term) for a, b, c, text, who, term in tasks],
    )


@pytest.mark.parametrize("kind", NOISE, ids=lambda kind: kind.__name__)
@settings(
    max_examples=max(20, EXAMPLES // 30), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(plan=plans(), seed=st.integers(0, 10_000))
def test_no_kind_of_noise_changes_a_task_or_an_assignment(kind, plan, seed):
    found = read_text(noisy(render(plan), [kind], seed))
    assert without_width(facts(found)) == without_width(facts(plan))


@MANY
@given(plan=plans(), kinds=st.permutations(NOISE).map(lambda k: k[:3]), seed=st.integers(0, 999))
def test_noise_on_noise_keeps_every_assignment(plan, kinds, seed):
    found = read_text(noisy(render(plan), kinds, seed))
    assert [t[4] for t in facts(found)[1]] == [t[4] for t in facts(plan)[1]]


@MANY
@given(plans())
def test_a_whole_plan_on_one_line_has_the_same_tasks(plan):
    text = render(plan).replace("\n", "")
    if len(text) <= 300 or len(plan.tasks) < 4:
        return
    sections, tasks = facts(read_text(text))
    assert [t[3:5] for t in tasks] == [t[3:5] for t in facts(plan)[1]]
    assert [s[2] for s in sections] == [s.title for s in plan.sections]


ALPHABET = st.sampled_from(
    list(
        "一二三（）()《》“”，。、；：1234.年月日前底等负责牵头部局会同省市和及 \t\n\r第条章①AIab[]【】@-"
    )
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(ALPHABET, max_size=120) | st.text(max_size=200))
def test_no_text_raises_and_every_place_lies_in_it(text):
    plan = read_text(text)
    ids = [task.id for task in plan.tasks]
    assert len(ids) == len(set(ids))
    for task in plan.tasks:
        assert 0 <= task.at[0] <= task.at[1] <= len(text)
        for one in task.assignments:
            assert one.covers is None or 0 <= one.covers[0] < one.covers[1] <= len(task.text)
    sections = {section.id for section in plan.sections}
    assert all(task.section is None or task.section in sections for task in plan.tasks)
    marked = explain(Extract(state="document", text=text), plan, REGISTRY)
    assert "".join(text[s.start : s.end] for s in marked) == text


@MANY
@given(plans())
def test_a_tasks_place_holds_its_number_and_words(plan):
    text = render(plan)
    for task in read_text(text).tasks:
        piece = text[slice(*task.at)]
        assert piece.startswith(task.number)
        assert re.sub(r"（[^（）]*(?:负责|牵头|配合)）", "", piece).endswith(task.text)


#: What was drawn once and misread, in the smallest form that it was found in.
FOUND = [
    # A line break inside a figure of a name is no blank between two figures.
    (
        "1.建立渔港登记制度。（北京2\n022年冬奥会和冬残奥会组织委员会负责）",
        [("bocwog", "agency", "responsible", False)],
    ),
]
#: A text given twice, the page's number below the second title: no line goes on over the page there.
TWICE = f"""{YEAR}年渔港振兴推进计划
为做好{YEAR}年渔港工作，制定本计划。
一、健全制度体系
1.建立渔港登记制度，定期公开结果。（国家知识产权局负责）
2.加强岸线巡查。（水利部负责）"""


def test_a_page_number_below_the_title_of_a_second_copy_makes_no_other_text_of_it():
    first, rest = TWICE.split("\n", 1)
    once, twice = read_text(TWICE), read_text(f"{TWICE}\n{first}\n- 1 -\n{rest}")
    assert facts(twice) == facts(once)


@pytest.mark.parametrize(("text", "assignments"), FOUND)
def test_what_was_misread_once_is_read(text, assignments):
    heading = f"{YEAR}年渔港振兴推进计划\n为做好{YEAR}年渔港工作，制定本计划。\n一、健全制度体系\n"
    _, tasks = facts(read_text(heading + text))
    assert [task[4] for task in tasks] == [assignments]
