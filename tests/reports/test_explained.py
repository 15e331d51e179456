"""A text with its parts marked, in the terminal and as a page."""

import pytest
from lxml import html as lxml_html
from rich.text import Text

from plans.model import Extract
from plans.reading.explain import Segment, explain
from plans.reading.read import read
from reports import explained
from tests.reports.examples import options

TEXT = """2041年海岛工作推进计划
为做好海岛工作，制定本计划。
一、健全规则
1.推进《海岛地名条例》制定。（国家知识产权局、海岛事务中心负责）
2.建立海岛图库。（自然资源部负责）
"""


@pytest.fixture(scope="module")
def parts(registry):
    extract = Extract(state="document", text=TEXT)
    plan = read(extract, registry)
    return plan, explain(extract, plan, registry)


def test_the_text_is_whole_in_both_forms(registry, parts):
    plan, segments = parts
    page = lxml_html.fromstring(explained.render_html(TEXT, segments, plan, registry, options()))
    shown = ["".join(p.xpath("./span/text()")) for p in page.xpath("//main/p")]
    assert shown == TEXT.splitlines()
    text = explained.render_terminal(TEXT, segments, plan, registry, options(width=300))
    for line in TEXT.splitlines():
        assert all(character in text for character in line)


def test_bodies_are_marked_with_what_they_were_taken_for(registry, parts):
    plan, segments = parts
    page = lxml_html.fromstring(explained.render_html(TEXT, segments, plan, registry, options()))
    actors = [(s.text, s.get("title")) for s in page.xpath("//span[@class='actor'][@title]")]
    assert ("国家知识产权局", "cnipa") in actors
    assert ("海岛事务中心", "unknown") in actors
    text = explained.render_terminal(TEXT, segments, plan, registry, options(width=300))
    assert "国家知识产权局⟨cnipa⟩" in text
    assert "海岛事务中心 (1)" in text


def test_colour_adds_nothing_but_colour(registry, parts):
    plan, segments = parts
    plain, coloured = (
        explained.render_terminal(TEXT, segments, plan, registry, options(colour=colour))
        for colour in (False, True)
    )
    assert "\x1b[" in coloured
    assert Text.from_ansi(coloured).plain.split() == plain.split()


def test_a_part_over_several_lines_stays_in_its_lines():
    text = "甲\n\n乙丙\n丁"
    segments = (Segment(0, 4, "frame"), Segment(4, 7, "task", "1"))
    assert [
        [(segment.part, words) for segment, words in line]
        for line in explained.lines(text, segments)
    ] == [[("frame", "甲")], [("frame", "乙"), ("task", "丙")], [("task", "丁")]]


def test_published_text_is_never_markup(registry, parts):
    plan, _ = parts
    text = '<script>alert(1)</script>\x1b[2J"onmouseover="x'
    segments = (Segment(0, len(text), "skipped", text),)
    page = explained.render_html(text, segments, plan, registry, options())
    assert not lxml_html.fromstring(page).xpath("//script | //@onmouseover")
    assert "\x1b" not in explained.render_terminal(text, segments, plan, registry, options())


def test_a_heading_over_two_lines_is_labelled_once(registry, parts):
    plan, _ = parts
    segments = (Segment(0, 3, "section", "1.1"),)
    text = explained.render_terminal("甲\n乙", segments, plan, registry, options())
    assert "甲⟨1.1⟩\n乙\n" in text
