"""What holds for any two plans."""

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.comparing.apply import ApplyError, apply
from plans.comparing.changes_instruments import instrument_key
from plans.comparing.compare import compare
from plans.comparing.covering import body_key
from plans.model import Plan, Programme, changeset_from_json, to_json
from tests.plans.comparing.making import REGISTRY, plan, task

WORDS = [
    "灯塔",
    "渔港",
    "冷库",
    "码头",
    "航标",
    "盐田",
    "帆船",
    "运单",
    "货舱",
    "潮汐",
    "检查",
    "登记",
    "培训",
    "发放",
    "更换",
    "比武",
    "热线",
    "档案",
    "手册",
    "演练",
    "推进",
    "加强",
    "完善",
    "建立",
    "《渔港夜航条例》",
    "《盐田租赁规定》",
    "《航标检修规程》",
]
BODIES = ("", "司法部 负责", "商务部、外交部 负责", "教育部 牵头; 林草局 配合", "有关成员单位 负责")
CLAUSE = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5).map("".join)
DEADLINE = st.sampled_from(
    [None, None, ("年底前", 2024, 12, 31), ("6月底前", 2024, 6, 30), ("长期推进",)]
)
PROGRAMMES = st.sampled_from([(), (), (Programme(name="蓝帆"),)])
TEXT = st.lists(CLAUSE, min_size=1, max_size=3).map(lambda clauses: "，".join(clauses) + "。")


@st.composite
def tasks(draw, most=9):
    drafts = draw(
        st.lists(st.tuples(TEXT, st.sampled_from(BODIES), st.integers(1, 3)), max_size=most)
    )
    drafts.sort(key=lambda draft: draft[2])
    return placed(
        task(
            k,
            text,
            who,
            section=str(section),
            levels=(3,) * text.count("《"),
            deadline=draw(DEADLINE),
            programmes=draw(PROGRAMMES),
            uncertain=draw(st.sampled_from([None, None, "two numbers"])),
        )
        for k, (text, who, section) in enumerate(drafts, 1)
    )


def placed(tasks):
    """The tasks one after the other in a text, some bodies answering for the first clause only."""
    found, start = [], 40
    for one in tasks:
        covers = (0, one.text.find("，")) if "，" in one.text and len(one.text) % 3 == 0 else None
        who = [msgspec.structs.replace(a, covers=covers) for a in one.assignments[:1]]
        found.append(
            msgspec.structs.replace(
                one,
                at=(start, start + len(one.text)),
                assignments=(*who, *one.assignments[1:]),
            )
        )
        start += len(one.text) + 10
    return tuple(found)


@st.composite
def plans(draw, year="2024"):
    return plan(*draw(tasks()), sections=("岸上", "水上", "空中"), year=year)


@st.composite
def pairs(draw):
    """A plan and one that was edited from it: tasks dropped, changed, put in other places."""
    old = draw(plans())
    kept = [t for t in old.tasks if draw(st.booleans()) or draw(st.booleans())]
    edited = []
    for one in kept:
        match draw(st.sampled_from(["same", "same", "words", "bodies", "section"])):
            case "words":
                text = one.text[:-1] + "，" + draw(CLAUSE) + "。"
                one = msgspec.structs.replace(one, text=text, instruments=task(1, text).instruments)
            case "bodies":
                one = msgspec.structs.replace(
                    one, assignments=task(1, "x", draw(st.sampled_from(BODIES))).assignments
                )
            case "section":
                one = msgspec.structs.replace(one, section=draw(st.sampled_from("123")))
        edited.append(one)
    edited += draw(tasks(most=3))
    edited.sort(key=lambda one: one.section)
    new = placed(
        msgspec.structs.replace(one, id=str(k), number=str(k)) for k, one in enumerate(edited, 1)
    )
    return old, plan(*new, sections=("岸上", "水上", "空中"), year="2025")


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def essence(found: Plan):
    """What the changes alone tell of every task."""
    return [
        (
            t.id,
            t.number,
            t.section,
            t.text,
            t.kind,
            {instrument_key(i) for i in t.instruments},
            {(body_key(a), a.role, a.scope) for a in t.assignments},
        )
        for t in found.tasks
    ]


