"""How grave each kind of change is, by the table of contracts/changeset.schema.json."""

from typing import get_args

import msgspec
import pytest

from plans.comparing.make import change, severity_of
from plans.model import ChangeKind, Section
from tests.plans.comparing.making import changes, plan, task

#: Kind -> severity, and severity where only numbers, punctuation, width, script or layout differ.
TABLE = {
    "task_added": ("major", "major"),
    "task_removed": ("major", "major"),
    "task_reworded": ("minor", "editorial"),
    "task_moved": ("minor", "editorial"),
    "task_renumbered": ("editorial", "editorial"),
    "task_split": ("minor", "editorial"),
    "task_merged": ("minor", "editorial"),
    "part_moved": ("minor", "editorial"),
    "agency_assigned": ("major", "major"),
    "agency_released": ("major", "major"),
    "role_changed": ("major", "major"),
    "agency_renamed": ("editorial", "editorial"),
    "agency_unnamed": ("minor", "editorial"),
    "commitment_raised": ("major", "major"),
    "commitment_lowered": ("major", "major"),
    "instrument_added": ("major", "major"),
    "instrument_dropped": ("major", "major"),
    "deadline_changed": ("major", "major"),
    "section_added": ("minor", "editorial"),
    "section_removed": ("minor", "editorial"),
    "section_retitled": ("minor", "editorial"),
    "section_moved": ("editorial", "editorial"),
    "addressee_added": ("minor", "editorial"),
    "addressee_removed": ("minor", "editorial"),
    "frame_changed": ("minor", "editorial"),
}
TEXT = "为码头装卸工人建立作业档案，每年复核一次。"
OTHER = "举办帆船维修技能比武，评出十名能手。"
LAW = "推进《渔港夜航条例》修改。"


def test_the_table_names_every_kind():
    assert set(TABLE) == set(get_args(ChangeKind))


@pytest.mark.parametrize("kind", TABLE)
def test_a_kind_has_the_severity_of_the_table(kind):
    assert (severity_of(kind), severity_of(kind, only_layout=True)) == TABLE[kind]
    assert change(kind).severity == TABLE[kind][0]


def both(old, new, **fields):
    """Two plans of one task each."""
    return plan(task(1, *old), **fields), plan(task(1, *new), year="2025", **fields)


def nested(title, place="1"):
    """A plan whose one task stands in the second of two sections, or in the first."""
    sections = (
        Section(id="1", number="一、", title="岸上", parent=None),
        Section(id="2", number="二、", title=title, parent=None),
    )
    return msgspec.structs.replace(plan(task(1, TEXT, section=place)), sections=sections)


#: One pair of plans for every kind that a comparison can find.
CASES = {
    "task_added": (plan(task(1, TEXT)), plan(task(1, TEXT), task(2, OTHER))),
    "task_removed": (plan(task(1, TEXT), task(2, OTHER)), plan(task(1, TEXT))),
    "task_reworded": both((TEXT,), (TEXT.replace("装卸", "搬运"),)),
    "task_moved": (nested("水上", "1"), nested("水上", "2")),
    "task_renumbered": (plan(task(1, TEXT)), plan(task(2, TEXT))),
    "agency_unnamed": both((TEXT, "司法部、商务部 负责"), (TEXT, "司法部等部门 负责")),
    "task_split": (
        plan(task(1, TEXT, "司法部 负责")),
        plan(
            task(1, TEXT[:13] + "。", "司法部 负责"),
            task(2, "作业档案每年复核一次。", "司法部 负责"),
        ),
    ),
    "task_merged": (
        plan(task(1, TEXT, "司法部 负责"), task(2, OTHER, "司法部 负责")),
        plan(task(1, TEXT[:-1] + "，" + OTHER, "司法部 负责")),
    ),
    "part_moved": (
        plan(task(1, LAW[:-1] + "，研究《盐田租赁规定》。"), task(2, OTHER)),
        plan(task(1, LAW), task(2, OTHER[:-1] + "，研究《盐田租赁规定》。")),
    ),
    "agency_assigned": both((TEXT, "司法部 负责"), (TEXT, "司法部、商务部 负责")),
    "agency_released": both((TEXT, "司法部、商务部 负责"), (TEXT, "司法部 负责")),
    "role_changed": both((TEXT, "司法部 负责"), (TEXT, "司法部 牵头")),
    "agency_renamed": both((TEXT, "国家林草局 负责"), (TEXT, "林草局 负责")),
    "commitment_raised": (plan(task(1, LAW, levels=(3,))), plan(task(1, LAW, levels=(4,)))),
    "commitment_lowered": (plan(task(1, LAW, levels=(3,))), plan(task(1, LAW, levels=(1,)))),
    "instrument_added": both((TEXT,), (TEXT[:-1] + "，落实《盐田租赁规定》。",)),
    "instrument_dropped": both((TEXT[:-1] + "，落实《盐田租赁规定》。",), (TEXT,)),
    "deadline_changed": (
        plan(task(1, TEXT, deadline=("6月底前", 2024, 6, 30))),
        plan(task(1, TEXT, deadline=("9月底前", 2024, 9, 30))),
    ),
    "section_added": (
        plan(task(1, TEXT), sections=("岸上",)),
        plan(task(1, TEXT), sections=("岸上", "水上")),
    ),
    "section_removed": (
        plan(task(1, TEXT), sections=("岸上", "水上")),
        plan(task(1, TEXT), sections=("岸上",)),
    ),
    "section_retitled": (nested("水上"), nested("水上运输")),
    "section_moved": (
        plan(task(1, TEXT), sections=("岸上", "水上")),
        plan(task(1, TEXT, section="2"), sections=("水上", "岸上")),
    ),
    "addressee_added": (
        plan(task(1, TEXT), to="司法部"),
        plan(task(1, TEXT), to="司法部、商务部"),
    ),
    "addressee_removed": (
        plan(task(1, TEXT), to="司法部、商务部"),
        plan(task(1, TEXT), to="司法部"),
    ),
    "frame_changed": (
        plan(task(1, TEXT), preamble="明确任务，制定本计划。"),
        plan(task(1, TEXT), preamble="明确任务和分工，制定本计划。"),
    ),
}


@pytest.mark.parametrize("kind", TABLE)
def test_what_a_comparison_finds_is_as_grave(kind):
    old, new = CASES[kind]
    found = changes(old, new, kind)
    assert {c.severity for c in found} == {TABLE[kind][0]}


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("task_reworded", *both((TEXT,), (TEXT.replace("，", ","),))),
        ("section_retitled", nested("水上运输"), nested("水上運輸")),
        (
            "frame_changed",
            plan(task(1, TEXT), title="渔港推进计划"),
            plan(task(1, TEXT), title="漁港推進計劃"),
        ),
    ],
)
def test_layout_alone_is_editorial(kind, old, new):
    assert [(c.kind, c.severity) for c in changes(old, new)] == [(kind, "editorial")]
