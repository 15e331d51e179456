"""The filters mean the same in every report, and never hide a duty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.registry.load import shipped_registry
from reports.options import ReportOptions
from reports.select import SEVERITIES, is_known_agency, is_known_section, select
from tests.reports.examples import CHANGESET, NEW, OFFICE, OLD


def chosen(**filters):
    found = select(CHANGESET, OLD, NEW, shipped_registry(), ReportOptions(**filters))
    return [(c.kind, c.old, c.new) for c in found.changes]


def test_without_filters_the_changeset_is_the_same_value():
    assert select(CHANGESET, OLD, NEW, shipped_registry(), ReportOptions()) is CHANGESET


def test_only_agencies_keeps_bodies_and_tasks_that_give_or_take_duties():
    assert chosen(only="agencies") == [
        ("task_removed", ("2",), ()),
        ("task_removed", ("11",), ()),
        ("task_added", (), ("10",)),
        ("agency_assigned", ("1",), ("1",)),
        ("role_changed", ("1",), ("1",)),
        ("agency_released", ("6",), ("5",)),
        ("agency_renamed", ("9",), ("7",)),
        ("addressee_added", (), ()),
        ("addressee_removed", (), ()),
    ]


def test_only_commitments_keeps_levels_dates_and_tasks_that_name_an_instrument():
    assert chosen(only="commitments") == [
        ("task_removed", ("2",), ()),
        ("task_added", (), ("10",)),
        ("commitment_raised", ("1",), ("1",)),
        ("deadline_changed", ("3",), ("2",)),
    ]


def test_only_tasks_keeps_what_happened_to_tasks():
    kinds = {kind for kind, _, _ in chosen(only="tasks")}
    assert kinds == {
        "task_removed",
        "task_added",
        "task_reworded",
        "task_renumbered",
        "task_split",
        "task_moved",
        "task_merged",
    }


@pytest.mark.parametrize("name", ["gacc", "海关总署", "General Administration of Customs of China"])
def test_a_body_is_found_by_id_and_by_any_name(name):
    assert chosen(agency=name) == [
        ("task_added", (), ("10",)),
        ("task_reworded", ("6",), ("5",)),
        ("task_renumbered", ("6",), ("5",)),
    ]


def test_another_bodys_coming_or_going_is_not_this_bodys_news():
    released = ("agency_released", ("6",), ("5",))
    assert released in chosen(agency="cnipa")
    assert released not in chosen(agency="gacc")


def test_a_body_without_registry_id_is_found_as_printed():
    assert ("task_split", ("4",), ("3", "4")) in chosen(agency="海岛数据登记中心")


@pytest.mark.parametrize("section", ["1.2", "（二）", "建立新"])
def test_a_section_is_found_by_id_number_or_title_on_either_side(section):
    assert chosen(section=section) == [
        ("task_split", ("4",), ("3", "4")),
        ("task_moved", ("5",), ("9",)),
        ("task_renumbered", ("5",), ("9",)),
        ("section_retitled", ("1.2",), ("1.2",)),
    ]


def test_a_section_takes_those_below_it_along():
    everything = chosen(section="一")
    assert set(chosen(section="1.1")) | set(chosen(section="1.2")) <= set(everything)


def test_what_nothing_matches_leaves_nothing():
    assert chosen(agency="no such body") == []
    assert chosen(section="九十九") == []


@given(
    only=st.sampled_from([None, "agencies", "tasks", "commitments"]),
    agency=st.sampled_from([None, "cnipa", "司法部", "?"]),
    section=st.sampled_from([None, "1", "1.1", "三"]),
    severity=st.sampled_from([None, *SEVERITIES]),
)
def test_filters_narrow_together_and_selecting_twice_is_selecting_once(**filters):
    registry, options = shipped_registry(), ReportOptions(**filters)
    once = select(CHANGESET, OLD, NEW, registry, options)
    assert select(once, OLD, NEW, registry, options) == once
    for name, value in filters.items():
        alone = select(CHANGESET, OLD, NEW, registry, ReportOptions(**{name: value}))
        assert set(map(id, once.changes)) <= set(map(id, alone.changes))


def test_severity_keeps_what_is_as_grave_or_graver():
    majors = len(chosen(severity="major"))
    minors = len(chosen(severity="minor"))
    assert majors == len(CHANGESET.of_severity("major"))
    assert minors == majors + len(CHANGESET.of_severity("minor"))
    assert len(chosen(severity="editorial")) == len(CHANGESET.changes)


def test_what_may_be_asked_for_is_in_the_registry_or_in_a_plan(registry):
    plans = (OLD, NEW)
    assert is_known_agency("cnipa", (), registry)
    assert is_known_agency(OFFICE.name, plans, registry)
    assert not is_known_agency("灯塔委员会", plans, registry)
    assert is_known_section(NEW.sections[0].title, plans)
    assert not is_known_section("九十九", plans)
