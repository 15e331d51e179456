"""One plan in the terminal and as a page."""

import msgspec
import pytest
from lxml import html as lxml_html
from rich.cells import cell_len

from plans.model import Diagnostic
from reports import plan_html, plan_tree
from reports.plan_text import duties, paragraphs, walk
from tests.reports import golden
from tests.reports.examples import GACC, MOJ, NEW, OFFICE, SUMMARY, as_role, large_pair, options

NOTED = msgspec.structs.replace(
    NEW,
    tasks=(msgspec.structs.replace(NEW.tasks[0], uncertain="two numbers"), *NEW.tasks[1:]),
    diagnostics=(Diagnostic(kind="skipped", message="one line of page furniture", at=(3, 9)),),
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tree_looks_as_it_was_approved(registry, lang):
    golden.check(f"plan-{lang}.txt", plan_tree.render(NOTED, registry, options(lang=lang)))


@pytest.mark.parametrize("plan", [NOTED, SUMMARY, large_pair()[1]])
def test_every_task_is_shown_once_in_its_words(registry, plan):
    text = "".join(plan_tree.render(plan, registry, options(width=300)).split())
    page = lxml_html.fromstring(plan_html.render(plan, registry, options()))
    shown = page.xpath("//article/div/p/text()")
    assert shown == [task.text for task in plan.tasks]
    assert all("".join(task.text.split()) in text for task in plan.tasks)


def test_no_line_of_the_tree_is_wider_than_asked(registry):
    for width in (40, 72):
        text = plan_tree.render(NOTED, registry, options(width=width, lang="both"))
        assert max(map(cell_len, text.splitlines())) <= width


def test_what_is_unknown_or_uncertain_is_said_in_both(registry):
    tree = plan_tree.render(NOTED, registry, options())
    page = lxml_html.fromstring(plan_html.render(NOTED, registry, options())).text_content()
    for text in (tree, page):
        assert "? two numbers" in text
        assert f"{OFFICE.name} (4)" in text
        assert "one line of page furniture" in text


def test_the_page_stands_alone_and_its_links_lead_somewhere(registry):
    page = lxml_html.fromstring(plan_html.render(NOTED, registry, options()))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@href")) <= {f"#{i}" for i in ids}
    assert not page.xpath("//script | //link | //img | //@src")


def test_a_task_of_an_unknown_section_is_not_lost():
    lost = msgspec.structs.replace(NEW.tasks[3], section="no such section")
    plan = msgspec.structs.replace(NEW, tasks=(*NEW.tasks[:3], lost, *NEW.tasks[4:]))
    assert [entry for entry, _ in walk(plan)].count(lost) == 1


def test_brackets_are_written_in_one_form():
    who = [MOJ, as_role(GACC, "support"), as_role(OFFICE, "lead")]
    assert duties(who, zh=True) == "（海岛数据登记中心牵头，司法部负责，海关总署配合）"
    opened = [msgspec.structs.replace(MOJ, open_ended=True)]
    assert duties(opened, zh=True) == "（司法部等负责）"
    assert duties([], zh=True) == ""


def test_a_plan_as_paragraphs_keeps_title_number_and_signature():
    shown = [paragraph.shown for paragraph in paragraphs(NEW)]
    assert shown[:4] == [
        "2042年海洋数据权益工作推进计划",
        "海数办〔2042〕1号",
        "国家知识产权局、文化和旅游部：",
        "为做好2042年各项工作，明确任务，制定本计划。",
    ]
    assert shown[-1] == "2042年3月8日"
