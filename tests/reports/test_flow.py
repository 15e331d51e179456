"""Where tasks went: sections are followed by their headings, and the picture says what was counted."""

import msgspec
import pytest
from lxml import etree

from plans.comparing.trace import Edition
from plans.model import Changeset, Link, Plan, Section, Side, Task, Unmatched
from reports.flow import flow_of
from reports.flow_svg import Words, draw

SVG = {"s": "http://www.w3.org/2000/svg"}


def plan(*tasks, headings=("Rules", "Courts", "Schools"), edition="2041"):
    """Tasks as ``id@section``; the second section has one below it."""
    sections = [
        Section(id=str(n), number=f"{n}.", title=title, parent=None)
        for n, title in enumerate(headings, 1)
    ]
    sections.append(Section(id="2.1", number="(1)", title="Judges", parent="2"))
    return Plan(
        title="Plan",
        language="en",
        edition=edition,
        sections=tuple(sections),
        tasks=tuple(
            Task(id=i, number=f"{i}.", section=s or None, text=f"Do {i}")
            for i, _, s in (task.partition("@") for task in tasks)
        ),
    )


def since(old, new, *links, **more):
    sides = (Side(ref=p.edition, title=p.title, language="en") for p in (old, new))
    made = tuple(
        Link(old=tuple(a.split()), new=tuple(b.split()))
        for a, b in (link.split("=") for link in links)
    )
    return Changeset(old=next(sides), new=next(sides), links=made, **more)


def passage(old, new, *links, **more):
    stages = flow_of([Edition(plan=old), Edition(plan=new, since=since(old, new, *links, **more))])
    return stages[1].passage


def told(found):
    return {(s.source, s.target): (s.old, s.new, s.moved) for s in found.streams}


def test_tasks_count_for_the_outermost_section():
    (stage,) = flow_of([Edition(plan=plan("1@1", "2@2", "3@2.1", "4@"))])
    assert [(band.key, band.tasks) for band in stage.bands] == [("", 1), ("1", 1), ("2", 2)]
    assert stage.passage is None


def test_what_stays_moves_begins_and_ends():
    old = plan("1@1", "2@1", "3@2", "4@3")
    new = plan("1@1", "2@2.1", "3@2", "5@1")
    found = passage(old, new, "1=1", "2=2", "3=3")
    assert told(found) == {
        ("1", "1"): (("1",), ("1",), False),
        ("1", "2"): (("2",), ("2",), True),
        ("2", "2"): (("3",), ("3",), False),
    }
    assert found.new == {"1": ("5",)}
    assert found.gone == {"3": ("4",)}


def test_a_section_is_known_by_its_heading_and_not_by_its_number():
    old = plan("1@1", "2@2")
    new = plan("1@2", "2@1", headings=("Courts", "Rules", "Schools"))
    assert not any(moved for *_, moved in told(passage(old, new, "1=1", "2=2")).values())


def test_a_section_with_a_new_heading_is_where_most_of_its_tasks_went():
    old = plan("1@1", "2@1", "3@1")
    new = plan("1@1", "2@1", "3@2", headings=("Statutes", "Courts", "Schools"))
    found = told(passage(old, new, "1=1", "2=2", "3=3"))
    assert found["1", "1"][2] is False
    assert found["1", "2"][2] is True


def test_a_split_and_a_merge_count_on_both_sides():
    old, new = plan("1@1", "2@2", "3@2"), plan("4@1", "5@2", "6@2")
    found = told(passage(old, new, "1=4 5", "2 3=6"))
    assert found["1", "1"][:2] == (("1",), ("4",))
    assert found["1", "2"][:2] == ((), ("5",))
    assert found["2", "2"][:2] == (("2", "3"), ("6",))


def test_what_a_summary_does_not_mention_is_neither_new_nor_gone():
    old, new = plan("1@1", "2@2"), plan("1@1", "3@3")
    found = passage(old, new, "1=1", unmatched=Unmatched(old=("2",), new=("3",)))
    assert (found.new, found.gone) == ({}, {})


def test_sections_that_go_round_in_a_circle_end():
    one = plan("1@1")
    loop = tuple(Section(id=a, number="", title=a, parent=b) for a, b in (("1", "2"), ("2", "1")))
    (stage,) = flow_of([Edition(plan=msgspec.structs.replace(one, sections=loop))])
    assert sum(band.tasks for band in stage.bands) == 1


# --- the picture -------------------------------------------------------------------------------

WORDS = Words(
    title="Tasks <2041>",
    description="All & sundry",
    name=lambda band: band.section.title if band.section else "none",
    tasks=lambda count: f"{count} tasks",
    new=lambda count: f"{count} new",
    gone=lambda count: f"{count} gone",
)


def picture(old, new, *links, **more):
    editions = [Edition(plan=old), Edition(plan=new, since=since(old, new, *links, **more))]
    return etree.fromstring(str(draw(flow_of(editions), WORDS)))


def titles(svg, kind):
    return svg.xpath(f"//s:path[@class='{kind}']/s:title/text()", namespaces=SVG)


def test_the_picture_says_all_of_it():
    old, new = plan("1@1", "2@1", "3@2", "4@3"), plan("1@1", "2@2", "3@2", "5@1")
    svg = picture(old, new, "1=1", "2=2", "3=3")
    assert titles(svg, "kept") == ["Rules → Rules: 1 tasks", "Courts → Courts: 1 tasks"]
    assert titles(svg, "moved") == ["Rules → Courts: 1 tasks"]
    assert titles(svg, "new") == ["Rules: 1 new"]
    assert titles(svg, "gone") == ["Schools: 1 gone"]
    assert svg.xpath("string(s:title)", namespaces=SVG) == "Tasks <2041>"
    assert svg.xpath("string(s:desc)", namespaces=SVG) == "All & sundry"


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", 'a" onload="x', "{x}", "]]>&amp;"])
def test_a_heading_is_text_whatever_it_says(title):
    one = plan("1@1", headings=(title, "Courts", "Schools"))
    svg = picture(one, one, "1=1")
    assert svg.xpath("count(//s:script)", namespaces=SVG) == 0
    assert not svg.xpath("//@onload")
    assert f"{title}: 1 tasks" in svg.xpath("//s:g/s:title/text()", namespaces=SVG)


def test_the_picture_of_many_tasks_and_sections_stays_on_its_sheet():
    headings = tuple(f"A rather long heading of section number {n}" for n in range(1, 13))
    tasks = [f"{n}@{n % 12 + 1}" for n in range(1, 400)]
    one = plan(*tasks, headings=headings)
    svg = picture(one, one, *(f"{n}={n}" for n in range(1, 400)))
    width, height = (float(svg.get(name)) for name in ("width", "height"))
    boxes = svg.xpath("//s:rect", namespaces=SVG)
    assert len(boxes) == 24
    for box in boxes:
        x, y, w, h = (float(box.get(name)) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + w <= width
        assert y + h <= height
    assert all(len(text) < 40 for text in svg.xpath("//s:text/text()", namespaces=SVG))
