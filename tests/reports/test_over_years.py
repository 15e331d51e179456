"""One task, one body, all bodies and all instruments over three editions."""

import csv
import io

import msgspec
import pytest
from rich.cells import cell_len

from plans.model import Change, Changeset, Link, Plan, Side, Task, to_json
from reports import agency, ladder, matrix, over_bodies, over_years, tables, trace
from reports.over_years import Edition, UnknownTask
from tests.reports import golden
from tests.reports.examples import (
    AGAINST_SUMMARY,
    CHANGESET,
    CNIPA,
    NEW,
    OLD,
    SUMMARY,
    body,
    law,
    options,
)

# In 2043 the two parts of the split task are one again; the trade mark law has left the plan.
THIRD = Plan(
    title="2043年海洋数据权益工作推进计划",
    language="zh-Hans",
    edition="2043",
    sections=NEW.sections[:1],
    tasks=(
        Task(
            id="1",
            number="1.",
            section="1",
            text="完善浮标数据的登记标准和标识制度。",
            assignments=(CNIPA,),
            instruments=(law("远洋数据互认协定", "推进", 3),),
        ),
    ),
)
GONE = [task.id for task in NEW.tasks if task.id not in ("3", "4")]
TO_THIRD = Changeset(
    old=CHANGESET.new,
    new=Side(ref="sea-data@2043", title=THIRD.title, language="zh-Hans"),
    links=(Link(old=("3", "4"), new=("1",), confidence=0.7),),
    changes=(
        Change(kind="task_merged", severity="minor", old=("3", "4"), new=("1",)),
        *(Change(kind="task_removed", severity="major", old=(i,)) for i in GONE),
    ),
)
EDITIONS = (
    Edition(label="2041", plan=OLD),
    Edition(label="2042", plan=NEW, changes=CHANGESET),
    Edition(label="2043", plan=THIRD, changes=TO_THIRD),
)


@pytest.mark.parametrize(("label", "task"), [("2041", "4"), ("2042", "3"), ("2043", "1")])
def test_a_task_is_followed_both_ways_through_split_and_merge(label, task):
    found = over_years.trace(EDITIONS, label, task)
    stops = [(s.edition, s.task.id, s.continues) for s in found.stops]
    if label == "2042":  # followed from one part, the other part is no ancestor of it
        assert stops == [("2041", "4", ()), ("2042", "3", ("4",)), ("2043", "1", ("3",))]
    else:
        assert stops == [
            ("2041", "4", ()),
            ("2042", "3", ("4",)),
            ("2042", "4", ("4",)),
            ("2043", "1", ("3", "4")),
        ]


def test_a_line_that_ends_says_in_which_editions_it_is_not():
    assert over_years.trace(EDITIONS, "2042", "10").missing == ("2041", "2043")
    assert over_years.trace(EDITIONS, "2041", "2").missing == ("2042", "2043")


def test_each_stop_tells_what_changed_on_the_way():
    stop = over_years.trace(EDITIONS, "2041", "6").stops[1]
    assert [c.kind for c in stop.changes] == ["task_reworded", "task_renumbered", "agency_released"]


@pytest.mark.parametrize(("label", "task"), [("2041", "99"), ("1999", "1")])
def test_a_task_that_is_not_there_is_named(label, task):
    with pytest.raises(UnknownTask, match=f"no task {task} in edition {label}"):
        over_years.trace(EDITIONS, label, task)


def statuses(editions, name, registry):
    found = over_bodies.duties(editions, name, registry)
    return {e.edition: [(d.task, d.status) for d in (*e.duties, *e.gone)] for e in found.editions}


def test_duties_of_a_body_by_edition(registry):
    assert statuses(EDITIONS, "国家知识产权局", registry) == {
        "2041": [(i, "first") for i in ("1", "4", "6", "8", "10")],
        "2042": [("1", "role"), ("3", "kept"), ("4", "kept"), ("6", "kept"), ("8", "kept"),
                 ("10", "new"), ("6", "gone")],
        "2043": [("1", "kept"), ("1", "gone"), ("6", "gone"), ("8", "gone"), ("10", "gone")],
    }  # fmt: skip


def test_a_body_that_succeeded_another_keeps_its_duties(registry):
    before = msgspec.structs.replace(
        OLD,
        tasks=(msgspec.structs.replace(OLD.tasks[0], assignments=(body("银保监会", "cbirc"),)),),
    )
    after = msgspec.structs.replace(
        OLD,
        tasks=(msgspec.structs.replace(OLD.tasks[0], assignments=(body("金融监管总局", "nfra"),)),),
    )
    side = CHANGESET.old
    changes = Changeset(old=side, new=side, links=(Link(old=("1",), new=("1",)),))
    editions = (
        Edition(label="2022", plan=before),
        Edition(label="2024", plan=after, changes=changes),
    )
    assert statuses(editions, "nfra", registry) == {
        "2022": [("1", "first")],
        "2024": [("1", "kept")],
    }


