"""The figures above a report, and the one sentence that says all."""

import datetime as dt

import msgspec
import pytest

from plans.model import Change, Changeset
from reports.captions import summary_rows
from reports.facts import Facts
from reports.outline import prepare
from reports.summary import most_important, summarise
from reports.wording import Wording
from tests.reports.examples import (
    AGAINST_SUMMARY,
    CHANGESET,
    NEW,
    OLD,
    SUMMARY,
    large_pair,
    options,
)


def of(registry, *pair, **given):
    changeset, old, new = pair or (CHANGESET, OLD, NEW)
    return summarise(Facts(changeset, old, new, registry), options(**given))


def told(shifts):
    return {
        s.name: ([t.id for t in s.gained], [t.id for t in s.lost], [t.id for t in s.roles])
        for s in shifts
    }


def test_who_gained_and_who_lost_duties_new_and_gone_tasks_included(registry):
    assert told(of(registry, lang="zh").bodies) == {
        "国家知识产权局": (["10"], ["6"], ["1"]),
        "市场监管总局": (["1"], [], []),
        "海关总署": (["10"], [], []),
        "工业和信息化部": ([], ["2"], []),
        "有关成员单位": ([], ["11"], []),
    }


@pytest.mark.parametrize(("count", "words"), [(1, "1 part moved"), (2, "2 parts moved")])
def test_parts_that_moved_are_counted_in_english(registry, count, words):
    change = Change(kind="part_moved", severity="minor", old=("1",), new=("3",), after="海图")
    changeset = msgspec.structs.replace(CHANGESET, changes=(change,) * count)
    rows = summary_rows(prepare(changeset, OLD, NEW, registry, options()))
    assert words in rows[0].entries


def test_asked_for_one_body_it_counts_that_body_alone(registry):
    assert set(told(of(registry, lang="zh", agency="GACC").bodies)) == {"海关总署"}


def test_a_body_that_joined_one_part_of_a_split_task_is_counted_there(registry):
    joined = Change(
        kind="agency_assigned",
        severity="major",
        old=("4",),
        new=("3", "4"),
        name="海岛数据登记中心",
        after="responsible",
    )
    changeset = msgspec.structs.replace(CHANGESET, changes=(joined,))
    assert told(of(registry, changeset, OLD, NEW).bodies) == {"海岛数据登记中心": (["4"], [], [])}


def test_instruments_that_came_and_went_with_their_tasks(registry):
    summary = of(registry, lang="zh")
    assert [(s.name, s.after.level) for s in summary.listed] == [("《远洋数据互认协定》", 8)]
    assert [(s.name, s.before.level) for s in summary.dropped] == [("《船载算法指引》", 7)]
    assert [(s.name, s.before.level, s.after.level) for s in summary.raised] == [
        ("《商标法》", 3, 4)
    ]


def test_an_instrument_that_moved_with_another_task_is_neither_new_nor_gone(registry):
    moved = msgspec.structs.replace(NEW.tasks[8], instruments=OLD.tasks[1].instruments)
    new = msgspec.structs.replace(NEW, tasks=(*NEW.tasks[:8], moved, NEW.tasks[9]))
    assert of(registry, CHANGESET, OLD, new).dropped == ()


def test_one_sentence_says_all(registry):
    assert of(registry, lang="en").headline == (
        "1 new task, 2 no longer listed, 3 bodies with new duties, 3 bodies with fewer, "
        "1 commitment up. Most important: Task 1: China National Intellectual Property "
        "Administration: responsible → lead."
    )
    assert of(registry, *large_pair(), lang="zh").headline == (
        "1项任务不再列出，1家单位新增职责，2家单位减少职责。最值得注意：第9项：新增海岛数据登记中心（负责）。"
    )


def test_without_anything_major_the_sentence_counts_what_there_is(registry):
    only = tuple(c for c in CHANGESET.changes if c.kind in ("task_renumbered", "section_added"))
    changeset = msgspec.structs.replace(CHANGESET, changes=only)
    assert of(registry, changeset, OLD, NEW).headline == "5 renumbered, 1 new section."


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ([("task_added", None), ("commitment_raised", 7), ("instrument_dropped", None)], 1),
        ([("commitment_raised", 4), ("agency_assigned", "responsible")], 1),
        ([("agency_assigned", "responsible"), ("role_changed", "lead")], 1),
        ([("deadline_changed", "2041-01-01"), ("task_removed", None)], 1),
        ([("agency_released", None), ("agency_assigned", "support")], 0),
    ],
)
def test_what_is_named_first(registry, changes, first):
    made = tuple(
        Change(kind=k, severity="major", old=("1",), new=("1",), after=a) for k, a in changes
    )
    facts = Facts(msgspec.structs.replace(CHANGESET, changes=made), OLD, NEW, registry)
    assert most_important(facts) is made[first]


