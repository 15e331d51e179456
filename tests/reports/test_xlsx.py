"""The workbook, reopened."""

import io

import msgspec
import openpyxl
import pytest

from plans.model import Change
from reports import xlsx
from tests.reports.examples import CHANGESET, NEW, OFFICE, OLD, large_pair, options


def book(*pair, registry, **given):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(*pair, registry, options(**given))))


def table(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_every_change_has_one_row(registry):
    found = table(book(CHANGESET, OLD, NEW, registry=registry)["Changes"])
    assert len(found) == len(CHANGESET.changes)
    assert {
        "Severity": "major",
        "Kind": "commitment up",
        "Section": "一、健全规则 › （一）完善法规",
        "Old": "1",
        "New": "1",
        "Body": None,
        "Instrument": "Trademark Law",
        "Before": "advance (3)",
        "After": "speed up (4)",
    }.items() <= next(row for row in found if row["Kind"] == "commitment up").items()


def test_texts_of_the_frame_stand_in_the_columns_for_texts(registry):
    found = table(book(CHANGESET, OLD, NEW, registry=registry)["Changes"])
    row = next(row for row in found if row["Kind"] == "frame reworded")
    assert row["Change"] == "Wording of the preamble differs"
    assert row["Text: Old"].startswith("为做好2041年") and row["Text: New"].startswith(
        "为做好2042年"
    )
    assert row["Before"] is None and row["After"] is None


def test_assignments_tell_who_had_and_who_has_each_task(registry):
    found = table(book(CHANGESET, OLD, NEW, registry=registry)["Assignments"])
    told = {
        (r["Task: Old"], r["Task: New"], r["id"], r["Role: Old"], r["Role: New"]) for r in found
    }
    assert ("1", "1", "cnipa", "responsible", "lead") in told
    assert ("1", "1", "samr", None, "responsible") in told
    assert ("6", "5", "cnipa", "responsible", None) in told
    assert ("2", None, "miit", "responsible", None) in told
    assert (None, "10", "gacc", None, "support") in told
    assert ("7, 8", "6", "samr", "responsible", "responsible") in told
    assert any(r["Body"] == OFFICE.name and r["id"] is None for r in found)


def test_every_assignment_of_a_large_pair_is_there_once(registry):
    changeset, old, new = large_pair()
    found = table(book(changeset, old, new, registry=registry)["Assignments"])
    assert len(found) == sum(len(task.assignments) for task in old.tasks) + 2
    assert sum(row["Change"] == "new" for row in found) == 2


@pytest.mark.parametrize("start", list("=+-@"))
def test_a_formula_in_a_plan_is_shown_and_not_computed(registry, start):
    evil = f'{start}HYPERLINK("http://192.0.2.1","x")'
    new = msgspec.structs.replace(
        NEW, tasks=tuple(msgspec.structs.replace(t, text=evil) for t in NEW.tasks)
    )
    side = msgspec.structs.replace(CHANGESET.new, title=evil)
    named = Change(kind="addressee_added", severity="minor", name=evil)
    changeset = msgspec.structs.replace(CHANGESET, new=side, changes=(*CHANGESET.changes, named))
    cells = [
        cell
        for sheet in book(changeset, OLD, new, registry=registry)
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert sum(cell.value == evil for cell in cells) > 10
    assert not any(cell.data_type == "f" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if cell.value == evil)


def test_filters_apply_to_the_changes(registry):
    found = table(book(CHANGESET, OLD, NEW, registry=registry, severity="major")["Changes"])
    assert {row["Severity"] for row in found} == {"major"}


def test_text_that_excel_cannot_hold_is_made_to_fit(registry):
    long = "甲\x00\x0b" * 40_000
    new = msgspec.structs.replace(
        NEW, tasks=tuple(msgspec.structs.replace(t, text=long) for t in NEW.tasks)
    )
    values = [r["Text"] for r in table(book(CHANGESET, OLD, new, registry=registry)["Assignments"])]
    assert "甲" * 32_767 in values


def test_equal_input_gives_equal_bytes(registry):
    one, other = (xlsx.render(CHANGESET, OLD, NEW, registry, options()) for _ in range(2))
    assert one == other


def test_a_split_task_stands_once_with_all_its_parts(registry):
    found = table(book(CHANGESET, OLD, NEW, registry=registry)["Assignments"])
    assert [(r["Task: Old"], r["Task: New"], r["id"]) for r in found if r["Task: Old"] == "4"] == [
        ("4", "3, 4", "cnipa"),
        ("4", "3, 4", None),
    ]


def test_a_file_knows_no_other_time_than_the_given_one(registry):
    properties = book(CHANGESET, OLD, NEW, registry=registry).properties
    assert str(properties.modified) == str(properties.created) == "2042-03-09 08:30:00"


def test_it_prints_to_be_read(registry):
    sheets = book(CHANGESET, OLD, NEW, registry=registry)
    for sheet in sheets:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddHeader.left.text == f"{OLD.title} → {NEW.title}"
        assert sheet.oddFooter.left.text == "planwatch · 2042-03-09"
        assert sheet.oddFooter.right.text == "&P / &N"
        # Paper of 277 mm at 7 pixels a character holds 150; more than a quarter smaller is too small.
        area = sheet.print_area.split(":")[-1] if sheet.print_area else sheet.dimensions
        last = openpyxl.utils.cell.coordinate_from_string(area.split(":")[-1].replace("$", ""))[0]
        printed = openpyxl.utils.column_index_from_string(last)
        letters = [openpyxl.utils.get_column_letter(at) for at in range(1, printed + 1)]
        assert sum(sheet.column_dimensions[letter].width for letter in letters) <= 200
    for name in ("Changes", "Assignments"):
        assert sheets[name].print_title_rows == "$1:$1"
        assert sheets[name].freeze_panes == "A2"
        assert sheets[name].auto_filter.ref == sheets[name].dimensions
    # What is printed says all that the filter columns to its right say.
    heads = [cell.value for cell in sheets["Changes"][1]]
    assert heads[9:] == ["Instrument", "Before", "After"]


def test_a_title_with_an_ampersand_is_no_code_of_the_header(registry):
    side = msgspec.structs.replace(CHANGESET.new, title="R&D &P plan")
    changeset = msgspec.structs.replace(CHANGESET, new=side)
    sheet = book(changeset, OLD, NEW, registry=registry)["Changes"]
    assert sheet.oddHeader.left.text.endswith("→ R&&D &&P plan")
