"""Texts made to keep a reader busy: they are read, within bounds, and raise nothing.

How long one takes is bench/reading's; here is counted what would grow without a bound.
"""

import pytest

from plans.model import Extract
from plans.reading.lines import MOST_LINES
from plans.reading.read import read

PLAN = "2031 Harbour Plan\n"


@pytest.fixture
def read_text(registry):
    return lambda text: read(Extract(state="document", text=text), registry)


def kinds_of(plan):
    return [note.kind for note in plan.diagnostics]


def test_headings_run_into_one_another_without_end_are_no_recursion(read_text):
    text = "一、甲乙丙（一）甲乙" + "（一）甲乙" * 60_000
    plan = read_text(text)
    assert [part.title for part in plan.sections] == ["甲乙丙"]
    assert {task.text[:2] for task in plan.tasks} == {"甲乙"}


def test_thousands_of_lines_without_an_end_are_one_paragraph(read_text):
    """Each line ends with a comma, so that each goes on with the one before."""
    lines = [f"疏浚第{at}段航道，" for at in range(19_000)]
    plan = read_text("1." + "\n".join(lines) + "\n完成验收。（水利部负责）")
    assert [(task.text, task.assignments[0].agency) for task in plan.tasks] == [
        ("".join(lines) + "完成验收。", "mwr")
    ]
    start, end = plan.tasks[0].at
    assert (start, end) == (0, 2 + len("\n".join(lines)) + len("\n完成验收。（水利部负责）"))


def test_a_commentary_of_more_sentences_than_any_says_where_reading_ended(read_text):
    plan = read_text("Notes on Moorings\n" + "It rains. " * (MOST_LINES + 50))
    assert len(plan.tasks) + len(plan.frame) <= MOST_LINES + 1
    note = next(note for note in plan.diagnostics if note.kind == "too_long")
    assert note.at is not None


@pytest.mark.parametrize(
    "unit", ["CNIPA, and ", "CNIPA; ", "; CNIPA’s ", "a; ", "A-", "led by CNIPA, and "]
)
def test_a_sentence_of_nothing_but_joints_is_one_measure_or_a_few(read_text, unit):
    sentence = "The CNIPA will " + (unit * 3_000)[:3_800] + ". "
    plan = read_text("Notes on Moorings\n" + sentence * 25)
    assert 25 <= len(plan.tasks) <= 25 * 41


def test_the_rules_of_a_law_have_the_words_of_the_clause_that_names_them(read_text):
    """The law itself was named before, by a weaker clause."""
    plan = read_text(
        PLAN
        + "1. Advance the Patent Law; issue the Patent Law and its implementing regulations. (CNIPA)\n"
        + "2. Improve the moorings of all harbours. (CNIPA)\n3. Survey the coast again. (CNIPA)"
    )
    law, rules = plan.tasks[0].instruments
    assert (law.commitment.level, rules.commitment.level) == (3, 7)
