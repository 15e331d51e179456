"""Lists of bodies that go on (A、B等部门负责): who is named no longer was not thereby released."""

import pytest

from plans.comparing.apply import apply
from plans.comparing.compare import compare
from plans.comparing.trace import Edition, duties
from plans.model import Extract
from plans.reading.read import read
from tests.plans.comparing.making import REGISTRY


def edition(year, bracket):
    text = (
        f"{year}年码头权益工作推进计划\n一、完善制度\n1.公布港口开放清单。（海关总署负责）\n"
        f"2.为码头装卸工人建立作业档案。（{bracket}）\n3.开展海图培训。（教育部负责）\n"
    )
    return read(Extract(state="document", text=text), REGISTRY)


def told(before, after):
    found = compare(edition(2041, before), edition(2042, after), REGISTRY).changes
    return {(c.kind, c.agency, c.severity) for c in found}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "司法部、商务部、外交部负责",
            "司法部、商务部等部门负责",
            {("agency_unnamed", "mfa", "minor")},
        ),
        (
            "司法部、商务部、外交部等负责",
            "司法部、商务部等负责",
            {("agency_unnamed", "mfa", "minor")},
        ),
        ("司法部、商务部负责", "司法部、商务部等部门负责", set()),
        ("司法部、商务部等部门负责", "司法部、商务部负责", set()),
        (
            "司法部、商务部等部门负责",
            "司法部、商务部、外交部负责",
            {("agency_assigned", "mfa", "major")},
        ),
        ("司法部、商务部等负责", "司法部、商务部等部门负责", set()),
        ("司法部、商务部、外交部负责", "司法部、商务部负责", {("agency_released", "mfa", "major")}),
    ],
)
def test_who_is_told_to_have_come_or_gone(before, after, expected):
    assert told(before, after) == expected


def test_a_list_of_helpers_has_no_room_for_one_that_answered():
    found = told("司法部、外交部负责", "司法部负责，商务部等部门配合")
    assert ("agency_released", "mfa", "major") in found
    found = told("司法部负责，商务部、外交部配合", "司法部、商务部等部门负责")
    assert ("agency_unnamed", "mfa", "minor") in found


def test_the_changes_still_give_the_new_tasks():
    old, new = edition(2041, "司法部、外交部负责"), edition(2042, "司法部等部门负责")
    assert apply(compare(old, new, REGISTRY), old).tasks == new.tasks


def test_whether_the_body_goes_on_is_unknown():
    old, new = edition(2041, "司法部、外交部负责"), edition(2042, "司法部等部门负责")
    line = (Edition(plan=old), Edition(plan=new, since=compare(old, new, REGISTRY)))
    assert [duty.status for duty in duties(line, "mfa")] == ["unknown", "unknown"]
