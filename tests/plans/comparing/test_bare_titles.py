"""A law that is named without 《》, or in other marks, is the same law with the same commitment."""

import pytest

from plans.comparing.compare import compare
from plans.model import Extract
from plans.reading.read import read
from tests.plans.comparing.making import REGISTRY


def edition(year, sentence):
    text = (
        f"{year}年码头权益工作推进计划\n一、完善制度\n"
        f"1.公布港口开放清单，建立查询制度。（海关总署负责）\n2.{sentence}（司法部负责）\n"
    )
    return read(Extract(state="document", text=text), REGISTRY)


def told(before, after):
    return compare(edition(2041, before), edition(2042, after), REGISTRY).changes


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("推进《商标法》修改，论证《反垄断法》修订。", "推进商标法修改，论证反垄断法修订。"),
        ("加快《商标法》及其实施条例修改。", "加快商标法及其实施条例修改。"),
        ("推进《中华人民共和国商标法》修改。", "推进商标法修改。"),
        ("推进《商标法》修改。", "推进“商标法”修改。"),
        ("推进《商标法》修改。", "推进〈商标法〉修改。"),
        ("开展《商标法》论证。", "开展“商标法”论证。"),
        ("完成《灯塔法》修改。", "完成灯塔法修改。"),
    ],
)
def test_marks_alone_are_editorial(marked, bare):
    for before, after in ((marked, bare), (bare, marked)):
        assert [(c.kind, c.severity) for c in told(before, after)] == [
            ("task_reworded", "editorial")
        ]


@pytest.mark.parametrize("bare", ["加快商标法修改。", "加快“商标法”修改。", "加快〈商标法〉修改。"])
def test_a_commitment_that_rose_is_told_through_them(bare):
    (rose,) = [c for c in told("推进《商标法》修改。", bare) if c.severity == "major"]
    assert (rose.kind, rose.instrument_id, rose.before, rose.after) == (
        "commitment_raised",
        "trademark-law",
        3,
        4,
    )


def test_what_is_said_behind_a_title_in_other_marks_counts():
    (found,) = [
        c for c in told("推进《商标法》修改。", "开展“商标法”论证。") if c.severity == "major"
    ]
    assert (found.kind, found.before, found.after) == ("commitment_lowered", 3, 0)