@QUICK
@given(plans())
def test_a_plan_does_not_differ_from_itself(one):
    found = compare(one, one, REGISTRY)
    assert found.changes == ()
    assert {link.confidence for link in found.links} <= {1.0}


@QUICK
@given(pairs())
def test_every_task_is_linked_once_or_added_or_removed(pair):
    old, new = pair
    found = compare(old, new, REGISTRY)
    for plan_, side, kind in ((old, "old", "task_removed"), (new, "new", "task_added")):
        named = [one for link in found.links for one in getattr(link, side)]
        named += [one for c in found.changes if c.kind == kind for one in getattr(c, side)]
        assert sorted(named) == sorted(t.id for t in plan_.tasks)


@QUICK
@given(pairs())
def test_a_changeset_applied_to_the_old_plan_gives_the_new_tasks_exactly(pair):
    old, new = pair
    found = changeset_from_json(to_json(compare(old, new, REGISTRY)))
    assert apply(found, old).tasks == new.tasks


@QUICK
@given(pairs())
def test_the_changes_alone_tell_of_every_duty(pair):
    old, new = pair
    found = compare(old, new, REGISTRY)
    links = tuple(msgspec.structs.replace(link, restated={}) for link in found.links)
    result = essence(apply(msgspec.structs.replace(found, links=links), old))
    for mine, theirs in zip(sorted(result, key=lambda one: int(one[0])), essence(new), strict=True):
        # Brackets that one side leaves out are unknown: no change tells of them.
        if not mine[-1] or not theirs[-1]:
            mine, theirs = mine[:-1], theirs[:-1]
        assert mine == theirs


@QUICK
@given(pairs())
def test_a_changeset_survives_json_and_is_the_same_every_time(pair):
    old, new = pair
    found = compare(old, new, REGISTRY)
    assert changeset_from_json(to_json(found)) == found
    assert to_json(compare(old, new, REGISTRY)) == to_json(found)


NOISE = st.sampled_from([("，", ","), ("。", ""), ("推", "推 "), ("务", "務"), ("检", "檢"), ("档", "檔"), ("业", "業")])  # fmt: skip


@QUICK
@given(plans(), st.lists(NOISE, min_size=1, max_size=4))
def test_layout_script_and_punctuation_are_never_news(one, noise):
    def spoiled(text):
        for clean, dirty in noise:
            text = text.replace(clean, dirty)
        return text

    other = msgspec.structs.replace(
        one,
        tasks=tuple(msgspec.structs.replace(t, text=spoiled(t.text)) for t in one.tasks),
        sections=tuple(msgspec.structs.replace(s, title=spoiled(s.title)) for s in one.sections),
    )
    found = compare(one, other, REGISTRY)
    assert {c.severity for c in found.changes} <= {"editorial"}


@QUICK
@given(pairs())
def test_there_and_back_are_mirror_images(pair):
    old, new = pair
    there, back = compare(old, new, REGISTRY), compare(new, old, REGISTRY)
    added = {c.new for c in there.changes if c.kind == "task_added"}
    removed = {c.old for c in back.changes if c.kind == "task_removed"}
    # Ties may fall to the other side; how many tasks continue may not.
    assert abs(len(added) - len(removed)) <= 2


def test_a_summary_and_a_wrong_plan_cannot_be_applied():
    old, new = plan(task(1, "更换灯塔灯具。")), plan(task(1, "更换灯塔灯具。"), year="2025")
    summary = msgspec.structs.replace(new, nature="summary")
    for found, base in (
        (compare(old, summary, REGISTRY), old),
        (compare(old, new, REGISTRY), plan(task(7, "别的。"))),
    ):
        try:
            apply(found, base)
        except ApplyError:
            continue
        raise AssertionError("applied what does not fit")
