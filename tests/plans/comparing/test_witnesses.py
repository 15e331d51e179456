"""What other links say of a word that stands in another's place."""

import pytest

from plans.comparing import witnesses
from plans.comparing.features import Between, describe, likely, swap_features
from plans.comparing.prepare import lay_out
from tests.plans.comparing.making import REGISTRY, plan, task

#: The pair in question: 河口湿地 for 入海沙洲.
PAIR = ("修缮入海沙洲栈道。", "修缮河口湿地栈道。")


def heard(*others):
    """What links between these further texts say of the pair."""
    texts = [PAIR, *others]
    old = plan(*[task(k, before) for k, (before, _) in enumerate(texts, 1)])
    new = plan(*[task(k, after) for k, (_, after) in enumerate(texts, 1)], year="2025")
    one, other, weights = lay_out(old, new, REGISTRY)
    between = Between(one, other, 0, 0)
    before, after = describe(one, other, weights, 0), describe(other, one, weights, 0)
    alike = likely(before, after, weights)
    assert alike is not None
    assert swap_features(before, after, alike, between, one.known, other.known)[0] > 0.3
    sure = {k: k for k in range(1, len(texts))}
    return witnesses.testimonies(one, other, {(0, 0): between}, [(0, 0)], sure)[0, 0]


def test_nobody_knows_the_words():
    assert heard(("举办帆船比武。", "举办帆船比武。")) == (0, 0)


def test_the_same_replacement_elsewhere_speaks_for_the_pair():
    words = heard(("清扫入海沙洲垃圾。", "清扫河口湿地垃圾。"))
    assert words.behind > 0.3 and words.against == 0


@pytest.mark.parametrize(
    "other",
    [
        ("清扫入海沙洲垃圾。", "清扫入海沙洲垃圾。"),
        ("清扫河口湿地垃圾。", "清扫河口湿地垃圾。"),
    ],
    ids=["the old word goes on", "the new word was there before"],
)
def test_a_word_that_is_kept_elsewhere_speaks_against(other):
    words = heard(other)
    assert words.against > 0.3 and words.behind == 0


def test_one_link_that_dropped_a_clause_says_nothing_and_two_do():
    first = ("清扫入海沙洲垃圾，发放潮汐表。", "发放潮汐表。")
    second = ("绘制入海沙洲海图，更换航标灯。", "更换航标灯。")
    assert heard(first).against == 0
    assert heard(first, second).against > 0.3
