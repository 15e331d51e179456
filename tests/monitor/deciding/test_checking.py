"""What is held for a person, and what is not."""

import pytest

from monitor.checking import check_against, check_extract, check_readable
from plans.model import Extract, Plan, Task


def plan(tasks, language="zh-Hans", nature="official"):
    return Plan(
        title="二〇三一年工作计划",
        language=language,
        nature=nature,
        tasks=tuple(
            Task(id=str(n), number=str(n), section=None, text=f"完成第{n}项。")
            for n in range(1, tasks + 1)
        ),
    )


@pytest.mark.parametrize(
    ("before", "now", "doubt"),
    [
        (60, 60, None),
        (139, 110, None),
        (60, 40, None),
        (60, 39, "lost_tasks"),
        (1, 0, "lost_tasks"),
        (0, 60, None),
        (60, 200, None),
    ],
)
def test_over_a_third_of_the_tasks_gone(before, now, doubt):
    finding = check_against(plan(now), "文" * 900, plan(before), "文" * 900, same_edition=True)
    assert (finding.doubt if finding else None) == doubt


@pytest.mark.parametrize(
    ("length", "same_edition", "doubt"),
    [(1000, True, None), (667, True, None), (660, True, "lost_text"), (660, False, None)],
)
def test_over_a_third_of_the_text_gone(length, same_edition, doubt):
    finding = check_against(plan(9), "文" * length, plan(9), "文" * 1000, same_edition=same_edition)
    assert (finding.doubt if finding else None) == doubt


def test_a_summary_is_no_measure_of_a_plan():
    assert check_against(plan(5), "", plan(50, nature="summary"), "", same_edition=True) is None


def test_another_language_is_held_even_where_the_tasks_fit():
    finding = check_against(plan(9, "en"), "x" * 99, plan(9), "文" * 99, same_edition=True)
    assert finding is not None
    assert finding.doubt == "language_changed"
    assert "zh-Hans" in finding.message
    assert not finding.unreadable


@pytest.mark.parametrize(
    ("state", "doubt"),
    [
        ("document", None),
        ("challenge", None),
        ("shell", None),
        ("list", None),
        ("empty", None),
        ("scanned", "scanned"),
        ("encrypted", "encrypted"),
        ("unreadable", "unreadable"),
        ("too_large", "too_large"),
    ],
)
def test_which_states_of_a_file_wait_for_a_person(state, doubt):
    finding = check_extract(Extract(state=state, text="", reason="why"))
    assert (finding.doubt if finding else None) == doubt
    assert finding is None or (finding.unreadable and "why" in finding.message)


@pytest.mark.parametrize(
    ("tasks", "length", "expected", "doubt"),
    [
        (3, 10, True, None),
        (0, 5000, True, "no_tasks"),
        (0, 5000, False, None),
        (0, 10, True, "no_text"),
        (0, 10, False, "no_text"),
    ],
)
def test_a_text_without_tasks(tasks, length, expected, doubt):
    finding = check_readable(plan(tasks), "文" * length, tasks_expected=expected)
    assert (finding.doubt if finding else None) == doubt
