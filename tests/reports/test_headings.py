"""Which section goes on as which, and where a section that is gone is shown."""

import msgspec

from plans.model import Change, Changeset, Link, Section
from reports.facts import PlanFacts
from reports.headings import section_heirs
from reports.outline import prepare
from tests.reports.examples import CHANGESET, NEW, OLD, options


def heirs(changeset):
    return section_heirs(changeset, PlanFacts(OLD), PlanFacts(NEW))


def linked(*pairs, changes=()):
    links = tuple(Link(old=(one,), new=(other,)) for one, other in pairs)
    return Changeset(old=CHANGESET.old, new=CHANGESET.new, links=links, changes=changes)


def test_a_section_goes_on_where_its_tasks_go_on():
    assert heirs(linked(("11", "9"), ("11", "10")))["3"] == "3"


def test_the_same_title_outweighs_tasks_that_moved_away():
    # Two tasks of 加强保护 went to 扩大合作, one stayed.
    assert heirs(linked(("6", "9"), ("7", "10"), ("8", "5")))["2"] == "2"


def test_what_the_comparison_calls_removed_or_retitled_is_believed():
    removed = Change(kind="section_removed", severity="minor", old=("3",))
    assert "3" not in heirs(linked(("11", "9"), changes=(removed,)))
    moved = Change(kind="section_moved", severity="editorial", old=("2",), new=("3",))
    assert heirs(linked(("6", "5"), changes=(moved,)))["2"] == "3"


def test_a_section_that_is_gone_is_shown_in_the_chapter_that_lives_on(registry):
    gone = Section(id="2.1", number="（一）", title="近海巡查", parent="2")
    tasks = tuple(
        msgspec.structs.replace(t, section="2.1") if t.id == "2" else t for t in OLD.tasks
    )
    old = msgspec.structs.replace(OLD, sections=(*OLD.sections[:4], gone), tasks=tasks)
    change = Change(kind="section_removed", severity="minor", old=("2.1",))
    changeset = msgspec.structs.replace(CHANGESET, changes=(*CHANGESET.changes, change))
    groups = prepare(changeset, old, NEW, registry, options()).outline.groups
    found = next(group for group in groups if group.gone and group.path[-1] is gone)
    assert found.path[0] is NEW.sections[3]
