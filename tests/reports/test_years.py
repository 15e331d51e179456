"""One task, one body, all bodies and all instruments over three editions, as a reader sees them."""

import csv
import datetime as dt
import io

import pytest
from rich.cells import cell_len

from plans.comparing.trace import Edition, duties, ladders, trace_task
from plans.comparing.trace import matrix as matrix_of
from plans.model import Change, Changeset, Link, Plan, Side, Task
from reports import agency, ladder, matrix, tables, trace
from tests.reports import golden
from tests.reports.examples import CHANGESET, CNIPA, NEW, OLD, law, options

# In 2043 the two parts of the split task are one again; all else has left the plan.
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
    Edition(plan=OLD),
    Edition(plan=NEW, since=CHANGESET),
    Edition(plan=THIRD, since=TO_THIRD),
)


@pytest.fixture(scope="module")
def shown(registry):
    """All four, each as (terminal text, table), for options."""

    def make(task="4", **given):
        asked = options(**given)
        line = trace_task(EDITIONS, 0, task)
        held = duties(EDITIONS, "cnipa")
        grid = matrix_of(EDITIONS[1], EDITIONS[0])
        steps = ladders(EDITIONS)
        return {
            "trace": (
                trace.render(line, EDITIONS, registry, asked),
                trace.table(line, EDITIONS, registry, asked),
            ),
            "agency": (
                agency.render(held, "cnipa", registry, asked),
                agency.table(held, "cnipa", registry, asked),
            ),
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


def test_a_line_that_ends_shows_a_dash_for_the_editions_without_it(shown):
    text, table = shown(task="6")["trace"]
    assert "[-" not in text and "{+和网络+}" in text
    assert text.rstrip().endswith("2043年海洋数据权益工作推进计划\n  –")
    assert [row[0] for row in table.rows] == ["2041", "2042"]
    assert (
        "China National Intellectual Property Administration is no longer named" in table.rows[1][6]
    )


def test_counts_and_their_change_stand_in_columns_of_their_own(shown):
    _, table = shown(lang="zh")["matrix"]
    heads = [column.title for column in table.columns]
    assert heads == [
        "id", "责任单位", "健全规则", "健全规则 ±", "加强保护", "加强保护 ±", "扩大合作",
        "扩大合作 ±", "合计", "合计 ±",
    ]  # fmt: skip
    # The third section is new: how the total changed is not known of a body that it names.
    assert ("cnipa", "国家知识产权局", 3, 1, 2, -1, 1, None, 6, None) in table.rows
    assert ("samr", "市场监管总局", 1, 1, 1, -1, 0, None, 2, 0) in table.rows


def test_where_the_numbers_leave_no_room_for_names_ids_stand_in_their_place(shown):
    text, _ = shown(width=44)["matrix"]
    assert all(cell_len(line) <= 44 for line in text.splitlines())
    rows = [line.split() for line in text.splitlines()]
    assert ["cnipa", "3", "+1", "2", "-1", "1", "6"] in rows
    assert ["海岛数据登记中心", "1", "·", "·", "1"] in rows  # Not known, so it has no id.


def test_an_instrument_that_was_issued_says_when(registry):
    issued = {"trademark-law": dt.date(2042, 11, 1)}
    text = ladder.render(ladders(EDITIONS), registry, options(issued=issued, width=120))
    row = next(line for line in text.splitlines() if "Trademark Law" in line)
    assert row.split("  ")[-1].strip() == "issued on 2042-11-01"
    assert "no longer listed" in row and "↑ 4 speed up" in row


def test_without_any_edition_or_instrument_there_is_an_empty_table(registry):
    assert ladder.table((), registry, options()).rows == ()
    assert "Instruments by edition" in ladder.render((), registry, options())


def test_csv_reads_back_and_computes_nothing(shown):
    for _, table in shown().values():
        head, *rows = csv.reader(io.StringIO(tables.to_csv(table)))
        assert len(head) == len(table.columns)
        assert len(rows) == len(table.rows)
        assert not [c for row in rows for c in row if c[:1] in ("=", "+", "@")]
    _, table = shown()["agency"]
    texts = [row[-1] for row in csv.reader(io.StringIO(tables.to_csv(table)))]
    assert "'=落实《远洋数据互认协定》，参加国际规则磋商。" in texts


def test_colour_marks_what_is_new_and_gone(shown):
    text, _ = shown(colour=True)["agency"]
    line = next(line for line in text.splitlines() if "参加国际规则" in line)
    assert "\x1b[32m" in line
