"""Commands that need no database: parse, extract, diff of files."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.planwatch.plans import NEW, OLD, SAME

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"


def fits(value: object, contract: str) -> None:
    schema = json.loads((CONTRACTS / f"{contract}.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(value, schema)


@pytest.fixture
def old(planwatch) -> str:
    return planwatch.file("old.txt", OLD)


@pytest.fixture
def new(planwatch) -> str:
    return planwatch.file("new.txt", NEW)


def test_parse_gives_a_plan_of_the_contract(planwatch, old):
    plan = planwatch("parse", old, "--json").json()
    fits(plan, "plan")
    assert [task["id"] for task in plan["tasks"]] == ["1", "2", "3", "4"]
    assert [a["agency"] for a in plan["tasks"][0]["assignments"]] == ["cnipa", "moj"]


def test_parse_shows_a_tree_that_names_bodies_in_the_language_asked_for(planwatch, old):
    assert "Ministry of Justice" in planwatch("parse", old).out
    assert "司法部" in planwatch("parse", old, "--lang", "zh").out


def test_parse_explains_which_words_it_took_for_what(planwatch, old):
    shown = planwatch("parse", old, "--explain").out
    assert "司法部⟨moj⟩" in shown
    page = planwatch("parse", old, "--explain", "--format", "html").out
    assert page.lstrip().lower().startswith("<!doctype html>")


def test_extract_gives_an_extract_of_the_contract(planwatch, old):
    found = planwatch("extract", old, "--json").json()
    fits(found, "extract")
    assert found["state"] == "document"
    assert "推进《湖泊登记条例》修改" in found["text"]


def test_diff_exits_with_1_and_gives_a_changeset_of_the_contract(planwatch, old, new):
    answer = planwatch("diff", old, new, "--json")
    assert answer.code == 1
    fits(answer.json(), "changeset")
    kinds = {change["kind"] for change in answer.json()["changes"]}
    assert {"agency_assigned", "commitment_raised", "task_removed", "task_reworded"} <= kinds


def test_diff_says_who_must_now_do_what(planwatch, old, new):
    shown = planwatch("diff", old, new).out
    assert "Ministry of Public Security joins" in shown
    assert "advance (3)" in shown
    assert "speed up (4)" in shown
    assert "[-每季度-]{+每月+}公布结果" in shown


def test_diff_of_copies_that_differ_in_layout_alone_exits_with_0_for_major_and_minor(
    planwatch, old
):
    same = planwatch.file("same.txt", SAME)
    assert planwatch("diff", old, same, "--severity", "minor").code == 0
    assert planwatch("diff", old, old).code == 0


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        (("--agency", "公安部"), 1),
        (("--agency", "moj"), 1),
        (("--agency", "mfa"), 0),
        (("--only", "commitments"), 1),
        (("--section", "二、", "--only", "commitments"), 0),
        (("--severity", "major"), 1),
    ],
)
def test_filters_decide_the_exit_code(planwatch, old, new, filters, code):
    assert planwatch("diff", old, new, *filters).code == code


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("out.docx", b"PK"),
        ("out.xlsx", b"PK"),
        ("out.html", b"<!"),
        ("out.md", b"#"),
        ("out.json", b"{"),
    ],
)
def test_the_outputs_suffix_chooses_the_format(planwatch, old, new, name, begins):
    planwatch("diff", old, new, "-o", name)
    assert (planwatch.folder / name).read_bytes().lstrip()[:2].startswith(begins[:2])


def test_a_suffix_of_no_known_form_is_an_error_that_names_the_known_ones(planwatch, old, new):
    answer = planwatch("diff", old, new, "-o", "out.pdf")
    assert answer.code == 2
    assert "out.pdf" in answer.err
    assert ".docx" in answer.err
    assert not (planwatch.folder / "out.pdf").exists()


def test_no_database_is_made_for_files(planwatch, old, new):
    planwatch("diff", old, new)
    planwatch("parse", old)
    assert not (planwatch.folder / "data").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff" * 50, b"<html></html>"])
def test_what_is_no_document_is_named_with_exit_code_3(planwatch, content):
    answer = planwatch("parse", planwatch.file("thing.bin", content))
    assert answer.code == 3
    assert "thing.bin: no document in it" in answer.err
    assert "Traceback" not in answer.err


def test_a_name_that_is_neither_file_nor_reference_says_what_there_could_be(planwatch):
    answer = planwatch("diff", "nowhere.txt", "nothere.txt")
    assert answer.code == 2
    assert "DOC@2024" in answer.err


def test_a_plan_of_the_contract_can_be_compared(planwatch, old, new):
    planwatch("parse", old, "--json", "-o", "old.json")
    assert planwatch("diff", "old.json", new, "--only", "agencies").code == 1
    assert planwatch("diff", "old.json", old).code == 0


def test_wrong_use_exits_with_2(planwatch):
    assert planwatch("diff", "one").code == 2
    assert planwatch("no-such-command").code == 2
