"""English sentences that no author wrote: bounded, and real ones beside them read as ever."""

import re

import pytest

from plans.model import Extract
from plans.reading.english_bodies import MOST_LISTS, english_of, roles_in
from plans.reading.known import pattern_of
from plans.reading.read import read


@pytest.fixture
def english(registry):
    return english_of(registry, 2031)


def test_no_more_lists_of_bodies_are_judged_than_a_sentence_has(english):
    text = "CNIPA will act; yes, " * (3 * MOST_LISTS)
    assert len(roles_in(text, english, bracket=False)) == MOST_LISTS


@pytest.mark.parametrize(
    "name", ["Ministry of Commerce", "MINISTRY OF COMMERCE", "ministry of commerce"]
)
def test_a_known_name_is_found_in_either_case(english, name):
    (one,) = english.lists(f"The {name} will act.")
    assert one.names == ((4, 4 + len(name)),)


@pytest.mark.parametrize(
    "name", ["The Relevant Departments", "all regions", "OTHER AGENCIES", "member units"]
)
def test_bodies_that_nobody_names_are_found_in_either_case(english, name):
    ((start, end),) = next(english.lists(f"x {name} will act.")).names
    assert f"x {name} will act."[start:end].lower().removeprefix(
        "the "
    ) == name.lower().removeprefix("the ")


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("The CNIPA, which runs the register, will act.", "responsible"),
        ("The CNIPA Will act.", "responsible"),
        ("The CNIPA has been tasked with it.", "responsible"),
        ("The CNIPA is drafting it.", "responsible"),
        ("The CNIPA continues to act.", "responsible"),
        ("The CNIPA bears responsibility.", "responsible"),
        ("The CNIPA intends to act.", "responsible"),
        ("The CNIPA, taking the lead, acts.", "lead"),
        ("The CNIPA co-leads it.", "lead"),
        ("The CNIPA jointly leads it.", "lead"),
        ("The CNIPA spearheads it.", "lead"),
        ("The CNIPA heads it.", "lead"),
        ("The CNIPA as lead acts.", "lead"),
        ("The CNIPA acted.", None),
        ("The CNIPA and x; CNIPA’s.", None),
    ],
)
def test_what_a_body_does_tells_its_role(english, sentence, role):
    assert {one.role for one in roles_in(sentence, english, bracket=False)} == (
        {role} if role else set()
    )


def test_a_date_is_told_in_a_short_line_alone(registry):
    """A long paragraph with a date in it is one, whatever it ends with."""
    long = "The office met on 3 May 2031 " + "and discussed the moorings " * 8
    plan = read(
        Extract(
            state="document",
            text=f"2031 Harbour Plan\n1 March 2031\n{long}.\n1. Survey it. (CNIPA)\n2. Mend it. (CNIPA)",
        ),
        registry,
    )
    assert plan.published_on.isoformat() == "2031-03-01"
    assert [part.text for part in plan.frame] == [long + "."]


def test_a_pattern_of_names_takes_the_longest_in_either_case():
    pattern = re.compile(pattern_of(["tide", "tide office"], any_case=True))
    assert [match[0] for match in pattern.finditer("Tide OFFICE, tide")] == ["Tide OFFICE", "tide"]
    assert re.fullmatch(pattern_of(["tide"]), "Tide") is None
