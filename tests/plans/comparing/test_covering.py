"""For which sentences of a task a body answers."""

import msgspec
import pytest

from plans.comparing.covering import other_sentences
from tests.plans.comparing.making import changes, plan, task

TEXT = "评选渔业品牌。举办帆船比武。发放潮汐表。"
FIRST, LAST = (0, 7), (14, 20)


def answering(number, text, who, *covers):
    """A task whose bodies answer for these characters, in order."""
    one = task(number, text, who)
    who = zip(one.assignments, covers, strict=True)
    bodies = tuple(msgspec.structs.replace(a, covers=c) for a, c in who)
    return msgspec.structs.replace(one, assignments=bodies)


def pair(old_covers, new_covers, new_text=TEXT):
    who = "司法部、商务部 负责"
    return (
        plan(answering(1, TEXT, who, *old_covers)),
        plan(answering(1, new_text, who, *new_covers), year="2025"),
    )


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ((FIRST, LAST), (LAST, FIRST), {"moj", "mofcom"}),
        ((None, None), (FIRST, None), {"moj"}),
        ((FIRST, None), (None, None), {"moj"}),
        ((FIRST, LAST), (FIRST, LAST), set()),
        ((None, None), ((0, len(TEXT)), (0, len(TEXT) - 1)), set()),
    ],
)
def test_other_sentences_are_another_duty(before, after, who):
    found = changes(*pair(before, after))
    assert {(c.kind, c.severity, c.agency) for c in found} == {
        ("role_changed", "major", agency) for agency in who
    }


def test_of_a_sentence_that_was_reworded_nothing_is_known():
    text = "评选三十个渔业品牌。举办帆船比武。发放潮汐表。"
    found = changes(*pair((FIRST, LAST), ((0, 10), (17, 23)), text))
    assert [c.kind for c in found] == ["task_reworded"]


def test_parts_of_a_split_repeat_their_bracket():
    whole = answering(1, TEXT, "司法部、商务部 负责", None, None)
    parts = [answering(1, TEXT[:14], "司法部 负责", FIRST), task(2, TEXT[14:], "商务部 负责")]
    assert not other_sentences([whole], parts, "moj", "moj")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("有关部门", "各相关部门", True),
        ("有关部门", "国务院有关部门", True),
        ("各地区", "各省、自治区、直辖市人民政府", True),
        ("各成员单位", "有关成员单位", False),
        ("有关部门", "有关单位", False),
        ("各地区", "试点地区", False),
    ],
)
def test_collectives_under_other_names_are_renamed_and_other_ones_replaced(one, other, same):
    found = {
        change.kind
        for change in changes(
            plan(task(1, "编印渔民手册。", f"农业农村部、{one.replace('、', '')} 负责")),
            plan(task(1, "编印渔民手册。", f"农业农村部、{other.replace('、', '')} 负责")),
        )
    }
    assert found == ({"agency_renamed"} if same else {"agency_assigned", "agency_released"})
