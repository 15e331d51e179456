"""A bracket whose shape was read before says what the grammar alone would make of it."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plans.reading.actors import Names
from plans.reading.grammar.parser import NotResponsibility, _Parser, parse
from plans.reading.grammar.tokens import Lexer
from plans.reading.known import pattern_of
from plans.registry.load import shipped_registry
from tests.plans.reading.generate import BODIES, YEAR

NAMES = Names(shipped_registry(), YEAR)
LEXER = Lexer(NAMES)
#: Never given a content by :func:`parse`: it has learned no shape.
GRAMMAR_ALONE = Lexer(NAMES)

BODY = st.sampled_from([name for name, _ in BODIES])
WORD = st.sampled_from(
    ["、", "，", "；", "。", "和", "及", "与", "等", "等部门", "负责", "牵头", "配合", "参与", "会同",
     "协同", "联合", "由", "按职责分工负责", "指导", "有关部门", "各省级人民政府", "办公室", "局", "省",
     "9月底前完成", "年内", "长期", "第一", "列首位的牵头", "下同", "以下均需", "（", "）", "（牵头）",
     "责任单位：", "完成时限：", "其中", "省市场监管局", "国家", "A", "1"]
)  # fmt: skip
CONTENT = st.lists(st.one_of(BODY, BODY, WORD), min_size=1, max_size=9).map("".join)
LISTED = st.tuples(
    st.lists(BODY, min_size=1, max_size=5), st.sampled_from("、，和"), WORD, WORD
).map(lambda drawn: drawn[1].join(drawn[0]) + drawn[2] + drawn[3])


def by_grammar(content):
    try:
        return _Parser(content, GRAMMAR_ALONE).content()
    except NotResponsibility:
        return None


@settings(max_examples=600, deadline=None)
@given(st.one_of(LISTED, CONTENT), BODY, BODY)
@example("商务部、司法部负责", "教育部", "公安部")
@example("商务部牵头，司法部配合", "国家知识产权局", "公安部")
def test_other_bodies_in_the_same_words_are_read_as_the_grammar_reads_them(content, one, other):
    parse(content, LEXER)
    first = next((name for name, _ in BODIES if name in content), None)
    contents = [content]
    if first:
        contents += [content.replace(first, one), content.replace(first, one + "、" + other)]
    for told in contents:
        assert parse(told, LEXER) == by_grammar(told)


def test_the_second_bracket_of_a_shape_is_read_by_its_shape():
    lexer = Lexer(NAMES)
    parse("商务部、司法部按职责分工负责", lexer)
    reading = lexer.shapes.reading(lexer.shapes.shape("国家知识产权局、海关总署按职责分工负责"))
    assert [(one.start, one.end, one.role) for one in reading.named] == [
        (0, 7, "responsible"),
        (8, 12, "responsible"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "司法部负责，9月底前完成",
        "司法部、商务部负责，列首位的牵头，下同",
        "司法部（牵头）、商务部",
        "司法部办公室负责",
    ],
)
def test_words_in_which_names_count_are_read_each_time(content):
    """A term, a rule for what follows, a bracket and a longer name are the grammar's alone."""
    lexer = Lexer(NAMES)
    parse(content, lexer)
    shape = lexer.shapes.shape(content)
    assert shape is None or lexer.shapes.reading(shape) is None


@given(
    st.lists(st.text("甲乙丙（.", min_size=1, max_size=5), max_size=12),
    st.text("甲乙丙（.丁", max_size=8),
)
@example(["甲", "甲乙丙"], "甲乙丁")
def test_the_longest_known_name_is_found(names, text):
    longest = max((name for name in names if text.startswith(name)), key=len, default=None)
    match = re.compile(pattern_of(names)).match(text)
    assert (match and match[0]) == longest
