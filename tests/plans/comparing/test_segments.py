"""Words inside a task: what a run may not cut, and that both engines agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.comparing.segments import FAST_ENGINE, PYTHON_ENGINE, segments
from plans.comparing.tokens import tokenizer
from tests.plans.comparing.making import REGISTRY

PIECES = st.sampled_from(
    [
        "推进",
        "加快",
        "《盐田租赁条例》",
        "《盐田租赁办法》",
        "国家知识产权局",
        "知识产权局",
        "“蓝帆”行动",
        "，",
        "。",
        "12.5%",
        "百分之八十",
        "三个",
        "和",
        "建设",
        "平台",
        "灯塔",
        "看护员",
        "档案",
        "IP",
        "patents",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def shown(old, new):
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(marks[op].format(text) for op, text in segments(old, new, REGISTRY))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "推进《植物新品种保护条例》修改。",
            "推进《集成电路布图设计保护条例》修改。",
            "推进[-《植物新品种保护条例》-][+《集成电路布图设计保护条例》+]修改。",
        ),
        ("覆盖率达到百分之八十。", "覆盖率达到百分之九十。", "覆盖率达到[-百分之八十-][+百分之九十+]。"),
        ("罚款1500元。", "罚款15000元。", "罚款[-1500-][+15000+]元。"),
        ("由国家林草局负责。", "由林草局负责。", "由[-国家林草局-][+林草局+]负责。"),
        ("开展“剑锋2031”行动。", "开展“剑锋2032”行动。", "开展[-“剑锋2031”-][+“剑锋2032”+]行动。"),
        ("推进修改。", "加快推进修改。", "[-推进-][+加快推进+]修改。"),
        ("保护专利。", "保护专利。", "保护专利。"),
        ("", "新增。", "[+新增。+]"),
    ],
)  # fmt: skip
def test_runs_end_between_titles_names_numbers_and_words(old, new, expected):
    assert shown(old, new) == expected


def test_a_title_between_two_changed_words_stays_whole_and_equal():
    old, new = "推进《盐田租赁条例》修改。", "加快推进《盐田租赁条例》修订。"
    assert ("equal", "《盐田租赁条例》") in segments(old, new, REGISTRY)


@given(TEXTS, TEXTS)
def test_runs_rebuild_both_texts_whatever_the_engine(old, new):
    runs = segments(old, new, REGISTRY, PYTHON_ENGINE)
    assert "".join(text for op, text in runs if op != "insert") == old
    assert "".join(text for op, text in runs if op != "delete") == new
    assert FAST_ENGINE is not None
    assert runs == segments(old, new, REGISTRY, FAST_ENGINE)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_rebuilt(old, new):
    runs = segments(old, new, REGISTRY)
    assert "".join(text for op, text in runs if op != "insert") == old
    assert "".join(text for op, text in runs if op != "delete") == new


@given(TEXTS)
def test_tokens_join_to_the_text_and_keep_titles_whole(text):
    tokens = tokenizer(REGISTRY).tokens(text)
    assert "".join(tokens) == text
    assert all(token.count("《") == token.count("》") for token in tokens)
