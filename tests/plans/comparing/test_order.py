"""The order in which things happen, or stand, is no news.

Edits of different tasks tell together what each tells alone, in whatever order they were made; and
a plan whose sections and tasks were put in another order tells of the same duties.
"""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.compare.generate import generate
from plans.comparing.compare import compare
from tests.plans.comparing.making import REGISTRY, bodies, due

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: What only says where something stands.
PLACES = {"task_moved", "task_renumbered", "section_moved"}
BASES = [generate("corrigendum", seed, 30).old for seed in range(3)]


def counted(tasks):
    """The tasks with ids and numbers in their order, section by section."""
    ordered = sorted(tasks, key=lambda one: [int(k) for k in one.section.split(".")])
    return tuple(
        msgspec.structs.replace(one, id=str(k), number=str(k)) for k, one in enumerate(ordered, 1)
    )


def joined(one):
    """One more body."""
    extra = bodies("国家邮政局 负责")
    return [msgspec.structs.replace(one, assignments=(*one.assignments, *extra))]


def released(one):
    """One body less, where there are two."""
    return [msgspec.structs.replace(one, assignments=one.assignments[:1])]


def led(one):
    """The first body leads from now on."""
    first, *rest = one.assignments
    return [
        msgspec.structs.replace(
            one, assignments=(msgspec.structs.replace(first, role="lead"), *rest)
        )
    ]


def dated(one):
    """A date."""
    return [msgspec.structs.replace(one, deadline=due("6月底前", 2042, 6, 30))]


def lengthened(one):
    """One more clause, of words that the plan does not have."""
    return [msgspec.structs.replace(one, text=one.text[:-1] + "，并请邻县比照执行。")]


def moved(one):
    """Another section."""
    return [msgspec.structs.replace(one, section="1.1" if one.section != "1.1" else "2.1")]


def removed(_):
    """No such task any more."""
    return []


EDITS = [joined, released, led, dated, lengthened, moved, removed]


def edited(plan, edits):
    """The plan after these edits, (position, edit) each, one after the other."""
    tasks = [[one] for one in plan.tasks]
    for place, edit in edits:
        tasks[place] = [after for one in tasks[place] for after in edit(one)]
    return msgspec.structs.replace(plan, tasks=counted([t for part in tasks for t in part]))


def facts(old, new):
    """What is told of the tasks, whatever they are called: by their texts."""
    texts_old = {t.id: t.text for t in old.tasks}
    texts_new = {t.id: t.text for t in new.tasks}
    return {
        (
            c.kind,
            c.severity,
            tuple(texts_old.get(i, i) for i in c.old),
            c.agency,
            c.instrument,
            str(c.after) if c.kind in ("role_changed", "deadline_changed") else None,
        )
        for c in compare(old, new, REGISTRY).changes
        if c.kind not in PLACES
    } | {
        ("link", tuple(sorted(texts_old[i] for i in link.old)), tuple(sorted(texts_new[j] for j in link.new)))
        for link in compare(old, new, REGISTRY).links
        if [texts_old[i] for i in link.old] != [texts_new[j] for j in link.new]
    }  # fmt: skip


@st.composite
def two_edits(draw):
    base = draw(st.sampled_from(BASES))
    places = draw(
        st.lists(st.integers(0, len(base.tasks) - 1), min_size=2, max_size=5, unique=True)
    )
    return base, [(place, draw(st.sampled_from(EDITS))) for place in places]


@QUICK
@given(two_edits())
def test_edits_of_different_tasks_tell_together_what_each_tells_alone(case):
    base, edits = case
    together = facts(base, edited(base, edits))
    assert together == {fact for one in edits for fact in facts(base, edited(base, [one]))}


@QUICK
@given(two_edits(), st.randoms(use_true_random=False))
def test_edits_in_another_order_give_the_same_changeset(case, rnd):
    base, edits = case
    shuffled = rnd.sample(edits, len(edits))
    one, other = edited(base, edits), edited(base, shuffled)
    assert compare(base, one, REGISTRY) == compare(base, other, REGISTRY)


def shuffle(plan, rnd):
    """The same plan with its tasks in another order inside their sections."""
    tasks = rnd.sample(plan.tasks, len(plan.tasks))
    return msgspec.structs.replace(plan, tasks=counted(tasks))


@QUICK
@given(two_edits(), st.randoms(use_true_random=False))
def test_tasks_in_another_order_tell_the_same(case, rnd):
    base, edits = case
    new = edited(base, edits)
    assert facts(shuffle(base, rnd), shuffle(new, rnd)) == facts(base, new)


@QUICK
@given(two_edits(), st.randoms(use_true_random=False))
def test_sections_in_another_order_tell_the_same(case, rnd):
    base, edits = case
    new = edited(base, edits)
    heads = [section for section in new.sections if section.parent is None]
    order = {head.id: str(k) for k, head in enumerate(rnd.sample(heads, len(heads)), 1)}

    def placed(section):
        head, dot, rest = section.partition(".")
        return order[head] + dot + rest

    other = msgspec.structs.replace(
        new,
        sections=tuple(
            msgspec.structs.replace(
                s, id=placed(s.id), parent=placed(s.parent) if s.parent else None
            )
            for s in sorted(new.sections, key=lambda s: [int(k) for k in placed(s.id).split(".")])
        ),
        tasks=counted(msgspec.structs.replace(t, section=placed(t.section)) for t in new.tasks),
    )
    assert facts(base, other) == facts(base, new)


@pytest.mark.parametrize("seed", range(3))
def test_an_amended_plan_in_another_order_keeps_nearly_all_its_links(seed):
    """Place is evidence for a link that words leave open, so a few may go the other way."""
    import random

    pair = generate("amended", seed, 60)

    def linked(new):
        texts = {t.id: t.text for t in new.tasks}
        return {
            (link.old, tuple(sorted(texts[j] for j in link.new)))
            for link in compare(pair.old, new, REGISTRY).links
        }

    one, other = linked(pair.new), linked(shuffle(pair.new, random.Random(seed)))
    assert len(one & other) >= 0.95 * len(one | other)
