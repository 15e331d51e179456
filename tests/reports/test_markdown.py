"""Markdown that shows the text as it is."""

import re

import pytest

from reports import markdown
from reports.markdown import escape, marked
from tests.reports import golden
from tests.reports.examples import AGAINST_SUMMARY, CHANGESET, NEW, OLD, SUMMARY, options


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_looks_as_it_was_approved(registry, lang):
    text = markdown.render(CHANGESET, OLD, NEW, registry, options(lang=lang))
    golden.check(f"markdown-{lang}.md", text)


def test_against_a_summary_looks_as_it_was_approved(registry):
    text = markdown.render(AGAINST_SUMMARY, SUMMARY, NEW, registry, options())
    golden.check("markdown-summary.md", text)


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("# 一", r"\# 一"),
        ("- 一", r"\- 一"),
        ("1. 一", r"1\. 一"),
        ("a*b_c`d`", r"a\*b\_c\`d\`"),
        ("<b>[x](y)</b>", r"\<b\>\[x\](y)\</b\>"),
        ("a | b", r"a \| b"),
        ("x@y", "x@y"),
        ("一\n二", "一 二"),
    ],
)
def test_published_text_formats_nothing(published, written):
    assert escape(published) == written


def test_nobody_is_called_by_a_text():
    assert not re.search(r"@\w", escape("问 @someone"))


def test_differences_are_elements_for_marks_fail_beside_chinese_punctuation():
    segments = (("equal", "推进"), ("delete", "《甲》"), ("insert", "《乙》"), ("equal", "。"))
    assert marked(segments) == "推进<del>《甲》</del><ins>《乙》</ins>。"
    assert marked((("delete", "<b>*x*"), ("insert", "[y]"))) == (
        r"<del>\<b\>\*x\*</del><ins>\[y\]</ins>"
    )
