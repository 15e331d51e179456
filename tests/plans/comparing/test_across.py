"""English against Chinese: linked by bodies, instruments, programmes and the glossary."""

import msgspec
import pytest

from plans.comparing.compare import compare
from plans.comparing.concepts import Concepts
from plans.model import Plan
from tests.plans.comparing.across_cases import CASES, UNTOLD
from tests.plans.comparing.across_last import CASES as LAST
from tests.plans.comparing.across_more import CASES as MORE
from tests.plans.comparing.across_official import CASES as OFFICIAL
from tests.plans.comparing.across_press import CASES as PRESS
from tests.plans.comparing.making import REGISTRY, bodies, changes, links, plan, task

#: English sentence, its bodies, Chinese task, its bodies.
Cases = tuple[tuple[str, str, str, str], ...]
#: In the order in which they were written.
SETS = {"first": CASES, "blind": MORE, "official": OFFICIAL, "press": PRESS, "last": LAST}
#: Tasks that nobody tells beside the first cases, but that four of the blind ones fit as well as
#: their own.
SAME_SUBJECT = (
    "支持中小企业获得免费信息推送。",
    "规范对外转让审查，维护国家安全。",
    "推进软件正版化检查。",
    "推进国防专利转化应用试点。",
)


def english(nature: str = "summary", cases: Cases = CASES) -> Plan:
    said = [
        msgspec.structs.replace(task(k, text), number=None, assignments=bodies(who))
        for k, (text, who, _, _) in enumerate(cases, 1)
    ]
    return plan(*said, nature=nature, language="en", title="2024 plan")


def chinese(cases: Cases = CASES) -> Plan:
    told = [(text, who) for _, _, text, who in cases]
    rest = [one for one in UNTOLD if one[0] not in SAME_SUBJECT] if cases is MORE else UNTOLD
    return plan(*[task(k, *one) for k, one in enumerate((*told, *rest), 1)], year="2025")


def figures(found: set[tuple[str, str]], size: int) -> float:
    right = {(str(k), str(k)) for k in range(1, size + 1)}
    return 2 * len(found & right) / (len(found) + len(right))


@pytest.mark.parametrize("cases", SETS.values(), ids=SETS)
def test_commentary_is_linked_to_the_tasks_it_tells_of(cases):
    found = links(english(cases=cases), chinese(cases))
    assert figures(found, len(cases)) >= 0.85


def test_plural_and_singular_are_one_term():
    finder = Concepts(REGISTRY)
    for one, many in (("plant variety", "plant varieties"), ("a database", "databases")):
        assert finder.of(f"New {one} rules") == finder.of(f"New {many} rules") != frozenset()


def test_a_term_inside_a_longer_one_does_not_weigh_against_a_pair():
    said, inside = Concepts(REGISTRY).found("支持中小企业专利产业化。")
    assert "t:中小企业" in said and "t:企业" in inside


def test_a_body_alone_is_no_evidence():
    old = plan(
        task(1, "The CNIPA will host a garden party.", "国家知识产权局 负责"),
        nature="summary",
        language="en",
    )
    new = plan(task(1, "建立部门间会商例会。", "国家知识产权局 负责"))
    assert links(old, new) == set()


def test_nothing_that_the_summary_leaves_out_is_called_added():
    found = compare(english(), chinese(), REGISTRY)
    kinds = {c.kind for c in found.changes}
    assert "task_added" not in kinds
    assert not kinds & {
        "task_reworded",
        "task_renumbered",
        "task_moved",
        "frame_changed",
        "role_changed",
    }
    linked = {one for link in found.links for one in link.new}
    assert set(found.unmatched.new) == {t.id for t in chinese().tasks} - linked


def test_bodies_that_joined_are_told():
    found = compare(english(), chinese(), REGISTRY)
    joined = {(c.new, c.agency) for c in found.changes if c.kind == "agency_assigned"}
    assert (("1",), "moj") in joined


def test_commitments_are_compared_between_languages():
    law = REGISTRY.find_instrument("商标法")

    def named(one, level):
        (instrument,) = task(9, "《商标法》", levels=(level,)).instruments
        return msgspec.structs.replace(
            one, instruments=(msgspec.structs.replace(instrument, id=law.id),)
        )

    old = plan(
        named(task(1, "Amendment of the Trademark Law continues."), 3),
        nature="summary",
        language="en",
    )
    new = plan(named(task(1, "加快推进商标法修订。"), 4), year="2025")
    assert [c.kind for c in compare(old, new, REGISTRY).changes] == ["commitment_raised"]


def with_law(one, level):
    """The task, naming the Trademark Law at this level."""
    law = REGISTRY.find_instrument("商标法")
    (instrument,) = task(9, "《商标法》", levels=(level,)).instruments
    return msgspec.structs.replace(
        one, instruments=(msgspec.structs.replace(instrument, id=law.id),)
    )


@pytest.mark.parametrize(("level", "kinds"), [(6, []), (3, ["commitment_raised"])])
def test_a_bare_verb_of_a_summary_says_nothing_of_how_far_the_plan_goes(level, kinds):
    said = with_law(task(1, "Amendments to the Trademark Law will be led."), level)
    old = plan(said, nature="commentary", language="en")
    new = plan(with_law(task(1, "加快推进商标法修订。"), 4), year="2025")
    assert [c.kind for c in compare(old, new, REGISTRY).changes] == kinds
    same = plan(with_law(task(1, "修订商标法。"), level), year="2024")
    assert [c.kind for c in changes(same, new) if c.instrument]  # of official texts it does


def test_a_collective_has_no_name_that_both_languages_know():
    said = task(1, "The Trademark Law will be amended.", "国家知识产权局、有关成员单位 负责")
    old = plan(with_law(said, 3), nature="translation", language="en")
    new = plan(
        with_law(task(1, "推进商标法修订。", "国家知识产权局、司法部、有关部门 负责"), 3),
        year="2025",
    )
    found = compare(old, new, REGISTRY).changes
    assert [(c.kind, c.agency) for c in found] == [("agency_assigned", "moj")]


def test_the_glossary_is_large_and_finds_terms_inside_longer_ones():
    assert len(REGISTRY.terms) >= 150
    finder = Concepts(REGISTRY)
    assert finder.of("组建专利池。") >= {"t:专利池", "t:专利"}
    assert "t:专利池" in finder.of("Firms shall set up Patent Pools")


def test_the_shipped_english_article_against_a_chinese_plan(corpus):
    from plans.model import Extract
    from plans.reading.read import read

    text = (corpus / "pages" / "en_2024_article.txt").read_text("utf-8")
    summary = read(Extract(state="document", text=text), REGISTRY)
    found = compare(summary, chinese(), REGISTRY)
    assert summary.covers_part
    assert "task_added" not in {c.kind for c in found.changes}
