"""Short tasks that share a frame: the same sentence about another object continues nothing."""

import pytest

from plans.comparing.look_alikes import unnamed_title
from tests.plans.comparing.making import links, plan, task

#: Tasks that both plans share, so that words of the field weigh little.
AROUND = [
    "推进渔港知识产权保护制度建设，完善巡查规程。",
    "建设知识产权保护公共服务平台，拓展查询功能。",
    "加强知识产权保护人才培养，编写授课大纲。",
    "培育冷链企业，引导使用统一运单。",
]


def linked(before: str, after: str) -> bool:
    """Whether ``after`` continues ``before`` in two plans that are otherwise the same."""
    old = plan(*(task(k, text) for k, text in enumerate([*AROUND, before], 1)), year="2023")
    new = plan(*(task(k, text) for k, text in enumerate([*AROUND, after], 1)), year="2024")
    return ("5", "5") in links(old, new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("加强渔业领域知识产权保护。", "加强冰雪运动领域知识产权保护。"),
        ("推进知识产权证券化试点。", "开展知识产权保险试点。"),
        ("开展渔港市场专项整治。", "开展花卉市场专项整治。"),
        ("发布商标审查典型案例。", "发布专利复审典型案例。"),
        ("建设知识产权公共服务平台。", "建设知识产权大数据中心。"),
    ],
)
def test_another_object_in_the_same_frame_is_another_task(before, after):
    assert not linked(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("加强渔业领域知识产权保护。", "强化渔业知识产权保护，开展联合巡查。"),
        ("推进知识产权证券化试点。", "规范知识产权证券化发展，总结试点经验。"),
        ("举办国际渔业品牌节。", "办好国际渔业品牌节。"),
        ("开展渔港市场专项整治。", "持续开展渔港市场专项治理行动。"),
    ],
)
def test_the_same_object_in_other_words_is_the_same_task(before, after):
    assert linked(before, after)


@pytest.mark.parametrize(
    ("old", "new", "unnamed"),
    [
        ("清点小型水库鱼获。", "推进《小型水库办法》修改。", True),
        ("推进《小型水库办法》修改。", "清点小型水库鱼获。", True),
        ("研究起草小型水库办法。", "推进《小型水库办法》制定。", False),
        ("推进《小型水库办法》制定。", "推进《灯塔参观规则》制定。", False),
        ("清点小型水库鱼获。", "清点水库鱼获。", False),
    ],
)
def test_a_title_that_the_other_text_does_not_name(old, new, unnamed):
    assert unnamed_title(old, new) is unnamed
