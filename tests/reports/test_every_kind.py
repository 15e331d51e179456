"""Every kind of change, alone in a changeset, in words in every format and both languages."""

import html
import io
import re
import typing

import docx
import msgspec
import openpyxl
import pytest

from plans.model import Change, ChangeKind
from reports import docx_table, markdown, terminal, xlsx
from reports import html as html_report
from reports.clean import clean
from tests.reports.examples import CHANGESET, NEW, OLD, options

LAW = {"old": ("1",), "new": ("1",), "instrument": "商标法", "instrument_id": "trademark-law"}
PACT = "远洋数据互认协定"
#: Kinds that the example pair does not have.
MORE = (
    Change(kind="commitment_lowered", severity="major", before=4, after=3, **LAW),
    Change(kind="instrument_added", severity="minor", new=("10",), instrument=PACT, after=8),
    Change(
        kind="instrument_dropped", severity="major", old=("2",), instrument="船载算法指引", before=7
    ),
    Change(kind="part_moved", severity="minor", old=("4",), new=("2",), before="建立数据标识制度"),
    Change(kind="section_moved", severity="minor", old=("1.2",), new=("3",)),
    Change(
        kind="agency_unnamed", severity="minor", old=("1",), new=("1",), agency="moj", name="司法部",
        before={"role": "support"},
    ),
)  # fmt: skip
FIRST = {change.kind: change for change in (*reversed(CHANGESET.changes), *MORE)}
FORMATS = ("terminal", "markdown", "html", "docx_table", "xlsx")

#: Kind: (English, Chinese), as a reader finds it in each format; small and large letters alike.
SAID = {
    "task_added": (
        "New; responsible: China National Intellectual Property Administration; "
        "support: General Administration of Customs of China",
        "新增；负责：国家知识产权局；配合：海关总署",
    ),
    "task_removed": (
        "No longer listed (before, responsible: Ministry of Industry and Information Technology)",
        "不再列出（原负责：工业和信息化部）",
    ),
    "task_reworded": ("reworded", "文字修改"),
    "task_moved": (
        "moved from 一、健全规则 › （二）建立新规则 to 三、扩大合作",
        "由一、健全规则 › （二）建立新规则移至三、扩大合作",
    ),
    "task_renumbered": ("3 → 2", "3 → 2"),
    "task_split": ("Task 4 was split into tasks 3 and 4", "第4项拆分为第3项、第4项"),
    "task_merged": ("Tasks 7 and 8 were merged into task 6", "第7项、第8项合并为第6项"),
    "part_moved": (
        "“建立数据标识制度” went from task 4 to task 2",
        "“建立数据标识制度”由第4项转入第2项",
    ),
    "agency_assigned": (
        "State Administration for Market Regulation joins (responsible)",
        "新增市场监管总局（负责）",
    ),
    "agency_released": (
        "China National Intellectual Property Administration is no longer named "
        "(before: responsible)",
        "不再列国家知识产权局（原为负责）",
    ),
    "role_changed": (
        "China National Intellectual Property Administration: responsible → lead",
        "国家知识产权局由负责改为牵头",
    ),
    "agency_renamed": ("printed as 林草局 instead of 国家林草局", "由“国家林草局”改为“林草局”"),
    "agency_unnamed": (
        "Ministry of Justice is no longer named (before: support), but the list is open",
        "不再列名司法部（原为配合），但单位以“等”字列举，仍可能包括在内",
    ),
    "commitment_raised": (
        "Trademark Law goes up: advance (3)",
        "《商标法》承诺程度提升：推进（3级）",
    ),
    "commitment_lowered": (
        "Trademark Law goes down: speed up (4)",
        "《商标法》承诺程度降低：加快（4级）",
    ),
    "instrument_added": (
        f"《{PACT}》 is newly listed: carry out (8) “落实”",
        f"新列入《{PACT}》：贯彻落实（8级）“落实”",
    ),
    "instrument_dropped": (
        "《船载算法指引》 is no longer listed (before: issue (7) “发布”)",
        "不再列出《船载算法指引》（原为：出台发布（7级）“发布”）",
    ),
    "deadline_changed": ("deadline 2041-09-30 → 2042-06-30", "时限由2041-09-30改为2042-06-30"),
    "section_added": ("new section 三、扩大合作", "新增章节三、扩大合作"),
    "section_removed": ("section 三、培养人才 is no longer there", "不再设章节三、培养人才"),
    "section_retitled": (
        "section retitled: （二）建立新规则 → （二）建立新兴领域规则",
        "章节更名：（二）建立新规则 → （二）建立新兴领域规则",
    ),
    "section_moved": (
        "section （二）建立新规则 → 三、扩大合作",
        "章节由（二）建立新规则移至三、扩大合作",
    ),
    "addressee_added": (
        "Ministry of Culture and Tourism is a new addressee",
        "主送单位新增文化和旅游部",
    ),
    "addressee_removed": (
        "State Post Bureau is no longer an addressee",
        "主送单位不再列国家邮政局",
    ),
    "frame_changed": ("Wording of the preamble differs", "前言有修改"),
}


def words_of(form: str, change: Change, registry, lang: str) -> str:
    """All that a reader of one format sees, on one line, in small letters."""
    changeset = msgspec.structs.replace(CHANGESET, changes=(change,))
    return rendered(form, changeset, OLD, NEW, registry, options(lang=lang, width=400))


def rendered(form: str, *arguments) -> str:
    """What a reader of one format sees of a comparison; ``arguments`` are those of ``render``."""
    match form:
        case "terminal":
            text = terminal.render(*arguments)
        case "markdown":
            text = markdown.render(*arguments).replace("\\", "").replace("*", "")
        case "html":
            text = html_report.render(*arguments)
            text = re.sub(r"<(script|style).*?</\1>", "", text, flags=re.S)
            text = html.unescape(re.sub(r"<[^>]+>", " ", text))
        case "docx_table":
            document = docx.Document(io.BytesIO(docx_table.render(*arguments)))
            cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
            text = "\n".join([p.text for p in document.paragraphs] + cells)
        case "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(xlsx.render(*arguments)))
            cells = [str(v) for row in book.worksheets[1].iter_rows(values_only=True) for v in row]
            text = "\n".join(cells)
    return " ".join(clean(text).split()).casefold()


def test_the_table_has_every_kind_of_the_contract():
    assert set(SAID) == set(typing.get_args(ChangeKind)) == set(FIRST)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", SAID)
def test_it_is_said_in_words(registry, kind, form, lang):
    said = SAID[kind][lang == "zh"]
    if kind == "task_renumbered" and form in ("xlsx", "docx_table"):
        said = {"en": "renumbered", "zh": "序号"}[lang]
    assert said.casefold() in words_of(form, FIRST[kind], registry, lang)


@pytest.mark.parametrize(
    ("count", "en", "zh"), [(1, "1 new task", "1项新增任务"), (2, "2 new tasks", "2项新增任务")]
)
def test_one_is_one_and_two_are_several(registry, count, en, zh):
    added = tuple(
        Change(kind="task_added", severity="major", new=(task.id,)) for task in NEW.tasks[-count:]
    )
    changeset = msgspec.structs.replace(CHANGESET, changes=added)
    for lang, said in (("en", en), ("zh", zh)):
        text = terminal.render(changeset, OLD, NEW, registry, options(lang=lang, width=400))
        assert re.search(rf"{said}(?!s)", text), text[:400]