def test_what_a_summary_leaves_out_is_neither_new_nor_gone(registry):
    editions = (
        Edition(label="2041", plan=SUMMARY),
        Edition(label="2042", plan=NEW, changes=AGAINST_SUMMARY),
    )
    assert {status for _, status in statuses(editions, "cnipa", registry)["2042"]} == {"kept"}
    assert over_bodies.matrix(editions[1], editions[0]).before is None


def test_matrix_counts_tasks_and_what_came_and_went():
    found = over_bodies.matrix(EDITIONS[1], EDITIONS[0])
    rows = {row.name: ([(x.tasks, x.change) for x in row.loads], row.total) for row in found.rows}
    assert found.titles == ("一、健全规则", "二、加强保护", "三、扩大合作")
    assert rows["国家知识产权局"][0] == [(3, 1), (2, -1), (1, 1)]
    assert rows["工业和信息化部"][0] == [(0, -2), (0, 0), (1, 1)]
    # 三、培养人才 is gone: what was in it counts in the total alone.
    assert rows["有关成员单位"][0] == [(0, 0), (0, 0), (0, 0)]
    assert (rows["有关成员单位"][1].tasks, rows["有关成员单位"][1].change) == (0, -1)


@pytest.mark.parametrize("at", [1, 2])
def test_matrix_totals_are_those_of_the_plans(at):
    found = over_bodies.matrix(EDITIONS[at], EDITIONS[at - 1])

    def assigned(plan):
        return sum(len({a.key for a in task.assignments}) for task in plan.tasks)

    now, before = assigned(EDITIONS[at].plan), assigned(EDITIONS[at - 1].plan)
    assert sum(row.total.tasks for row in found.rows) == now
    assert sum(row.total.change for row in found.rows) == now - before
    for row in found.rows:
        assert sum(load.tasks for load in row.loads) == row.total.tasks


def test_ladder_shows_each_instrument_by_edition():
    found = over_years.ladder(EDITIONS)
    levels = {row.title: [step and step.level for step in row.steps] for row in found.rows}
    assert levels == {
        "商标法": [3, 4, None],
        "潮汐数据登记条例": [0, 0, None],
        "船载算法指引": [7, None, None],
        "远洋数据互认协定": [None, 8, 3],
    }


def test_of_two_mentions_the_further_one_counts():
    twice = msgspec.structs.replace(
        OLD.tasks[2], instruments=(law("船载算法指引", "研究", 0), law("船载算法指引", "落实", 8))
    )
    plan = msgspec.structs.replace(OLD, tasks=(*OLD.tasks[:2], twice))
    (row,) = (
        r for r in over_years.ladder([Edition(label="x", plan=plan)]).rows if "船载" in r.title
    )
    assert (row.steps[0].level, row.steps[0].number) == (8, "3")


@pytest.fixture(scope="module")
def shown(registry):
    """All four, each as (terminal text, table), for options."""

    def make(**given):
        asked = options(**given)
        line = over_years.trace(EDITIONS, "2041", "4")
        held = over_bodies.duties(EDITIONS, "cnipa", registry)
        grid = over_bodies.matrix(EDITIONS[1], EDITIONS[0])
        steps = over_years.ladder(EDITIONS)
        return {
            "trace": (
                trace.render(line, EDITIONS, registry, asked),
                trace.table(line, EDITIONS, registry, asked),
            ),
            "agency": (agency.render(held, registry, asked), agency.table(held, registry, asked)),
            "matrix": (matrix.render(grid, registry, asked), matrix.table(grid, registry, asked)),
            "ladder": (ladder.render(steps, registry, asked), ladder.table(steps, registry, asked)),
        }

    return make


@pytest.mark.parametrize("name", ["trace", "agency", "matrix", "ladder"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_looks_as_it_was_approved(shown, name, lang):
    text, table = shown(lang=lang)[name]
    golden.check(f"{name}-{lang}.txt", text + "\n" + tables.to_csv(table).replace("\r\n", "\n"))


@pytest.mark.parametrize("width", [60, 90])
def test_no_line_is_wider_than_asked(shown, width):
    for text, _ in shown(width=width, lang="both").values():
        assert max(map(cell_len, text.splitlines())) <= width


def test_csv_reads_back_and_computes_nothing(shown):
    for _, table in shown().values():
        head, *rows = csv.reader(io.StringIO(tables.to_csv(table)))
        assert len(head) == len(table.columns)
        assert len(rows) == len(table.rows)
        assert not [c for row in rows for c in row if c[:1] in ("=", "+", "@")]
    _, table = shown()["agency"]
    texts = [row[-1] for row in csv.reader(io.StringIO(tables.to_csv(table)))]
    assert "'=落实《远洋数据互认协定》，参加国际规则磋商。" in texts


def test_all_four_are_json(registry):
    values = (
        over_years.trace(EDITIONS, "2041", "4"),
        over_bodies.duties(EDITIONS, "cnipa", registry),
        over_bodies.matrix(EDITIONS[1], EDITIONS[0]),
        over_years.ladder(EDITIONS),
    )
    for value in values:
        assert msgspec.json.decode(to_json(value), type=type(value)) == value
