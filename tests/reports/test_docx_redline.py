"""Accept all gives the new plan, reject all the old one, whatever the plans are."""

import io
import re
import zipfile

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.model import Assignment, Change, Changeset, Link, Plan, Section, Side, Task
from plans.registry.load import shipped_registry
from reports import docx_redline
from reports.plan_text import paragraphs
from tests.reports import word_reader
from tests.reports.examples import (
    CHANGESET,
    MOVED,
    NEW,
    OLD,
    changeset_of,
    large_pair,
    options,
    plan_of,
)
from tests.reports.word_reader import W


def shown(plan):
    return [paragraph.shown for paragraph in paragraphs(plan)]


def check(changeset, old, new, **given_options):
    data = docx_redline.render(changeset, old, new, shipped_registry(), options(**given_options))
    assert word_reader.lines(data, accept=True) == [*shown(new), ""]
    assert word_reader.lines(data, accept=False) == [*shown(old), ""]
    return data


def test_the_example_is_rebuilt_on_both_sides():
    data = check(CHANGESET, OLD, NEW)
    assert "1.加快推进《商标法》修改" in "".join(word_reader.lines(data, accept=True))


def test_only_what_differs_is_marked():
    data = docx_redline.render(CHANGESET, OLD, NEW, shipped_registry(), options())
    deleted = [
        "".join(t.text for t in node.iter(f"{W}delText"))
        for node in word_reader.document(data).iter(f"{W}del")
    ]
    assert "2041年9月" in deleted and "、国家知识产权局" in deleted
    assert not any("清理妨碍海图共享" in text for text in deleted)


def test_a_renumbered_task_differs_in_its_number_alone():
    data = check(*large_pair())
    marked = sum(1 for _ in word_reader.document(data).iter(f"{W}ins"))
    assert marked == 83 + 2 + 1  # numbers, bodies that joined, the year in the title


def test_pages_are_numbered():
    data = check(CHANGESET, OLD, NEW)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        (footer,) = (name for name in package.namelist() if name.startswith("word/footer"))
        assert b'w:instr="PAGE"' in package.read(footer)


def test_filters_do_not_make_half_a_text():
    check(CHANGESET, OLD, NEW, only="agencies", severity="major", section="9")


def test_a_task_that_changed_its_place_is_moved():
    data = check(*MOVED)
    tree = word_reader.document(data)
    left, arrived = (
        ["".join(t.text for t in node.iter(f"{W}t")) for node in tree.iter(W + tag) if len(node)]
        for tag in ("moveFrom", "moveTo")
    )
    assert "".join(left) == "".join(arrived) == "巡查近海航标并公布结果。"
    inserted = ["".join(t.text for t in node.iter(f"{W}t")) for node in tree.iter(f"{W}ins")]
    assert "每月" in "".join(inserted)


def test_both_ends_of_a_move_bear_one_name_and_are_closed():
    data = check(
        changeset_of(("1", "2"), ("2", "1"), ("3", "3")),
        plan_of("巡查近海航标。", "编制渔港名录。", "开展灯塔修缮。"),
        plan_of("编制渔港名录。", "巡查近海航标。", "开展灯塔修缮。"),
    )
    tree = word_reader.document(data)
    ends = {}
    for tag in ("moveFrom", "moveTo"):
        starts = list(tree.iter(f"{W}{tag}RangeStart"))
        closed = [node.get(f"{W}id") for node in tree.iter(f"{W}{tag}RangeEnd")]
        assert [node.get(f"{W}id") for node in starts] == closed
        ends[tag] = [node.get(f"{W}name") for node in starts]
    assert len(ends["moveFrom"]) == 1
    assert ends["moveFrom"] == ends["moveTo"]


def test_what_kept_little_of_its_text_goes_there_and_comes_here():
    data = check(
        changeset_of(("1", "2"), ("2", "1")),
        plan_of("巡查近海航标。", "编制渔港名录。"),
        plan_of("编制渔港名录。", "向海员发放防寒用具，年内覆盖三省。"),
    )
    assert not list(word_reader.document(data).iter(f"{W}moveFrom", f"{W}moveTo"))


def test_every_change_is_signed():
    data = check(CHANGESET, OLD, NEW, author="A. Reader & Co")
    marks = [*word_reader.document(data).iter(f"{W}ins", f"{W}del")]
    assert {mark.get(f"{W}author") for mark in marks} == {"A. Reader & Co"}
    assert {mark.get(f"{W}date") for mark in marks} == {"2042-03-09T08:30:00Z"}
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks)


def test_equal_input_gives_equal_bytes():
    one, other = (
        docx_redline.render(CHANGESET, OLD, NEW, shipped_registry(), options()) for _ in range(2)
    )
    assert one == other


def test_segments_that_do_not_rebuild_the_texts_are_not_believed():
    wrong = tuple(
        msgspec.structs.replace(c, segments=(("equal", "something else"),)) if c.segments else c
        for c in CHANGESET.changes
    )
    check(msgspec.structs.replace(CHANGESET, changes=wrong), OLD, NEW)


TEXT = st.text(alphabet="推进修改《》，。 a1\x00\x1b<&", max_size=12)


@st.composite
def plans(draw):
    sections = [
        Section(id=str(at), number=f"{at}、", title=title, parent=None)
        for at, title in enumerate(draw(st.lists(TEXT, max_size=3)), start=1)
    ]
    texts = draw(st.lists(TEXT, max_size=7))
    places = [None, "missing", *(section.id for section in sections)]
    names = st.lists(st.sampled_from(["甲局", "乙部", "丙负责人办"]), max_size=3)
    roles = st.sampled_from(["lead", "responsible", "support", "guide"])
    tasks = tuple(
        Task(
            id=str(at),
            number=f"{at}.",
            section=draw(st.sampled_from(places)),
            text=text,
            assignments=tuple(
                Assignment(name=name, kind="unknown", role=draw(roles)) for name in draw(names)
            ),
        )
        for at, text in enumerate(texts, start=1)
    )
    return Plan(title=draw(TEXT), language="zh-Hans", sections=tuple(sections), tasks=tasks)


@settings(max_examples=60, deadline=None)
@given(plans(), plans(), st.data())
def test_any_two_plans_are_rebuilt(old, new, data):
    free = [task.id for task in new.tasks]
    links = []
    for task in old.tasks:
        if free and data.draw(st.booleans()):
            links.append(
                Link(old=(task.id,), new=(free.pop(data.draw(st.integers(0, 9)) % len(free)),))
            )
    titles = [Change(kind="section_moved", severity="editorial", old=("1",), new=("2",))]
    changeset = Changeset(
        old=Side(ref="a", title="a", language="zh-Hans"),
        new=Side(ref="b", title="b", language="zh-Hans"),
        links=tuple(links),
        changes=tuple(titles if len(old.sections) > 1 and len(new.sections) > 1 else ()),
    )
    check(changeset, old, new)


def test_a_file_knows_no_other_time_than_the_given_one():
    data = check(CHANGESET, OLD, NEW)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(2042, 3, 9, 8, 30, 0)}
        core = package.read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:\w+ [^>]*>([^<]*)<", core) == ["2042-03-09T08:30:00Z"] * 2
