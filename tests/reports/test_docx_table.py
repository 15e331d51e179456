"""The table of amendments, reopened."""

import io

import docx
import pytest

from reports import docx_table
from tests.reports.examples import (
    AGAINST_SUMMARY,
    CHANGESET,
    NEW,
    OLD,
    SUMMARY,
    large_pair,
    options,
)


def rows(data):
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_old_new_and_remark_stand_side_by_side(registry):
    found = rows(docx_table.render(CHANGESET, OLD, NEW, registry, options(lang="zh")))
    assert found[0] == ["修订前", "修订后", "说明"]
    assert [
        "6. 严查港口侵权货物。（海关总署、国家知识产权局负责）",
        "5. 严查港口和网络侵权货物。（海关总署负责）",
        "6 → 5  重大\n− 不再列国家知识产权局（原为负责）",
    ] in found
    assert ["二、加强保护"] * 3 in found  # a heading across the table


def test_what_is_struck_and_underlined_is_what_differs(registry):
    data = docx_table.render(CHANGESET, OLD, NEW, registry, options())
    struck, underlined = set(), set()
    for row in docx.Document(io.BytesIO(data)).tables[0].rows:
        for cell in row.cells:
            for run in (run for p in cell.paragraphs for run in p.runs):
                if run.font.strike:
                    struck.add(run.text)
                if run.font.underline:
                    underlined.add(run.text)
    assert {"2041年9月", "、国家知识产权局", "发布《船载算法指引》。"} <= struck
    assert {"2042年6月", "加快", "、市场监管总局", "建立数据标识制度。"} <= underlined


def test_filters_apply(registry):
    found = rows(docx_table.render(CHANGESET, OLD, NEW, registry, options(agency="gacc")))
    numbers = [row[2].split("\n")[0] for row in found[1:] if len(set(row)) > 1]
    assert numbers == ["6 → 5  minor", "10  major"]


def test_what_a_summary_does_not_mention_is_no_addition(registry):
    data = docx_table.render(AGAINST_SUMMARY, SUMMARY, NEW, registry, options())
    document = docx.Document(io.BytesIO(data))
    runs = [
        r
        for row in document.tables[0].rows
        for c in row.cells
        for p in c.paragraphs
        for r in p.runs
    ]
    assert not any(run.font.strike or run.font.underline for run in runs)
    assert ["tasks 2–10"] * 3 in rows(data)


@pytest.mark.parametrize("pair", [(CHANGESET, OLD, NEW), large_pair()])
def test_equal_input_gives_equal_bytes(registry, pair):
    one, other = (docx_table.render(*pair, registry, options()) for _ in range(2))
    assert one == other


def test_the_first_page_says_who_made_it_and_when(registry):
    for lang, said in (
        ("en", "Made by  planwatch  2042-03-09"),
        ("zh", "编制  planwatch  2042-03-09"),
    ):
        data = docx_table.render(CHANGESET, OLD, NEW, registry, options(lang=lang))
        assert said in [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