def test_what_a_summary_does_not_mention_is_counted_apart(registry):
    summary = of(registry, AGAINST_SUMMARY, SUMMARY, NEW)
    assert summary.unmatched_new == 9 and summary.unmatched_old == 0
    assert "task_added" not in summary.counts


SENTENCES = [
    ({"kind": "agency_assigned", "old": ("1",), "new": ("1",), "agency": "samr", "after": {"role": "lead"}},
     "Task 1: State Administration for Market Regulation joins (lead)",
     "第1项：新增市场监管总局（牵头）"),
    ({"kind": "agency_released", "old": ("6",), "new": ("5",), "name": "某中心", "before": "support"},
     "Task 6 → task 5: 某中心 is no longer named (before: support)",
     "第6项 → 第5项：不再列某中心（原为配合）"),
    ({"kind": "role_changed", "old": ("1",), "new": ("1",), "agency": "moj",
          "before": {"role": "responsible", "scope": None}, "after": {"role": "responsible", "scope": "三省"}},
     "Task 1: Ministry of Justice: scope whole task → 三省",
     "第1项：司法部范围由整项任务改为三省"),
    ({"kind": "commitment_lowered", "old": ("1",), "new": ("1",), "instrument": "商标法",
          "instrument_id": "trademark-law", "before": 4, "after": 3},
     "Task 1: Trademark Law goes down: speed up (4) “推进” → advance (3) “加快推进”",
     "第1项：《商标法》承诺程度降低：加快（4级）“推进” → 推进（3级）“加快推进”"),
    ({"kind": "instrument_dropped", "old": ("3",), "new": ("2",), "instrument": "海图法", "before": 3},
     "Task 3 → task 2: 《海图法》 is no longer listed (before: advance (3)); issued on 2041-12-01",
     "第3项 → 第2项：不再列出《海图法》（原为：推进（3级））；已于2041-12-01发布"),
    ({"kind": "deadline_changed", "old": ("3",), "new": ("2",), "before": "2041-09-30"},
     "Task 3 → task 2: deadline 2041-09-30 → none",
     "第3项 → 第2项：时限由2041-09-30改为无"),
    ({"kind": "part_moved", "old": ("4",), "new": ("6",), "before": "发布案例", "after": "发布案例"},
     "“发布案例” went from task 4 to task 6",
     "“发布案例”由第4项转入第6项"),
    ({"kind": "task_merged", "old": ("7", "8"), "new": ("6",)},
     "Tasks 7 and 8 were merged into task 6",
     "第7项、第8项合并为第6项"),
    ({"kind": "section_moved", "old": ("2",), "new": ("3",), "before": "二、", "after": "三、"},
     "Section 二、加强保护 → 三、扩大合作",
     "章节由二、加强保护移至三、扩大合作"),
    ({"kind": "addressee_added", "agency": "mct"},
     "Ministry of Culture and Tourism is a new addressee",
     "主送单位新增文化和旅游部"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "en", "zh"), SENTENCES)
def test_each_change_as_a_sentence_that_stands_alone(registry, fields, en, zh):
    change = Change(severity="major", **fields)
    issued = {"海图法": dt.date(2041, 12, 1)}
    facts = Facts(Changeset(old=CHANGESET.old, new=CHANGESET.new), OLD, NEW, registry)
    assert Wording(facts, options(lang="en", issued=issued)).placed(change) == en
    assert Wording(facts, options(lang="zh", issued=issued)).placed(change) == zh


def test_a_body_named_twice_stands_in_its_stronger_role(registry):
    one, other = OLD.tasks[5], OLD.tasks[9]  # both name CNIPA
    led = msgspec.structs.replace(
        other, assignments=tuple(msgspec.structs.replace(a, role="lead") for a in other.assignments)
    )
    facts = Facts(CHANGESET, OLD, NEW, registry)
    wording = Wording(facts, options(lang="zh"))
    expected = "牵头：国家知识产权局；负责：海关总署"
    assert wording.duties((one, led)) == wording.duties((led, one)) == expected


def test_a_law_is_told_by_articles(registry):
    old, new = (
        msgspec.structs.replace(
            plan,
            tasks=tuple(
                msgspec.structs.replace(t, kind="article", number=f"第{t.id}条", assignments=())
                for t in plan.tasks
            ),
        )
        for plan in (OLD, NEW)
    )
    kinds = ("task_added", "task_reworded", "task_renumbered")
    changes = tuple(c for c in CHANGESET.changes if c.kind in kinds)
    changeset = msgspec.structs.replace(CHANGESET, changes=changes)
    assert of(registry, changeset, old, new).headline == (
        "1 new article, 3 amended. Most important: Article 第10条: new."
    )
    assert of(registry, changeset, old, new, lang="zh").headline == (
        "1条新增，3条修改。最值得注意：第10条：新增。"
    )
