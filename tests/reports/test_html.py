"""The page: whole by itself, safe, and with links that lead somewhere."""

import re
from itertools import pairwise

import msgspec
import pytest
from lxml import html as lxml_html

from plans.model import Change
from reports import html
from tests.reports.examples import (
    AGAINST_SUMMARY,
    CHANGESET,
    NEW,
    OLD,
    SUMMARY,
    large_pair,
    options,
)

PAIRS = {
    "small": (CHANGESET, OLD, NEW),
    "summary": (AGAINST_SUMMARY, SUMMARY, NEW),
    "large": large_pair(),
}


def page(pair, registry, **given):
    return lxml_html.fromstring(html.render(*pair, registry, options(**given)))


@pytest.mark.parametrize("name", PAIRS)
def test_it_refers_to_nothing_outside_itself(registry, name):
    text = html.render(*PAIRS[name], registry, options())
    tree = lxml_html.fromstring(text)
    assert not tree.xpath("//link | //img | //iframe | //object | //script[@src] | //@style")
    assert not re.search(r"url\(|@import|https?://", text)
    assert all(href.startswith("#") for href in tree.xpath("//@href"))


@pytest.mark.parametrize("name", PAIRS)
def test_every_link_leads_somewhere_and_every_id_is_one(registry, name):
    tree = page(PAIRS[name], registry)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href")} <= set(ids)


def test_what_is_gone_and_new_is_marked_as_such(registry):
    tree = page(PAIRS["small"], registry)
    item = tree.get_element_by_id("task-new-2")
    assert item.xpath("string(.//div[@class='inline']/p)") == (
        "清理妨碍海图共享的旧规定，2041年9月2042年6月底前完成。"
    )
    assert item.xpath(".//div[@class='inline']//del/text()") == ["2041年9月"]
    assert item.xpath(".//div[@class='inline']//ins/text()") == ["2042年6月"]
    old, new = item.xpath(".//div[@class='side']")
    assert old.xpath("string(p)") == "清理妨碍海图共享的旧规定，2041年9月底前完成。"
    assert new.xpath("string(p)") == "清理妨碍海图共享的旧规定，2042年6月底前完成。"


def test_each_item_can_be_found_by_body_and_severity(registry):
    tree = page(PAIRS["small"], registry)
    names = {o.get("value"): o.text for o in tree.xpath("//select/option") if o.get("value")}
    customs = next(
        t for t, name in names.items() if name == "General Administration of Customs of China"
    )
    found = {
        item.get("id"): item.get("data-severity")
        for item in tree.xpath("//article")
        if customs in item.get("data-bodies").split()
    }
    assert found == {"task-new-5": "major", "task-new-10": "major"}


def test_headings_do_not_skip_a_level(registry):
    for pair in PAIRS.values():
        levels = [
            int(h.tag[1]) for h in page(pair, registry).xpath("//h1|//h2|//h3|//h4|//h5|//h6")
        ]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_published_text_is_never_markup(registry):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\x00"
    tasks = tuple(msgspec.structs.replace(t, text=evil) for t in NEW.tasks)
    sections = tuple(msgspec.structs.replace(s, title=evil) for s in NEW.sections)
    new = msgspec.structs.replace(NEW, tasks=tasks, sections=sections)
    changeset = msgspec.structs.replace(
        CHANGESET,
        new=msgspec.structs.replace(CHANGESET.new, title=evil, ref=evil),
        changes=(
            *CHANGESET.changes,
            Change(kind="addressee_added", severity="minor", name=evil),
            Change(
                kind="agency_assigned",
                severity="major",
                old=("1",),
                new=("1",),
                name=evil,
                after="lead",
            ),
            Change(
                kind="instrument_added",
                severity="major",
                old=("1",),
                new=("1",),
                instrument=evil,
                after=3,
            ),
            Change(
                kind="task_reworded",
                severity="minor",
                old=("9",),
                new=("7",),
                segments=(("delete", evil), ("insert", evil)),
            ),
        ),
    )
    tree = page((changeset, OLD, new), registry)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img")


def test_a_summary_side_strikes_nothing(registry):
    tree = page(PAIRS["summary"], registry)
    assert not tree.xpath("//del | //ins")
    assert tree.get_element_by_id("unmatched-new").text_content().split() != []
